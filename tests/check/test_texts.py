"""D004, D007, D008, D009, D011, and M001 to M007 with their places in files."""

from __future__ import annotations

import pytest
from tests.helpers import clean, finds, found

from auzolan.check.texts import is_language, mixed_word

HEAD = "---\ntitle: A mill\ndate: 2026-11-01\nsummary: Two groups share a mill.\n---\n"


def test_a_text_that_is_too_long() -> None:
    clean(f"summary: {'a' * 250}\n")
    told = finds(f"status: active\nsummary: {'a' * 251}\n", "D004", 2, 10)
    assert "251 characters; at most 250" in told.message


def test_lengths_count_code_points_after_nfc() -> None:
    clean(f"summary: {'e' + chr(0x301)}{'a' * 249}\n")
    clean(f"summary: {'🌾' * 250}\n")


def test_a_word_or_a_licence_that_is_too_long() -> None:
    finds(f"license: {' OR '.join(['MIT'] * 80)}\n", "D004", 1, 10, "tool/saw")


def test_words_of_a_template() -> None:
    finds("name: <the group's name>\n", "D007", 1, 7)
    finds("name: Example Growers\n", "D007", 1, 7)
    finds("name: Hortolans d'Exemple\n", "D007", 1, 7)
    finds("website: https://example.org/\n", "D007", 1, 10)
    clean("name: Growers of the Besòs\nwebsite: https://besos.coop/\n")


def test_an_example_may_say_what_examples_say() -> None:
    finds("name: Example Growers\nwebsite: https://example.org/\nexample: true\n", "I005", 3, 1)


def test_a_language_that_is_not_known() -> None:
    clean("name: {en: Growers, eu: Nekazariak, pt-BR: Agricultores, zh-Hant: 農}\n")
    finds("name: {en: Growers, catalan: Pagesos}\n", "D008", 1, 21)
    finds("name: {EN: Growers}\n", "D008", 1, 8)
    finds("languages: [ca, xx]\n", "D008", 1, 17)


@pytest.mark.parametrize(
    ("tag", "known"), [("ca", True), ("zh-Hant", True), ("xx", False), ("", False), ("en-", False)]
)
def test_languages(tag: str, known: bool) -> None:
    assert is_language(tag) is known


def test_a_text_of_several_lines() -> None:
    finds("status: active\nsummary: |-\n  One line.\n  Another.\n", "D009", 2, 10)
    clean("summary: >-\n  One line\n  that goes on.\n")


def test_scripts_mixed_in_one_word() -> None:
    told = finds("name: Grоwers\n", "D011", 1, 7)  # a Cyrillic о
    assert told.severity == "warning"
    clean("name: Growers Фермеры\n")
    assert mixed_word("Grоwers") and not mixed_word("Фермеры Growers") and not mixed_word("Ελλάδα")


def test_raw_html_in_a_block() -> None:
    told = finds("status: active\ndescription: |-\n  Words.\n\n  Some <b>bold</b> ones.\n", "M001", 5, 6)
    assert "<b" in told.message
    clean("description: |-\n  Some **bold** ones, 3 < 4.\n")


@pytest.mark.parametrize("yaml", ["description: Some <b>bold</b>.\n", "description: {en: Some <b>bold</b>.}\n"])
def test_raw_html_in_one_line_is_told_where_the_text_begins(yaml: str) -> None:
    finds(yaml, "M001", 1, yaml.index("Some") + 1)


def test_the_body_of_an_article_counts_from_where_it_begins() -> None:
    clean("", articles={"mill.md": HEAD + "Words.\n"})
    finds("", "M001", 7, 3, articles={"mill.md": HEAD + "Words.\nA <b>bold</b> one.\n"})


BODIES = {
    "M002": ("a" * 4001, 6, 4001),
    "M003": ("> " * 11 + "a", 6, 1),
    "M004": ("a" + "*" * 21, 6, 2),
    "M006": ("[x](javascript:alert)", 6, 5),
    "M007": ("![x](https://evil.coop/x.png)", 6, 6),
}


@pytest.mark.parametrize("code", BODIES)
def test_prose_that_is_refused(code: str) -> None:
    body, line, column = BODIES[code]
    finds("", code, line, column, articles={"mill.md": HEAD + body + "\n"})


def test_prose_that_is_too_long() -> None:
    text = "\n\n".join(["word " * 100] * 17)
    lines = "".join(f"  {line}\n" for line in text.split("\n"))
    told = found(f"description: |-\n{lines}")
    assert [one.code for one in told] == ["M005"]
    assert told[0].location.line > 2
    finds(f"description: {'a' * 8001}\n", "M005", 1, 14)
