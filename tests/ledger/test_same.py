"""What a page can tell apart is not the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.ledger.same import same
from auzolan.model.commons import Reference
from auzolan.model.dates import PartialDate

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.floats(0, 3) | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.text(max_size=1), inner, max_size=3)
        | st.builds(Reference, st.none(), st.dictionaries(st.sampled_from("ab"), st.text(max_size=1)))
    ),
)


@given(VALUES, VALUES)
def test_the_same_is_what_looks_the_same(one: Any, other: Any) -> None:
    assert same(one, other) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (12, 12.0),
        (1, True),
        (0.0, -0.0),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({"a": (1,)}, {"a": (1.0,)}),
        (Reference(None, {"a": "x", "b": "y"}), Reference(None, {"b": "y", "a": "x"})),
        ((1, 2), [1, 2]),
        (PartialDate(2010), PartialDate(2010, 1)),
        (None, Reference(None)),
    ],
)
def test_what_looks_otherwise_is_not_the_same(one: Any, other: Any) -> None:
    assert not same(one, other)
