"""One record of a finding: its place in characters and in bytes, a fingerprint that outlives other lines, no line breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.running import ROOT

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import RULES, finding
from auzolan.report.record import docs_address, plain, records_of


def written(root: Path, text: str, name: str = "a.yaml") -> Path:
    (root / name).write_text(text, "utf-8")
    return root


def test_a_place_is_told_in_characters_and_in_bytes(tmp_path: Path) -> None:
    written(tmp_path, 'name: x\ntopics: [🌾, "Habitatgé"]\n')
    (one,) = records_of([finding("V002", "words", Location("a.yaml", 2, 13, 11), "way", "housing")], tmp_path)
    assert (one.line, one.column, one.end_column) == (2, 13, 24)
    assert (one.byte_column, one.byte_end) == (16, 28)
    line = 'topics: [🌾, "Habitatgé"]'
    assert line.encode()[one.byte_column - 1 : one.byte_end - 1].decode() == line[12:23] == '"Habitatgé"'


def test_a_finding_about_a_whole_file_has_no_place_in_it(tmp_path: Path) -> None:
    (one,) = records_of([finding("F001", "words", Location("a.yaml"))], tmp_path)
    assert (one.line, one.column, one.end_column, one.byte_column, one.byte_end) == (0, 0, 0, 0, 0)


def fingerprints(root: Path, *found: Diagnostic) -> list[str]:
    return [one.fingerprint for one in records_of(found, root)]


def test_the_fingerprint_outlives_lines_that_come_and_go(tmp_path: Path) -> None:
    before = fingerprints(tmp_path, finding("D001", "`x` is not a field here", Location("a.yaml", 3, 1)))
    after = fingerprints(tmp_path, finding("D001", "`x` is not a field here", Location("a.yaml", 30, 7)))
    assert before == after
    first = fingerprints(
        tmp_path, finding("Y002", "`x` a second time; the first is in line 3", Location("a.yaml", 4, 1))
    )
    moved = fingerprints(
        tmp_path, finding("Y002", "`x` a second time; the first is in line 9", Location("a.yaml", 10, 1))
    )
    assert first == moved


def test_no_two_findings_share_a_fingerprint(tmp_path: Path) -> None:
    alike = [finding("D006", "`x` is empty", Location("a.yaml", line, 1)) for line in (3, 5, 8)]
    others = [
        finding("D006", "`y` is empty", Location("a.yaml", 3, 1)),
        finding("D006", "`x` is empty", Location("b.yaml", 3, 1)),
        finding("D001", "`x` is empty", Location("a.yaml", 3, 1)),
    ]
    told = fingerprints(tmp_path, *alike, *others)
    assert len(set(told)) == len(told) == 6
    assert fingerprints(tmp_path, *alike)[:2] == fingerprints(tmp_path, *alike[:2])


def test_paths_begin_where_the_report_is_read(tmp_path: Path) -> None:
    found = [finding("F001", "words", Location("directory/x.yaml")), finding("S005", "words", Location("."))]
    assert [one.path for one in records_of(found, tmp_path, "our/commons/")] == [
        "our/commons/directory/x.yaml",
        "our/commons",
    ]
    assert [one.path for one in records_of(found, tmp_path)] == ["directory/x.yaml", "."]


def test_what_is_quoted_is_one_line_of_printable_characters(tmp_path: Path) -> None:
    (one,) = records_of(
        [finding("D001", "`a\r\n\x1b[31m\u2028b`", Location("a.yaml", 1, 1), "x\n::error::y")], tmp_path
    )
    assert one.message.isprintable() and one.hint == "x ::error::y" and one.words == f"{one.message} (x ::error::y)"


def test_an_article_that_is_not_in_its_normal_form_has_no_fix(tmp_path: Path) -> None:
    one = finding("V002", "words", Location("a.md", 1, 1, 4), "way", "housing")
    assert records_of([one], written(tmp_path, "casa\n", "a.md"))[0].fix == "housing"
    assert records_of([one], written(tmp_path, "cása\n", "a.md"))[0].fix == "housing"
    assert records_of([one], written(tmp_path, "ca\u0301sa\n", "a.md"))[0].fix is None


def test_json_has_all_of_it(tmp_path: Path) -> None:
    found = finding("V002", "words", Location("a.yaml", 2, 3, 4), "way", "housing")
    (told,) = plain(records_of([found], tmp_path))
    assert {**told, "fingerprint": "…"} == {
        "code": "V002", "severity": "warning", "path": "a.yaml", "line": 2, "column": 3, "width": 4, "end_line": 2,
        "end_column": 7, "message": "words", "hint": "way", "fix": "housing", "docs": docs_address("V002"),
        "fingerprint": "…",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_docs_address_leads_to_its_rule(code: str) -> None:
    page, _, anchor = docs_address(code).partition("#")
    assert page.endswith("docs/rules.md")
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert f'<a id="{anchor}"></a>\n\n### {code}: ' in text
