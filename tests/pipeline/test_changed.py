"""Findings of a branch: all in the files that it touches, and elsewhere those that it brings, whatever brings them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.load.sites import commit, git
from tests.running import auzolan, write

from auzolan.load.changes import changes_since

SOURCE = "record: {sources: {s: {title: Seen}}}\n"
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nAUZOLAN_LANGUAGES = ['ca']\nPLUGINS = auzolan.PLUGINS\n",
    "directory/tools/oven.yaml": f"name: Oven\nsummary: It is hot.\n{SOURCE}",
    "directory/tools/old.yaml": f"name: Old\nsummary: It is old.\nstatus: Actiu\n{SOURCE}",
    "directory/cooperatives/bakers.yaml": "name: Bakers\nsummary: They bake.\n"
    f"relations:\n  - type: uses\n    to: tool/oven\n{SOURCE}",
    "directory/cooperatives/union.yaml": "name: Union\nsummary: They meet.\n"
    f"relations: [{{type: part-of, to: cooperative/bakers}}]\n{SOURCE}",
    "directory/cooperatives/growers.yaml": f"name: Growers\nsummary: They grow.\nstatus: Actiu\nwebsite: x\n{SOURCE}",
    "directory/vocabularies/topics.yaml": "extends: shipped\nwords:\n  bread: {label: {en: Bread}}\n",
    "content/articles/one.ca.md": "---\ntitle: One\ndate: 2026-01-01\nsummary: One.\ntopics: [bread]\n---\nWords.\n",
}
GROWERS, BAKERS = "directory/cooperatives/growers.yaml", "directory/cooperatives/bakers.yaml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write(tmp_path / "site", SITE)
    (root / ".gitignore").write_text(".cache/\noutput/\n__pycache__/\n")
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-02")
    git(root, "checkout", "-q", "-b", "branch")
    return root


def told(root: Path, *more: str) -> set[tuple[str, str]]:
    done = auzolan("check", "--changed", "main", "--json", *more, cwd=root)
    assert done.returncode in (0, 1), done.stderr
    return {(one["path"], one["code"]) for one in json.loads(done.stdout)["findings"]}


def change(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: write(root, {path: text}) and None


def without(path: str) -> Callable[[Path], None]:
    return lambda root: (root / path).unlink()


OVEN = "directory/tools/oven.yaml"
CASES: dict[str, tuple[Callable[[Path], None], set[tuple[str, str]]]] = {
    "nothing": (lambda root: None, set()),
    "an entry that is named elsewhere is deleted": (without(OVEN), {(BAKERS, "R002")}),
    "it is withdrawn": (change(OVEN, "status: withdrawn\nwithdrawn_because: request\n"), {(BAKERS, "R009")}),
    "a file that was wrong is touched": (
        change(GROWERS, f"# A line more\n{SITE[GROWERS]}"), {(GROWERS, "T001"), (GROWERS, "V002")}
    ),
    "a file is mended": (change(GROWERS, f"name: Growers\nsummary: They grow.\n{SOURCE}"), set()),
    "a new file is wrong": (change("directory/tools/new.yaml", f"name: New\nsummary: It is.\nstarted: never\n{SOURCE}"),
                            {("directory/tools/new.yaml", "T003")}),
    "a word goes": (without("directory/vocabularies/topics.yaml"), {("content/articles/one.ca.md", "V001")}),
    "a setting changes": (change("pelicanconf.py", SITE["pelicanconf.py"].replace("'ca'", "")),
                          {("content/articles/one.ca.md", "A002")}),
    "a circle closes": (
        change(BAKERS, f"name: Bakers\nsummary: They bake.\nrelations: [{{type: part-of, to: cooperative/union}}]\n{SOURCE}"),
        {("directory/cooperatives/union.yaml", "R005")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not committed"])
def test_what_a_branch_brings(site: Path, case: str, committed: bool) -> None:
    act, expected = CASES[case]
    act(site)
    if committed and changes_since(site, "main").paths:
        commit(site, "2026-01-03")
    assert told(site) == expected
    everything = json.loads(auzolan("check", "--json", cwd=site).stdout)["findings"]
    assert {(one["path"], one["code"]) for one in everything} >= expected


def test_the_exit_status_is_that_of_what_is_shown(site: Path) -> None:
    assert auzolan("check", cwd=site).returncode == 1
    done = auzolan("check", "--changed", "main", cwd=site)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("0 files differ from main (") and done.stderr.endswith("): nothing wrong\n")
    (site / OVEN).unlink()
    done = auzolan("check", "--changed", "main", cwd=site)
    assert done.returncode == 1 and done.stderr.startswith("1 file differs from main (")
    assert auzolan("check", "--changed", "main", "directory/tools", cwd=site).returncode == 0


def test_where_there_was_no_commons_before_everything_is_new(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-01-01")
    write(tmp_path, SITE)
    assert {(GROWERS, "T001"), ("directory/tools/old.yaml", "V002")} <= told(tmp_path)


def test_a_base_whose_settings_fail_says_nothing(site: Path) -> None:
    git(site, "checkout", "-q", "main")
    (site / "pelicanconf.py").write_text("raise SystemExit(3)\n")
    commit(site, "2026-01-04")
    git(site, "checkout", "-q", "-b", "mending")
    write(site, {"pelicanconf.py": SITE["pelicanconf.py"]})
    assert (GROWERS, "T001") in told(site)


def test_refusals_are_words_and_status_2(site: Path, tmp_path: Path) -> None:
    done = auzolan("check", "--changed", "nowhere", cwd=site)
    assert done.returncode == 2 and "git knows no revision `nowhere`" in done.stderr and "git fetch" in done.stderr
    elsewhere = write(tmp_path / "elsewhere", SITE)
    done = auzolan("check", "--changed", "main", cwd=elsewhere, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert done.returncode == 2 and "not a git repository" in done.stderr
