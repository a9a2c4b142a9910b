"""Sources and record: what is named is there, quotations are short, and time runs forward."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, each, texts_in
from auzolan.model.rules import finding
from auzolan.model.thanks import FIELD, is_address
from auzolan.model.words import word_id

QUOTE_WORDS = 40
_PAST = ("started", "adopted", "as_of", "published", "accessed", "on", "retrieved", "date", "since")
_TO_SOURCE = ("source",)
_MAY_COME = ("plan", "project")


def check_record(context: Context, document: Document) -> Iterator[Diagnostic]:
    """C001 to C007."""
    entry = document.entry
    tree = document.tree
    sources = tree.get("record", "sources") if entry is not None else tree.get("sources")
    yield from _sources(document, sources)
    status = tree.text("status") if entry is not None else ""
    planned = status == "planned" or (entry is not None and entry.kind in _MAY_COME)
    yield from _times(document, context.latest, planned)
    if entry is None:
        return
    yield from _thanked(document, tree.get("record", FIELD))
    started, ended = partial_date(tree.text("started")), partial_date(tree.text("ended"))
    if started and ended and ended.last_day < started.first_day:
        yield at("C005", "`ended` is before `started`", entry.path, tree.get("ended") or tree, "are they swapped?")
    if isinstance(sources, Tree) or context.briefs[entry.id].withdrawn:
        return
    submitters = context.declarations.vocabularies.get("submitters")
    if word_id(submitters, tree.text("record", "submitted_by")) != "itself":
        yield finding("C006", "no source is named: how do we know?", Location(entry.path, tree.line, 1),
                      "record: {sources: {website: {title: …, url: …}}}, or, if it is your own group, record: {submitted_by: itself}")  # fmt: skip


def _sources(document: Document, sources: Node | None) -> Iterator[Diagnostic]:
    known = sources.items if isinstance(sources, Tree) else {}
    for leaves in document.leaves.values():
        for field, node, _ in leaves:
            if field.to == _TO_SOURCE and isinstance(node, Scalar) and node.text and node.text not in known:
                yield at("C001", f"`{node.text}` is not one of this entry's sources", document.path, node,
                         "known: " + " ".join(known) if known else "name it under record: sources:")  # fmt: skip
    for _, node, _ in document.leaves.get("source", ()):
        if not isinstance(node, Tree):
            continue
        if not any(name in node.items for name in ("title", "url", "dataset")):
            yield at("C004", "a source has at least a title, a `url` or a `dataset`", document.path, node)
        quotes = node.items.get("quote")
        for _, quote in texts_in(quotes) if quotes is not None else ():
            words = len(quote.text.split())
            if words > QUOTE_WORDS:
                yield at(
                    "C002",
                    f"the quotation has {words} words; at most {QUOTE_WORDS}",
                    document.path,
                    quote,
                    "keep the words that matter",
                )


def _thanked(document: Document, names: Node | None) -> Iterator[Diagnostic]:
    """Who is thanked is named on pages that everybody reads, and copies carry them everywhere."""
    for one in each(names):
        for _, name in texts_in(one):
            if is_address(name.text):
                yield at("C007", "a name to be thanked by is no mail or web address", document.path, name,
                         "any name will do: Ana from the mill")  # fmt: skip


def _times(document: Document, latest: datetime.date | None, planned: bool) -> Iterator[Diagnostic]:
    if latest is None:
        return
    for field, node, _ in document.leaves.get("date", ()):
        if field.name in _PAST and isinstance(node, Scalar):
            day = partial_date(node.text)
            if day and day.first_day > latest and not (planned and field.name in ("started", "adopted", "since")):
                yield at("C003", f"`{node.text}` lies in the future", document.path, node,
                         "what happened has a date in the past")  # fmt: skip
