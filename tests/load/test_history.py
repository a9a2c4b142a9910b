"""Dates of files: from git, from history.json, from neither; and the declared date of the build."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from tests.load.sites import commit, git, site

from auzolan.load.history import FORMAT, build_date, dated, load_history
from auzolan.model.entries import History

FOLDERS = ("content", "directory")
A, B, C = "directory/tools/a.yaml", "directory/tools/b.yaml", "content/articles/c.md"


@pytest.fixture(autouse=True)
def _no_declared_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def begun(root: Path, files: dict[str, str | bytes]) -> Path:
    site(root, files)
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def read(root: Path) -> History:
    history, findings = load_history(root, FOLDERS)
    assert not findings, findings
    assert history.known
    return history


def test_created_and_changed(tmp_path: Path) -> None:
    begun(tmp_path, {A: "a: 1\n", C: "c"})
    site(tmp_path, {A: "a: 2\n", B: "b: 1\n"})
    commit(tmp_path, "2026-02-01")
    history = read(tmp_path)
    assert history.created == {A: day("2026-01-01"), C: day("2026-01-01"), B: day("2026-02-01")}
    assert history.changed == {A: day("2026-02-01"), C: day("2026-01-01"), B: day("2026-02-01")}
    assert history.build_date == day("2026-02-01")


def test_other_files_of_the_repository_are_left_aside(tmp_path: Path) -> None:
    begun(tmp_path, {A: "a: 1\n", "README.md": "words", "elsewhere/x.yaml": "x"})
    assert set(read(tmp_path).created) == {A}


def test_a_new_name_keeps_the_first_date(tmp_path: Path) -> None:
    begun(tmp_path, {A: "name: Saw\nsummary: It cuts.\nstarted: 2010\n"})
    git(tmp_path, "mv", A, B)
    commit(tmp_path, "2026-02-01")
    history = read(tmp_path)
    assert (history.created, history.changed) == ({B: day("2026-01-01")}, {B: day("2026-02-01")})


def test_a_new_name_that_comes_by_a_merge_keeps_the_first_date(tmp_path: Path) -> None:
    begun(tmp_path, {A: "name: Saw\nsummary: It cuts.\nstarted: 2010\n", C: "c"})
    git(tmp_path, "checkout", "-q", "-b", "branch")
    git(tmp_path, "mv", A, B)
    commit(tmp_path, "2026-02-01")
    git(tmp_path, "checkout", "-q", "main")
    site(tmp_path, {C: "d"})
    commit(tmp_path, "2026-02-02")
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "merge", "branch", day="2026-03-01")
    assert read(tmp_path).created[B] == day("2026-01-01")


def test_what_was_deleted_and_written_again_is_new(tmp_path: Path) -> None:
    begun(tmp_path, {A: "a: 1\n", C: "c"})
    (tmp_path / A).unlink()
    commit(tmp_path, "2026-02-01")
    assert A not in read(tmp_path).created
    site(tmp_path, {A: "something: else\n"})
    commit(tmp_path, "2026-03-01")
    assert read(tmp_path).created[A] == day("2026-03-01")


def test_the_site_may_be_a_folder_of_a_repository(tmp_path: Path) -> None:
    begun(tmp_path, {f"sites/ours/{A}": "a: 1\n"})
    assert set(read(tmp_path / "sites" / "ours").created) == {A}


@pytest.mark.parametrize("name", ["\x01999", "b\nD\n\ndirectory/tools/a.yaml", "é 🌾", "a\tb", '"a"', "\x011\nM"])
def test_names_that_would_forge_the_log(tmp_path: Path, name: str) -> None:
    begun(tmp_path, {A: "a: 1\n"})
    site(tmp_path, {f"directory/tools/{name}": "words"})
    commit(tmp_path, "2026-02-01")
    history = read(tmp_path)
    assert history.created == {A: day("2026-01-01"), f"directory/tools/{name}": day("2026-02-01")}
    assert history.changed[A] == day("2026-01-01")


def test_a_clone_with_a_part_of_the_history(tmp_path: Path) -> None:
    origin = begun(tmp_path / "origin", {A: "a: 1\n"})
    site(origin, {A: "a: 2\n"})
    commit(origin, "2026-02-01")
    git(tmp_path, "clone", "-q", "--depth", "1", origin.as_uri(), "shallow")
    history, findings = load_history(tmp_path / "shallow", FOLDERS)
    assert [one.code for one in findings] == ["S005"] and "unshallow" in findings[0].hint
    assert not history.known and not history.created
    assert history.build_date == day("2026-02-01")


def test_neither_git_nor_record(tmp_path: Path) -> None:
    history, findings = load_history(tmp_path, FOLDERS)
    assert [(one.code, one.severity) for one in findings] == [("S005", "warning")]
    assert history == History()


def test_a_repository_of_somebody_else_is_not_told_to_begin_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container, where the folder belongs to whoever started it."""
    root = begun(tmp_path / "site", {A: "a"})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    history, findings = load_history(root, FOLDERS)
    assert [(one.code, one.severity) for one in findings] == [("S005", "warning")] and not history.known
    assert f"safe.directory {root}" in findings[0].hint and "belongs to somebody else" in findings[0].message


