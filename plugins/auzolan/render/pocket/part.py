"""A commons and what somebody wants of it come in; the entries of that part go out, and what it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pycountry

from auzolan.model.commons import Commons
from auzolan.model.entries import EntryId
from auzolan.model.parts import KIND, REGION
from auzolan.render.desk import Desk
from auzolan.render.shared.parts import chosen_words

Chosen = Mapping[str, Sequence[str]]
"""Facet (or `kind`) → values: any of these will do, and each facet must hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some entries of a commons, sorted by id, of `total` that are listed; all of them where nothing was chosen."""

    ids: tuple[EntryId, ...]
    total: int
    chosen: Chosen


def part_of(commons: Commons, chosen: Chosen) -> Part:
    """The listed entries that have one of the chosen values of each facet. Of a region also what lies in its provinces."""
    chosen = {facet: tuple(values) for facet, values in chosen.items() if values}
    members = [frozenset(_members(commons, facet, values)) for facet, values in chosen.items()]
    ids = tuple(sorted(id_ for id_ in commons.listed if all(id_ in some for some in members)))
    return Part(ids, len(commons.listed), chosen)


def _members(commons: Commons, facet: str, values: Sequence[str]) -> Iterator[EntryId]:
    if facet == KIND:
        for kind in values:
            yield from commons.by_kind.get(kind, ())
        return
    head = commons.facets.get(facet)
    for one in head.values if head else ():
        if one.id in values or (facet == REGION and any(_lies_in(one.id, value) for value in values)):
            yield from one.members


def _lies_in(region: str, other: str) -> bool:
    """Whether a region is part of another, by ISO 3166-2: Barcelona (ES-B) of Catalonia (ES-CT)."""
    seen: set[str] = set()
    while region and region not in seen:
        seen.add(region)
        found = pycountry.subdivisions.get(code=region)  # type: ignore[no-untyped-call]
        region = getattr(found, "parent_code", None) or ""
        if region == other:
            return True
    return False


def words_of(part: Part, desk: Desk) -> list[str]:
    """What the part is called, a name for each chosen value: `Catalonia (ES-CT)`, `Cooperatives`."""
    return chosen_words(part.chosen, desk.speaker)
