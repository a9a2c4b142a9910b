"""Entries as YAML come in, before and after; their difference, and what a reader is told of it, go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests import helpers as h

from auzolan.check import check
from auzolan.load.shipped import shipped_root
from auzolan.model.briefs import briefs_of
from auzolan.model.diagnostics import in_order
from auzolan.model.entries import Catalog, History
from auzolan.pipeline.compared import linked_side
from auzolan.render.shared.naming import speaker
from auzolan.report.changes import Difference, Reader, Side, compare, written

Entries = Mapping[str, str]


def side(entries: Entries, **more: Any) -> Side:
    """One state of a commons."""
    made: Catalog = replace(h.catalog(entries, **more), history=History(build_date=h.TODAY))
    files = {id_: one.path for id_, one in made.entries.items()}
    return linked_side(made, briefs_of(made), files, in_order(check(made)))


def difference(old: Entries, new: Entries, **more: Any) -> Difference:
    """What differs between two states; `more` is of both, but for `before` and `after`."""
    before, after = more.pop("before", {}), more.pop("after", {})
    return compare(side(old, **more, **before), side(new, **more, **after))


def told(found: Difference, format_: str = "markdown", language: str = "en") -> str:
    """The report."""
    speaks = speaker(language, "en", h.declarations(), [shipped_root() / "theme" / "locales"])
    return written(found, Reader(speaks, h.declarations(), found.names), True, format_)


def lines(old: Entries, new: Entries, **more: Any) -> list[str]:
    """The lines of the report in English, without marks of our own, and without blanks at the beginning."""
    text = told(difference(old, new, **more))
    return [line.strip().removeprefix("- ").replace("`", "").replace("\\", "").replace("\u2060", "") for line in text.splitlines() if line.strip()]  # fmt: skip
