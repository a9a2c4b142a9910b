"""Names with places are the same, however little memory holds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auzolan.export.placed import Placed, packed

PAIRS = st.lists(st.tuples(st.text(max_size=8), st.integers(0, 2**32 - 1)), max_size=12)


@given(PAIRS, st.slices(12))
def test_they_come_back(pairs: list[tuple[str, int]], some: slice) -> None:
    placed = Placed(packed(pairs))
    assert list(placed) == pairs
    assert len(placed) == len(pairs)
    assert list(placed[some]) == pairs[some]
    assert ([placed[-1]] if pairs else []) == pairs[-1:]
