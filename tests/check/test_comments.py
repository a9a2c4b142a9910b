"""W001 to W006: where a comment belongs, what it says, what it answers, and what it may hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from tests.helpers import catalog, one_of

from auzolan.check import check
from auzolan.check.comments import MOST
from auzolan.load.articles import front_matter
from auzolan.model.comments import MOST_TEXT
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Comment

HEAD = 'date: "2026-05-03"\nlanguage: en\n'
PAGE = "cooperatives/growers"
ENTRIES = {"cooperative/growers": "", "tool/gone": "status: withdrawn\nwithdrawn_because: request\n"}
ARTICLE = "---\ntitle: A mill\ndate: 2026-05-01\nsummary: S.\n---\nWords.\n"


def comment(text: str, id_: str = "one", page: str = PAGE) -> Comment:
    path = f"content/comments/{page}/{id_}.md"
    fields, body, line, found = front_matter(text, path)
    assert fields is not None and not found
    return Comment(page, id_, path, fields, body, line, "")


def told(comments: Iterable[Comment]) -> list[Diagnostic]:
    """All that is found, but for what is found in the entries themselves."""
    by_page: dict[str, tuple[Comment, ...]] = {}
    for one in comments:
        by_page[one.page] = (*by_page.get(one.page, ()), one)
    made = catalog(ENTRIES, articles={"mill.md": ARTICLE}, bare=["tool/gone"])
    found = check(replace(made, comments=by_page))
    assert not [one for one in found if not one.location.path.startswith("content/comments/")]
    return found


def said(head: str = HEAD, body: str = "Words.\n", **more: str) -> Comment:
    return comment(f"---\n{head}---\n{body}", **more)


def test_comments_in_which_nothing_is_wrong() -> None:
    assert told([said(), said(f"{HEAD}name: Ana from the mill\nin_reply_to: one\n", id_="two")]) == []
    assert told([said(page="articles/mill")]) == []
    assert (
        told([said(body="**A** list:\n\n- [one](https://a.example/)\n- [[tool/never-there]]\n\n> said\n\n`code`\n")])
        == []
    )


@pytest.mark.parametrize(
    "page", ["cooperatives/nobody", "articles/growers", "nothing/growers", "pages/about", "tools/gone"]
)
def test_a_comment_without_a_page(page: str) -> None:
    found = told([said(page=page)])
    assert [(one.code, one.location.path) for one in found] == [("W001", f"content/comments/{page}/one.md")]


@pytest.mark.parametrize(
    ("head", "line", "column"),
    [
        ("language: en\n", 2, 1),
        ("date: 2026-05\nlanguage: en\n", 2, 7),
        ("date: [2026-05-03]\nlanguage: en\n", 2, 1),
        ('date: "2026-05-03"\n', 2, 1),
        ('date: "2026-05-03"\nlanguage: english\n', 3, 11),
        (f"{HEAD}stars: 5\n", 4, 1),
        (f"{HEAD}name: {'a' * 61}\n", 4, 7),
        (f"{HEAD}name: {{en: Ana}}\n", 4, 1),
    ],
)
def test_what_every_comment_says(head: str, line: int, column: int) -> None:
    one_of(told([said(head)]), "W002", line, column)


def test_a_comment_that_says_nothing() -> None:
    one_of(told([said(body="\n")]), "W002", 5, 1)


def test_a_comment_from_the_future() -> None:
    one_of(told([said('date: "2026-12-24"\nlanguage: en\n')]), "C003", 2, 7)


@pytest.mark.parametrize("other", ["nobody", "one", "../one"])
def test_an_answer_to_nobody(other: str) -> None:
    one_of(told([said(f"{HEAD}in_reply_to: {other}\n")]), "W003", 4, 14)


def test_answers_in_a_circle() -> None:
    found = told([said(f"{HEAD}in_reply_to: two\n"), said(f"{HEAD}in_reply_to: one\n", id_="two")])
    assert [one.code for one in found] == ["W003", "W003"]


@pytest.mark.parametrize("name", ["ana@mill.example", "www.mill.example", "see https://mill.example"])
def test_a_name_that_is_an_address(name: str) -> None:
    one_of(told([said(f"{HEAD}name: '{name}'\n")]), "W004", 4, 7)


@pytest.mark.parametrize(
    "body", ["# Head", "Head\n---", "Head\n===", "| a | b |\n|---|---|", "[^1]: note", "> # Head", "---"]
)
def test_more_than_words_and_links(body: str) -> None:
    assert {one.code for one in told([said(body=f"{body}\n")])} >= {"W005"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<script>alert(1)</script>", "M001"),
        ("<img src=x onerror=alert(1)>", "M001"),
        ("[x](javascript:alert(1))", "M006"),
        ("[x](data:text/html,x)", "M006"),
        ("![x](https://elsewhere.example/x.png)", "M007"),
        ("a" * 4_000 + " b", "M005"),
        ("&#x202e;x", "M001"),
        ("> " * 40 + "x", "M003"),
        ("[" * 3_000, "M004"),
    ],
)
def test_hostile_words(body: str, code: str) -> None:
    assert code in {one.code for one in told([said(body=f"{body}\n")])}


def test_a_page_with_more_than_fit() -> None:
    found = told(said(id_=f"c{number:04}") for number in range(MOST + 2))
    assert [(one.code, one.location.path[-8:]) for one in found] == [("W006", "c0200.md"), ("W006", "c0201.md")]


def test_length_is_counted_in_the_text_alone() -> None:
    assert told([said(body="a " * (MOST_TEXT // 2 - 1) + "\n")]) == []
