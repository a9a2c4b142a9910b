"""Forms and postings flow in, the payloads of their shards flow out, and back. docs/search.md shows them."""

from __future__ import annotations

import bisect
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from auzolan.index.format import DIGEST, LARGEST, Bytes, UnreadableShards, text, varint
from auzolan.index.gaps import read_gaps, write_gaps
from auzolan.index.postings import HOW_OFTEN, LENGTH_MASK, halves_of
from auzolan.index.rank import Form

Postings = Mapping[int, Sequence[tuple[int, int, int]]]
"""Of one stem: field number → (document, frequency, length), in the order of the documents."""


@dataclass(frozen=True, slots=True)
class Span:
    """From which word on a shard has what there is, and up to which ("": to the end). They need not be words of the index: the
    shortest are taken that keep the shards apart."""

    first: str
    until: str

    def has(self, word: str) -> bool:
        """Whether a word belongs there."""
        return self.first <= word and (not self.until or word < self.until)


@dataclass(frozen=True, slots=True)
class Words:
    """What a shard of words holds: the forms of its span, and stem → its postings."""

    digest: bytes
    span: Span
    forms: Sequence[Form]
    stems: Mapping[str, Postings]


def between(before: str, first: str) -> str:
    """Where a shard begins of which `first` is the first word, `before` being the last of the shard before: as few letters as tell
    them apart. Values of facets are not cut off: what they begin with is looked for."""
    if first.startswith("="):
        return first
    return next(first[:length] for length in range(1, len(first) + 1) if first[:length] > before)


def write_dictionary(span: Span, forms: Sequence[Form], *, backwards: bool = False) -> bytes:
    """The span, then the forms (`_columns`). With `backwards` the forms, and only they, are written from their last letter to
    the first."""
    return text(span.first) + text(span.until) + _columns(forms, backwards=backwards)


def read_dictionary(payload: bytes, *, backwards: bool = False) -> tuple[Span, list[Form]]:
    """The span and the forms again."""
    data = Bytes(payload)
    return _span(data), _uncolumned(data, backwards=backwards)


def _span(data: Bytes) -> Span:
    return Span(data.text(), data.text())


def _columns(forms: Sequence[Form], *, backwards: bool = False) -> bytes:
    """The forms, then column by column the stems, as bytes cut off the end of the form, the number of bytes put there, and those
    bytes, and the size classes. A stop word is cut off wholly."""
    cuts, tails, letters = bytearray(), bytearray(), bytearray()
    for form in forms:
        written, stem = form.text.encode("utf-8"), form.stem.encode("utf-8")
        same = _alike(written, stem)
        cuts += varint(len(written) - same)
        tails += varint(len(stem) - same)
        letters += stem[same:]
    return (
        _front_coded([form.text[::-1] if backwards else form.text for form in forms])
        + cuts
        + tails
        + letters
        + bytes(f.size for f in forms)
    )


def _uncolumned(data: Bytes, *, backwards: bool = False) -> list[Form]:
    words = [_said(word)[::-1].encode("utf-8") for word in _uncoded(data)] if backwards else _uncoded(data)
    cuts, tails = data.numbers(len(words)), data.numbers(len(words))
    stems = [
        word[: max(0, len(word) - cut)] + data.take(tail) for word, cut, tail in zip(words, cuts, tails, strict=True)
    ]
    sizes = data.take(len(words))
    return [Form(_said(word), _said(stem), size) for word, stem, size in zip(words, stems, sizes, strict=True)]


def _front_coded(words: Sequence[str]) -> bytes:
    """The number of words, then column by column: bytes shared with the word before, bytes of its own, those bytes."""
    shared, own, letters = bytearray(), bytearray(), bytearray()
    before = b""
    for word in words:
        written = word.encode("utf-8")
        same = _alike(before, written)
        shared += varint(same)
        own += varint(len(written) - same)
        letters += written[same:]
        before = written
    return varint(len(words)) + shared + own + letters


