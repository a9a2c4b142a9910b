"""A revision is read out of git's objects: regular files of the commons alone, nothing followed, nothing run, nothing too large."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.helpers import settings
from tests.load.sites import GOOD, commit, git, site

from auzolan.load import revisions
from auzolan.load.changes import commit_of
from auzolan.load.revisions import UnreadableRevision, lay_out_plain, other_files


def begun(root: Path) -> Path:
    site(root, {"directory/tools/a.yaml": GOOD, "content/articles/x.md": "---\ntitle: X\n---\n", "pelicanconf.py": ""})
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def laid(root: Path, folder: Path, revision: str = "HEAD"):  # type: ignore[no-untyped-def]
    folder.mkdir()
    return lay_out_plain(settings(root), commit_of(root, revision), folder)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def test_only_what_belongs_to_the_commons_is_written(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    then, _, told = laid(root, tmp_path / "out")
    assert names(tmp_path / "out") == ["content/articles/x.md", "directory/tools/a.yaml"]
    assert then.directory == tmp_path / "out/directory" and then.content == tmp_path / "out/content"
    assert (then.directory / "tools/a.yaml").read_text() == GOOD and told == []


def test_a_commons_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    site(tmp_path / "all/commons", {"directory/tools/a.yaml": GOOD})
    site(tmp_path / "all", {"directory/tools/b.yaml": GOOD})
    git(tmp_path / "all", "init", "-q")
    commit(tmp_path / "all", "2026-01-01")
    laid(tmp_path / "all/commons", tmp_path / "out")
    assert names(tmp_path / "out") == ["directory/tools/a.yaml"]


def test_links_and_submodules_are_refused_and_told(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    (root / "directory/tools/link.yaml").symlink_to("/etc/passwd")
    (root / "content/articles/all").symlink_to("..")
    git(root, "init", "-q", "directory/inner")
    (root / "directory/inner/a").write_text("a")
    commit(root / "directory/inner", "2026-01-01")
    commit(root, "2026-01-02")
    _, _, told = laid(root, tmp_path / "out")
    assert names(tmp_path / "out") == ["content/articles/x.md", "directory/tools/a.yaml"]
    assert [(one.code, one.location.path, one.message.rpartition("` is ")[2]) for one in told] == [
        ("F003", "content/articles/all", "a symbolic link"),
        ("F003", "directory/inner", "a submodule"),
        ("F003", "directory/tools/link.yaml", "a symbolic link"),
    ]


def made_tree(root: Path, *rows: str) -> str:
    """The id of a tree that no git would make from a folder."""
    done = subprocess.run(["git", "mktree", "-z"], cwd=root, input="\0".join([*rows, ""]).encode(), capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode().strip()


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    blob = subprocess.run(["git", "hash-object", "-w", "--stdin"], cwd=root, input=b"x", capture_output=True, check=True).stdout.decode().strip()  # fmt: skip
    inner = made_tree(root, f"100644 blob {blob}\tpwned")
    folder = made_tree(
        root, f"040000 tree {inner}\t..", f"040000 tree {inner}\t.git", f"100644 blob {blob}\tnew\nline.yaml"
    )
    tree = made_tree(root, f"040000 tree {folder}\tdirectory")
    environment = {**os.environ, **{f"GIT_{who}_{what}": "n@n" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}  # fmt: skip
    made = subprocess.run(
        ["git", "commit-tree", tree, "-m", "x"], cwd=root, env=environment, capture_output=True, check=True
    )
    out = tmp_path / "out"
    out.mkdir()
    _, _, told = lay_out_plain(settings(root), made.stdout.decode().strip(), out)
    assert names(tmp_path / "out") == ["directory/new\nline.yaml"] and not (tmp_path / "pwned").exists()
    assert {one.location.path for one in told} == {"directory/../pwned", "directory/.git/pwned"}


def test_no_filter_and_no_hook_runs(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    ran = tmp_path / "ran"
    git(root, "config", "filter.evil.smudge", f"touch {ran}; cat")
    (root / ".gitattributes").write_text("* filter=evil\n")
    (root / "directory/.gitattributes").write_text("* filter=evil\n")
    hook = root / ".git/hooks/post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    git(root, "add", "-A")
    git(root, "-c", "filter.evil.clean=cat", "commit", "-q", "-m", "x")
    ran.unlink(missing_ok=True)
    laid(root, tmp_path / "out")
    assert (tmp_path / "out/directory/tools/a.yaml").is_file() and not ran.exists()


def test_large_files_are_not_read_and_large_trees_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "MAX_FILE", 100)
    root = begun(tmp_path / "site")
    (root / "directory/tools/b.yaml").write_text("x" * 500)
    commit(root, "2026-01-02")
    laid(root, tmp_path / "out")
    assert (tmp_path / "out/directory/tools/b.yaml").read_bytes() == b"\0" * 101
    monkeypatch.setattr(revisions, "MAX_FILES", 2)
    with pytest.raises(UnreadableRevision, match="too large"):
        laid(root, tmp_path / "again")


def test_what_is_the_same_is_written_once(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    (root / "directory/tools/b.yaml").write_text(GOOD + "# other\n")
    commit(root, "2026-01-02")
    _, known, _ = laid(root, tmp_path / "old", "HEAD~1")
    (tmp_path / "new").mkdir()
    lay_out_plain(settings(root), commit_of(root, "HEAD"), tmp_path / "new", known)
    old, new = (tmp_path / side / "directory/tools/a.yaml" for side in ("old", "new"))
    assert old.samefile(new) and (tmp_path / "new/directory/tools/b.yaml").is_file()


def test_other_files_are_named(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    site(root, {"pelicanconf.py": "x", ".github/workflows/a.yml": "x", "directory/tools/b.yaml": GOOD})
    commit(root, "2026-01-02")
    ends = (commit_of(root, "HEAD~1"), commit_of(root, "HEAD"))
    assert other_files(settings(root), *ends) == (".github/workflows/a.yml", "pelicanconf.py")


def test_folders_outside_the_commons_cannot_be_read(tmp_path: Path) -> None:
    from dataclasses import replace

    root = begun(tmp_path / "site")
    outside = replace(settings(root), directory=tmp_path / "elsewhere")
    with pytest.raises(UnreadableRevision, match="lies outside"):
        lay_out_plain(outside, commit_of(root, "HEAD"), tmp_path)
