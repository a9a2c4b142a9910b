"""V001 and V002: each word is one of its vocabulary."""

from __future__ import annotations

from tests.helpers import clean, finds


def test_words_of_the_vocabulary() -> None:
    clean("status: active\ntopics: [commons, mapping]\n")


def test_a_word_that_is_not_there() -> None:
    told = finds("name: Growers\nstatus: actve\n", "V001", 2, 9)
    assert told.hint == "did you mean `active`?"
    finds("topics:\n  - commons\n  - astrology\n", "V001", 3, 5)


def test_a_label_or_an_alias_is_another_name_for_the_word() -> None:
    told = finds("status: Actiu\n", "V002", 1, 9)
    assert told.severity == "warning"
    assert told.hint == "write `active`"


def test_a_sibling_chooses_the_vocabulary() -> None:
    clean("principles:\n  - {set: ussen, principle: solidarity}\n")
    finds("principles:\n  - {set: ica-1995, principle: solidarity}\n", "V001", 2, 32)


def test_a_set_that_is_not_there_is_told_once() -> None:
    finds("principles:\n  - {set: ours, principle: solidarity}\n", "V001", 2, 11)


def test_topics_of_articles() -> None:
    text = "---\ntitle: A mill\ndate: 2026-11-01\nsummary: Shared.\ntopics: [{}]\n---\nWords.\n"
    clean("", articles={"mill.md": text.format("commons")})
    finds("", "V001", 5, 10, articles={"mill.md": text.format("astrology")})
