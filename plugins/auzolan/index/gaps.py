"""Ascending numbers of documents flow in, bits flow out, and back: what separates a document from the one before, in Rice's code.

A gap is written as its `low` lowest bits and what is left of it: as many zeros as that, a one, and those bits. How many
bits are low follows from how many documents there are and how many of them are listed, so that nothing has to say it;
where documents are spread evenly, no code of whole bits is shorter by more than a fiftieth.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from operator import sub

from auzolan.index.format import UnreadableShards


def low_bits(documents: int, listed: int) -> int:
    """How many bits of each gap are low where `listed` of `documents` are."""
    return max(0, (documents // max(1, listed)).bit_length() - 1)


def write_gaps(documents: int, lists: Iterable[Sequence[int]]) -> bytes:
    """Lists of documents, none of them empty, one after the other. The last byte is filled up with zeros."""
    bits = "".join(chain.from_iterable(_codes(documents, numbers) for numbers in lists))
    bits += "0" * (-len(bits) % 8)
    return int(bits or "0", 2).to_bytes(len(bits) // 8, "big")


def _codes(documents: int, numbers: Sequence[int]) -> Iterable[str]:
    low = low_bits(documents, len(numbers))
    # From one before the first document, so that the first gap is like the others.
    return map(_code, map(sub, numbers, chain((-1,), numbers)), repeat(low))


@functools.lru_cache(maxsize=1 << 16)
def _code(step: int, low: int) -> str:
    gap = step - 1
    return "0" * (gap >> low) + f"{1 << low | gap & (1 << low) - 1:b}"


def read_gaps(data: bytes, documents: int, counts: Iterable[int]) -> list[list[int]]:
    """The lists again, of which the lengths are told. Raises UnreadableShards where the bits end too early, or speak of more documents
    than there are."""
    bits = f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}" if data else ""
    at = 0
    found = []
    for count in counts:
        low = low_bits(documents, count)
        numbers: list[int] = []
        document = -1
        for _ in range(count):
            one = bits.find("1", at)
            end = one + 1 + low
            if one < 0 or end > len(bits):
                raise UnreadableShards("A search file ends too early.", "Build the site again.")
            document += 1 + (one - at << low) + (int(bits[one + 1 : end], 2) if low else 0)
            numbers.append(document)
            at = end
        if document >= documents:
            raise UnreadableShards("A search file speaks of what is not there.", "Build the site again.")
        found.append(numbers)
    return found
