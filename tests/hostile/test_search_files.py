"""Search files from anybody: whatever they say, a reader answers or says that they cannot be read, soon, and never more than that."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.index.test_facets import SOME

from auzolan.index import Reader, UnreadableShards, build, open_shards
from auzolan.index.facets import read_facets, read_values
from auzolan.index.format import DIGEST, LARGEST, digest, script, shards_of, varint
from auzolan.index.gaps import write_gaps
from auzolan.index.header import read_header
from auzolan.index.shards import read_dictionary, read_words
from auzolan.index.shown import read_documents

DEEP = b"[" * 200_000
ZERO = b"\0" * DIGEST
SPAN = b"\0\0"


@pytest.fixture(scope="module")
def shards() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for file in build(SOME, "en"):
        found |= shards_of(file.data)
    return found


def reader(shards: dict[str, bytes]) -> Reader:
    return open_shards({"search/en/header.js": script(shards)}.get, "en")


def all_that_is_asked(shards: dict[str, bytes]) -> None:
    """Every question that pages, the terminal and the server ask."""
    found = reader(shards)
    found.facets()
    found.kinds()
    found.search("bread", count=("kind", "topics", "country"))
    found.search("oven brad", facets={"topics": ["energy"], "kind": ["tool"]})
    found.search("", facets={"kind": ["tool", "article"]}, count=("topics",))
    found.forms("bread")


def with_header(shards: dict[str, bytes], **told: Any) -> dict[str, bytes]:
    return {**shards, "h/en": json.dumps({**json.loads(shards["h/en"]), **told}).encode()}


@pytest.mark.parametrize(
    "told",
    [
        {"documents": 10**15}, {"documents": -1}, {"documents": 4}, {"documents": "5" * 5000}, {"documents": float("inf")},
        {"documents": 10**9, "kinds": [["tool", 10**9]]}, {"kinds": [["tool", 10**9], ["article", 5 - 10**9]]},
        {"kinds": []}, {"kinds": {"tool": 5}}, {"shown": 0}, {"shown": -3}, {"weights": []}, {"weights": [float("nan")] * 3},
        {"weights": [1e300] * 3}, {"lengths": [10**400] * 3}, {"lengths": [-1] * 3}, {"digests": []}, {"digests": {}},
        {"dictionary": ["\ud800"]}, {"postings": ["\udfff"]}, {"postings": ["a", "b"]}, {"postings": []}, {"near": 7},
    ],
)  # fmt: skip
def test_a_header_that_says_what_cannot_be(shards: dict[str, bytes], told: dict[str, Any]) -> None:
    with pytest.raises(UnreadableShards):
        all_that_is_asked(with_header(shards, **told))


@pytest.mark.parametrize("read", [read_header, read_documents, read_facets, read_values])
@pytest.mark.parametrize(
    "told", [DEEP, b'["\\ud800"]', b"[NaN]", b"[1e999]", b"\xff", b"", b'{"a":' * 100_000, b"[[[[]]]]"]
)
def test_json_that_is_no_file_of_ours(read: Callable[[bytes], object], told: bytes) -> None:
    with pytest.raises(UnreadableShards):
        read(told if read is read_header else ZERO + told)


def test_a_backslash_before_a_u_is_text(shards: dict[str, bytes]) -> None:
    told = json.dumps([["\\ud800", "s", "p", ["a"], "tool", ["a.html"]]]).encode()
    assert read_documents(ZERO + told)[1][0][3] == "\\ud800"


def test_words_that_each_repeat_a_long_one_are_not_written_out() -> None:
    long, count = 1_000_000, 100_000
    words = varint(count) + b"\0" + varint(long) * (count - 1) + varint(long) + b"\0" * (count - 1) + b"a" * long
    with pytest.raises(UnreadableShards, match="too long"):
        read_dictionary(SPAN + words)
    with pytest.raises(UnreadableShards, match="too long"):
        read_words(ZERO + SPAN + words, 5)


@pytest.mark.parametrize("around", [["x" * 1_000_000, ""], ["", "x" * 1_000_000], ["x" * 1_000_000]])
def test_addresses_that_each_repeat_a_long_one_are_not_written_out(around: list[str]) -> None:
    told = json.dumps([["a", "", "", 0, "tool", around], *[["a", "", ""]] * 100_000]).encode()
    with pytest.raises(UnreadableShards, match="damaged"):
        read_documents(ZERO + told)


@pytest.mark.parametrize("row", [["a", "", "", 0, "tool", ["a", "b", "c"]], ["a", "", "", 0, "tool", "a"], ["a", "", "", 0, "tool", [1]],
                                 ["a", "", "", 7], ["a", "", "", {}, 0, {"a": 1}], ["a", ""], 7, [7, 7, 7]])  # fmt: skip
def test_rows_that_say_nothing(row: object) -> None:
    try:
        assert len(read_documents(ZERO + json.dumps([row]).encode())[1]) == 1
    except UnreadableShards as reason:
        assert "damaged" in str(reason)


def test_a_file_of_many_bombs_is_refused() -> None:
    bomb = script({"p/en/0": b"\0" * (LARGEST - 10)}).decode()
    assert len(bomb) < 40_000
    with pytest.raises(UnreadableShards, match="too large"):
        shards_of("".join(bomb.replace("/0", f"/{number}") for number in range(100)).encode())


@pytest.mark.parametrize("count", [2**40, 2**52])
@pytest.mark.parametrize("before", [b"", b"\0", b"\0\0", b"\0\1\0\1a\0", b"\0\1\0\1a\0\1\0"])
def test_counts_of_what_is_not_there(before: bytes, count: int) -> None:
    """Of forms, of stems, of the table, of fields, of postings."""
    for zeros in range(6):
        told = SPAN + before + varint(count) + b"\0" * zeros
        with pytest.raises(UnreadableShards):
            read_words(ZERO + told, 5)
        with pytest.raises(UnreadableShards):
            read_dictionary(SPAN + varint(count) + b"\0" * zeros)


@pytest.mark.parametrize("field", [0, 1, 2, 3, 9, 2**50])
@pytest.mark.parametrize("document", [0, 4, 5, 2**50])
@pytest.mark.parametrize("times", [0, 1, 2**52])
def test_postings_of_other_fields_and_documents(
    shards: dict[str, bytes], field: int, document: int, times: int
) -> None:
    """All stems say that they are in this field of this document, so often."""
    stems = list(read_words(shards["p/en/0"], len(SOME)).stems)
    count = len(stems)
    columns = (1, times, 1, *[1] * count, *[field] * count, *[1] * count, *[0] * count)
    # No form says which stems there are: all are named.
    made = shards["p/en/0"][:DIGEST] + SPAN + varint(0) + _names(stems) + b"".join(map(varint, columns))
    made += write_gaps(len(SOME), [[min(document, 2**20)]] * count)
    fits = field < len(read_header(shards["h/en"]).weights) and document < len(SOME)
    try:
        all_that_is_asked({**shards, "p/en/0": made})
    except UnreadableShards as reason:
        assert str(reason)
    else:
        assert fits


def _names(words: list[str]) -> bytes:
    written = [word.encode() for word in words]
    return varint(len(words)) + b"\0" * len(words) + b"".join(varint(len(one)) for one in written) + b"".join(written)


def test_fewer_documents_than_are_told(shards: dict[str, bytes]) -> None:
    payload = shards["t/en/0"]
    with pytest.raises(UnreadableShards, match="not there"):
        all_that_is_asked({**shards, "t/en/0": payload[:DIGEST] + b"[]"})


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "\u202eevil", "__proto__", "x" * 100_000, "a=b%3D&c"])
def test_names_of_facets_are_what_they_are(shards: dict[str, bytes], label: str) -> None:
    told = json.dumps([[label, label, 1, ["tool"], [[label, label, 3]]]], ensure_ascii=False)
    changed = {**shards, "f/en/0": digest([told]) + told.encode()}
    found = reader(with_header(changed, digests={**json.loads(shards["h/en"])["digests"], "f": digest([told]).hex()}))
    assert found.facets()[0].values == ((label, label, 3),)
    assert found.search("", facets={label: [label]}).total == 0


@given(st.data())
def test_any_byte_may_be_another(shards: dict[str, bytes], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(shards)))
    at = data.draw(st.integers(0, len(shards[name]) - 1))
    payload = bytearray(shards[name])
    payload[at] = data.draw(st.integers(0, 255))
    try:
        all_that_is_asked({**shards, name: bytes(payload)})
    except UnreadableShards as reason:
        assert str(reason)
