"""A catalog comes in; every address of the web in it goes out with its place: of entries, articles, pages and vocabularies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from auzolan.check.context import Context, context_of
from auzolan.check.document import Document, documents
from auzolan.check.prose_text import addresses_in
from auzolan.load import files
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Catalog
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, each, place, texts_in
from auzolan.model.words import word_id
from auzolan.render.shared import addresses


@dataclass(frozen=True, slots=True)
class Link:
    """An address as it was written, and where. `of` is the entry's id, `article/<slug>` or the vocabulary's name; `field` the
    dotted path of the field, "" in prose and vocabularies."""

    url: str
    where: Location
    of: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """A page of the web site of an entry that says it was written by the group itself: the one that the record says links
    here (`record.linked_from`), where it is `recorded`, else the site's first. `where` it is written; `pages` are the entry's
    own addresses in this commons, one of which should be linked with `rel="me"`."""

    id: str
    url: str
    where: Location
    pages: tuple[str, ...]
    recorded: bool


def links_of(catalog: Catalog) -> tuple[list[Link], list[Home]]:
    """All links in the order of files and lines, and the sites that may link back (none where the commons has no address)."""
    context = context_of(catalog, None)
    links: list[Link] = []
    homes: list[Home] = []
    for document in documents(context):
        of = document.entry.id if document.entry else f"article/{document.article.slug}" if document.article else ""
        if document.is_example or (document.entry and context.briefs[of].withdrawn):
            continue
        links += _of_document(document, of)
        home = _home(context, document)
        if home is not None:
            homes.append(home)
    links += _of_vocabularies(catalog)
    return sorted(dict.fromkeys(links), key=lambda one: (one.where, one.url)), homes


def _of_document(document: Document, of: str) -> Iterator[Link]:
    for type_ in ("url", "reference"):
        for field, node, _ in document.leaves.get(type_, ()):
            written = node if type_ == "url" else node.get("url") if isinstance(node, Tree) else None
            if isinstance(written, Scalar) and _is_web(written.text):
                yield Link(written.text, place(document.path, written), of, field.path)
    for field, node, _ in document.leaves.get("prose", ()):
        for _, text in texts_in(node):
            for line, column, url in addresses_in(text.text):
                where = (
                    Location(document.path, text.line + line, 1)
                    if text.block
                    else Location(document.path, text.line, text.column if line > 1 else text.column + column)
                )
                yield Link(url, where, of, field.path)
    if document.article is not None:
        start = document.article.body_line - 1
        for line, column, url in addresses_in(document.article.body):
            yield Link(url, Location(document.path, start + line, column, len(url)), of)


def _home(context: Context, document: Document) -> Home | None:
    entry, settings = document.entry, context.catalog.settings
    if entry is None or not settings.site_url:
        return None
    submitters = context.declarations.vocabularies.get("submitters")
    website = document.tree.get("website")
    if (
        not isinstance(website, Scalar)
        or not _is_web(website.text)
        or word_id(submitters, document.tree.text("record", "submitted_by")) != "itself"
    ):
        return None
    kind = context.declarations.kinds[entry.kind]
    pages = tuple(
        f"{settings.site_url}/{addresses.entry_page(kind, entry.slug, language, settings.default_language)}"
        for language in settings.languages
    )
    recorded = document.tree.get("record", "linked_from", "url")
    page = recorded if isinstance(recorded, Scalar) and _is_web(recorded.text) else website
    return Home(entry.id, page.text, place(document.path, page), pages, page is not website)


def _of_vocabularies(catalog: Catalog) -> Iterator[Link]:
    """Addresses in the commons' own vocabularies: sources, words elsewhere. Those with a gap for an id (`{id}`) lead nowhere yet."""
    settings = catalog.settings
    for name, vocabulary in sorted(catalog.declarations.vocabularies.items()):
        path = settings.root / vocabulary.path
        if not path.is_relative_to(settings.directory) or not path.is_file():
            continue
        tree = _tree(path, settings.root)
        for scalar in _scalars(tree) if tree is not None else ():
            if _is_web(scalar.text) and not any(sign in scalar.text for sign in "{} "):
                yield Link(scalar.text, place(vocabulary.path, scalar), name)


def _tree(path: Path, root: Path) -> Tree | None:
    data, told = files.read(path, root, MAX_BYTES * 8)
    text, refused = decode(data, path.name) if not told else ("", [])
    return None if told or refused else read_yaml(text, path.name)[0]


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
        return
    for item in node.items.values() if isinstance(node, Tree) else each(node):
        yield from _scalars(item)


def _is_web(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def asked_about(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Address without its fragment → its links."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.url.partition("#")[0], []).append(link)
    return found
