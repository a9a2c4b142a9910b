"""What a person reads of findings: one finding is one paragraph, whatever the value that it quotes."""

from __future__ import annotations

import random
from pathlib import Path

from auzolan.model.diagnostics import Diagnostic, Location, has_errors, in_order
from auzolan.model.rules import finding
from auzolan.report import LONGEST, WIDEST, report, summary


def told(root: Path, line: str, column: int, width: int = 1, message: str = "words", hint: str = "do so") -> list[str]:
    (root / "a.yaml").write_text(f"first: line\n{line}\n", "utf-8")
    return report([finding("D001", message, Location("a.yaml", 2, column, width), hint)], root).split("\n")


def test_place_rule_reason_line_and_way_out(tmp_path: Path) -> None:
    assert told(tmp_path, "websit: x", 1, 6) == [
        "a.yaml:2:1: error D001: words", "    websit: x", "    ^~~~~~  do so", ""
    ]  # fmt: skip


def test_the_caret_stands_under_code_points(tmp_path: Path) -> None:
    line = "🌾é: websit"
    shown = told(tmp_path, line, 5, 6)
    assert shown[1] == f"    {line}"
    assert shown[2].index("^") == 4 + 4


def test_a_finding_about_a_whole_file(tmp_path: Path) -> None:
    one = finding("F001", "no name", Location("b.yaml"), "rename it")
    assert report([one], tmp_path) == "b.yaml: error F001: no name\n    rename it\n"
    assert report([finding("F001", "no name", Location("b.yaml"))], tmp_path) == "b.yaml: error F001: no name\n"


def test_a_file_that_is_gone_or_shorter_than_it_was(tmp_path: Path) -> None:
    one = finding("D001", "words", Location("gone.yaml", 7, 3), "do so")
    assert report([one], tmp_path) == "gone.yaml:7:3: error D001: words\n    do so\n"
    assert told(tmp_path, "", 50)[0].startswith("a.yaml:2:50")


def test_long_lines_are_cut_around_the_place(tmp_path: Path) -> None:
    shown = told(tmp_path, "a" * 5000 + "b" + "c" * 5000, 5001, 9999)
    assert len(shown[1]) <= WIDEST + 4 and len(shown[2]) <= WIDEST + 4 + len("  do so")
    assert shown[1][shown[2].index("^")] == "b"


def test_nothing_that_a_terminal_would_act_on(tmp_path: Path) -> None:
    shown = told(tmp_path, "a\x1b[31mb\u202ec\x07\td", 2, message="x\x1b[2Jy\u202e", hint="z\x9b")
    assert all(line.isprintable() for line in shown)
    assert shown[1] == "    a�[31mb�c� d"


def test_a_value_cannot_forge_another_finding(tmp_path: Path) -> None:
    forged = "x`\nb.yaml:1:1: error D001: everything is wrong\n\r"
    shown = told(tmp_path, "a: b", 1, message=f"`{forged}", hint=forged)
    assert len(shown) == 4
    assert [line for line in shown if line.startswith(("a.yaml", "b.yaml"))] == [shown[0]]


def test_a_sentence_is_as_long_as_a_person_reads(tmp_path: Path) -> None:
    assert len(told(tmp_path, "a: b", 1, message="word " * 20_000)[0]) <= LONGEST + 40


def test_windows_lines_bytes_and_marks(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xff\r\n")
    shown = report(
        [finding("Y008", "m", Location("a.yaml", 1, 1)), finding("Y008", "m", Location("a.yaml", 2, 4))], tmp_path
    )
    assert "    a: 1\n" in shown and "    b: �\n" in shown


def test_order_and_doubles() -> None:
    ones = [
        Diagnostic("D001", "error", "m", Location(path, line, column))
        for path in ("a", "b") for line in (0, 2, 10) for column in (1, 2)
    ]  # fmt: skip
    mixed = [*ones, *ones]
    random.Random(1).shuffle(mixed)
    assert list(in_order(mixed)) == ones


def test_summary() -> None:
    error, warning = finding("D001", "m", Location("a")), finding("D010", "m", Location("a"))
    assert summary([error, error, warning]) == "2 errors, 1 warning"
    assert summary([]) == "nothing wrong"
    assert has_errors([warning, error]) and not has_errors([warning])
