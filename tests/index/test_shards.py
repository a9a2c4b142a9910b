"""What is written into a shard is read back, and damaged shards are refused with a sentence."""

from __future__ import annotations

import itertools
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.index.format import DIGEST, Bytes, UnreadableShards, script, shards_of, text, varint
from auzolan.index.gaps import low_bits, read_gaps, write_gaps
from auzolan.index.header import Header, read_header, write_header
from auzolan.index.postings import pack, unpack
from auzolan.index.rank import Form
from auzolan.index.shards import (
    Span,
    Words,
    between,
    read_dictionary,
    read_words,
    shard_of,
    write_dictionary,
    write_words,
)
from auzolan.index.shown import read_documents, shown, slugged, write_documents

DIGESTS = st.binary(min_size=DIGEST, max_size=DIGEST)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.dictionaries(TEXT, st.tuples(TEXT, st.integers(0, 255)), max_size=40).map(
    lambda found: [Form(text, *found[text]) for text in sorted(found)]
)
DOCUMENTS = 1_000_001
POSTINGS = st.dictionaries(
    st.integers(0, DOCUMENTS - 1), st.tuples(st.integers(1, 20_000), st.integers(0, 106_374)), min_size=1, max_size=20
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


@given(st.builds(Span, TEXT, TEXT), FORMS)
def test_dictionary(span: Span, forms: list[Form]) -> None:
    assert read_dictionary(write_dictionary(span, forms)) == (span, forms)
    turned = write_dictionary(span, forms, backwards=True)
    assert read_dictionary(turned, backwards=True) == (span, forms)


@given(DIGESTS, st.builds(Span, TEXT, TEXT), FORMS, STEMS)
def test_words(digest: bytes, span: Span, forms: list[Form], some: Stems) -> None:
    # A shard has the stems of its span, those of its forms among them.
    here: Stems = {form.stem: {} for form in forms if form.stem and span.has(form.stem)}
    stems = {**here, **some}
    found = read_words(b"".join(write_words(digest, span, forms, packed(stems), DOCUMENTS)), DOCUMENTS)
    assert found == Words(digest, span, forms, stems)
    assert list(found.stems) == [*here, *sorted(stems.keys() - here)]


@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.lists(st.sets(st.integers(0, n - 1), min_size=1))))
)
def test_gaps(told: tuple[int, list[set[int]]]) -> None:
    documents, sets = told
    lists = [sorted(found) for found in sets]
    data = write_gaps(documents, lists)
    assert read_gaps(data, documents, map(len, lists)) == lists
    assert (
        len(data)
        <= sum(
            len(one) * (2 + low_bits(documents, len(one))) + documents // 2 ** low_bits(documents, len(one))
            for one in lists
        )
        // 8
        + 1
    )
    for end in range(len(data)):
        with pytest.raises(UnreadableShards, match="too early"):
            read_gaps(data[:end], documents, map(len, lists))


def test_gaps_lead_to_no_document_that_there_is_not() -> None:
    data = write_gaps(1000, [[3, 999]])
    assert read_gaps(data, 1000, [2]) == [[3, 999]]
    with pytest.raises(UnreadableShards, match="not there"):
        read_gaps(data, 999, [2])


@given(st.sets(TEXT.filter(bool), min_size=2, max_size=9))
def test_shards_are_told_apart_by_the_fewest_letters(words: set[str]) -> None:
    ordered = sorted(words)
    firsts = ["", *(between(*pair) for pair in itertools.pairwise(ordered))]
    assert firsts == sorted(firsts) and [shard_of(firsts, word) for word in ordered] == list(range(len(ordered)))
    for (before, word), first in zip(itertools.pairwise(ordered), firsts[1:], strict=True):
        assert word.startswith(first) and (first[:-1] <= before or word.startswith("="))


def packed(stems: Stems) -> dict[str, dict[int, array[int]]]:
    """The stems as they are written."""
    return {
        stem: {field: array("Q", [pack(*posting) for posting in postings]) for field, postings in fields.items()}
        for stem, fields in stems.items()
    }


KINDS = st.sampled_from(["tool", "plan", ""])
NAMES = st.sampled_from(["A b", "É", "x-1", "", "A & B!"])
LIKELY = st.tuples(KINDS, NAMES, st.sampled_from(["tools/{}.html", "ca/plans/{}.html", "{}", "/{}.{}.x"])).map(
    lambda one: (f"{one[0]}/{slugged(one[1])}", one[0], one[2].replace("{}", slugged(one[1])), one[1], "s", "p")
)


def test_a_row_says_what_does_not_follow() -> None:
    rows = [(f"tool/{slug}", "tool", f"tools/{slug}.html", slug.upper(), "s", "p") for slug in "abc"]
    told = write_documents(b"", map(shown, rows))
    assert told == b'[["A","s","p",0,"tool",["tools/",".html"]],["B","s","p"],["C","s","p"]]'


@given(DIGESTS, st.lists(st.one_of(LIKELY, st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, TEXT)), max_size=8))
def test_documents(digest: bytes, texts: list[tuple[str, str, str, str, str, str]]) -> None:
    assert read_documents(write_documents(digest, map(shown, texts))) == (digest, texts)


def test_header() -> None:
    header = Header(
        3,
        (5.0, 0.3),
        (9, 0),
        ("a", "東"),
        ("a", "京"),
        ("", "b"),
        8,
        (("a-b", 1), ("a", 2)),
        {"p": "01", "t": "02", "f": "03"},
    )
    assert read_header(write_header(header)) == header


@given(st.binary(max_size=300))
def test_a_script_hands_over_what_it_was_given_in_plain_ascii(payload: bytes) -> None:
    data = script({"p/ca/0": [payload, b"", payload], "d/ca/12": b"", "d/ca/1": payload, "d/ca/2": []})
    assert shards_of(data) == {"p/ca/0": payload * 2, "d/ca/12": b"", "d/ca/1": payload, "d/ca/2": b""}
    assert data.isascii() and b"<" not in data


@given(st.binary(max_size=60))
def test_garbage_is_refused_not_crashed_on(payload: bytes) -> None:
    for read in (read_header, read_dictionary, lambda data: read_words(data, 100), read_documents):
        try:
            read(payload)
        except UnreadableShards as reason:
            assert str(reason)


def test_another_format_is_named() -> None:
    data = script({"h/en": b"{}"}).replace(b'"6.', b'"7.')
    with pytest.raises(UnreadableShards, match="format 7; this reader knows format 6"):
        shards_of(data)


@pytest.mark.parametrize("packed", ["AAAA", "eJw=", "eJxLBAAAQgBC", "=", "y", "yyyyy", "é", "a<b", "a\\b"])
def test_damaged_deflate_is_refused(packed: str) -> None:
    with pytest.raises(UnreadableShards):
        shards_of(f'AUZOLAN_SHARD("h/en","6.{packed}");\n'.encode())
