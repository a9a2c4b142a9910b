"""The fast way from documents to shards, held to the plain one: the same words, the same postings as Whoosh's own codec."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.index.corpora import documents
from tests.index.test_update import SEVERAL

from auzolan.index import build
from auzolan.index.engine import corpus
from auzolan.index.engine.answer import Reference
from auzolan.index.format import SMALL, name_of, shards_of
from auzolan.index.header import read_header
from auzolan.index.making import analysis
from auzolan.index.rank import Form
from auzolan.index.shards import read_dictionary, read_words
from auzolan.model.pages import Document

Found = tuple[list[Form], dict[tuple[str, int], list[tuple[int, int, int]]], tuple[float, ...], list[int]]


def published(found: list[Document], language: str) -> Found:
    """The forms, the postings, the weights and the lengths of the fields, out of the files."""
    shards = {name: data for file in build(found, language) for name, data in shards_of(file.data).items()}
    header = read_header(shards[f"h/{language}"])
    forms: list[Form] = []
    postings = {}
    for first in header.postings:
        words = read_words(shards[f"p/{language}/{name_of(first)}"], header.documents)
        forms += words.forms
        for stem, fields in words.stems.items():
            postings |= {(stem, field): list(found) for field, found in fields.items()}
    dictionary = [shards[f"d/{language}/{name_of(first)}"] for first in header.dictionary]
    in_order = [form for payload in dictionary for form in read_dictionary(payload)[1]]
    assert in_order == (forms if len(found) >= SMALL else [])
    return forms, postings, header.weights, list(header.lengths)


def plain(found: list[Document], language: str) -> Found:
    """The same, word by word, by Whoosh and its own codec."""
    analyzed = corpus.analyze(found, language)
    reference = Reference(analyzed)
    postings = {
        (stem, field): [(one.document, one.frequency, one.length) for one in postings]
        for stem, field, postings in reference.postings()
    }
    weights = (*analyzed.weights, *[0.0] * any(analyzed.names), *[-1.0] * any(analyzed.facets))
    return list(analyzed.forms), postings, weights, reference.lengths()


@pytest.mark.parametrize(("count", "language"), [(400, "en"), (1200, "ca"), (200, "xx")])
def test_large(count: int, language: str) -> None:
    found = documents(count, language=language)
    assert published(found, language) == plain(found, language)


@given(SEVERAL, st.sampled_from(["es", "en"]))
@settings(deadline=None, max_examples=50)
def test_small(found: list[Document], language: str) -> None:
    assert published(found, language) == plain(found, language)


TEXT = st.one_of(st.text(max_size=60), st.text("abcABC 0_-", max_size=60), st.text("aé·\u0301lñ Łß東京ン", max_size=40))


@given(st.lists(TEXT, max_size=4), st.sampled_from([3, 5, 20_000]))
@settings(deadline=None, max_examples=200)
def test_any_text(texts: list[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (analysis, corpus):
            patch.setattr(module, "WORDS_PER_FIELD", most)
        found = [Document("a", "tool", "es", "a.html", "", "", "", tuple((1.0, text) for text in texts))]
        assert published(found, "es") == plain(found, "es")


def test_marks_are_where_they_are_looked_for() -> None:
    elsewhere = [*range(0x20000, 0xE0000), *range(0xE1000, 0x110000)]
    assert not [code for code in elsewhere if unicodedata.category(chr(code))[0] == "M"]
