"""Duplicates: what may be there twice is told where nearly nothing speaks against it; `auzolan duplicates` shows the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from auzolan.check.alike import RARE, SHARED, families_of, judge
from auzolan.check.context import Context, Shared
from auzolan.model.briefs import Brief
from auzolan.model.diagnostics import Location
from auzolan.model.entries import EntryId
from auzolan.model.marks import COOP
from auzolan.model.rules import finding

SURE = 85
"""The score from which on a pair is told unasked: no site or name alone comes so far."""


def check_duplicates(context: Context) -> Iterator[Shared]:
    """I006, for the later of two entries. Only those are compared that share a number, a site or a whole name."""
    briefs = context.briefs
    families = families_of(context.declarations.kinds)
    apart = told_apart(briefs, context.ids)
    candidates, crowded = _candidates(briefs)
    for one, other in sorted(candidates):
        mine, theirs = briefs[one], briefs[other]
        if families.get(mine.kind) != families.get(theirs.kind):
            continue
        score, reasons = judge(mine.marks, theirs.marks, crowded, _weight)
        if score >= SURE and not apart(one, other):
            where = theirs.marks
            yield (
                finding(
                    "I006",
                    f"this may be {one} once more: {', '.join(reasons)}",
                    Location(theirs.path, where.line, where.column, where.width),
                    f"keep one of them; or say why they are two: not_same_as: [{{entry: {one}, why: …}}]",
                ),
                (),
            )


def told_apart(briefs: Mapping[EntryId, Brief], ids: Mapping[EntryId, EntryId]) -> Callable[[EntryId, EntryId], bool]:
    """Whether one of two entries names the other, by its id of today or a former one: under `not_same_as`, in a relation, as
    the publisher of a source, in its prose. Whoever wrote it took them for two. So are licences of two SPDX ids."""

    def apart(one: EntryId, other: EntryId) -> bool:
        if one in briefs and other in briefs and briefs[one].spdx_id and briefs[other].spdx_id:
            return briefs[one].spdx_id != briefs[other].spdx_id
        return _names(briefs.get(one), other, ids) or _names(briefs.get(other), one, ids)

    return apart


def _names(brief: Brief | None, other: EntryId, ids: Mapping[EntryId, EntryId]) -> bool:
    return brief is not None and any(ids.get(name) == other for name in brief.names)


def _candidates(briefs: Mapping[EntryId, Brief]) -> tuple[set[tuple[EntryId, EntryId]], frozenset[str]]:
    """Pairs of ids, the lesser first; and the sites that many share."""
    # Every build asks this of all entries: nearly every key is one entry's alone, and makes no list.
    firsts: dict[str, EntryId] = {}
    shared: dict[str, list[EntryId]] = {}
    first_of = firsts.setdefault
    for id_, brief in briefs.items():
        names, _, localities, sites, numbers, *_ = brief.marks
        # A number has a colon in it, a site a dot; a name has neither.
        for key in (*numbers, *sites, *names) if localities else (*numbers, *sites):
            first = first_of(key, id_)
            if first != id_:
                shared.setdefault(key, [first]).append(id_)
    crowded = frozenset(key for key, ids in shared.items() if len(ids) > SHARED and "." in key and ":" not in key)
    pairs = {pair for ids in shared.values() for pair in combinations(ids[:RARE], 2)}
    return pairs, crowded


def _weight(word: str) -> float:
    return 0.2 if word == COOP else 1.0
