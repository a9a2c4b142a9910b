"""The hooks for pre-commit: their file is what pre-commit reads, and each does in a commons what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from tests.load.sites import commit, git
from tests.running import ROOT, auzolan, write

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
SOURCE = "record: {sources: {s: {title: Seen}}}\n"
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "directory/tools/oven.yaml": f"name: Oven\nsummary: It is hot.\n{SOURCE}",
    "directory/tools/old.yaml": f"summary: It is old.\nname: Old\nwebsite: x\nstatus: Actiu\n{SOURCE}",
    ".gitignore": ".cache/\n__pycache__/\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = write(tmp_path, SITE)
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def hook(name: str, root: Path, *files: str) -> tuple[int, str]:
    """Runs a hook as pre-commit does: with the files among `files` that it asks for, or not at all."""
    asked = HOOKS[name]
    wanted = [file for file in files if re.search(asked["files"], file)]
    if not wanted:
        return 0, ""
    done = auzolan(*asked["entry"].split()[1:], *(wanted if asked.get("pass_filenames", True) else ()), cwd=root)
    return done.returncode, done.stdout + done.stderr


def test_the_file_is_what_pre_commit_reads() -> None:
    assert set(HOOKS) == {"auzolan-check", "auzolan-fix", "auzolan-fmt"}
    for one in HOOKS.values():
        assert set(one) <= {"id", "name", "description", "entry", "language", "files", "pass_filenames"}
        assert one["language"] == "python" and one["entry"].startswith("auzolan ")
        re.compile(one["files"])
    page = (ROOT / "docs" / "check.md").read_text("utf-8")
    assert all(f"id: {name}\n" in page for name in HOOKS)


def test_check_stops_what_the_commit_brings_and_nothing_else(site: Path) -> None:
    assert hook("auzolan-check", site, "README.md") == (0, "")
    write(site, {"directory/tools/new.yaml": f"name: New\nsummary: It is new.\n{SOURCE}"})
    assert hook("auzolan-check", site, "directory/tools/new.yaml")[0] == 0
    write(site, {"directory/tools/new.yaml": f"name: New\nsummary: It is new.\nstarted: never\n{SOURCE}"})
    status, told = hook("auzolan-check", site, "directory/tools/new.yaml")
    assert status == 1 and "T003" in told and "old.yaml" not in told


def test_check_works_before_the_first_commit(tmp_path: Path) -> None:
    git(write(tmp_path, SITE), "init", "-q")
    status, told = hook("auzolan-check", tmp_path, "pelicanconf.py")
    assert status == 1 and "T001" in told


def test_fix_and_fmt_touch_only_what_is_about_to_be_committed(site: Path) -> None:
    mixed = f"summary: It is new.  \nstatus: Actiu\nname: New\n{SOURCE}"
    write(site, {"directory/tools/new.yaml": mixed})
    hook("auzolan-fix", site, "directory/tools/new.yaml")
    hook("auzolan-fmt", site, "directory/tools/new.yaml", "directory/kinds/tool.yaml", "content/images/a.png")
    assert (site / "directory/tools/new.yaml").read_text() == (
        f"name: New\nsummary: It is new.\nstatus: active\n{SOURCE}"
    )
    assert (site / "directory/tools/old.yaml").read_text() == SITE["directory/tools/old.yaml"]
