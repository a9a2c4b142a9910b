"""Workflow commands: one a finding, whatever a stranger wrote; the table of a step's summary has all of them."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import finding
from auzolan.report.github import LARGEST, table, workflow_commands
from auzolan.report.record import records_of

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)\Z")


def commands(*found: Diagnostic) -> list[tuple[str, dict[str, str], str]]:
    """What a runner understands of the report: it splits at line ends, then at `::`, `,` and `=`."""
    told = []
    for line in re.split(r"\r\n|\r|\n", workflow_commands(records_of(found, Path("/nowhere"))))[:-1]:
        parts = COMMAND.match(line)
        assert parts, line
        properties = dict(one.split("=", 1) for one in parts[2].split(","))
        told.append((parts[1], {key: back(value) for key, value in properties.items()}, back(parts[3])))
    return told


def back(text: str) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, sign)
    return text


def test_a_finding_is_an_annotation_on_its_line() -> None:
    (one,) = commands(finding("V002", '"x" is another name', Location("a.yaml", 4, 9, 5), "write `y`"))
    assert one == (
        "warning",
        {"file": "a.yaml", "line": "4", "endLine": "4", "col": "9", "endColumn": "14",
         "title": "V002: a word is an alias of another"},
        '"x" is another name (write `y`)',
    )  # fmt: skip


def test_what_concerns_a_whole_file_or_the_whole_commons_names_no_line() -> None:
    file, all_ = commands(finding("F001", "w", Location("a.yaml")), finding("S005", "w", Location(".")))
    assert set(file[1]) == {"file", "title"} and set(all_[1]) == {"title"}


@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=30).filter(lambda text: text != "."))
@example("x\n::stop-commands::y", "\r::error::z", "a,title=b::c.yaml")
@example("100%0A::error::", "##[error]", "a:b%3A.yaml")
@example("\u2028::add-mask::x\x85::debug::", "", "b\n.yaml")
def test_nothing_that_is_quoted_becomes_a_command(message: str, hint: str, path: str) -> None:
    one, two = (finding("D001", message, Location(path, 1, 1), hint), finding("D002", "last", Location("b.yaml")))
    first, second = commands(one, two)
    (record,) = records_of([one], Path("/nowhere"))
    assert first[0] == "error" and first[2] == record.words.rstrip() and first[1]["file"] == record.path
    assert second[2] == "last"


def test_the_table_quotes_and_never_renders(tmp_path: Path) -> None:
    hostile = "a | b <img src=x> ![x](https://track.example/p.png) **bold** https://x.example `c`\n| row |"
    text = table(records_of([finding("D001", hostile, Location("a|b.yaml", 3, 1), hostile)], tmp_path), "1 error")
    lines = text.splitlines()
    assert len(lines) == 5 and lines[:2] == ["### 1 error", ""]
    assert len(re.split(r"(?<!\\)\|", lines[4])) == 6
    assert not re.search(r"(?<!\\)[<>!\[\]()*`_:]", lines[4])


def test_the_table_has_all_or_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    found = [finding("D001", f"words {number}", Location("a.yaml", number, 1), "x" * 400) for number in range(1, 3_001)]
    few, many = table(records_of(found[:50], tmp_path), "50"), table(records_of(found, tmp_path), "3,000")
    assert few.count("\n| error") == 50 and "more" not in few
    assert len(many.encode()) < LARGEST + 1_000
    shown = many.count("\n| error")
    assert 1_000 < shown < 3_000 and many.endswith(f"and {3_000 - shown:,} more\n")


def test_a_table_of_nothing_is_its_heading() -> None:
    assert table((), "nothing wrong") == "### nothing wrong\n"
