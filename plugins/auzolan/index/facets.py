"""What was found flows in, what is left of it by the chosen values of facets flows out, and how many there are of each value.

A value of a facet is a stem of a field of its own (`FACETS`): its documents are postings like those of words, in the same
shards, loaded where somebody chooses the value or wants to see the counts of its facet. The kind of a document is what
stands before the slash of its id; since documents are numbered by id, the header says where each kind begins and ends,
and nothing is loaded for it.

Within a facet any of the chosen values will do, and every facet in which something is chosen must hold. A value is
counted among the documents that fulfil all *other* facets: so many there would be if it were chosen too.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from auzolan.index.format import DIGEST, Bytes, digest, json_in, understood

FACETS = -1.0
"""The weight of the field of facets: what is found there adds nothing to a score, and no text has such a weight."""
KIND = "kind"
"""The facet that every document has."""

_FILE = "A file of facets"

Chosen = Mapping[str, Collection[str]]
"""Facet → its chosen values."""
Value = tuple[str, str, int]
"""A value of a facet: as it is written, its name, and how many documents have it."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down: `label` is its name, `wide` says whether it sorts more than one kind, `kinds` are those of
    which documents have it; `digest` (hex) is that of its values where they have a shard of their own, else "" and
    `values` are here, the commonest first."""

    id: str
    label: str
    wide: bool
    kinds: tuple[str, ...]
    digest: str = ""
    values: tuple[Value, ...] = ()


def key_of(facet: str, value: str) -> str:
    """The stem of a value; no word and no name has it. Written as JavaScript's `encodeURIComponent` does."""
    return f"{beginning_of(facet)}{_written(value)}="


def beginning_of(facet: str) -> str:
    """What the stems of all values of a facet begin with."""
    return f"={_written(facet)}="


def _written(text: str) -> str:
    return quote(text, safe="!'()*", errors="replace")


def beginning_in(stem: str) -> str:
    """The `beginning_of` the facet of which this is a value; "" for other stems."""
    return stem[: stem.index("=", 1) + 1] if stem.startswith("=") else ""


def value_of(key: str) -> str:
    """The value of which this is the stem."""
    return unquote(key.split("=")[2])


def kind_of(id_: str) -> str:
    """The kind of a document."""
    return id_.partition("/")[0]


def in_order(kinds: Iterable[str]) -> list[str]:
    """Kinds in the order in which their documents are numbered."""
    return sorted(kinds, key=lambda kind: f"{kind}/")


def ranges_of(kinds: Iterable[tuple[str, int]]) -> dict[str, range]:
    """The numbers of the documents of each kind, out of how many each has."""
    found: dict[str, range] = {}
    start = 0
    for kind, count in kinds:
        found[kind] = range(start, start + count)
        start += count
    return found


def narrowed(documents: Iterable[int], chosen: Iterable[AbstractSet[int]]) -> set[int]:
    """Those of `documents` that each of the chosen facets has."""
    left = set(documents)
    for members in chosen:
        left &= members
    return left


def counted(
    documents: AbstractSet[int],
    chosen: Mapping[str, AbstractSet[int]],
    facet: str,
    values: Mapping[str, Collection[int]],
) -> dict[str, int]:
    """Of each value how many there would be if it were chosen too; no zeros."""
    left = narrowed(documents, (members for other, members in chosen.items() if other != facet))
    counts = {value: sum(document in left for document in members) for value, members in values.items()}
    return {value: count for value, count in counts.items() if count}


def write_facets(facets: Iterable[Facet]) -> bytes:
    """Digest of what follows, then JSON: for each facet its id, its label, whether it is wide, its kinds, and the digest
    of its values (hex) or, where they have no shard of their own, the values."""
    told = [
        [facet.id, facet.label, int(facet.wide), facet.kinds, facet.digest or facet.values]
        for facet in facets
    ]  # fmt: skip
    return _with_digest(told)


def write_values(values: Iterable[Value]) -> bytes:
    """Digest of what follows, then JSON: of each value, how it is written, its name, how many documents have it."""
    return _with_digest(list(values))


def read_facets(payload: bytes) -> tuple[bytes, list[Facet]]:
    """The digest and the facets again. Raises UnreadableShards."""

    def made() -> Iterator[Facet]:
        for id_, label, wide, kinds, last in told:
            values = () if isinstance(last, str) else _values(last)
            named = last if isinstance(last, str) else ""
            yield Facet(str(id_), str(label), bool(wide), tuple(map(str, kinds)), named, values)

    found, told = _without_digest(payload)
    return found, understood(lambda: list(made()), _FILE)


def read_values(payload: bytes) -> tuple[bytes, tuple[Value, ...]]:
    """The digest and the values again. Raises UnreadableShards."""
    found, told = _without_digest(payload)
    return found, understood(lambda: _values(told), _FILE)


def _values(told: Iterable[tuple[str, str, int]]) -> tuple[Value, ...]:
    return tuple((str(value), str(label), int(count)) for value, label, count in told)


def _with_digest(told: Any) -> bytes:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return digest([text]) + text.encode("utf-8")


def _without_digest(payload: bytes) -> tuple[bytes, Any]:
    data = Bytes(payload)
    return data.take(DIGEST), understood(lambda: list(json_in(data.rest())), _FILE)
