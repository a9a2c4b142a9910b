"""Facets and chosen values flow in, the documents that have them flow out, read from the shards when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from auzolan.index.facets import (
    FACETS,
    KIND,
    Facet,
    Value,
    beginning_of,
    key_of,
    ranges_of,
    read_facets,
    read_values,
    value_of,
)
from auzolan.index.format import DIGEST, name_of
from auzolan.index.header import Header
from auzolan.index.shards import Postings, of_two_ages, shard_of


class Narrowing:
    """The facets of one index. `payload` gives that of a shard of sort "f", `postings` those of a shard, by its place in
    the header."""

    def __init__(
        self, header: Header, payload: Callable[[int], bytes], postings: Callable[[int], Mapping[str, Postings]]
    ) -> None:
        self._header = header
        self._payload = payload
        self._postings = postings

    def facets(self) -> tuple[Facet, ...]:
        """The facets with their values."""
        payload = self._payload(0)
        if payload[:DIGEST].hex() != self._header.digests["f"]:
            raise of_two_ages()
        return tuple(
            replace(facet, values=self._values(facet), digest="") if facet.digest else facet
            for facet in read_facets(payload)[1]
        )

    def _values(self, facet: Facet) -> tuple[Value, ...]:
        found, values = read_values(self._payload(name_of(facet.id)))
        if found.hex() != facet.digest:
            raise of_two_ages()
        return values

    def having(self, facet: str, values: Iterable[str]) -> frozenset[int]:
        """The documents that have one of these values; none have one that is unknown."""
        if facet == KIND:
            kinds = ranges_of(self._header.kinds)
            return frozenset(document for value in values for document in kinds.get(value, ()))
        found: set[int] = set()
        for key in (key_of(facet, value) for value in values if FACETS in self._header.weights):
            found.update(documents_of(self._postings(shard_of(self._header.postings, key)).get(key, {})))
        return frozenset(found)

    def members(self, facet: str) -> Mapping[str, Collection[int]]:
        """Value → the documents that have it, of all values of a facet."""
        if facet == KIND:
            return ranges_of(self._header.kinds)
        beginning, firsts = beginning_of(facet), self._header.postings
        found: dict[str, Collection[int]] = {}
        start = shard_of(firsts, beginning)
        for number in range(start, len(firsts) if FACETS in self._header.weights else start):
            if number > start and not firsts[number].startswith(beginning):
                break
            shard = self._postings(number)
            found |= {value_of(key): documents_of(shard[key]) for key in shard if key.startswith(beginning)}
        return found


def documents_of(postings: Postings) -> list[int]:
    """The documents of a stem that is in one field."""
    return [document for field in postings.values() for document, _, _ in field]
