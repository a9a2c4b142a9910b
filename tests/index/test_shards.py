"""What is written into a shard is read back, and damaged shards are refused with a sentence."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.index.format import DIGEST, Bytes, UnreadableShards, script, shards_of, text, varint
from auzolan.index.header import Header, read_header, write_header
from auzolan.index.postings import pack, unpack
from auzolan.index.rank import Form
from auzolan.index.shards import (
    read_dictionary,
    read_documents,
    read_postings,
    shown,
    write_dictionary,
    write_documents,
    write_postings,
)

DIGESTS = st.binary(min_size=DIGEST, max_size=DIGEST)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.dictionaries(TEXT, st.tuples(TEXT, st.integers(0, 255)), max_size=40).map(
    lambda found: [Form(text, *found[text]) for text in sorted(found)]
)
POSTINGS = st.dictionaries(
    st.integers(0, 10**6), st.tuples(st.integers(1, 20_000), st.integers(0, 106_374)), min_size=1, max_size=20
).map(lambda found: [(document, *found[document]) for document in sorted(found)])
STEMS = st.dictionaries(TEXT, st.dictionaries(st.integers(0, 5), POSTINGS, max_size=4), max_size=12)
Stems = dict[str, dict[int, list[tuple[int, int, int]]]]


@given(st.integers(0, 2**53 - 1), TEXT)
def test_numbers_and_texts(number: int, said: str) -> None:
    data = Bytes(varint(number) + text(said))
    assert (data.number(), data.text()) == (number, said)


@given(st.integers(0, 2**31), st.integers(1, 20_000), st.integers(0, 106_374))
def test_a_posting_is_one_number(document: int, frequency: int, length: int) -> None:
    assert unpack(pack(document, frequency, length)) == (document, frequency, length)


@given(TEXT, FORMS)
def test_dictionary(until: str, forms: list[Form]) -> None:
    assert read_dictionary(write_dictionary(until, forms)) == (until, forms)
    turned = write_dictionary(until, forms, backwards=True)
    assert read_dictionary(turned, backwards=True) == (until, forms)


@given(DIGESTS, TEXT, STEMS)
def test_postings(digest: bytes, until: str, stems: Stems) -> None:
    assert read_postings(write_postings(digest, until, packed(stems))) == (digest, until, stems)
    first = list(stems)[: len(stems) // 2]
    assert read_postings(write_postings(digest, until, packed(stems), len(first)), first) == (digest, until, stems)


def packed(stems: Stems) -> list[tuple[str, dict[int, array[int]]]]:
    """The stems as they are written."""
    return [
        (stem, {field: array("Q", [pack(*posting) for posting in postings]) for field, postings in fields.items()})
        for stem, fields in stems.items()
    ]


@given(DIGESTS, st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=8))
def test_documents(digest: bytes, texts: list[tuple[str, str, str, str, str, str]]) -> None:
    assert read_documents(write_documents(digest, map(shown, texts))) == (digest, texts)


def test_header() -> None:
    header = Header(
        3,
        (5.0, 0.3),
        (9, 0),
        ("a", "東"),
        ("a", "京"),
        ("a", "b"),
        8,
        (("a-b", 1), ("a", 2)),
        {"p": "01", "t": "02", "f": "03"},
    )
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
    data = script({"h/en": b"{}"}).replace(b'"4.', b'"5.')
    with pytest.raises(UnreadableShards, match="format 5; this reader knows format 4"):
        shards_of(data)


@pytest.mark.parametrize("packed", ["AAAA", "eJw=", "eJxLBAAAQgBC", "="])
def test_damaged_deflate_is_refused(packed: str) -> None:
    with pytest.raises(UnreadableShards):
        shards_of(f'AUZOLAN_SHARD("h/en","4.{packed}");\n'.encode())
