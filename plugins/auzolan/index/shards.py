"""Forms, postings and documents flow in, the payloads of their shards flow out, and back. docs/search.md shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from auzolan.index.corpus import Form
from auzolan.index.format import DIGEST, VERSION, Bytes, UnreadableShards, signed, varint
from auzolan.model.pages import Document

Postings = Mapping[int, Sequence[tuple[int, int, int]]]
"""Of one stem: field number → (document, frequency, length), in the order of the documents."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a reader must know before it asks for anything. `lengths` are the words of each field over all documents;
    `dictionary` is the first form of each dictionary shard; `postings` how many stems each postings shard has; `shown`
    the documents in one file; `digests` (hex) say what the shards were numbered by: "t" the ids of the documents, "d"
    the stems, "p" both. `content` stands for all shards together."""

    documents: int
    weights: tuple[float, ...]
    lengths: tuple[int, ...]
    dictionary: tuple[str, ...]
    postings: tuple[int, ...]
    shown: int
    digests: Mapping[str, str]
    content: str


def write_header(header: Header) -> bytes:
    """The header as JSON, with the format's version."""
    told = {"version": VERSION, **asdict(header)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_header(payload: bytes) -> Header:
    """The header again. Raises UnreadableShards where a key is missing or has a wrong type."""
    try:
        told: dict[str, Any] = json.loads(payload)
        return Header(
            documents=int(told["documents"]),
            weights=tuple(float(weight) for weight in told["weights"]),
            lengths=tuple(int(length) for length in told["lengths"]),
            dictionary=tuple(str(form) for form in told["dictionary"]),
            postings=tuple(int(count) for count in told["postings"]),
            shown=int(told["shown"]),
            digests={sort: str(told["digests"][sort]) for sort in ("d", "p", "t")},
            content=str(told["content"]),
        )
    except (ValueError, KeyError, TypeError) as reason:
        raise UnreadableShards("The header of the search files is damaged.", "Build the site again.") from reason


def write_dictionary(digest: bytes, forms: Sequence[Form]) -> bytes:
    """Digest of the stems, number of forms, then column by column: bytes shared with the form before, bytes of its
    own, those bytes, the stem's number as a step from the one before, the size class."""
    shared, own, letters, steps = bytearray(), bytearray(), bytearray(), bytearray()
    before, stem = b"", 0
    for form in forms:
        text = form.text.encode("utf-8")
        same = _alike(before, text)
        shared += varint(same)
        own += varint(len(text) - same)
        letters += text[same:]
        steps += varint(signed(form.stem - stem))
        before, stem = text, form.stem
    return digest + varint(len(forms)) + shared + own + letters + steps + bytes(form.size for form in forms)


def _alike(one: bytes, other: bytes) -> int:
    """How many bytes both begin with."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def read_dictionary(payload: bytes) -> tuple[bytes, list[Form]]:
    """The digest and the forms again."""
    data = Bytes(payload)
    digest = data.take(DIGEST)
    count = data.number()
    shared = [data.number() for _ in range(count)]
    own = [data.number() for _ in range(count)]
    texts: list[bytes] = []
    before = b""
    for same, more in zip(shared, own, strict=True):
        before = before[:same] + data.take(more)
        texts.append(before)
    forms: list[Form] = []
    stem = 0
    steps = [data.signed() for _ in range(count)]
    for text, step, size in zip(texts, steps, data.take(count), strict=True):
        stem += step
        forms.append(Form(text.decode("utf-8", "replace"), stem, size))
    return digest, forms


def write_postings(digest: bytes, stems: Sequence[Postings]) -> bytes:
    """Digest of ids and stems, then the table of the (frequency, length) pairs that occur, the commonest first, then
    the stems: the number of fields, and for each its number, the number of postings, the gaps between the documents,
    and for each posting its place in the table."""
    counts: dict[tuple[int, int], int] = {}
    for stem in stems:
        for postings in stem.values():
            for _, frequency, length in postings:
                counts[frequency, length] = counts.get((frequency, length), 0) + 1
    table = sorted(counts, key=lambda pair: (-counts[pair], pair))
    place = {pair: number for number, pair in enumerate(table)}
    out = bytearray(digest + varint(len(table)))
    for frequency, length in table:
        out += varint(frequency) + varint(length)
    out += varint(len(stems))
    for stem in stems:
        out += varint(len(stem))
        for field in sorted(stem):
            postings = stem[field]
            out += varint(field) + varint(len(postings))
            before = -1
            for document, _, _ in postings:
                out += varint(document - before - 1)
                before = document
            for _, frequency, length in postings:
                out += varint(place[frequency, length])
    return bytes(out)


def read_postings(payload: bytes) -> tuple[bytes, list[dict[int, list[tuple[int, int, int]]]]]:
    """The digest and the postings again."""
    data = Bytes(payload)
    digest = data.take(DIGEST)
    table = [(data.number(), data.number()) for _ in range(data.number())]
    stems: list[dict[int, list[tuple[int, int, int]]]] = []
    for _ in range(data.number()):
        fields: dict[int, list[tuple[int, int, int]]] = {}
        for _ in range(data.number()):
            field, count = data.number(), data.number()
            documents: list[int] = []
            document = -1
            for _ in range(count):
                document += data.number() + 1
                documents.append(document)
            fields[field] = [(document, *_pair(table, data.number())) for document in documents]
        stems.append(fields)
    return digest, stems


def _pair(table: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    if place >= len(table):
        raise UnreadableShards("A search file points outside its table.", "Build the site again.")
    return table[place]


def write_documents(digest: bytes, documents: Sequence[Document]) -> bytes:
    """Digest of the ids, then JSON: a list of [id, kind, url, title, summary, place]."""
    told = [[d.id, d.kind, d.url, d.title, d.summary, d.place] for d in documents]
    return digest + json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def read_documents(payload: bytes) -> tuple[bytes, list[tuple[str, str, str, str, str, str]]]:
    """The digest and the six texts of each document."""
    data = Bytes(payload)
    digest = data.take(DIGEST)
    try:
        told = json.loads(data.rest())
        return digest, [(str(i), str(k), str(u), str(t), str(s), str(p)) for i, k, u, t, s, p in told]
    except (ValueError, TypeError) as reason:
        raise UnreadableShards("A file of found documents is damaged.", "Build the site again.") from reason
