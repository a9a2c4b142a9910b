"""`auzolan check`, `build` and `kinds`: findings with place, rule and way out; JSON for programs; exit statuses for both."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.running import auzolan, write

CLEAN = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\nrecord: {sources: {s: {title: Seen}}}\n",
}
BROKEN = CLEAN | {
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\ntopics: [file sharing]\nrecord: {sources: {s: {title: Seen}}}\n",
    "directory/plans/bad.yaml": "name: \x1b[31mRed\n",
    "directory/tools/example.yaml": "name: Example\nsummary: Shows.\nexample: true\nrecord: {sources: {s: {title: Seen}}}\n",
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("clean"), CLEAN)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("broken"), BROKEN)


def test_clean(clean: Path) -> None:
    done = auzolan("check", "--strict", cwd=clean)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 entry, 0 articles: nothing wrong\n")


def test_findings_are_drawn_with_caret_and_way_out(broken: Path) -> None:
    done = auzolan("check", cwd=broken)
    assert done.returncode == 1
    expected = "directory/tools/oven.yaml:3:10: "
    assert expected in done.stdout
    lines = done.stdout.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(expected))
    assert lines[at + 1] == "    topics: [file sharing]"
    assert lines[at + 2].startswith("             ^~~~~~~~~~~~")
    assert "file-sharing" in "".join(lines[at : at + 3])
    assert done.stderr == "1 error, 2 warnings\n"


def test_findings_are_sorted_and_hold_no_control_character(broken: Path) -> None:
    done = auzolan("check", cwd=broken)
    assert "\x1b" not in done.stdout
    places = [line.split(": ")[0] for line in done.stdout.splitlines() if line.startswith("directory/")]
    assert places == sorted(places) and len(places) >= 3


def test_json(broken: Path) -> None:
    done = auzolan("check", "--json", cwd=broken)
    told = json.loads(done.stdout)
    assert (done.returncode, told["ok"]) == (1, False)
    first = told["findings"][0]
    assert set(first) == {
        "code", "severity", "path", "line", "column", "width", "end_line", "end_column", "message", "hint", "fix", "docs",
        "fingerprint",
    }  # fmt: skip
    assert {one["code"] for one in told["findings"]} >= {"Y009", "I005"}


MESSY = CLEAN | {
    "directory/tools/oven.yaml": "# Seen  in 2024\nname: Oven  \nsummary: 'It is hot.'\ntopics: [ Comuns,mutual-credit ] # two\n"
    "record: {sources: {s: {title: Seen}}}\n",
    "directory/cooperatives/far.yaml": "name: Far\nsummary: Far away.\nplaces: [{country: Norway}]\nstatus: actve\n"
    "record: {sources: {s: {title: Seen}}}\n",
}  # fmt: skip


def test_fix_mends_what_is_mechanical_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, MESSY)
    done = auzolan("check", "--fix", cwd=tmp_path)
    assert done.returncode == 1
    assert [line.split(": ")[1] for line in done.stdout.splitlines() if "V001" in line] == ["error V001"]
    assert done.stderr.splitlines()[:2] == [
        'directory/cooperatives/far.yaml: mended `Norway` → `"NO"` in line 3',
        "directory/tools/oven.yaml: mended `Comuns` → `commons` in line 4, blanks at the end of 1 line",
    ]
    assert (tmp_path / "directory/tools/oven.yaml").read_text("utf-8") == (
        "# Seen  in 2024\nname: Oven\nsummary: 'It is hot.'\ntopics: [ commons,mutual-credit ] # two\n"
        "record: {sources: {s: {title: Seen}}}\n"
    )
    again = auzolan("check", "--fix", cwd=tmp_path)
    assert again.returncode == 1 and "mended" not in again.stderr and again.stdout == done.stdout


def test_fix_mends_only_the_files_that_are_asked_for(tmp_path: Path) -> None:
    write(tmp_path, MESSY)
    told = json.loads(auzolan("check", "--fix", "--json", "directory/tools", cwd=tmp_path).stdout)
    assert told == {"findings": [], "ok": True, "mended": {
        "directory/tools/oven.yaml": ["`Comuns` → `commons` in line 4", "blanks at the end of 1 line"]
    }}  # fmt: skip
    assert (tmp_path / "directory/cooperatives/far.yaml").read_text() == MESSY["directory/cooperatives/far.yaml"]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
    who = ["-c", "user.name=n", "-c", "user.email=n@n"]
    subprocess.run(["git", *who, "commit", "-qm", "x"], cwd=tmp_path, check=True)
    done = auzolan("check", "--fix", "--changed", "HEAD", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "") and "mended" not in done.stderr


def test_fix_says_what_it_cannot_write(tmp_path: Path) -> None:
    write(tmp_path, CLEAN | {"directory/kinds/oven.txt": ""})
    elsewhere = write(tmp_path / "else", {"x.yaml": "name: X  \n"}) / "x.yaml"
    (tmp_path / "directory/tools/link.yaml").symlink_to(elsewhere)
    done = auzolan("check", "--fix", cwd=tmp_path)
    assert done.returncode == 1 and "F003" in done.stdout and elsewhere.read_text() == "name: X  \n"


def test_json_is_the_short_name_of_a_format(broken: Path) -> None:
    told = auzolan("check", "--json", cwd=broken)
    assert auzolan("check", "--format", "json", cwd=broken).stdout == told.stdout
    assert auzolan("check", "--json", "--format", "json", cwd=broken).stdout == told.stdout
    done = auzolan("check", "--json", "--format", "sarif", cwd=broken)
    assert (done.returncode, done.stdout) == (2, "") and "exclude each other" in done.stderr
    done = auzolan("check", "--format", "xml", cwd=broken)
    assert done.returncode == 2 and "rdjson" in done.stderr


@pytest.mark.parametrize("name", ["json", "github", "gitlab", "sarif", "rdjson"])
def test_where_nothing_is_wrong_every_format_says_so(clean: Path, name: str) -> None:
    done = auzolan("check", "--format", name, cwd=clean)
    assert done.returncode == 0
    if name == "github":
        assert (done.stdout, done.stderr) == ("", "1 entry, 0 articles: nothing wrong\n")
    else:
        told = json.loads(done.stdout)
        empty = {
            "json": {"findings": [], "ok": True},
            "gitlab": [],
            "rdjson": {"source": {"name": "auzolan"}, "diagnostics": []},
        }
        assert told == empty[name] if name in empty else told["runs"][0]["results"] == []


def test_github_gets_the_whole_table_in_the_summary_of_the_step(broken: Path, tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    done = auzolan("check", "--format", "github", cwd=broken, GITHUB_STEP_SUMMARY=str(page))
    assert done.returncode == 1 and done.stdout.startswith("::error file=directory/plans/bad.yaml,line=1")
    told = page.read_text("utf-8")
    assert told.startswith("before\n### 1 error, 2 warnings\n") and told.count("\n| ") == 4
    done = auzolan("check", "--format", "github", cwd=broken, GITHUB_STEP_SUMMARY=str(tmp_path))
    assert done.returncode == 1 and "the summary was not written" in done.stderr


def test_in_a_workflow_no_command_is_heard_in_what_findings_quote(tmp_path: Path) -> None:
    write(
        tmp_path,
        CLEAN | {"directory/tools/a.yaml": "name: A\nsummary: >-\n  ::add-mask::b\ntopics: [\n  ::error::x]\n"},
    )
    lines = auzolan("check", cwd=tmp_path, GITHUB_ACTIONS="true").stdout.splitlines()
    word = lines[0].removeprefix("::stop-commands::")
    assert len(word) == 32 and lines[-1] == f"::{word}::"
    assert any(line.lstrip().startswith("::error::") for line in lines[1:-1])
    assert "stop-commands" not in auzolan("check", cwd=tmp_path, GITHUB_ACTIONS="").stdout


def test_in_a_repository_paths_begin_at_its_root(tmp_path: Path) -> None:
    write(tmp_path / "our" / "commons", BROKEN)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    told = json.loads(auzolan("check", "--format", "gitlab", cwd=tmp_path / "our" / "commons").stdout)
    assert {one["location"]["path"] for one in told} >= {"our/commons/directory/tools/oven.yaml"}


def test_only_the_files_named(broken: Path) -> None:
    done = auzolan("check", "directory/plans", cwd=broken)
    assert done.returncode == 1
    assert "plans/bad.yaml" in done.stdout and "tools/oven.yaml" not in done.stdout
    assert auzolan("check", "directory/tools/example.yaml", cwd=broken).returncode == 0
    done = auzolan("check", "directory/tools/none.yaml", cwd=broken)
    assert done.returncode == 2 and "there is no file" in done.stderr


def test_a_path_that_does_not_exist_is_told_in_a_clean_site_too(clean: Path) -> None:
    done = auzolan("check", "directory/tools/none.yaml", cwd=clean)
    assert done.returncode == 2 and "there is no file" in done.stderr


def test_strict_counts_warnings(tmp_path: Path) -> None:
    write(tmp_path, CLEAN | {"directory/tools/example.yaml": BROKEN["directory/tools/example.yaml"]})
    assert auzolan("check", cwd=tmp_path).returncode == 0
    assert auzolan("check", "--strict", cwd=tmp_path).returncode == 1
    assert json.loads(auzolan("check", "--strict", "--json", cwd=tmp_path).stdout)["ok"] is False


def test_build_stops_before_anything_is_written(broken: Path) -> None:
    done = auzolan("build", "--json", cwd=broken)
    assert done.returncode == 1
    assert "directory/tools/oven.yaml:3:10" in done.stderr and "nothing was written" in done.stderr
    assert not (broken / "output").exists()


def test_build_tells_what_it_did(clean: Path) -> None:
    done = auzolan("build", "--json", "-o", "public", cwd=clean)
    told = json.loads(done.stdout)
    assert told["files"] == told["written"] > 100 and told["findings"] == []
    again = auzolan("build", "-o", "public", cwd=clean)
    assert again.returncode == 0 and "nothing changed" in again.stderr + again.stdout


def test_search_answers_from_the_built_files(clean: Path) -> None:
    assert auzolan("build", "-o", "output", cwd=clean).returncode == 0
    done = auzolan("search", "hot", "oven", "--json", cwd=clean)
    told = json.loads(done.stdout)
    assert (told["query"], told["language"], told["total"]) == ("hot oven", "en", 1)
    assert told["results"][0]["id"] == "tool/oven" and told["results"][0]["url"] == "tools/oven.html"
    shown = auzolan("search", "ov", cwd=clean)
    assert "Oven" in shown.stdout and "tool/oven" in shown.stdout and "1 found" in shown.stderr
    meant = auzolan("search", "pven", cwd=clean)
    assert meant.returncode == 0 and "tool/oven" in meant.stdout and "“pven”" not in meant.stdout
    assert "No text here has “pven”: showing results for “oven”" in meant.stderr
    told = json.loads(auzolan("search", "pven", "--json", cwd=clean).stdout)
    assert (told["showing"], told["unknown"], told["results"][0]["id"]) == ({"pven": ["oven"]}, [], "tool/oven")
    typed = auzolan("search", "pven", "--as-typed", "--json", cwd=clean)
    assert typed.returncode == 1
    assert (json.loads(typed.stdout)["showing"], json.loads(typed.stdout)["unknown"]) == ({}, ["pven"])
    nothing = auzolan("search", "zeppelin", cwd=clean)
    assert (nothing.returncode, nothing.stdout) == (1, "") and "0 found" in nothing.stderr
    assert json.loads(auzolan("search", "zeppelin", "--json", cwd=clean).stdout)["results"] == []


@pytest.mark.parametrize("query", ["__proto__", "x" * 100_000, "\u202e'\"<script>", "*"])
def test_search_takes_any_query(clean: Path, query: str) -> None:
    auzolan("build", "-o", "output", cwd=clean)
    assert auzolan("search", "--", query, cwd=clean).returncode == 1


def test_search_says_what_is_missing(clean: Path) -> None:
    done = auzolan("search", "x", "-o", "nowhere", cwd=clean)
    assert done.returncode == 2 and "auzolan build" in done.stderr
    done = auzolan("search", "x", "--lang", "ca", cwd=clean)
    assert done.returncode == 2 and "`ca` is not a language of this site" in done.stderr


def test_search_tells_of_files_that_are_damaged(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    auzolan("build", cwd=tmp_path)
    header = tmp_path / "output/search/en/header.js"
    header.write_bytes(header.read_bytes()[:40])
    done = auzolan("search", "oven", cwd=tmp_path)
    assert done.returncode == 2 and "auzolan build" in done.stderr


def test_kinds(clean: Path) -> None:
    told = json.loads(auzolan("kinds", "--json", cwd=clean).stdout)
    assert [one["kind"] for one in told] == ["cooperative", "organization", "project", "tool", "license", "plan"]
    short = auzolan("kinds", "cooperative", cwd=clean)
    assert "locality" not in short.stdout and "auzolan kinds cooperative links shows the parts" in short.stderr
    assert "locality" in auzolan("kinds", "cooperative", "places", cwd=clean).stdout
    done = auzolan("kinds", "cooperative", "plaçes", cwd=clean)
    assert done.returncode == 2 and "a cooperative has no field `plaçes`" in done.stderr
    one = auzolan("kinds", "tool", "--format", "markdown", cwd=clean).stdout
    assert one.count("\n## ") == 1 and "`license`" in one
    fields = json.loads(auzolan("kinds", "tools", "--json", "--lang", "ca", cwd=clean).stdout)
    by_name = {one["field"]: one for one in fields}
    assert by_name["name"]["needed"] == "yes" and by_name["license"]["label"] == "Llicència"
    done = auzolan("kinds", "nothing", cwd=clean)
    assert done.returncode == 2 and "one of: cooperative" in done.stderr
