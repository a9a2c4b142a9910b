"""`auzolan stale`: what needs another look, for people, for an issue and for programs; and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.running import auzolan, write

SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/growers.yaml": "name: Growers | [bold](x)\nsummary: They grow.\n"
    "contact: {email: info@growers.coop}\nrecord:\n  submitted_by: itself\n  review_by: 2026-05-02\n",
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\nrecord: {as_of: 2020, sources: {s: {title: Seen}}}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, SITE)


def test_people_are_told_place_age_and_whose_move(site: Path) -> None:
    done = auzolan("stale", "--on", "2026-11-29", cwd=site)
    assert done.returncode == 1
    first, what, move, second = done.stdout.splitlines()[:4]
    assert first == ("directory/cooperatives/growers.yaml:6:14: O001 since 2026-05-03 (210 days): Growers | [bold](x): "
                     "somebody should have looked again by 2026-05-02")  # fmt: skip
    assert what.startswith("    what to do: look whether") and move == "    whose move: the group's: info@growers.coop"
    assert second.startswith("directory/tools/oven.yaml:3:17: O004 since 2022-07-01 (4 years): ")
    assert "On 2026-11-29 2 things need another look, in 2 entries and articles." in done.stderr


def test_nothing_is_exit_status_0(site: Path) -> None:
    done = auzolan("stale", "--on", "2021-01-01", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert "On 2021-01-01 nothing needs another look." in done.stderr


def test_json(site: Path) -> None:
    done = auzolan("stale", "--on", "2026-11-29", "--format", "json", cwd=site)
    told = json.loads(done.stdout)
    assert (done.returncode, told["on"], told["ok"]) == (1, "2026-11-29", False)
    one = told["stale"][0]
    assert {key: one[key] for key in ("id", "kind", "code", "path", "line", "column", "since", "days", "move")} == {
        "id": "cooperative/growers", "kind": "cooperative", "code": "O001",
        "path": "directory/cooperatives/growers.yaml", "line": 6, "column": 14, "since": "2026-05-03", "days": 210,
        "move": {"who": "group", "language": "", "reach": {"email": "info@growers.coop"}},
    }  # fmt: skip


def test_markdown_is_a_table_in_which_no_name_means_anything(site: Path) -> None:
    done = auzolan("stale", "--on", "2026-11-29", "--format", "markdown", cwd=site)
    assert done.returncode == 1
    assert done.stdout.startswith("## On 2026-11-29 2 things need another look")
    assert "### The date to look again has passed (1)" in done.stdout
    assert r"| Growers \| \[bold\]\(x\) \(cooperative\/growers\) |" in done.stdout
    assert auzolan("stale", "--on", "2021-01-01", "--format", "markdown", cwd=site).stdout == (
        "## On 2021-01-01 nothing needs another look.\n"
    )


def test_a_long_list_ends_and_says_so(site: Path) -> None:
    write(site, {f"directory/tools/t{n}.yaml": SITE["directory/tools/oven.yaml"] for n in range(30)})
    short, all_ = (auzolan("stale", "--on", "2026-11-29", *more, cwd=site) for more in ((), ("--limit", "0")))
    assert short.stdout.count("whose move") == 20 and "--limit 0 tells all" in short.stderr
    assert all_.stdout.count("whose move") == 32 and "--limit" not in all_.stderr
    assert len(json.loads(auzolan("stale", "--json", "--on", "2026-11-29", cwd=site).stdout)["stale"]) == 32


def test_an_issue_takes_the_longest_report(site: Path) -> None:
    write(site, {f"directory/tools/t{n}.yaml": SITE["directory/tools/oven.yaml"] for n in range(400)})
    told = auzolan("stale", "--format", "markdown", "--on", "2026-11-29", cwd=site).stdout
    assert len(told.encode()) < 65_536 and "more of these: `auzolan stale` tells all" in told


def test_only_some_kinds(site: Path) -> None:
    told = auzolan("stale", "--on", "2026-11-29", "--kind", "tool", "--format", "json", cwd=site).stdout
    assert [one["id"] for one in json.loads(told)["stale"]] == ["tool/oven"]


def test_the_declared_date_of_the_build_is_the_day(site: Path) -> None:
    done = auzolan("stale", cwd=site, SOURCE_DATE_EPOCH="1609459200")
    assert done.returncode == 0 and "On 2021-01-01" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--on", "tomorrow"], "`tomorrow` is not a day"),
        (["--kind", "bakery"], "there is no kind `bakery`"),
        (["--format", "xml"], "xml"),
        (["-s", "other.py"], "there is no other.py"),
    ],
)
def test_what_cannot_be_run_is_exit_status_2(site: Path, arguments: list[str], said: str) -> None:
    done = auzolan("stale", *arguments, cwd=site)
    assert done.returncode == 2 and said in done.stderr


def test_a_file_that_cannot_be_read_is_said(site: Path) -> None:
    write(site, {"directory/tools/bad.yaml": "name: [\n"})
    done = auzolan("stale", "--on", "2021-01-01", cwd=site)
    assert done.returncode == 0 and "could not be read, and were not looked at" in done.stderr


def test_a_site_says_after_how_long(site: Path) -> None:
    write(site, {"directory/kinds/tool.yaml": "extends: shipped\nreview_months: 0\n"})
    assert "oven" not in auzolan("stale", "--on", "2026-11-29", cwd=site).stdout
    write(site, {"directory/kinds/tool.yaml": "extends: shipped\nreview_months: soon\n"})
    assert "K005" in auzolan("check", cwd=site).stdout
