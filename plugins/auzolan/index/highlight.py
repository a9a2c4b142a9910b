"""A text and the words found flow in; the text in pieces flows out, each marked or not, as theme/client/search/highlight.ts
does it; tests/vectors/highlight.json holds the two together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auzolan.index.fold import fold
from auzolan.index.words import cut, is_unspaced, spellings, stretches

Piece = tuple[str, bool]


def pieces(text: str, found: Callable[[str], bool]) -> list[Piece]:
    """The pieces join to `text` again; neighbours of one kind are one piece. `found` is asked for folded words."""
    out: list[Piece] = []
    for piece, marked in _cut(text, found):
        if piece and out and out[-1][1] == marked:
            out[-1] = (out[-1][0] + piece, marked)
        elif piece:
            out.append((piece, marked))
    return out


def _cut(text: str, found: Callable[[str], bool]) -> Iterator[Piece]:
    end = 0
    for spelling in spellings(text):
        yield text[end : spelling.start], False
        for stretch in stretches(spelling.written):
            if is_unspaced(stretch):
                yield from _unspaced(stretch, found)
            else:
                yield stretch, any(map(found, cut(stretch)))
        end = spelling.end
    yield text[end:], False


def _unspaced(stretch: str, found: Callable[[str], bool]) -> Iterator[Piece]:
    """In unspaced scripts the words are pairs of characters: both of a pair that was found are marked."""
    folded = [fold(letter) for letter in stretch]
    for at, letter in enumerate(stretch):
        before = folded[at - 1] if at else ""
        after = folded[at + 1] if at + 1 < len(folded) else ""
        pairs = (before + folded[at], folded[at] + after, folded[at])
        yield letter, any(pair != "" and found(pair) for pair in pairs)
