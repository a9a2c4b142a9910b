"""U010: links that need not be asked, each with its reason; and what is no exception."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from auzolan.links.exceptions import load_exceptions, unused

DAY = datetime.date(2026, 11, 29)


def found(tmp_path: Path, text: str) -> tuple[list[tuple[str, bool, str]], list[tuple[str, int, int]]]:
    (tmp_path / "links.yaml").write_text(text, "utf-8")
    made, told = load_exceptions(tmp_path, DAY)
    return [(one.url, one.starts, one.why) for one in made], [
        (one.code, one.location.line, one.location.column) for one in told
    ]


def test_an_address_and_the_beginning_of_many(tmp_path: Path) -> None:
    text = (
        'exceptions:\n  - {url: "https://a.example/x", why: No programs.}\n'
        '  - url: "https://b.example/*"\n    why: Read by hand.\n    until: 2026-11\n'
    )
    assert found(tmp_path, text) == (
        [("https://a.example/x", False, "No programs."), ("https://b.example/", True, "Read by hand.")],
        [],
    )
    (one, many), _ = load_exceptions(tmp_path, DAY)
    assert one.covers("https://a.example/x") and not one.covers("https://a.example/x/y")
    assert many.covers("https://b.example/x") and not many.covers("https://b.example.evil/")


def test_no_file_is_no_exception(tmp_path: Path) -> None:
    assert load_exceptions(tmp_path, DAY) == ((), [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ('exceptions:\n  - {url: "https://a.example/"}\n', [("U010", 2, 5)]),
        ('exceptions:\n  - {url: "https://a.example/", why: "  "}\n', [("U010", 2, 38)]),
        ('exceptions:\n  - {url: "https://a.example/", why: W, until: 2026-10}\n', [("U010", 2, 48)]),
        ('exceptions:\n  - {url: "https://a.example/", why: W, until: soon}\n', [("U010", 2, 48)]),
        ('exceptions:\n  - {url: "https://a.example/", why: W, reason: R}\n', [("U010", 2, 41)]),
        ('exceptions:\n  - {url: "https://*", why: W}\n', [("U010", 2, 11)]),
        ('exceptions:\n  - {url: "https://*.example/", why: W}\n', [("U010", 2, 11)]),
        ('exceptions:\n  - {url: "*", why: W}\n', [("U010", 2, 11)]),
        ("exceptions:\n  - {url: ftp://a.example/, why: W}\n", [("U010", 2, 11)]),
        ("exceptions:\n  - {why: W}\n", [("U010", 2, 5)]),
        ("exceptions:\n  - https://a.example/\n", [("U010", 2, 5)]),
        ("exceptions: all\n", [("U010", 1, 13)]),
        ("excepted: []\n", [("U010", 1, 1), ("U010", 1, 1)]),
        ("exceptions: [\n", [("Y001", 2, 1)]),
    ],
)
def test_what_is_no_exception_is_a_finding(tmp_path: Path, text: str, places: list[tuple[str, int, int]]) -> None:
    made, told = found(tmp_path, text)
    assert (made, told) == ([], places)


def test_an_exception_that_is_wrong_costs_no_other_its_place(tmp_path: Path) -> None:
    made, told = found(
        tmp_path, 'exceptions:\n  - {url: "https://a.example/"}\n  - {url: "https://b.example/", why: W}\n'
    )
    assert [one[0] for one in made] == ["https://b.example/"] and len(told) == 1


def test_an_exception_that_nobody_needs(tmp_path: Path) -> None:
    found(tmp_path, 'exceptions:\n  - {url: "https://a.example/*", why: W}\n')
    (one,), _ = load_exceptions(tmp_path, DAY)
    told = unused(one)
    assert (told.code, told.location.line) == ("U010", 2) and "https://a.example/* any more" in told.message
