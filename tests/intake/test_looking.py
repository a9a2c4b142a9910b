"""Somebody's look at an entry is a look more in its record, and every other byte is as it was."""

from __future__ import annotations

import pytest
from tests.client.form_cases import LOOK, LOOKED, entry_of
from tests.helpers import declarations

from auzolan.intake.looking import looks_of, with_look
from auzolan.load.yaml_text import read_yaml
from auzolan.model.nodes import plain


def looked(text: str, how: str = "website") -> str | None:
    return with_look(declarations().kinds["tool"], entry_of(text), {**LOOK, "how": how})


@pytest.mark.parametrize("text", LOOKED)
def test_a_look_more_and_nothing_else(text: str) -> None:
    now = looked(text)
    assert now is not None
    assert looks_of(plain(read_yaml(now, "")[0] or entry_of(text).fields)) == [
        *looks_of(plain(entry_of(text).fields)),
        LOOK,
    ]
    rest = [
        line
        for line in now.split("\n")
        if line not in ('    - on: "2026-11-29"', "      how: website", "  verified:", "record:")
    ]
    assert [line for line in text.split("\n") if line and line not in ("  verified:", "record:")] == [
        line for line in rest if line
    ]


def test_of_more_than_the_kind_takes_the_oldest_goes() -> None:
    items = [f"    - on: {2000 + year}\n      how: visit\n" for year in range(20)]
    text = "name: X\nrecord:\n  # looks\n  verified:\n" + "".join(items) + "  submitted_by: itself\n"
    assert looked(text) == text.replace(items[0], "").replace(
        "  submitted", '    - on: "2026-11-29"\n      how: website\n  submitted'
    )


@pytest.mark.parametrize(
    ("text", "verified"),
    [
        ("name: X\nrecord:\n  verified: [{on: 2020, how: visit}]\n", ["2020", "2026-11-29"]),
        ("name: X\nrecord:\n  verified: {on: 2020, how: visit}\n", ["2020", "2026-11-29"]),
        ("name: X\nrecord: {verified: [{on: 2020, how: visit}], submitted_by: itself}\n", ["2020", "2026-11-29"]),
        ("name: X # a name\nrecord: {}\n", ["2026-11-29"]),
    ],
)
def test_a_record_that_is_not_laid_out_in_lines_is_written_anew(text: str, verified: list[str]) -> None:
    now = looked(text)
    assert now is not None and now.startswith(text.split("\n")[0])
    tree, told = read_yaml(now, "")
    assert tree is not None and not told and [look["on"] for look in looks_of(plain(tree))] == verified


@pytest.mark.parametrize(
    "text",
    ["name: X\nrecord:\n  # seen once\n  verified: [{on: 2020, how: visit}] # then\n", "{name: X, record: {submitted_by: itself}}\n",
     "name: X\nrecord: itself\n"],
)  # fmt: skip
def test_where_more_would_have_to_be_touched_nothing_is_done(text: str) -> None:
    assert looked(text) is None


def test_a_word_that_yaml_reads_otherwise_is_quoted() -> None:
    assert '      how: "no"\n' in (looked("name: X\n", "no") or "")
