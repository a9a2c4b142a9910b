"""Sources and record: what is named is there, quotations are short, and time runs forward."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from auzolan.check.context import Context, at, leaves, texts_in
from auzolan.model.dates import PartialDate, partial_date
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.rules import finding
from auzolan.model.words import word_id

QUOTE_WORDS = 40
_PAST = ("started", "adopted", "as_of", "published", "accessed", "on", "retrieved", "date", "since")
_MAY_COME = ("plan", "project")


def check_record(context: Context) -> Iterator[Diagnostic]:
    """C001 to C006."""
    article = context.declarations.article
    submitters = context.declarations.vocabularies.get("submitters")
    for entry in context.catalog.entries.values():
        sources = entry.fields.get("record", "sources")
        yield from _sources(context, context.fields_of(entry), entry.fields, entry.path, sources)
        planned = entry.kind in _MAY_COME or entry.fields.text("status") == "planned"
        yield from _times(context, context.fields_of(entry), entry.fields, entry.path, planned)
        started, ended = partial_date(entry.fields.text("started")), partial_date(entry.fields.text("ended"))
        if started and ended and ended.last_day < _first(started):
            yield at(
                "C005",
                "`ended` is before `started`",
                entry.path,
                entry.fields.get("ended") or entry.fields,
                "are they swapped?",
            )
        by_itself = word_id(submitters, entry.fields.text("record", "submitted_by")) == "itself"
        if not (entry.id in context.withdrawn or by_itself or isinstance(sources, Tree)):
            yield finding("C006", "no source is named: how do we know?", Location(entry.path, entry.fields.line, 1),
                          "record: {sources: {website: {title: …, url: …}}}, or say submitted_by: itself")  # fmt: skip
    if article is not None:
        for one in (*context.catalog.articles, *context.catalog.pages):
            yield from _sources(context, article.fields, one.fields, one.path, one.fields.get("sources"))
            yield from _times(context, article.fields, one.fields, one.path, False)


def _sources(
    context: Context, fields: Mapping[str, Field], tree: Tree, path: str, sources: object
) -> Iterator[Diagnostic]:
    keys = list(sources.items) if isinstance(sources, Tree) else []
    for field, node, _ in leaves(fields, tree):
        if field.to == ("source",) and isinstance(node, Scalar) and node.text and node.text not in keys:
            yield at("C001", f"`{node.text}` is not one of this entry's sources", path, node,
                     "known: " + " ".join(keys) if keys else "name it under record: sources:")  # fmt: skip
        elif field.type == "source" and isinstance(node, Tree):
            if not any(name in node.items for name in ("title", "url", "dataset")):
                yield at("C004", "a source has at least a title, a `url` or a `dataset`", path, node)
            for _, quote in texts_in(node.get("quote") or Scalar("", 1, 1, 1)):
                words = len(quote.text.split())
                if words > QUOTE_WORDS:
                    yield at(
                        "C002",
                        f"the quotation has {words} words; at most {QUOTE_WORDS}",
                        path,
                        quote,
                        "keep the words that matter",
                    )


def _times(context: Context, fields: Mapping[str, Field], tree: Tree, path: str, planned: bool) -> Iterator[Diagnostic]:
    today = context.catalog.history.build_date
    if today is None:
        return
    for field, node, _ in leaves(fields, tree):
        if field.type == "date" and field.name in _PAST and isinstance(node, Scalar):
            day = partial_date(node.text)
            if day and _first(day) > today and not (planned and field.name in ("started", "adopted", "since")):
                yield at(
                    "C003", f"`{node.text}` lies in the future", path, node, "what happened has a date in the past"
                )


def _first(day: PartialDate) -> datetime.date:
    return day.last_day.replace(month=day.month or 1, day=day.day or 1)
