"""What git and history.json tell of entries, as changelogs: merges, new names, caps, and histories that nobody wishes for."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path

import pytest
from tests.helpers import declarations
from tests.load.sites import commit, git, site

from auzolan.load import changelog
from auzolan.load.changelog import changelogs
from auzolan.load.history import FORMAT, load_history
from auzolan.model.changes import changes_of, mark_of

A, B, C = "directory/tools/a.yaml", "directory/tools/b.yaml", "content/articles/c.md"
SAW = "name: Saw\nsummary: It cuts.\n"


@pytest.fixture(autouse=True)
def _no_declared_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def begun(root: Path, files: dict[str, str | bytes]) -> Path:
    site(root, files)
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def change(root: Path, day: str, files: dict[str, str | bytes]) -> None:
    site(root, files)
    commit(root, day, "Written by Jane Doe <jane@private.example>\n\nThanks: Jane Doe")


def read(root: Path) -> dict[str, list[str]]:
    """The lines of each entry."""
    history, _ = load_history(root, ("content", "directory"))
    made = changelogs(root, "directory", declarations().kinds, history)
    return {path: text.split("\n") for path, text in made.items()}


def test_an_entry_that_nobody_changed_has_none(tmp_path: Path) -> None:
    assert read(begun(tmp_path, {A: SAW, C: "c"})) == {}


def test_changes_newest_first(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW, C: "c"})
    change(tmp_path, "2026-02-01", {A: f"{SAW}started: 2010\n", C: "d"})
    change(tmp_path, "2026-03-01", {A: f"{SAW}started: 2011\ntopics: [commons]\n"})
    assert read(tmp_path) == {A: ["2026-03-01 ~started +topics", "2026-02-01 +started"]}


def test_nobody_is_named_by_what_git_knows_of_them(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW})
    change(tmp_path, "2026-02-01", {A: f"{SAW}record: {{thanks: [Ana from the mill]}}\n"})
    assert read(tmp_path) == {A: [f"2026-02-01 *{mark_of('Ana from the mill')}"]}


def test_whoever_wrote_an_entry_is_thanked_for_its_coming(tmp_path: Path) -> None:
    begun(tmp_path, {A: f"{SAW}record: {{thanks: [Ana]}}\n"})
    assert read(tmp_path) == {A: [f"2026-01-01 added *{mark_of('Ana')}"]}


def test_a_new_name_keeps_the_changes(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW + "description: It has teeth.\n"})
    change(tmp_path, "2026-02-01", {A: SAW + "description: It has many teeth.\n"})
    git(tmp_path, "mv", A, B)
    commit(tmp_path, "2026-03-01")
    assert read(tmp_path) == {B: ["2026-03-01 moved", "2026-02-01 ~description"]}


def test_what_was_deleted_and_written_again_begins_anew(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW, C: "c"})
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    (tmp_path / A).unlink()
    commit(tmp_path, "2026-02-02")
    change(tmp_path, "2026-03-01", {A: "name: Other\nsummary: Another thing altogether.\n"})
    assert read(tmp_path) == {}


def test_a_merge_tells_nothing_twice_and_says_when_it_came(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW, C: "c"})
    git(tmp_path, "checkout", "-q", "-b", "branch")
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n", B: SAW})
    git(tmp_path, "checkout", "-q", "main")
    change(tmp_path, "2026-02-02", {C: "d"})
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "branch", day="2026-03-01")
    assert read(tmp_path) == {A: ["2026-03-01 +started"]}


def test_a_merge_that_changes_more_is_told(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW, C: "c"})
    git(tmp_path, "checkout", "-q", "-b", "branch")
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    git(tmp_path, "checkout", "-q", "main")
    change(tmp_path, "2026-02-02", {C: "d"})
    git(tmp_path, "merge", "-q", "--no-ff", "--no-commit", "branch")
    change(tmp_path, "2026-03-01", {A: SAW + "started: 2010\ntopics: [commons]\n"})
    assert read(tmp_path) == {A: ["2026-03-01 +started +topics", "2026-02-01 +started"]}


def test_older_changes_are_told_by_their_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelog, "NEWEST", 2)
    begun(tmp_path, {A: f"{SAW}record: {{thanks: [Ana]}}\n"})
    days = ("2020-02-01", "2020-03-01", "2021-02-01", "2022-02-01", "2022-03-01")
    for number, day in enumerate(days):
        change(tmp_path, day, {A: f"{SAW}started: 20{number:02}\nrecord: {{thanks: [Ana]}}\n"})
    lines = read(tmp_path)[A]
    assert lines[:4] == ["2022-03-01 ~started", "2022-02-01 ~started", "2021 x1", "2020 x2"]
    assert lines[4].startswith("2026-01-01 added")


def test_of_all_changes_together_the_newest_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelog, "ALL", 1)
    begun(tmp_path, {A: SAW, B: "name: Axe\nsummary: It cleaves.\n"})
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    change(tmp_path, "2026-03-01", {B: "name: Axe\nsummary: It cleaves wood.\n"})
    assert read(tmp_path) == {A: ["2026-02-01"], B: ["2026-03-01 ~summary"]}


def test_old_contents_are_read_up_to_a_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changelog, "MOST_CONTENT", 10)
    begun(tmp_path, {A: SAW})
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    assert read(tmp_path) == {A: ["2026-02-01"]}


@pytest.mark.parametrize("broken", [b"", b"\x00\xff", b"x" * 300_000, b"[" * 90_000, b"&a [*a]\n", b"\x01999\nM\x00\n"])
def test_old_contents_that_nobody_can_read(tmp_path: Path, broken: bytes) -> None:
    begun(tmp_path, {A: SAW})
    change(tmp_path, "2026-02-01", {A: broken})
    change(tmp_path, "2026-03-01", {A: SAW + "started: 2010\n"})
    assert read(tmp_path) == {A: ["2026-03-01", "2026-02-01"]}


def test_links_and_submodules_have_no_contents(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW, B: "name: Axe\nsummary: It cleaves.\n"})
    (tmp_path / A).unlink()
    (tmp_path / A).symlink_to("/etc/passwd")
    commit(tmp_path, "2026-02-01")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},directory/tools/sub.yaml")
    git(tmp_path, "commit", "-q", "-m", "sub", day="2026-02-02")
    (tmp_path / A).unlink()
    change(tmp_path, "2026-03-01", {A: SAW})
    assert read(tmp_path)[A] == ["2026-03-01", "2026-02-01"]


@pytest.mark.parametrize("seconds", ["0", "4102444800", "99999999999999", "-5"])
def test_any_time(tmp_path: Path, seconds: str) -> None:
    begun(tmp_path, {A: SAW})
    site(tmp_path, {A: SAW + "started: 2010\n"})
    git(tmp_path, "add", "-A")
    tree = subprocess.run(
        ["git", "write-tree"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    parent = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    text = f"tree {tree}\nparent {parent.strip()}\nauthor n <n@n> {seconds} +0000\ncommitter n <n@n> {seconds} +0000\n\nx\n"
    made = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], cwd=tmp_path,
                          input=text, check=True, capture_output=True, text=True).stdout.strip()  # fmt: skip
    git(tmp_path, "reset", "-q", "--hard", made)
    lines = read(tmp_path).get(A, [])
    assert all(line.endswith("+started") for line in lines) and len(lines) <= 1


def test_a_commit_whose_time_is_no_number(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW})
    tree = subprocess.run(
        ["git", "write-tree"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout.strip()
    text = f"tree {tree}\nauthor n\ncommitter n\n\nx\n"
    made = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"], cwd=tmp_path,
                          input=text, check=True, capture_output=True, text=True).stdout.strip()  # fmt: skip
    git(tmp_path, "reset", "-q", "--hard", made)
    assert read(tmp_path) == {}


def test_people_s_own_settings_and_replacements_change_nothing(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW})
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    expected = read(tmp_path)
    for name, value in (("log.showRoot", "false"), ("diff.renames", "false"), ("core.quotePath", "true"),
                        ("log.date", "relative"), ("diff.external", "false"), ("log.diffMerges", "separate"),
                        ("format.pretty", "fuller"), ("color.ui", "always"), ("diff.orderFile", "none")):  # fmt: skip
        if name != "diff.orderFile":
            git(tmp_path, "config", name, value)
    git(tmp_path, "replace", "HEAD", "HEAD~1")
    assert read(tmp_path) == expected


def test_contents_that_are_not_there_are_not_fetched(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW})
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    gone = subprocess.run(["git", "rev-parse", f"HEAD~1:{A}"], cwd=tmp_path, check=True, capture_output=True, text=True)
    name = gone.stdout.strip()
    (tmp_path / ".git" / "objects" / name[:2] / name[2:]).unlink()
    assert read(tmp_path) == {A: ["2026-02-01"]}


def test_a_git_that_is_a_file(tmp_path: Path) -> None:
    begun(tmp_path / "there", {A: SAW})
    change(tmp_path / "there", "2026-02-01", {A: SAW + "started: 2010\n"})
    (tmp_path / "there" / ".git").rename(tmp_path / "kept")
    (tmp_path / "there" / ".git").write_text(f"gitdir: {tmp_path / 'kept'}\n")
    assert read(tmp_path / "there") == {A: ["2026-02-01 +started"]}
    (tmp_path / "there" / ".git").write_text("gitdir: /nowhere\n")
    assert read(tmp_path / "there") == {}


def recorded(root: Path, changes: object, created: str = "2020-01-01", changed: str = "2021-06-01") -> None:
    data = {
        "format": FORMAT,
        "date": "2026-02-01",
        "created": {A: created},
        "changed": {A: changed},
        "changes": changes,
    }
    (root / "history.json").write_text(json.dumps(data))


def test_a_record_stands_for_git(tmp_path: Path) -> None:
    recorded(tmp_path, {A: ["2021-06-01 ~summary@ca", "2020 x3"]})
    assert read(tmp_path) == {A: ["2021-06-01 ~summary@ca", "2020 x3"]}


def test_a_copy_that_begins_a_git_of_its_own_keeps_what_was_told(tmp_path: Path) -> None:
    site(tmp_path, {A: SAW, B: "name: Axe\nsummary: It cleaves.\n"})
    recorded(tmp_path, {A: ["2021-06-01 ~summary@ca", "2020 x3"]})
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-01-01")
    change(tmp_path, "2026-02-01", {A: SAW + "started: 2010\n"})
    history, _ = load_history(tmp_path, ("content", "directory"))
    assert history.created[A] == datetime.date(2020, 1, 1) and history.changed[A] == datetime.date(2026, 2, 1)
    assert history.created[B] == history.changed[B] == datetime.date(2026, 1, 1)
    assert read(tmp_path) == {A: ["2026-02-01 +started", "2021-06-01 ~summary@ca", "2020 x3"]}


def test_a_copy_s_untouched_entries_keep_their_dates(tmp_path: Path) -> None:
    site(tmp_path, {A: SAW})
    recorded(tmp_path, {})
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-01-01")
    history, _ = load_history(tmp_path, ("content", "directory"))
    assert (history.created[A], history.changed[A]) == (datetime.date(2020, 1, 1), datetime.date(2021, 6, 1))


def test_a_record_older_than_the_repository_s_own_knowledge_adds_nothing(tmp_path: Path) -> None:
    begun(tmp_path, {A: SAW})
    recorded(tmp_path, {A: ["2026-05-01 ~summary"]}, "2026-05-01", "2026-05-01")
    history, _ = load_history(tmp_path, ("content", "directory"))
    assert history.created[A] == datetime.date(2026, 1, 1)
    assert read(tmp_path) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {A: ["<script>alert(1)</script>", "2026-02-30 ~name", "2026-01-01 ~a b", 7, None]},
        {A: ["x" * 100_000] * 1_000},
        {A: ["2026-01-01 ~name\n2020-01-01"]},
        {"../../etc/passwd": ["2026-01-01 ~name"]},
    ],
)
def test_a_hostile_record(tmp_path: Path, changes: object) -> None:
    recorded(tmp_path, changes)
    told = [one for lines in read(tmp_path).values() for line in lines for one in changes_of(line)]
    assert all(not item.to and item.field in ("name", "a") for one in told for item in one.items)


@pytest.mark.parametrize("changes", [[], "x", {A: 5}, {A: "abc"}])
def test_a_record_of_another_shape(tmp_path: Path, changes: object) -> None:
    recorded(tmp_path, changes)
    assert all(not changes_of(line) for lines in read(tmp_path).values() for line in lines)
