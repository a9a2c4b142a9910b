"""model/text.py and model/prose_links.py: the quick ways say what the plain ones say."""

from __future__ import annotations

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from auzolan.model.prose_links import HIDDEN
from auzolan.model.text import fold

CONTROLS_SHOWN = "\t\n\r"
"""Controls that a text may hold: tab and line ends."""


def is_hidden(code: int) -> bool:
    """Controls, separators of lines, marks of direction, what joins and what is no character."""
    if code & 0xFFFF >= 0xFFFE or 0xFDD0 <= code <= 0xFDEF or 0x2028 <= code <= 0x202E or 0x2060 <= code <= 0x206F:
        return True
    if code in (0x200B, 0xFEFF):
        return True
    return unicodedata.category(chr(code)) in {"Cc", "Cs"} and chr(code) not in CONTROLS_SHOWN


def test_every_character_is_shown_or_hidden() -> None:
    wrong = [hex(code) for code in range(sys.maxunicode + 1) if bool(HIDDEN.match(chr(code))) != is_hidden(code)]
    assert wrong == []


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_fold_as_all_others(text: str) -> None:
    assert fold(f"{text}e") == fold(f"{text}\u00e9")
