"""Folding, cutting and reading queries."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.index.fold import fold
from auzolan.index.stems import stemmer_of
from auzolan.index.stops import stop_words
from auzolan.index.words import (
    FIRST_MARK,
    QUERY_LENGTH,
    QUERY_WORDS,
    cut,
    is_unspaced,
    is_whole,
    parse_query,
    spellings,
    whole,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Économie", "economie"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("col·lectiu", "collectiu"),
        ("İstanbul", "istanbul"),
        ("ΣΟΦΌΣ", "σοφοσ"),
        ("smørrebrød", "smorrebrod"),
        ("co\u00adop", "coop"),
        ("تعاونيّة", "تعاونيه"),
        ("ｶﾞ", "ガ"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_words_are_folded_once_and_for_all(text: str) -> None:
    for spelling in spellings(text):
        assert text[spelling.start : spelling.end] == spelling.written
        for word in spelling.words:
            assert word and len(word) <= 64
            # A pair of an unspaced script may begin with a mark, which begins no run of letters by itself.
            assert cut(word, last=False)[:1] == (word,) or fold(word) != word or is_unspaced(word)


@given(st.text(max_size=400))
def test_a_query_is_read_up_to_its_caps(text: str) -> None:
    asked = parse_query(text)
    assert len(asked.words) + bool(asked.beginning) <= QUERY_WORDS
    assert asked == parse_query(text[:QUERY_LENGTH])


def test_signs_do_not_become_letters() -> None:
    assert [s.words for s in spellings("Nextcloud™ co-op")] == [("nextcloud",), ("co",), ("op",)]


def test_unspaced_text_is_cut_into_pairs_and_every_character_begins_a_word() -> None:
    assert cut("東京都") == ("東京", "京都", "都")
    assert cut("東京都", last=False) == ("東京", "京都")
    assert cut("東", last=False) == ("東",)
    assert is_unspaced("협동") and not is_unspaced("coop")


@pytest.mark.parametrize(
    ("text", "words", "beginning"),
    [
        ("Catalan Coop", ("catalan",), "coop"),
        ("catalan coop ", ("catalan", "coop"), ""),
        ("coop coop x", ("coop", "coop", "x"), ""),
        ("a", ("a",), ""),
        ("東", (), "東"),
        ("?!", (), ""),
        ("", (), ""),
        ("w " * (QUERY_WORDS + 8), ("w",) * QUERY_WORDS, ""),
    ],
)
def test_only_a_last_word_that_nothing_follows_is_a_beginning(
    text: str, words: tuple[str, ...], beginning: str
) -> None:
    asked = parse_query(text)
    assert (asked.words, asked.beginning) == (words, beginning)


def test_more_words_than_the_cap_leave_no_beginning() -> None:
    asked = parse_query(" ".join(f"w{number}" for number in range(QUERY_WORDS + 8)))
    assert asked.words == tuple(f"w{number}" for number in range(QUERY_WORDS))
    assert asked.beginning == ""


def test_a_whole_name_has_a_key_that_is_no_word() -> None:
    key = whole(parse_query("The AGPL-3.0").all())
    assert key == whole(parse_query("the agpl 3 0 ").all()) and re.fullmatch("the=[0-9a-f]{1,9}=", key)
    assert is_whole(key) and not is_whole("agpl") and whole(["cic"]) == "cic="
    names = [
        ["the"],
        ["the", "agpl", "3", "1"],
        ["the", "agpl", "30"],
        ["the", "agpl3", "0"],
        ["the", "3", "agpl", "0"],
    ]
    assert len({key, *map(whole, names)}) == 6
    assert whole(parse_query("?!").all()) == ""


def test_stems_need_the_accents() -> None:
    stem = stemmer_of("es")
    assert stem("cooperación") == stem("cooperaciones")
    assert stemmer_of("xx")("Wörter") == "worter"


def test_stop_words_are_folded() -> None:
    assert {"the", "of"} <= stop_words("en-GB")
    assert "tambien" in stop_words("es")
    assert stop_words("xx") == frozenset()


def test_texts_without_marks_are_cut_as_all_are() -> None:
    assert not any(unicodedata.category(sign).startswith("M") for sign in map(chr, range(ord(FIRST_MARK))))
    every = "".join(map(chr, range(ord(FIRST_MARK))))
    for sign in every:
        text = f"a{sign}b {sign}c{sign}"
        assert [one.words for one in spellings(text)] == [one.words for one in spellings(f"{text} \u05d0\u05b8")][:-1]