def _uncoded(data: Bytes) -> list[bytes]:
    count = data.number()
    shared, own = data.numbers(count), data.numbers(count)
    found: list[bytes] = []
    before, left = b"", LARGEST
    for same, more in zip(shared, own, strict=True):
        before = before[:same] + data.take(more)
        left -= len(before)
        if left < 0:
            raise UnreadableShards("The words of a search file are too long.", "Build the site again.")
        found.append(before)
    return found


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same


def _said(word: bytes) -> str:
    return word.decode("utf-8", "replace")


def shard_of(firsts: Sequence[str], word: str) -> int:
    """The place of the shard that has `word` if any has: the last one whose first word is not after it."""
    return max(0, bisect.bisect_right(firsts, word) - 1)


def of_two_ages() -> UnreadableShards:
    """What is raised where shards do not belong together."""
    return UnreadableShards("The search files are of two different builds.", "Build or copy the site again.")


def outside() -> UnreadableShards:
    """What is raised where a shard speaks of what the header does not know."""
    return UnreadableShards("A search file speaks of what is not there.", "Build the site again.")


def write_words(
    digest: bytes,
    span: Span,
    forms: Sequence[Form],
    stems: Mapping[str, Mapping[int, array[int]]],
    documents: int,
) -> list[bytes]:
    """Three parts. The first: digest of ids and weights, the span, its forms, those stems of the shard that no form of it has, in order,
    the table of the (frequency, length) pairs that occur, the commonest first, then in columns how many fields each stem has, their
    numbers, and how many postings each has. The second: for each posting its place in the table. The third: the gaps between
    documents, of which there are `documents` in all. First come the stems of the forms, in their order, then the others."""
    named = _stems_of(forms, span)
    others = sorted(stems.keys() - named)
    lists = [
        [(field, *halves_of(of[field])) for field in sorted(of)] for of in map(stems.__getitem__, [*named, *others])
    ]
    every = list(chain.from_iterable(lists))
    counts = Counter(chain.from_iterable(keys for _, _, keys in every))
    table = sorted(counts, key=lambda key: (-counts[key], key))
    place = {key: varint(number) for number, key in enumerate(table)}
    numbers = [
        len(table),
        *(part for key in table for part in (key >> HOW_OFTEN, key & LENGTH_MASK)),
        *map(len, lists),
        *(field for field, _, _ in every),
        *(len(keys) for _, _, keys in every),
    ]
    return [
        digest
        + text(span.first)
        + text(span.until)
        + _columns(forms)
        + _front_coded(others)
        + b"".join(map(varint, numbers)),
        b"".join(place[key] for _, _, keys in every for key in keys),
        write_gaps(documents, (found for _, found, _ in every)),
    ]


def _stems_of(forms: Iterable[Form], span: Span) -> list[str]:
    """The stems of forms that are in the same shard, each once."""
    return [stem for stem in dict.fromkeys(form.stem for form in forms) if stem and span.has(stem)]


def read_words(payload: bytes, documents: int) -> Words:
    """A shard of words again; `documents` is how many the index has. Raises UnreadableShards."""
    data = Bytes(payload)
    digest, span = data.take(DIGEST), _span(data)
    forms = _uncolumned(data)
    stems = [*_stems_of(forms, span), *map(_said, _uncoded(data))]
    table = [(data.number(), data.number()) for _ in range(data.number())]
    fields = [data.numbers(count) for count in data.numbers(len(stems))]
    counts = [data.numbers(len(of)) for of in fields]
    places = [data.numbers(count) for of in counts for count in of]
    if max(map(max, filter(None, places)), default=-1) >= len(table):
        raise UnreadableShards("A search file points outside its table.", "Build the site again.")
    found = iter(zip(read_gaps(data.rest(), documents, map(len, places)), places, strict=True))
    return Words(
        digest,
        span,
        forms,
        {stem: {field: _postings(*next(found), table) for field in of} for stem, of in zip(stems, fields, strict=True)},
    )


def _postings(
    numbers: Iterable[int], places: Iterable[int], table: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    return [(document, *table[place]) for document, place in zip(numbers, places, strict=True)]
