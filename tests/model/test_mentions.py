"""Mentions: found where they stand, never in code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.model.mentions import Mention, mask_code, may_hold_code, mentions


def test_mentions_have_their_words_and_places() -> None:
    assert mentions("a [[tool/lets]]\n\né [[cooperative/cic|the\n> CIC]]") == (
        Mention("tool/lets", None, 1, 3, 2),
        Mention("cooperative/cic", "the CIC", 3, 3, 19),
    )


@pytest.mark.parametrize(
    "text",
    [
        "`[[a/b]]`",
        "``x ` [[a/b]]``",
        "```\n\n[[a/b]]\n```",
        "~~~ python\n[[a/b]]\n~~~",
        "x\n\n    [[a/b]]",
        "\t[[a/b]]",
        "- x\n\n        [[a/b]]",
        "\\[[a/b]]",
        "[[a/B]]",
        "[[a/../b]]",
        "[[b]]",
        "[[a/b|]]",
        "[[a/b|[c]]]",
        "[[a/b|`c`]]",
        "[[a/" + "b" * 65 + "]]",
        "[[a/b\n]]",
        "[[a/b|c\n\nd]]",
    ],
)
def test_no_mention(text: str) -> None:
    assert mentions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "- x\n\n    [[a/b]]",
        "[^1]: x\n\n    [[a/b]]",
        "x\n    [[a/b]]",
        "```\n[[a/b]]",
        "`x [[a/b]]",
        "\\`[[a/b]]`",
        "`x`[[a/b]]",
        "[[a/b]](c)",
        "```\nx\n```\n[[a/b]]",
        "- a\n    - b\n\n        [[a/b]]",
        "`a\n\n[[a/b]]`",
    ],
)
def test_one_mention(text: str) -> None:
    assert [mention.entry_id for mention in mentions(text)] == ["a/b"]


def test_an_escaped_bar_serves_in_tables() -> None:
    assert mentions("[[a/b\\|c]]")[0].text == "c"


@given(st.text(alphabet="`~[]/|ab \n\t\\-.:", max_size=120))
def test_the_mask_keeps_length_and_lines(text: str) -> None:
    masked = mask_code(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@given(
    st.lists(
        st.sampled_from(("a", " ", "   ", "\n", "\n\n", "- ", "1. ", "[^1]: ", "[[a/b]]", "~", "\\", ">")), max_size=40
    )
)
def test_a_text_without_a_sign_of_code_is_left_as_it_is(pieces: list[str]) -> None:
    text = "".join(pieces)
    if not may_hold_code(text):
        # A lone backtick in a block of its own has the whole text looked at, line by line.
        assert mask_code(text + "\n\n`") == text + "\n\n`"
