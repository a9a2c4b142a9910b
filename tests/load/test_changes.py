"""What differs from a revision: the merge base counts, what is not committed too; and refusals that say what helps."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.load.sites import commit, git, site
from tests.running import ROOT

from auzolan.load.changes import NoBase, changes_since, lay_out

PACKAGE = ROOT / "plugins"
FILES: dict[str, str | bytes] = {f"directory/tools/{name}.yaml": f"name: {name}\n" for name in "abc"}


def begun(root: Path) -> Path:
    site(root, FILES)
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def test_all_ways_to_differ(tmp_path: Path) -> None:
    root = begun(tmp_path)
    git(root, "checkout", "-q", "-b", "branch")
    (root / "directory/tools/a.yaml").write_text("name: other\n")
    git(root, "mv", "directory/tools/b.yaml", "directory/tools/ñ b.yaml")
    commit(root, "2026-01-02")
    (root / "directory/tools/c.yaml").unlink()
    (root / "directory/tools/new.yaml").write_text("name: new\n")
    (root / "directory/tools/\u202eodd\n.yaml").write_text("name: odd\n")
    paths = changes_since(root, "main").paths
    names = {"a.yaml", "b.yaml", "ñ b.yaml", "c.yaml", "new.yaml", "\\u202eodd\\n.yaml"}
    assert paths == {f"directory/tools/{name}" for name in names}


def test_what_the_base_did_meanwhile_is_no_change_of_the_branch(tmp_path: Path) -> None:
    root = begun(tmp_path)
    git(root, "checkout", "-q", "-b", "branch")
    (root / "directory/tools/a.yaml").write_text("name: other\n")
    commit(root, "2026-01-02")
    git(root, "checkout", "-q", "main")
    (root / "directory/tools/b.yaml").write_text("name: meanwhile\n")
    commit(root, "2026-01-03")
    git(root, "checkout", "-q", "branch")
    assert changes_since(root, "main").paths == {"directory/tools/a.yaml"}


def test_a_commons_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    site(tmp_path, {f"our/commons/{path}": text for path, text in FILES.items()} | {"README": "x"})
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "2026-01-01")
    (tmp_path / "README").write_text("y")
    (tmp_path / "our/commons/directory/tools/a.yaml").write_text("name: other\n")
    root = tmp_path / "our/commons"
    changes = changes_since(root, "HEAD")
    assert changes.paths == {"directory/tools/a.yaml"}
    (tmp_path / "there").mkdir()
    then = lay_out(root, changes.commit, tmp_path / "there")
    assert (then / "directory/tools/a.yaml").read_text() == "name: a\n"


def test_laying_out_leaves_the_repository_alone(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    (root / "directory/tools/a.yaml").write_text("name: staged\n")
    git(root, "add", "-A")
    before = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True).stdout
    (tmp_path / "there").mkdir()
    then = lay_out(root, "HEAD", tmp_path / "there")
    assert sorted(path.name for path in (then / "directory/tools").iterdir()) == ["a.yaml", "b.yaml", "c.yaml"]
    assert (then / "directory/tools/a.yaml").read_text() == "name: a\n"
    after = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True).stdout
    assert before == after == b"M  directory/tools/a.yaml\n"


def test_where_nothing_was_committed_yet_everything_is_new(tmp_path: Path) -> None:
    site(tmp_path, FILES)
    git(tmp_path, "init", "-q")
    assert changes_since(tmp_path, "HEAD").commit == ""


@pytest.mark.parametrize("base", ["nowhere", "--output=x", "", "HEAD:directory", "a\x1bb", "main..main"])
def test_no_such_revision(tmp_path: Path, base: str) -> None:
    root = begun(tmp_path)
    with pytest.raises(NoBase, match="knows no revision") as told:
        changes_since(root, base)
    assert "fetch" in told.value.hint and str(told.value).isprintable()
    assert not (root / "x").exists()


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NoBase, match="not a git repository"):
        changes_since(tmp_path, "main")


def test_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = begun(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoBase, match="not installed"):
        changes_since(root, "main")


def test_nothing_in_common_and_too_little_of_the_history(tmp_path: Path) -> None:
    root = begun(tmp_path / "site")
    git(root, "checkout", "-q", "--orphan", "other")
    commit(root, "2026-01-05")
    with pytest.raises(NoBase, match="no commit in common"):
        changes_since(root, "main")
    git(root, "checkout", "-q", "main")
    git(root, "branch", "-q", "branch")
    for branch in ("main", "branch"):
        git(root, "checkout", "-q", branch)
        (root / "directory/tools/a.yaml").write_text(f"name: {branch}\n")
        commit(root, "2026-01-06")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", root.as_uri(), "shallow")
    with pytest.raises(NoBase, match="too little of the history") as told:
        changes_since(tmp_path / "shallow", "origin/main")
    assert "fetch-depth: 0" in told.value.hint


def test_in_a_hook_git_speaks_of_itself_and_is_asked_about_the_commons(tmp_path: Path) -> None:
    """A commit in a second work tree tells its hooks GIT_DIR and an index that is not the last word."""
    main, other = tmp_path / "main", tmp_path / "other"
    site(main, {f"commons/{path}": text for path, text in FILES.items()})
    git(main, "init", "-q", "-b", "main")
    commit(main, "2026-01-01")
    git(main, "worktree", "add", "-q", str(other), "-b", "other")
    told = tmp_path / "told.txt"
    hook = main / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    code = "import sys; from pathlib import Path; from auzolan.load.changes import changes_since; " \
        "print(sorted(changes_since(Path('commons').resolve(), 'HEAD').paths))"  # fmt: skip
    hook.write_text(f'#!/bin/sh\nPYTHONPATH={PACKAGE} {sys.executable} -c "{code}" >{told} 2>&1\n')
    hook.chmod(0o755)
    for root in (main, other):
        (root / "commons/directory/tools/a.yaml").write_text(f"name: {root.name}\n")
        git(root, "commit", "-q", "-a", "-m", "words")
        assert told.read_text() == "['directory/tools/a.yaml']\n"