def recorded(root: Path, **more: object) -> None:
    data = {"format": FORMAT, "date": "2026-02-01", "created": {A: "2020-01-01"}, "changed": {A: "2021-01-01"}, **more}
    (root / "history.json").write_text(json.dumps(data))


def test_a_record_stands_for_git(tmp_path: Path) -> None:
    recorded(tmp_path)
    history = read(tmp_path)
    assert (history.created, history.changed) == ({A: day("2020-01-01")}, {A: day("2021-01-01")})
    assert history.build_date == day("2026-02-01")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        "[" * 100_000,
        '{"format": "other"}',
        f'{{"format": "{FORMAT}", "created": [], "changed": {{}}}}',
        f'{{"format": "{FORMAT}", "created": {{"a": "soon"}}, "changed": {{}}}}',
        f'{{"format": "{FORMAT}", "created": {{"a": 1}}, "changed": {{}}}}',
        "\udcff",
    ],
)
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "history.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert [one.code for one in load_history(tmp_path, FOLDERS)[1]] == ["S005"]


@pytest.mark.parametrize(
    ("declared", "expected"), [("0", "1970-01-01"), ("1767225600", "2026-01-01"), ("1767311999", "2026-01-01")]
)
def test_the_declared_date(monkeypatch: pytest.MonkeyPatch, declared: str, expected: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", declared)
    assert build_date(1) == day(expected)


@pytest.mark.parametrize("declared", ["", "soon", "-1", "1.5", "٣"])
def test_a_declared_date_that_is_none(monkeypatch: pytest.MonkeyPatch, declared: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", declared)
    assert build_date(86_400) == day("1970-01-02")
    assert build_date(None) is None


@pytest.mark.parametrize("declared", ["9" * 15, "9" * 19, "9" * 5000])
def test_a_declared_date_beyond_all_calendars(monkeypatch: pytest.MonkeyPatch, declared: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", declared)
    assert build_date(None) is None


def test_the_declared_date_comes_before_git_and_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert read(tmp_path).build_date == day("1970-01-01")
    begun(tmp_path, {A: "a: 1\n"})
    assert read(tmp_path).build_date == day("1970-01-01")


def test_what_is_written_today_is_not_in_the_future(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is committed later: the last commit may be days old. Where a day begins first, it is tomorrow already."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    today = datetime.datetime.now(datetime.UTC).date()
    latest = dated(History(build_date=datetime.date(2014, 7, 27))).latest
    assert latest is not None and today <= latest <= today + datetime.timedelta(days=2)
    assert dated(History(build_date=datetime.date(2100, 1, 1))).latest == datetime.date(2100, 1, 1)
    assert dated(History()).latest == latest
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    assert dated(History(build_date=datetime.date(2026, 11, 20))).latest == datetime.date(2026, 11, 20)


def test_a_copy_that_was_built_without_a_history_has_none_but_keeps_its_date(tmp_path: Path) -> None:
    told = {"format": FORMAT, "date": "2026-03-01", "created": {}, "changed": {}, "changes": {}, "known": False}
    site(tmp_path, {"history.json": json.dumps(told), A: "a: 1\n"})
    history, findings = load_history(tmp_path, FOLDERS)
    assert not history.known and history.build_date == day("2026-03-01") and [one.code for one in findings] == ["S005"]
