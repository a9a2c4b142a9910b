"""Whole sites by the real commands: everything that is wrong is told and nothing is written; the smallest one builds.

`AUZOLAN_UPDATE=1` writes what is told now into sites/broken/expected.txt.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from auzolan.model.rules import RULES

HERE = Path(__file__).parent
EXPECTED = HERE / "sites" / "broken" / "expected.txt"
NOT_IN_A_SITE = {
    "W006": "201 files show nothing; tests/check/test_comments.py",
    "F007": "root reads every file",
    **{code: "tables, mails, days and the web are no files of a site" for code in RULES if code[0] in "BNOU"},
}
"""Rules that no folder of files can show everywhere, and why."""
ELSEWHERE = {
    "S001": "pelicanconf.py", "S002": "pelicanconf.py", "S003": "pelicanconf.py", "S005": ".",
    "F005": "directory/tools/index.yaml", "F006": "directory/f006",
}  # fmt: skip
"""Rules whose place cannot bear their code as its name."""


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The `auzolan` command in the folder `root`."""
    environment = {
        **os.environ, "PYTHONPATH": str(HERE.parent / "plugins"), "SOURCE_DATE_EPOCH": "1795132800", "PYTHONUTF8": "1",
        "GIT_CEILING_DIRECTORIES": str(root.parent), "COLUMNS": "80",
    }  # fmt: skip
    return subprocess.run([sys.executable, "-m", "auzolan", *arguments], cwd=root, env=environment, capture_output=True,
                          encoding="utf-8", check=False)  # fmt: skip


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The broken site in a folder of its own, with the three things that a repository should not hold."""
    root = tmp_path_factory.mktemp("site") / "broken"
    shutil.copytree(HERE / "sites" / "broken", root, ignore=shutil.ignore_patterns("expected.txt"))
    (root / "directory/tools/y006.yaml").write_text("name: Y006\n" + "# words\n" * 20_000)
    (root / "directory/tools/f003.yaml").symlink_to("good.yaml")
    shutil.copy(root / "content/images/f004.jpg", root / "content/images/F004.jpg")
    return root


@pytest.fixture(scope="module")
def told(broken: Path) -> subprocess.CompletedProcess[str]:
    return run(broken, "check")


def codes_by_place(text: str) -> dict[str, set[str]]:
    found = defaultdict(set)
    for place, code in re.findall(
        r"^([^\s:][^:\n]*?)(?::\d+:\d+)?: (?:error|warning|note) ([A-Z]\d{3}):", text, re.MULTILINE
    ):
        found[place].add(code)
    return found


def test_the_report_is_what_it_was(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 1, told.stderr
    if os.environ.get("AUZOLAN_UPDATE"):
        EXPECTED.write_text(told.stdout, "utf-8")
    assert told.stdout == EXPECTED.read_text("utf-8")


def test_check_tells_and_fails(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 1
    assert "Traceback" not in told.stdout + told.stderr
    assert re.search(r"\d+ errors, \d+ warnings", told.stderr)


def test_every_rule_is_shown_by_a_file_of_its_name(told: subprocess.CompletedProcess[str]) -> None:
    found = codes_by_place(told.stdout)
    for code in RULES.keys() - NOT_IN_A_SITE.keys():
        places = [ELSEWHERE[code]] if code in ELSEWHERE else [place for place in found if code.lower() in place.lower()]
        assert any(code in found[place] for place in places), code


def test_what_is_told_can_be_carried_by_any_terminal(told: subprocess.CompletedProcess[str]) -> None:
    assert all(line.isprintable() for line in told.stdout.split("\n"))


def test_build_writes_nothing_and_tells_all(broken: Path, told: subprocess.CompletedProcess[str]) -> None:
    before = {path for path in broken.rglob("*") if "__pycache__" not in path.parts}
    built = run(broken, "build")
    assert built.returncode == 1
    assert "Traceback" not in built.stdout + built.stderr
    assert "nothing was written" in built.stderr
    assert codes_by_place(built.stderr) == codes_by_place(told.stdout)
    after = {path for path in broken.rglob("*") if "__pycache__" not in path.parts}
    assert not (broken / "output").exists() and after == before


def test_a_site_that_was_built_stays_as_it_was_when_it_breaks(tmp_path: Path) -> None:
    root = tmp_path / "minimal"
    shutil.copytree(HERE / "sites" / "minimal", root)
    assert run(root, "build").returncode == 0
    before = tree(root / "output")
    (root / "directory/cooperatives/bad.yaml").write_text("name: [\n")
    assert run(root, "build").returncode == 1
    assert tree(root / "output") == before


def tree(folder: Path) -> dict[str, tuple[str, int]]:
    """Every file of a folder: path → hash and time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def test_the_smallest_site_builds(tmp_path: Path) -> None:
    root = tmp_path / "minimal"
    shutil.copytree(HERE / "sites" / "minimal", root)
    built = run(root, "build")
    assert built.returncode == 0, built.stderr
    assert "Traceback" not in built.stderr
    output = root / "output"
    assert "They grow vegetables together." in (output / "cooperatives/growers.html").read_text("utf-8")
    assert (output / "index.html").is_file() and (output / "pages/about.html").is_file()
    sums = dict(reversed(line.split("  ", 1)) for line in (output / "SHA256SUMS").read_text("utf-8").splitlines())
    made = {path: digest for path, (digest, _) in tree(output).items() if path != "SHA256SUMS"}
    assert sums == made
    before = tree(output)
    again = run(root, "build")
    assert again.returncode == 0 and "nothing changed" in again.stderr
    assert tree(output) == before
