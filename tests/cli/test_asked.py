"""cli/asked.py: what is asked in an address, and what is refused, whatever the bytes."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.cli.asked import LONGEST, PARAMETERS, Asked, Refused, asked_of
from auzolan.index.words import QUERY_LENGTH
from auzolan.render.doors.results import REFUSALS


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        (b"q=housing", Asked("housing")),
        (
            b"q=housing+co%2Dop&kind=tool&kind=a%26b&x",
            Asked("housing co-op", others=(("kind", "tool"), ("kind", "a&b"), ("x", ""))),
        ),
        (b"q=one&q=two", Asked("one")),
        (b"&&q=a%09b%0Ac&", Asked("a\tb\nc")),
        (b"q=caf%C3%A9&typed=1&page=3", Asked("café", near=False, page=3)),
        ("q=café".encode(), Asked("café")),
        (b"q=100%25", Asked("100%")),
        (b"w=x", Asked("", others=(("w", "x"),))),
        (b"q=%F0%9F%8C%B2=x", Asked("\U0001f332=x")),
        (b"q=%E2%80%AEabc", Asked("\u202eabc")),
    ],
)
def test_what_is_asked(query: bytes, asked: Asked) -> None:
    assert asked_of(query) == asked


@pytest.mark.parametrize("query", [b"", b"&", b"q=", b"q=+", b"q", b"typed=1", b"q=%20%0A"])
def test_nothing_is_asked(query: bytes) -> None:
    assert asked_of(query) is None


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        (b"q=" + b"a" * LONGEST, "long"),
        (b"q=" + b"w+" * 10_000, "long"),
        (b"q=" + b"%E6%9D%B1" * 40_000, "long"),
        (b"&".join([b"q=a"] * (PARAMETERS + 1)), "many"),
        (b"q=100%", "encoding"),
        (b"q=%zz", "encoding"),
        (b"q=%u0041", "encoding"),
        (b"x=%zz&q=a", "encoding"),
        (b"q=%ED%A0%80", "encoding"),
        (b"q=%C0%80", "encoding"),
        (b"q=\xff", "encoding"),
        (b"q=a%00b", "control"),
        (b"q=%1B[2J", "control"),
        (b"q=a%C2%85", "control"),
        (b"q=%7F", "control"),
        (b"q=a&kind=%00", "control"),
        (b"q=a&page=0", "page"),
        (b"q=a&page=101", "page"),
        (b"q=a&page=-1", "page"),
        (b"q=a&page=%D9%A3", "page"),
        (b"q=a&page=1e9", "page"),
        (b"q=a&page=99999999999999999999", "page"),
    ],
)
def test_what_is_refused(query: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        asked_of(query)
    assert refused.value.args == (reason,) and reason in REFUSALS


@given(st.binary(max_size=200) | st.binary(max_size=50).map(b"q=".__add__))
def test_any_bytes_are_a_question_none_or_refused(query: bytes) -> None:
    try:
        asked = asked_of(query)
    except Refused as refused:
        assert refused.args[0] in REFUSALS
    else:
        assert asked is None or asked.words.encode("utf-8") or asked.others


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=QUERY_LENGTH // 2), st.integers(1, 50)
)
def test_what_all_readers_read_of_a_question_is_never_too_long_and_addresses_lead_back(words: str, page: int) -> None:
    asked = asked_of(urlencode({"q": words, "kind": words}).encode())
    if words.strip():
        assert asked == Asked(words, others=(("kind", words),))
        address = asked.address(near=False, page=page)
        assert asked_of(address[1:].encode()) == Asked(words, near=False, page=page, others=(("kind", words),))
        assert set(address) <= set("?&=+%_.-~") | set(quote_plus(words)) | set("qtypedpagekind0123456789")
