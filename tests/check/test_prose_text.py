"""M001 to M007: each found where it stands, and nothing found in prose as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.check.prose_shape import Shape, is_plain, shape_problems
from auzolan.check.prose_text import MAX_LENGTH, prose_problems
from auzolan.model.prose_links import HIDDEN

ORDINARY = """# Who we are

We are *twelve* people, **since 2008**, with 3 < 4 workshops & a garden; x_y_z and 2*3*4 too.[^1]
See [our page](https://a.example/b_(c)?d=1&e=2), [the plan]({filename}/pages/plan.md), <https://b.example>,
<mail@c.example>, [[cooperative/mondragon|Mondragon]] and ![the house]({static}/images/house.jpg "at noon").

- one
    - two
        - three

> {disputed}
> Words.
> -- Somebody, somewhere

what | how many
-----|--------:
`a|b` | 3

------------------------------------------------------------

```html
<b onclick="x">[y](javascript:z)</b>
```

    <i>indented code</i>

Term
:   Meaning, with `<b>` and \\<b and 1 <2.

[^1]: A note.

[ref]: https://d.example "Title"
"""


def codes(text: str, *limit: int) -> list[tuple[str, int, int]]:
    return [problem[:3] for problem in prose_problems(text, *limit)]


def test_ordinary_prose_has_no_problem() -> None:
    assert list(prose_problems(ORDINARY)) == []
    assert codes("") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb <b>c", ("M001", 2, 3)),
        ("</p>", ("M001", 1, 1)),
        ("<!-- a", ("M001", 1, 1)),
        ("<![CDATA[a]]>", ("M001", 1, 1)),
        ("<?php", ("M001", 1, 1)),
        ("a &#x202E;b", ("M001", 1, 3)),
        ("a&#0;", ("M001", 1, 2)),
        ("a\u202eb", ("M001", 1, 2)),
        ("a\n" + "b" * 4001, ("M002", 2, 4001)),
        ("a\n\n" + "b\n" * 201, ("M002", 3, 1)),
        ("ok\n\n" + ("b" * 2000 + "\n") * 6, ("M002", 3, 1)),
        ("a\n" + "> " * 11 + "b", ("M003", 2, 1)),
        ("- " * 11 + "b", ("M003", 1, 1)),
        ("- a\n\n" + " " * 44 + "- b", ("M003", 3, 1)),
        ("a [[[[[[[[[ b", ("M003", 1, 11)),
        (" ".join(["*a", "**b"] * 5), ("M003", 1, 29)),
        ("a\n: b\n" * 31, ("M003", 62, 1)),
        ("a !!!!!!!!!!!!!!!!!!!!!", ("M004", 1, 3)),
        ("ab " + "-" * 122, ("M004", 1, 4)),
        ("a " + "!?" * 21, ("M004", 1, 3)),
        ("~~~\n\n" * 101, ("M004", 201, 1)),
        ("[a](b) \n\n" * 2001, ("M004", 4001, 1)),
        ("`a` \n\n" * 3001, ("M004", 6001, 1)),
        ("|".join("a" * 100) + "\n" + "b\n" * 100, ("M004", 1, 1)),
        ("a\n" * 10_001, ("M005", 1, 1)),
        ("[x](javascript:alert(1))", ("M006", 1, 5)),
        ("a\n[x]( <&#106;avascript:a> )", ("M006", 2, 7)),
        ("[x](//a.example)", ("M006", 1, 5)),
        ("[x]({static}../../a)", ("M006", 1, 5)),
        ("[x](tel:1)", ("M006", 1, 5)),
        ("[x]\n\n[x]: data:a", ("M006", 3, 6)),
        ("<ftp://a.example>", ("M006", 1, 2)),
        ("![x](https://a.example/b.png)", ("M007", 1, 6)),
        ("![x](/b.png)", ("M007", 1, 6)),
        ("![x][y]\n\n[y]: https://a.example/b.png", ("M007", 3, 6)),
        ("![a `b` c](https://a.example/b.png)", ("M007", 1, 12)),
    ],
)
def test_each_problem_is_found_in_its_place(text: str, found: tuple[str, int, int]) -> None:
    assert found in codes(text)


def test_too_long_is_told_alone_with_the_place_where_it_is_too_much() -> None:
    assert codes("ab\ncd <b>", 4) == [("M005", 2, 2)]
    assert codes("[" * (MAX_LENGTH + 1), MAX_LENGTH * 2) == [("M005", 1, MAX_LENGTH + 1)]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 9000,
        "*a *a " * 9000,
        "> " * 9000,
        "- " * 9000,
        "`" * 9000,
        "<" * 9000,
        "|" * 9000,
        "&" * 9000,
        "[^1]: a\n" * 9000,
        "[a]: b\n" * 9000,
        "a\n===\n" * 9000,
        "a\n: b\n" * 9000,
        "".join("    " * i + "- a\n" for i in range(300)),
    ],
)
def test_hostile_shapes_are_capped(text: str) -> None:
    assert any(code in ("M002", "M003", "M004", "M005") for code, _, _ in codes(text))


@pytest.mark.parametrize(
    "text", ["`<b>`", "``a ` <b>``", "~~~\n<b>\n~~~", "a\n\n    <b>", "`[x](javascript:a)`", "\\<b>", "a < b"]
)
def test_code_and_escapes_are_left_alone(text: str) -> None:
    assert codes(text) == []


def test_line_ends_of_windows_count_once() -> None:
    assert codes("a\r\nb\r\n<b>") == [("M001", 3, 1)]


def test_every_problem_has_a_way_out() -> None:
    for text in ("<b>", "b" * 5000, "> " * 20, "!" * 50, "[x](a:b)", "![x](https://a.example)"):
        for _, _, _, message, hint in prose_problems(text):
            assert message and hint


PIECES = st.sampled_from((
    "word ", "**", "_", "*", "[", "]", "(", ")", "- ", "> ", "1. ", "٣. ", ": x", ":", "    ", "\t", "\n", "\n", "\n\n", "|",
    "~~~\n", "```\n", "—", "-", "=", "!", "?!", "#", "&", "<", "\\", "0", "12.5 ",
))  # fmt: skip
RUNS = st.builds(lambda piece, times: piece * times, PIECES, st.sampled_from((1, 1, 2, 5, 10, 11, 12, 21, 41, 121)))


@given(st.lists(RUNS, max_size=60).map("".join))
def test_a_plain_text_goes_past_no_cap(text: str) -> None:
    if is_plain(text):
        assert not list(shape_problems(Shape.of(text)))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4_001,
        "a\n" * 201,
        "\t" * 11 + "a",
        "- " * 11,
        ">" * 11,
        "٣." * 11 + " a",
        " " * 44 + "a",
        "[" * 9,
        "a *b" * 13,
        "!" * 21,
        "-=" * 21,
        "—" * 121,
        "~~~\n" * 101,
        "a\n: b\n" * 31,
        "|" * 4_001,
    ],
)
def test_what_goes_past_a_cap_is_not_plain(text: str) -> None:
    assert not is_plain(text)


def test_most_of_what_people_write_is_plain() -> None:
    assert is_plain(
        "We are *twelve* people, **since 2008**: [here](https://a.coop).\n\n- one\n- two\n\n> They grow. 10:30\n"
    )


def test_nothing_hidden_is_printable() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert not [one for one in HIDDEN.findall(everything) if one.isprintable()]
