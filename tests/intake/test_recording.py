"""A line more in a record, and every other byte as it was."""

from __future__ import annotations

import hashlib

import pytest

from auzolan.intake.recording import with_linked_from
from auzolan.load.yaml_text import read_yaml
from auzolan.model.entries import Entry

URL = "https://growers.coop/"


def recorded(text: str, url: str = URL) -> str | None:
    tree, told = read_yaml(text, "x.yaml")
    assert tree is not None and not told
    entry = Entry("cooperative/x", "cooperative", "x", "x.yaml", tree, hashlib.sha256(text.encode()).hexdigest(), text)
    return with_linked_from(entry, url, "2026-11-29")


def test_it_is_the_first_line_of_the_record() -> None:
    text = "# A comment\nname: X\nrecord: # mine\n    # and this\n    submitted_by: itself\n\nlater: {a: b}\n"
    line = '    linked_from: {url: "https://growers.coop/", on: "2026-11-29"}\n'
    assert recorded(text) == text.replace("# mine\n", "# mine\n" + line)


@pytest.mark.parametrize(
    "text",
    [
        "name: X\n",
        "name: X\nrecord: {submitted_by: itself}\n",
        "name: X\nrecord:\n  {submitted_by: itself}\n",
        "name: X\nrecord: itself\n",
        'name: X\nrecord:\n  linked_from: {url: "https://other.example/", on: 2026-01-01}\n',
        "{name: X, record: {submitted_by: itself}}\n",
    ],
)
def test_where_it_cannot_be_done_nothing_is(text: str) -> None:
    assert recorded(text) is None


@pytest.mark.parametrize(
    "url",
    ["https://a.example/ b", 'https://a.example/"', "https://a.example/\\", "ftp://a.example/", "https://ü.example/"],
)
def test_an_address_that_would_need_thought_is_not_written(url: str) -> None:
    assert recorded("name: X\nrecord:\n  submitted_by: itself\n", url) is None
