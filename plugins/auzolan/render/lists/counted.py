"""A commons comes in; what pages say of facets and kinds without their members goes out: labels, counts, what is most.

Each is derived by itself, so that a page changes with what it says and not with every word that somebody uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from auzolan.model.commons import Commons, Facet, Wanted
from auzolan.model.kinds import Kind, Texts
from auzolan.render.lists.paging import on_one_page

MOST = 8
"""How many values of a facet stand beside a list; the rest are one link away."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet: how many have it, and whether its page has room for all that do, of whatever kind."""

    id: str
    label: Texts
    count: int
    on_one_page: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A facet (without values) with those of its values that may be among the `MOST` common ones, in no order: as many
    as the last of them have their places by name. `total` values there are."""

    facet: Facet
    values: tuple[Counted, ...]
    total: int


def facet_ids(commons: Commons) -> tuple[str, ...]:
    """The facets there are, in their order."""
    return commons.derived("facet-ids", lambda: tuple(commons.facets))


def is_facet(commons: Commons, facet: str) -> bool:
    """Whether anybody has a value of it."""
    return commons.derived(f"is-facet.{facet}", lambda: facet in commons.facets)


def head_of(commons: Commons, facet: str) -> Facet:
    """A facet without its values."""
    return commons.derived(f"head.{facet}", lambda: replace(commons.facets[facet], values=()))


def values_of(commons: Commons, facet: str) -> tuple[Counted, ...]:
    """The values of a facet, the commonest first; nothing where there is no such facet."""
    return commons.derived(f"values.{facet}", lambda: _values(commons, facet))


def _values(commons: Commons, facet: str) -> tuple[Counted, ...]:
    found = commons.facets.get(facet)
    values = found.values if found else ()
    return tuple(Counted(one.id, one.label, n := len(one.members), on_one_page(n)) for one in values)


def ids_of(commons: Commons, facet: str) -> tuple[str, ...]:
    """The values of a facet that somebody has, the commonest first; each has a page."""
    return commons.derived(f"ids.{facet}", lambda: tuple(one.id for one in _values(commons, facet)))


def beside(commons: Commons, kind: str) -> tuple[Ranking, ...]:
    """The facets that entries of a kind have, their values counted among these."""
    return commons.derived(f"beside.{kind}", lambda: _beside(commons, kind))


def _beside(commons: Commons, kind: str) -> tuple[Ranking, ...]:
    counts = commons.counts(kind)
    found = []
    for id_, facet in commons.facets.items():
        own = counts.get(id_, {})
        if own:
            found.append(_ranking(facet, own))
    return tuple(found)


def _ranking(facet: Facet, own: Mapping[str, int]) -> Ranking:
    least = sorted(own.values(), reverse=True)[:MOST][-1]
    values = tuple(
        Counted(one.id, one.label, own[one.id], on_one_page(len(one.members)))
        for one in facet.values
        if own.get(one.id, 0) >= least
    )
    return Ranking(replace(facet, values=()), values, len(own))


def wide(commons: Commons) -> tuple[Ranking, ...]:
    """The facets that sort more than one kind, with their commonest values in the order of the facet."""
    return commons.derived("wide", lambda: _wide(commons))


def _wide(commons: Commons) -> tuple[Ranking, ...]:
    declared = commons.catalog.declarations.kinds.values()
    found = []
    for facet in commons.facets.values():
        asked = {kind.name for kind in declared if facet.id in kind.fields}
        told = {id_.partition("/")[0] for value in facet.values for id_ in value.members} - {"article"}
        if facet.type != "flag" and (len(asked | told) > 1 or len(declared) == 1):
            most = _values(commons, facet.id)[:MOST]
            found.append(Ranking(replace(facet, values=()), most, len(facet.values)))
    return tuple(found)


def kind_sizes(commons: Commons) -> Mapping[str, int]:
    """How many listed entries each kind has; `article` counts the articles."""
    return commons.derived(
        "kind-sizes",
        lambda: {**{kind: len(ids) for kind, ids in commons.by_kind.items()}, "article": len(commons.stories)},
    )


def wanted_of(commons: Commons, kind: Kind) -> tuple[Wanted, ...]:
    """What is wanted and can only be of this kind, without those that name it."""
    return commons.derived(
        f"wanted.{kind.name}",
        lambda: tuple(replace(one, by=()) for one in commons.wanted if one.kinds == (kind.name,)),
    )


def wanted_count(commons: Commons) -> int:
    """How many entries are wanted."""
    return commons.derived("wanted-count", lambda: len(commons.wanted))
