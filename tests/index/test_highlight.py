"""What is marked in a text, as theme/client/search/highlight.ts marks it (tests/client/core.test.ts has the same cases)."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from auzolan.index import pieces

FOUND = {"cooperative", "economia", "東京", "__proto__"}


def test_found_words_are_marked_in_any_script() -> None:
    marked = [("A ", False), ("Coöperative", True), (", l'", False), ("ECONOMÍA", True), (" <b>", False)]
    assert pieces("A Coöperative, l'ECONOMÍA <b>", FOUND.__contains__) == marked
    pairs = [("在", False), ("東京", True), ("都", False), ("Cooperative", True)]
    assert pieces("在東京都Cooperative", FOUND.__contains__) == pairs
    assert pieces("", FOUND.__contains__) == []
    assert pieces("constructor", FOUND.__contains__) == [("constructor", False)]


@given(st.text(), st.booleans())
def test_the_pieces_are_the_text_and_neighbours_differ(text: str, every: bool) -> None:
    found = pieces(text, lambda form: every and len(form) % 2 == 0)
    assert "".join(piece for piece, _ in found) == text
    assert all(one[1] != other[1] and one[0] for one, other in itertools.pairwise(found))
