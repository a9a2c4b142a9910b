"""What rows say comes in; what of it an entry may say goes out, and findings: those of `check/`, told by row and cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from auzolan.check import check_each
from auzolan.intake.tables.plans import TableMapping
from auzolan.intake.tables.values import ROOT, Said
from auzolan.model.briefs import Brief, brief_of
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Catalog, Entry, EntryId
from auzolan.model.marks import Marks
from auzolan.model.nodes import plain

PASSES = 4
"""What is left out may leave something else without what it needs: so often a row is looked at anew."""


class Looked(NamedTuple):
    """A row that was looked at: the values of its entry (None: it cannot be one), by what it may be known, the findings."""

    values: dict[str, object] | None
    marks: Marks
    findings: list[Diagnostic]


def look_at(
    rows: Sequence[tuple[Said, str]],
    mapping: TableMapping,
    catalog: Catalog,
    briefs: Mapping[EntryId, Brief],
    shown: str,
) -> list[Looked]:
    """Each row (with the slug it would have) as an entry that the rules accept. What they refuse is left out of it; where
    every entry needs it, the row is no entry. `briefs` are those of the entries that there are."""
    said = {one.row.line: one for one, _ in rows}
    ids = _ids(rows, mapping.kind.name)
    told: dict[int, list[Diagnostic]] = defaultdict(list)
    marks: dict[int, Marks] = {}
    open_ = dict(said)
    for number in range(PASSES):
        found = _found([_entry(one, ids[line], mapping, shown) for line, one in open_.items()], catalog, briefs, marks)
        again: dict[int, Said] = {}
        for line, one in open_.items():
            wrong = frozenset(told_.location.column for told_ in found[line] if told_.severity == "error")
            told[line] += [
                _by_cell(told_, one, mapping) for told_ in found[line] if told_.severity == "error" or not wrong
            ]
            if not wrong:
                continue
            if wrong & {0, ROOT} or number == PASSES - 1:
                del said[line]
            else:
                said[line] = again[line] = one.without(wrong)
        open_ = again
    return [
        Looked(
            plain(said[one.row.line].tree) if one.row.line in said else None, marks[one.row.line], told[one.row.line]
        )
        for one, _ in rows
    ]  # fmt: skip


def _ids(rows: Sequence[tuple[Said, str]], kind: str) -> dict[int, EntryId]:
    """An id for each row by its line, none twice."""
    ids: dict[int, EntryId] = {}
    seen: set[EntryId] = set()
    for one, slug in rows:
        id_ = f"{kind}/{slug}"
        if id_ in seen:
            id_ = f"{kind}/{slug}-row-{one.row.line}"
        seen.add(id_)
        ids[one.row.line] = id_
    return ids


def _entry(said: Said, id_: EntryId, mapping: TableMapping, shown: str) -> Entry:
    return Entry(id_, mapping.kind.name, id_.partition("/")[2], shown, said.tree, "", "")


def _found(
    entries: list[Entry], catalog: Catalog, briefs: Mapping[EntryId, Brief], marks: dict[int, Marks]
) -> dict[int, list[Diagnostic]]:
    """The findings in each row, by its line; and its marks into `marks`."""
    found: dict[int, list[Diagnostic]] = defaultdict(list)
    if not entries:
        return found
    own: dict[EntryId, Brief] = {}
    for entry in entries:
        brief = brief_of(entry, catalog.declarations, catalog.settings.default_language)
        own[entry.id] = brief
        marks[entry.fields.line] = brief.marks
    some = replace(catalog, entries={entry.id: entry for entry in entries}, articles=(), pages=())
    for told in check_each(some, {**briefs, **own}):
        found[told.location.line].append(told)
    return found


def _by_cell(told: Diagnostic, said: Said, mapping: TableMapping) -> Diagnostic:
    """A finding at a node, as one at the cell that the node comes from; one in what the mapping says itself, as one there."""
    number = told.location.column
    cell, path = said.cells[number] if number < len(said.cells) else (0, "")
    line = told.location.line
    message = told.message
    if not cell and number not in (0, ROOT) and path:
        message = f"{message} (`{path}`)"
    hint = told.hint
    if told.severity == "error":
        # What to write into a file helps nobody who has a table.
        hint = "" if told.code == "D002" else told.hint
        outcome = "the row is refused" if number in (0, ROOT) else "it is left out"
        hint = f"{hint}; {outcome}" if hint else outcome
    return replace(told, message=message, hint=hint, location=Location(told.location.path, line, cell))
