"""What an index tells of itself flows in, the payload of its header flows out, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from auzolan.index.format import MOST_DOCUMENTS, MOST_NUMBER, VERSION, json_in, understood

HEAVIEST = 1000.0
"""No field weighs more."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a reader must know before it asks for anything. `lengths` are the words of each field over all documents;
    `postings` says from which word on each shard of words has what there is, the first from "" on; `dictionary` and `near` say the same of the forms in order, and of
    those read backwards; these two are empty on a small site, which has one shard of words; `shown` the documents in one file; `kinds` how many
    documents each kind has, in the order of their numbers; `digests` (hex) say what the shards were numbered by: "t" the
    ids of the documents, "p" the ids and the weights; "f" is that of the facets."""

    documents: int
    weights: tuple[float, ...]
    lengths: tuple[int, ...]
    dictionary: tuple[str, ...]
    near: tuple[str, ...]
    postings: tuple[str, ...]
    shown: int
    kinds: tuple[tuple[str, int], ...]
    digests: Mapping[str, str]


def write_header(header: Header) -> bytes:
    """The header as JSON, with the format's version."""
    told = {"version": VERSION, **asdict(header)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def read_header(payload: bytes) -> Header:
    """The header again. Raises UnreadableShards where a key is missing, has a wrong type, or says what cannot be."""

    def made() -> Header:
        told: dict[str, Any] = json_in(payload)
        header = Header(
            documents=int(told["documents"]),
            weights=tuple(float(weight) for weight in told["weights"]),
            lengths=tuple(int(length) for length in told["lengths"]),
            dictionary=tuple(str(form) for form in told["dictionary"]),
            near=tuple(str(form) for form in told["near"]),
            postings=tuple(str(stem) for stem in told["postings"]),
            shown=int(told["shown"]),
            kinds=tuple((str(kind), int(count)) for kind, count in told["kinds"]),
            digests={sort: str(told["digests"][sort]) for sort in ("p", "t", "f")},
        )
        counts = [count for _, count in header.kinds]
        if (
            not 0 <= header.documents <= MOST_DOCUMENTS
            or header.shown < 1
            or not header.postings
            or min(counts, default=0) < 0
            or sum(counts) != header.documents
            or len(header.weights) != len(header.lengths)
            or not all(abs(weight) <= HEAVIEST for weight in header.weights)
            or not all(0 <= length <= MOST_NUMBER for length in header.lengths)
        ):
            raise ValueError("of no index")
        return header

    return understood(made, "The header of the search files")
