"""Articles: one a language, no settings of Pelican's, mentions and links that lead somewhere; images that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auzolan.check.context import Context, Shared, at
from auzolan.check.document import Document
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Article
from auzolan.model.mentions import mentions
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar, texts_in
from auzolan.model.rules import finding

PELICANS = {
    "save_as": "AUZOLAN decides addresses", "url": "AUZOLAN decides addresses", "slug": "rename the file instead",
    "template": "use THEME_TEMPLATES_OVERRIDES", "lang": "name the file <slug>.<language>.md",
    "status": "move the file out of content/ until it is ready", "translation": "name the file <slug>.<language>.md",
}  # fmt: skip
_LINK = re.compile(r"\{(filename|static|attach)\}([^\s)\"'>#?]+)")


def check_articles(context: Context, document: Document) -> Iterator[Diagnostic]:
    """A004 and S004 for articles and pages; M008 for their text and the prose of entries; G003 and G004 for images."""
    article = document.article
    if article is not None:
        for name, hint in PELICANS.items():
            if name in article.fields.keys:
                yield at("S004", f"`{name}` is a setting, not something an article says", article.path,
                         article.fields.keys[name], hint)  # fmt: skip
        yield from _mentions(context, document, article.body, article.body_line, 1)
        yield from _links(context, document, article)
        return
    for _, node, _ in document.leaves.get("prose", ()):
        for _, text in texts_in(node):
            line, column = (text.line + 1, 1) if text.block else (text.line, text.column)
            yield from _mentions(context, document, text.text, line, column)
    for _, node, _ in document.leaves.get("image", ()):
        if isinstance(node, Tree):
            yield from _image(context, document, node)


def check_twins(context: Context) -> Iterator[Shared]:
    """A003: an article or page that is written twice in one language."""
    seen: dict[tuple[str, str, str], Article] = {}
    for article in (*context.catalog.articles, *context.catalog.pages):
        key = (article.area, article.slug, article.language)
        if key in seen:
            told = finding("A003", f"`{seen[key].path}` is the same article in the same language",
                           Location(article.path), "rename one of them")  # fmt: skip
            yield told, ()
        seen[key] = article


def _mentions(context: Context, document: Document, text: str, line: int, column: int) -> Iterator[Diagnostic]:
    for mention in mentions(text):
        if mention.entry_id not in context.ids and mention.entry_id not in context.articles:
            yield finding(
                "M008",
                f"there is no entry `{mention.entry_id}`",
                Location(
                    document.path,
                    line + mention.line - 1,
                    mention.column if mention.line > 1 else column + mention.column - 1,
                    len(mention.entry_id) + 4,
                ),
                document.hints.nearest(mention.entry_id, context.sorted_ids)
                or "write its entry first, or name it without brackets",
            )


def _links(context: Context, document: Document, article: Article) -> Iterator[Diagnostic]:
    content = context.catalog.settings.content.name
    for number, line in enumerate(article.body.split("\n")):
        for found in _LINK.finditer(line):
            what, target = found[1], found[2]
            folder = article.path.rpartition("/")[0]
            path = (
                f"{content}/{target.lstrip('/')}"
                if target.startswith("/") or what != "filename"
                else f"{folder}/{target}"
            )
            where = Location(article.path, article.body_line + number, found.start() + 1, len(found[0]))
            if ".." in target.split("/"):
                yield finding(
                    "A004", f"`{target}` leads out of the content folder", where, "write the path from content/ on"
                )
            elif what == "filename" and path not in context.article_paths:
                yield finding(
                    "A004",
                    f"there is no article `{target}`",
                    where,
                    document.hints.nearest(path, context.article_paths),
                )
            elif (
                what != "filename"
                and _has_pictures(context)
                and target.lstrip("/").removeprefix("images/") not in context.catalog.images
            ):
                yield finding("G003", f"there is no picture `{target}`", where, "put it into content/images/")


def _has_pictures(context: Context) -> bool:
    """Whether pictures are asked for: the source of a part without them has none, and builds nevertheless."""
    part = context.catalog.settings.part
    return part is None or part.images


def _image(context: Context, document: Document, node: Tree) -> Iterator[Diagnostic]:
    file, images = node.get("file"), context.catalog.images
    if not isinstance(file, Scalar):
        return
    if "/" in file.text.removeprefix("images/") or "\\" in file.text or file.text.startswith("."):
        yield at("G004", f"`{file.text}` is not the name of a picture in content/images/", document.path, file,
                 "only its name: garden.jpg")  # fmt: skip
    elif _has_pictures(context) and file.text.removeprefix("images/") not in images:
        yield at("G003", f"there is no picture `{file.text}` in content/images/", document.path, file,
                 document.hints.nearest(file.text, images))  # fmt: skip
