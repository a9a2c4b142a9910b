"""What a name and a summary are about: the stems that search has, with the words as they are written."""

from __future__ import annotations

import pytest

from auzolan.index import gist_of
from auzolan.index.words import WORD_LENGTH
from auzolan.model.alike import Gist


def test_stems_stand_beside_the_words_as_they_are_written() -> None:
    assert gist_of(["Housing Co", "The houses of a co-operative, housed."], "en") == Gist(
        "en:hous en:oper", "Housing operative", "en"
    )


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("L'habitatge és de tots", "ca", "habitatge tots"),
        ("Els 2030 veïns del B2B, A4", "ca", "veïns"),
        ("Énergie partagée", "fr", "Énergie partagée"),
        ("東京の協同組合 Tokyo", "ja", "Tokyo"),
        ("सहकारी समिति", "hi", "सहकारी समिति"),
        ("תעצב kfe", "he", "תעצב kfe"),
        ("x" * (WORD_LENGTH + 1) + " shed", "en", "shed"),
        ("<b>bold</b> & brash", "en", "bold brash"),
        ("", "en", ""),
    ],
)
def test_what_tells_nothing_alone_is_left_out(text: str, language: str, words: str) -> None:
    found = gist_of([text], language)
    assert found.words == words
    assert len(found.terms.split()) == len(found.words.split())
