"""Postings as plain numbers: packed they flow in, combined, renumbered and counted they flow out.

One posting (a form or stem in one field of one document) is one number: the document's, shifted by 32 bits, then how
often the form occurs there, shifted by 17, then the length of the field as Whoosh remembers it. Sorted numbers are
thus sorted by document, and a list of them is an array of 64-bit numbers, of which the halves are read at once.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from itertools import chain

HOW_OFTEN = 17
"""Bits of a length: Whoosh's greatest is 106,374."""
DOCUMENT = 32
LENGTH_MASK = (1 << HOW_OFTEN) - 1
KEY_MASK = (1 << DOCUMENT) - 1
"""What is left of a posting without its document: its *key*."""

Record = tuple[tuple[tuple[str, int], ...], tuple[tuple[float, bytes], ...]]
"""What is kept of one form: how often it is written otherwise than as itself, and for each weight its postings."""
Item = tuple[str, tuple[tuple[str, Record], ...]]
"""What is kept of one stem: the stem, and its forms in order, each with its record."""


def pack(document: int, frequency: int, length: int) -> int:
    """One posting."""
    return document << DOCUMENT | frequency << HOW_OFTEN | length


def unpack(posting: int) -> tuple[int, int, int]:
    """The document, how often, and the length of the field."""
    return posting >> DOCUMENT, (posting & KEY_MASK) >> HOW_OFTEN, posting & LENGTH_MASK


def record(spelled: Mapping[str, int], fields: Mapping[float, bytes]) -> Record:
    """The record of a form, the same whatever the order in which its parts were found."""
    return (
        tuple(sorted((spelling, count) for spelling, count in spelled.items() if count)),
        tuple(sorted(((weight, data) for weight, data in fields.items() if data), reverse=True)),
    )


def packed(data: bytes) -> array[int]:
    """The postings that were kept as bytes."""
    return array("Q", data)


def halves_of(postings: array[int]) -> tuple[array[int], array[int]]:
    """The documents, and the keys."""
    halves = array("I", postings.tobytes())
    low = sys.byteorder == "big"
    return halves[not low :: 2], halves[low::2]


def total(fields: Iterable[tuple[float, bytes]]) -> int:
    """How often a form occurs, over all its fields and documents."""
    return sum(key >> HOW_OFTEN for _, data in fields for key in halves_of(packed(data))[1])


def combined(item: Item) -> dict[float, array[int]]:
    """Weight → the postings of a stem: those of its forms together. Where a document has several forms of it in one
    field, how often they occur adds up."""
    lists: dict[float, list[array[int]]] = {}
    for _, (_, fields) in item[1]:
        for weight, data in fields:
            lists.setdefault(weight, []).append(packed(data))
    return {weight: found[0] if len(found) == 1 else _together(found) for weight, found in lists.items()}


def _together(lists: Iterable[array[int]]) -> array[int]:
    merged = array("Q", sorted(chain.from_iterable(lists)))
    if len(set(halves_of(merged)[0])) == len(merged):
        return merged
    found: list[int] = []
    last = -1
    for posting in merged:
        document = posting >> DOCUMENT
        if document == last:
            found[-1] += posting & KEY_MASK & ~LENGTH_MASK
        else:
            found.append(posting)
            last = document
    return array("Q", found)


def documents_in(fields: Mapping[float, array[int]]) -> int:
    """How many documents have a stem, in whatever field."""
    if len(fields) == 1:
        return len(next(iter(fields.values())))
    return len(set().union(*(halves_of(postings)[0] for postings in fields.values())))


def size_class(documents: int) -> int:
    """The number of binary digits of a number of documents."""
    return documents.bit_length()


def bytes_of(item: Item) -> int:
    """About how many bytes the published postings of a stem take; the same for the same documents."""
    postings = sum(len(data) for _, (_, fields) in item[1] for _, data in fields)
    # Those of a facet's value are gaps and zeros, which pack to a fraction.
    return len(item[0]) + 4 + postings // (8 if item[0].startswith("=") else 4)
