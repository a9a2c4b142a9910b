"""A revision is read out of git's objects: regular files of the commons alone, nothing followed, nothing run, nothing too large."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from tests.helpers import settings
from tests.load.sites import GOOD, commit, git, site

from auzolan.load import revisions
from auzolan.load.changes import changes_since, commit_of
from auzolan.load.history import load_history
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


def made(root: Path, data: str, *arguments: str) -> str:
    """The id of what a command of git's makes of `data`."""
    environment = {**os.environ, **{f"GIT_{who}_{what}": "n@n" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}  # fmt: skip
    done = subprocess.run(
        ["git", *arguments], cwd=root, input=data.encode("latin-1"), env=environment, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def test_names_that_lead_elsewhere_are_refused(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    blob = made(root, "x", "hash-object", "-w", "--stdin")
    inner = made_tree(root, f"100644 blob {blob}\tpwned")
    folder = made_tree(
        root, f"040000 tree {inner}\t..", f"040000 tree {inner}\t.git", f"100644 blob {blob}\tnew\nline.yaml"
    )
    tree = made_tree(root, f"040000 tree {folder}\tdirectory")
    out = tmp_path / "out"
    out.mkdir()
    _, _, told = lay_out_plain(settings(root), made(root, "", "commit-tree", tree, "-m", "x"), out)
    assert names(tmp_path / "out") == ["directory/new\nline.yaml"] and not (tmp_path / "pwned").exists()
    assert {one.location.path for one in told} == {"directory/../pwned", "directory/.git/pwned"}


def test_a_way_that_no_system_can_go_costs_no_other_file_its_place(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    blob = made(root, "x", "hash-object", "-w", "--stdin")
    deep = made_tree(root, f"100644 blob {blob}\tx.yaml")
    for _ in range(17):
        deep = made_tree(root, f"040000 tree {deep}\t{'d' * 255}")
    folder = made_tree(root, f"040000 tree {deep}\ttools", f"100644 blob {blob}\tgood.yaml")
    tree = made_tree(root, f"040000 tree {folder}\tdirectory")
    out = tmp_path / "out"
    out.mkdir()
    _, _, told = lay_out_plain(settings(root), made(root, "", "commit-tree", tree, "-m", "x"), out)
    assert names(out) == ["directory/good.yaml"] and [one.code for one in told] == ["F003"]


def test_a_tree_that_holds_a_name_twice_costs_no_other_file_its_place(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    blob = made(root, "x", "hash-object", "-w", "--stdin")
    inner = made_tree(root, f"100644 blob {blob}\tx.yaml")
    row = lambda mode, name, id_: f"{mode} {name}\0" + bytes.fromhex(id_).decode("latin-1")  # noqa: E731
    literally = ("hash-object", "-w", "-t", "tree", "--literally", "--stdin")
    rows = [row("100644", "a", blob), row("100644", "a", blob), row("100644", "b", blob), row("40000", "b", inner)]
    folder = made(root, "".join([*rows, row("100644", "good.yaml", blob)]), *literally)
    tree = made(root, row("40000", "directory", folder), *literally)
    out = tmp_path / "out"
    out.mkdir()
    _, _, told = lay_out_plain(settings(root), made(root, "", "commit-tree", tree, "-m", "x"), out)
    assert "directory/good.yaml" in names(out) and {one.code for one in told} == {"F003"}
    assert {one.location.path for one in told} == {"directory/a", "directory/b/x.yaml"}


@pytest.mark.parametrize("where", ["directory", "theme"])
def test_trees_of_trees_without_end_are_not_listed(tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten levels of ten: a few kilobytes for git, ten thousand million files."""
    monkeypatch.setattr(revisions, "MAX_TOLD", 1_000_000)
    root = begun(tmp_path / "site")
    blob = made(root, "x", "hash-object", "-w", "--stdin")
    tree = made_tree(root, *(f"100644 blob {blob}\t{number}.yaml" for number in range(10)))
    for _ in range(9):
        tree = made_tree(root, *(f"040000 tree {tree}\t{number}" for number in range(10)))
    bomb = made(root, "", "commit-tree", made_tree(root, f"040000 tree {tree}\t{where}"), "-p", "HEAD", "-m", "x")
    (tmp_path / "out").mkdir()
    with pytest.raises(UnreadableRevision, match="too large to be a commons"):
        lay_out_plain(settings(root), bomb, tmp_path / "out")
        other_files(settings(root), commit_of(root, "HEAD"), bomb)


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


def test_no_program_runs_that_the_settings_of_a_clone_name(tmp_path: Path) -> None:
    """A folder may have been handed on with its `.git`."""
    root = begun(tmp_path / "site")
    ran = tmp_path / "ran"
    hook = root / ".git/evil/post-index-change"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {ran}\n")
    hook.chmod(0o755)
    git(root, "config", "core.hooksPath", str(hook.parent))
    git(root, "config", "core.fsmonitor", f"touch {ran}; false")
    git(root, "config", "diff.external", f"touch {ran}; false")
    os.utime(root / "directory/tools/a.yaml", (1, 1))  # git has to look into it, and would write down that it did
    changes_since(root, "HEAD")
    other_files(settings(root), commit_of(root, "HEAD"), "")
    load_history(root, ("directory",))
    assert not ran.exists()


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
