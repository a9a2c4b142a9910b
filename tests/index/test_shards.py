"""What is written into a shard is read back, and damaged shards are refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.index.corpus import Form
from auzolan.index.format import DIGEST, Bytes, UnreadableShards, script, shards_of, signed, varint
from auzolan.index.shards import (
    Header,
    read_dictionary,
    read_documents,
    read_header,
    read_postings,
    write_dictionary,
    write_documents,
    write_header,
    write_postings,
)
from auzolan.model.pages import Document

DIGESTS = st.binary(min_size=DIGEST, max_size=DIGEST)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.dictionaries(TEXT, st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=40).map(
    lambda found: [Form(text, *found[text]) for text in sorted(found)]
)
POSTINGS = st.dictionaries(
    st.integers(0, 10**6), st.tuples(st.integers(1, 10**5), st.integers(0, 106374)), min_size=1, max_size=20
).map(lambda found: [(document, *found[document]) for document in sorted(found)])
STEMS = st.lists(st.dictionaries(st.integers(0, 5), POSTINGS, max_size=4), max_size=12)


@given(st.integers(0, 2**53 - 1), st.integers(-(2**40), 2**40))
def test_numbers(number: int, step: int) -> None:
    data = Bytes(varint(number) + varint(signed(step)))
    assert (data.number(), data.signed()) == (number, step)


@given(DIGESTS, FORMS)
def test_dictionary(digest: bytes, forms: list[Form]) -> None:
    assert read_dictionary(write_dictionary(digest, forms)) == (digest, forms)


@given(DIGESTS, STEMS)
def test_postings(digest: bytes, stems: list[dict[int, list[tuple[int, int, int]]]]) -> None:
    assert read_postings(write_postings(digest, stems)) == (digest, stems)


@given(DIGESTS, st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=8))
def test_documents(digest: bytes, texts: list[tuple[str, str, str, str, str, str]]) -> None:
    shown = [Document(i, k, "en", u, t, s, p, ()) for i, k, u, t, s, p in texts]
    assert read_documents(write_documents(digest, shown)) == (digest, texts)


def test_header() -> None:
    header = Header(3, (5.0, 0.3), (9, 0), ("a", "東"), (2, 1), 8, {"d": "00", "p": "01", "t": "02"}, "ff")
    assert read_header(write_header(header)) == header


@given(st.binary(max_size=300))
def test_a_script_hands_over_what_it_was_given_in_plain_ascii(payload: bytes) -> None:
    data = script({"p/ca/0": payload, "d/ca/12": b""})
    assert shards_of(data) == {"p/ca/0": payload, "d/ca/12": b""}
    assert data.isascii() and b"<" not in data


@given(st.binary(max_size=60))
def test_garbage_is_refused_not_crashed_on(payload: bytes) -> None:
    for read in (read_header, read_dictionary, read_postings, read_documents):
        try:
            read(payload)
        except UnreadableShards as reason:
            assert str(reason)


def test_another_format_is_named() -> None:
    data = script({"h/en": b"{}"}).replace(b'"1.', b'"2.')
    with pytest.raises(UnreadableShards, match="format 2; this reader knows format 1"):
        shards_of(data)


@pytest.mark.parametrize("text", ["AAAA", "eJw=", "eJxLBAAAQgBC", "="])
def test_damaged_deflate_is_refused(text: str) -> None:
    with pytest.raises(UnreadableShards):
        shards_of(f'AUZOLAN_SHARD("h/en","1.{text}");\n'.encode())
