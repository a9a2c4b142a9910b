"""render/pocket/held.py: what is packed comes out again, here and in theme/client/pocket/held.ts."""

from __future__ import annotations

import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.pockets import bytes_of

from auzolan.render.pocket import held


@given(st.binary(max_size=600))
def test_signs_stand_for_bytes(data: bytes) -> None:
    told = held.signs(data)
    assert set(told) <= set(held.SIGNS) and bytes_of(len(data), told) == data


def test_nothing_in_them_means_anything_to_html() -> None:
    assert len(held.SIGNS) == 91 and not set("<&\\ \n") & set(held.SIGNS)


@pytest.mark.parametrize("value", [{}, ["a</script>\u2028"], "x" * 100_000, {"a": [1, None, "\x00"]}])
def test_values_come_back(value: object) -> None:
    length, _, signs = held.packed_json(value).partition(" ")
    data = zstandard.ZstdDecompressor().decompress(bytes_of(int(length), signs))
    assert json.loads(data) == value


def test_what_texts_share_is_there_once() -> None:
    texts = {"a": 'x\ny\n{"name":"p"},{"name":"q"}', "b": "y\nx\nz"}
    told = held.shared(texts)
    assert {name: "".join(told["pieces"][at] for at in places) for name, places in told["texts"].items()} == texts
    assert len(told["pieces"]) == len(set(told["pieces"])) and told["pieces"].count("y\n") == 1


def test_blocks_have_a_size() -> None:
    assert held.blocks([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]] and held.blocks([], 2) == []
