"""How many documents have which value of which facet flows in, and what facets are called; the shards of facets flow out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from auzolan.index.facets import KIND, Facet, Value, in_order, write_facets, write_values
from auzolan.index.format import DIGEST, name_of
from auzolan.model.pages import FacetNames

Counts = Mapping[tuple[str, str], int]
"""The stem of a facet's value, and a kind → how many documents of this kind have it."""


def kinds_in(counts: Counts) -> tuple[tuple[str, int], ...]:
    """How many documents each kind has, in the order in which they are numbered."""
    found = {kind: count for (key, kind), count in counts.items() if _parts(key)[0] == KIND}
    return tuple((kind, found[kind]) for kind in in_order(found))


def facets_in(counts: Counts, names: FacetNames) -> list[Facet]:
    """The facets with their values, the commonest first, those of one number by name. Facets come in the order of their
    names in `names`, others after them; kinds are no part of them."""
    found: dict[str, dict[str, int]] = {}
    kinds: dict[str, set[str]] = {}
    for (key, kind), count in counts.items():
        facet, value = _parts(key)
        if facet != KIND:
            values = found.setdefault(facet, {})
            values[value] = values.get(value, 0) + count
            kinds.setdefault(facet, set()).add(kind)
    places = {facet: place for place, facet in enumerate(names.labels)}
    return [
        Facet(
            facet,
            names.labels.get(facet, facet),
            facet in names.wide or facet not in names.labels,
            tuple(in_order(kinds[facet])),
            values=tuple(sorted(_values(facet, found[facet], names), key=lambda one: (-one[2], one[1], one[0]))),
        )
        for facet in sorted(found, key=lambda facet: (places.get(facet, len(places)), facet))
    ]


def _values(facet: str, counts: Mapping[str, int], names: FacetNames) -> list[Value]:
    return [(value, names.value(facet, value), count) for value, count in counts.items()]


def shards_of_facets(facets: list[Facet], *, apart: bool) -> dict[int, bytes]:
    """Number → payload: 0 is the list of facets, the others are those of the values of one facet each, where these have
    shards apart."""
    if not apart:
        return {0: write_facets(facets)}
    values = {facet.id: write_values(facet.values) for facet in facets}
    bare = [replace(facet, values=(), digest=values[facet.id][:DIGEST].hex()) for facet in facets]
    return {0: write_facets(bare)} | {name_of(id_): payload for id_, payload in values.items()}


def _parts(key: str) -> tuple[str, str]:
    _, facet, value, _ = key.split("=")
    return unquote(facet), unquote(value)
