"""New rows, by their marks, and what is there come in; findings about rows that may be an entry, or another row, go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.check.alike import families_of, pairs_of
from auzolan.check.duplicates import told_apart
from auzolan.model.briefs import Brief, ids_of
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Kind
from auzolan.model.marks import Marks
from auzolan.model.rules import finding


def doubles(
    new: Mapping[int, Marks],
    kind: Kind,
    kinds: Mapping[str, Kind],
    briefs: Mapping[EntryId, Brief],
    shown: str,
    hold: int,
) -> Iterator[tuple[int, Diagnostic, int]]:
    """(line of the row, finding, score of 100) for each pair of a new row and an entry, or of two new rows: then it is told of
    the later. `new`: line → marks; rows that score `hold` or more are said to be held back, if it is not 0."""
    own = {f"{kind.name}/{line:09}": line for line in new}
    marks = {id_: new[line] for id_, line in own.items()}
    marks |= {id_: brief.marks for id_, brief in briefs.items() if not brief.withdrawn}
    apart = told_apart(briefs, ids_of(briefs.values()))
    for pair in pairs_of(marks, families_of(kinds), apart, among=own):
        later, other = (pair.other, pair.one) if pair.other in own else (pair.one, pair.other)
        what = f"the row in line {own[other]}" if other in own else other
        hint = "--hold keeps such rows back; not_same_as says that they are two"
        if hold and pair.score >= hold:
            hint = "it is held back"
        told = f"this may be {what}: {', '.join(pair.reasons)} ({pair.score} of 100)"
        yield own[later], finding("B006", told, Location(shown, own[later], 0), hint), pair.score
