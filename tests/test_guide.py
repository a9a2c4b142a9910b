"""The contributor's guide says the same in four languages, in the words of the interface, and stays short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image
from tests.render import catalogues

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("en", "es", "ca", "fr")
IMAGE = re.compile(r"!\[([^\]]*)\]\(\{static\}/images/([^)]+)\)")
in_each = pytest.mark.parametrize("language", LANGUAGES)


def guide(language: str) -> str:
    return (ROOT / f"content/pages/guide{'' if language == 'en' else f'.{language}'}.md").read_text("utf-8")


def shape(language: str) -> list[str]:
    """What makes the skeleton of the page: headings, rows of tables, items, links, pictures."""
    text = guide(language)
    marks = re.findall(r"^(##|\||\d\.)|\]\((\.\./[^)]+|\{static\}[^)]+)\)", text, re.MULTILINE)
    return [mark or target.replace(f".{language}.", ".") for mark, target in marks]


@in_each
def test_every_language_has_the_same_parts(language: str) -> None:
    assert shape(language) == shape("en") and len(shape("en")) > 20


@in_each
def test_it_is_read_in_a_few_minutes_and_what_belongs_stands_first(language: str) -> None:
    body = guide(language).split("---\n", 2)[2]
    assert len(body.split()) < 650
    first, second = [part for part in re.split(r"(?m)^## ", body) if part.strip()][:2]
    assert first.count("\n|") >= 5 and "\n3. " in second


@in_each
def test_it_says_the_words_of_the_interface(language: str) -> None:
    told = {one.id: one.string for one in catalogues.catalog_of(language)} if language != "en" else {}
    text = guide(language).replace("\u00a0", "\u202f").replace("'", "’")
    for word in ("Send", "Propose", "Save", "Improve this entry"):
        assert f"*{told.get(word, word)}*" in text, word
    for question in ("What is its name?", "What does it do?", "Where is it?", "How do you know?"):
        assert f"**{told.get(question, question)}**" in text, question


@in_each
def test_pictures_are_light_and_have_words(language: str) -> None:
    pictures = IMAGE.findall(guide(language))
    assert len(pictures) == 2
    for words, name in pictures:
        assert len(words) > 30 and f".{language}." in name
        path = ROOT / "content/images" / name
        assert path.stat().st_size < 20_000
        with Image.open(path) as picture:
            assert picture.format == "WEBP" and picture.size == (320, 560)


def test_french_signs_stand_behind_a_space_that_does_not_break() -> None:
    assert not re.search(r" [:?;!»](?:\s|$)|« |\w[?;!»]", re.sub(r"!\[", "[", guide("fr")))


def test_contributing_is_short_and_leads_to_every_guide() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert len(text.splitlines()) < 80
    for language in LANGUAGES:
        assert f"(content/pages/guide{'' if language == 'en' else f'.{language}'}.md)" in text
