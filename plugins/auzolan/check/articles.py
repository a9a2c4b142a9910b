"""Articles: one a language, no settings of Pelican's, mentions and links that lead somewhere; images that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auzolan.check.context import Context, at, leaves, nearest, texts_in
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Article
from auzolan.model.mentions import mentions
from auzolan.model.nodes import Scalar
from auzolan.model.rules import finding

PELICANS = {
    "save_as": "AUZOLAN decides addresses", "url": "AUZOLAN decides addresses", "slug": "rename the file instead",
    "template": "use THEME_TEMPLATES_OVERRIDES", "lang": "name the file <slug>.<language>.md",
    "status": "move the file out of content/ until it is ready", "translation": "name the file <slug>.<language>.md",
}  # fmt: skip
HINTS = 50
"""Wrong mentions of one text for which the nearest id is looked for."""
_LINK = re.compile(r"\{(filename|static|attach)\}([^\s)\"'>#?]+)")


def check_articles(context: Context) -> Iterator[Diagnostic]:
    """A003, A004, M008, S004 for articles and pages; M008 for the prose of entries; G003 and G004 for images."""
    seen: dict[tuple[str, str, str], Article] = {}
    known = {article.path for article in (*context.catalog.articles, *context.catalog.pages)}
    for article in (*context.catalog.articles, *context.catalog.pages):
        key = (article.area, article.slug, article.language)
        if key in seen:
            yield finding(
                "A003",
                f"`{seen[key].path}` is the same article in the same language",
                Location(article.path),
                "rename one of them",
            )
        seen[key] = article
        for name, hint in PELICANS.items():
            if name in article.fields.keys:
                yield at("S004", f"`{name}` is a setting, not something an article says", article.path,
                         article.fields.keys[name], hint)  # fmt: skip
        yield from _mentions(context, article.body, article.path, article.body_line, 1)
        yield from _links(context, article, known)
    for entry in context.catalog.entries.values():
        for field, node, _ in leaves(context.fields_of(entry), entry.fields):
            if field.type == "prose":
                for _, text in texts_in(node):
                    yield from _mentions(
                        context, text.text, entry.path, text.line + text.block, 1 if text.block else text.column
                    )
            elif field.type == "image":
                yield from _image(context, entry.path, node)


def _mentions(context: Context, text: str, path: str, line: int, column: int) -> Iterator[Diagnostic]:
    told = 0
    for mention in mentions(text):
        if mention.entry_id not in context.ids and not _is_article(context, mention.entry_id):
            told += 1
            hint = nearest(mention.entry_id, list(context.ids)) if told <= HINTS else ""
            yield finding(
                "M008",
                f"there is no entry `{mention.entry_id}`",
                Location(
                    path,
                    line + mention.line - 1,
                    mention.column if mention.line > 1 else column + mention.column - 1,
                    len(mention.entry_id) + 4,
                ),
                hint or "write its entry first, or name it without brackets",
            )


def _is_article(context: Context, id_: str) -> bool:
    kind, _, slug = id_.partition("/")
    return kind == "article" and any(article.slug == slug for article in context.catalog.articles)


def _links(context: Context, article: Article, known: set[str]) -> Iterator[Diagnostic]:
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
            elif what == "filename" and path not in known:
                yield finding("A004", f"there is no article `{target}`", where, nearest(path, sorted(known)))
            elif what != "filename" and target.lstrip("/").removeprefix("images/") not in context.catalog.images:
                yield finding("G003", f"there is no picture `{target}`", where, "put it into content/images/")


def _image(context: Context, path: str, node: object) -> Iterator[Diagnostic]:
    get = getattr(node, "get", None)
    file = get("file") if get else None
    if not isinstance(file, Scalar):
        return
    if "/" in file.text.removeprefix("images/") or "\\" in file.text or file.text.startswith("."):
        yield at(
            "G004",
            f"`{file.text}` is not the name of a picture in content/images/",
            path,
            file,
            "only its name: garden.jpg",
        )
    elif file.text.removeprefix("images/") not in context.catalog.images:
        yield at("G003", f"there is no picture `{file.text}` in content/images/", path, file,
                 nearest(file.text, sorted(context.catalog.images)))  # fmt: skip
