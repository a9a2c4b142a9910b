"""Forms, postings and documents flow in, the payloads of their shards flow out, and back. docs/search.md shows them."""

from __future__ import annotations

import bisect
import functools
import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import sub

from auzolan.index.format import DIGEST, LARGEST, Bytes, UnreadableShards, json_in, text, understood, varint
from auzolan.index.postings import HOW_OFTEN, LENGTH_MASK, halves_of
from auzolan.index.rank import Form

Postings = Mapping[int, Sequence[tuple[int, int, int]]]
"""Of one stem: field number → (document, frequency, length), in the order of the documents."""
Shown = tuple[str, str, str, str, str, str]
"""What is shown of a document: id, kind, url, title, summary, place."""


def write_dictionary(until: str, forms: Sequence[Form], *, backwards: bool = False) -> bytes:
    """The first form of the next shard, the forms, then column by column the stems, as bytes cut off the end of the
    form, the number of bytes put there, and those bytes, and the size classes. A stop word is cut off wholly. With
    `backwards` the forms, and only they, are written from their last letter to the first."""
    cuts, tails, letters = bytearray(), bytearray(), bytearray()
    for form in forms:
        written, stem = form.text.encode("utf-8"), form.stem.encode("utf-8")
        same = _alike(written, stem)
        cuts += varint(len(written) - same)
        tails += varint(len(stem) - same)
        letters += stem[same:]
    return (
        text(until)
        + _front_coded([form.text[::-1] if backwards else form.text for form in forms])
        + cuts
        + tails
        + letters
        + bytes(f.size for f in forms)
    )


def read_dictionary(payload: bytes, *, backwards: bool = False) -> tuple[str, list[Form]]:
    """The first form of the next shard and the forms again."""
    data = Bytes(payload)
    until = data.text()
    words = [_said(word)[::-1].encode("utf-8") for word in _uncoded(data)] if backwards else _uncoded(data)
    cuts, tails = data.numbers(len(words)), data.numbers(len(words))
    stems = [
        word[: max(0, len(word) - cut)] + data.take(tail) for word, cut, tail in zip(words, cuts, tails, strict=True)
    ]
    sizes = data.take(len(words))
    return until, [Form(_said(word), _said(stem), size) for word, stem, size in zip(words, stems, sizes, strict=True)]


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


def stems_of(forms: Iterable[Form]) -> list[str]:
    """The stems of a dictionary, each once, in the order in which it has them."""
    return list(dict.fromkeys(form.stem for form in forms if form.stem))


def write_postings(
    digest: bytes, until: str, stems: Sequence[tuple[str, Mapping[int, array[int]]]], unnamed: int = 0
) -> bytes:
    """Digest of ids and weights, the first stem of the next shard, the stems, then the table of the (frequency, length)
    pairs that occur, the commonest first, then for each stem the number of fields, and for each its number, the number
    of postings, the gaps between the documents, and for each posting its place in the table. The first `unnamed` stems are left out: they are those of
    the dictionary."""
    lists = [[(field, *halves_of(fields[field])) for field in sorted(fields)] for _, fields in stems]
    counts = Counter(chain.from_iterable(keys for fields in lists for _, _, keys in fields))
    table = sorted(counts, key=lambda key: (-counts[key], key))
    place = {key: varint(number) for number, key in enumerate(table)}
    out = [digest, text(until), _front_coded([stem for stem, _ in stems[unnamed:]]), varint(len(table))]
    out += (varint(part) for key in table for part in (key >> HOW_OFTEN, key & LENGTH_MASK))
    for fields in lists:
        out.append(varint(len(fields)))
        for field, documents, keys in fields:
            out += (varint(field), varint(len(documents)), varint(documents[0]))
            out += map(_gap, map(sub, documents[1:], documents))
            out += map(place.__getitem__, keys)
    return b"".join(out)


@functools.lru_cache(maxsize=1 << 15)
def _gap(step: int) -> bytes:
    return varint(step - 1)


def read_postings(payload: bytes, unnamed: Sequence[str] = ()) -> tuple[bytes, str, dict[str, Postings]]:
    """The digest, the first stem of the next shard, and stem → its postings again; `unnamed` are the first stems
    where they are left out."""
    data = Bytes(payload)
    digest, until = data.take(DIGEST), data.text()
    words = [*unnamed, *(_said(word) for word in _uncoded(data))]
    table = [(data.number(), data.number()) for _ in range(data.number())]
    stems: dict[str, Postings] = {}
    for word in words:
        fields: dict[int, list[tuple[int, int, int]]] = {}
        for _ in range(data.number()):
            field, count = data.number(), data.number()
            documents: list[int] = []
            document = -1
            for gap in data.numbers(count):
                document += gap + 1
                documents.append(document)
            fields[field] = [(document, *_pair(table, data.number())) for document in documents]
        stems[word] = fields
    return digest, until, stems


def _pair(table: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    if place >= len(table):
        raise UnreadableShards("A search file points outside its table.", "Build the site again.")
    return table[place]


def write_documents(digest: bytes, documents: Iterable[str]) -> bytes:
    """Digest of the ids, then JSON: a list of what `shown` gives for each document."""
    return digest + f"[{','.join(documents)}]".encode()


def shown(texts: Shown) -> str:
    """What is shown of one document, as JSON."""
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))


def read_documents(payload: bytes) -> tuple[bytes, list[Shown]]:
    """The digest and the six texts of each document."""
    data = Bytes(payload)
    digest = data.take(DIGEST)

    def made() -> list[Shown]:
        told = json_in(data.rest())
        return [(str(i), str(k), str(u), str(t), str(s), str(p)) for i, k, u, t, s, p in told]

    return digest, understood(made, "A file of found documents")
