"""A word as it is written flows in, the same word without case, accents or invisible signs flows out.

The browser folds by the same rules (theme/client/search/fold.ts); tests/vectors/fold.json holds the two together.
"""

from __future__ import annotations

import unicodedata

# Marks that a reader leaves out when typing: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs,
# variation selectors. The vowel signs of Indic scripts are not here: they are letters in all but name.
DROPPED_RANGES: tuple[tuple[int, int], ...] = (
    (0x00AD, 0x00AD),  # soft hyphen
    (0x00B7, 0x00B7),  # the middle dot of Catalan l·l
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),
    (0x0640, 0x0640),  # Arabic tatweel, a stretched line
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x200B, 0x200F),  # zero-width signs and marks of direction
    (0x2027, 0x2027),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)

# Letters that Unicode does not take apart, though people type them apart or take them for one another.
LETTERS: dict[str, str] = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "þ": "th",
    "ŧ": "t",
    "ς": "σ",
    "ة": "ه",
    "ى": "ي",
    "ی": "ي",
    "ک": "ك",
}

_TABLE: dict[int, str | None] = {
    **{code: None for first, last in DROPPED_RANGES for code in range(first, last + 1)},
    **{ord(letter): text for letter, text in LETTERS.items()},
}


def fold(text: str) -> str:
    """`text` in compatibility form (NFKC), lower case, without the marks and signs of `DROPPED_RANGES` and with the
    `LETTERS` replaced. Folding twice changes nothing more for text made of words."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", text).lower().translate(_TABLE))
