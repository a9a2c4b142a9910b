"""An entry or article comes in; what the rules ask about it goes out, read from its tree once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auzolan.check.context import Context, Layout
from auzolan.check.near import Hints
from auzolan.model.entries import Article, Entry
from auzolan.model.leaves import Leaves, leaves_of
from auzolan.model.nodes import Mapping as Tree


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is checked: an entry, or an article or page. `leaves` are its values by the type of their field;
    `hints` are asked for near words. Where articles are not declared, theirs have no layout and no leaves."""

    path: str
    tree: Tree
    layout: Layout | None
    leaves: Leaves
    is_example: bool
    hints: Hints
    entry: Entry | None = None
    article: Article | None = None


def documents(context: Context) -> Iterator[Document]:
    """Entries, articles, pages of the catalog, one after the other: a large commons never has them all at once."""
    for entry in context.catalog.entries.values():
        yield document_of(context, entry)
    for article in (*context.catalog.articles, *context.catalog.pages):
        yield _document(article.path, article.fields, context.article_layout, None, article)


def document_of(context: Context, entry: Entry) -> Document:
    """One entry."""
    return _document(entry.path, entry.fields, context.layouts[entry.kind], entry, None)


def _document(path: str, tree: Tree, layout: Layout | None, entry: Entry | None, article: Article | None) -> Document:
    is_example = tree.text("example").lower() in ("true", "yes")
    return Document(
        path, tree, layout, leaves_of(layout.fields, tree) if layout else {}, is_example, Hints(), entry, article
    )
