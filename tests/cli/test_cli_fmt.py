"""`auzolan fmt`: which files it writes, what it shows instead when asked, and its exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.test_cli_check import CLEAN
from tests.running import auzolan, tree, write

MIXED = CLEAN | {
    "directory/tools/stove.yaml": "summary: Hot.\n# its name\nname: Stove\nrecord: {sources: {s: {title: Seen}}}\n",
    "content/articles/one.md": "---\nsummary: S.\ntitle: One\ndate: 2026-01-01\n---\nWords.\n",
}
STOVE = "# its name\nname: Stove\nsummary: Hot.\nrecord: {sources: {s: {title: Seen}}}\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, MIXED)


def test_files_are_formatted_and_named(site: Path) -> None:
    done = auzolan("fmt", cwd=site)
    assert (done.returncode, done.stdout) == (0, "directory/tools/stove.yaml\ncontent/articles/one.md\n")
    assert done.stderr == "2 files formatted, 1 as they were\n"
    assert (site / "directory/tools/stove.yaml").read_text() == STOVE
    before = tree(site)
    again = auzolan("fmt", cwd=site)
    assert (again.returncode, again.stdout) == (0, "") and tree(site) == before
    assert auzolan("fmt", "--check", cwd=site).returncode == 0


def test_check_and_diff_write_nothing(site: Path) -> None:
    before = tree(site)
    done = auzolan("fmt", "--check", cwd=site)
    assert done.returncode == 1 and done.stderr == "2 files would change, 1 as they were\n"
    assert done.stdout.splitlines() == ["directory/tools/stove.yaml", "content/articles/one.md"]
    done = auzolan("fmt", "--diff", "directory/tools/stove.yaml", cwd=site)
    assert done.returncode == 1 and tree(site) == before
    assert done.stdout == (
        "--- a/directory/tools/stove.yaml\n+++ b/directory/tools/stove.yaml\n@@ -1,4 +1,4 @@\n"
        "-summary: Hot.\n # its name\n name: Stove\n+summary: Hot.\n record: {sources: {s: {title: Seen}}}\n"
    )


def test_only_the_files_that_are_named(site: Path) -> None:
    done = auzolan("fmt", "content", "directory/tools/oven.yaml", cwd=site)
    assert (done.returncode, done.stdout) == (0, "content/articles/one.md\n")
    assert (site / "directory/tools/stove.yaml").read_text() == MIXED["directory/tools/stove.yaml"]
    for name in ("pelicanconf.py", "directory/tools/none.yaml"):
        done = auzolan("fmt", name, cwd=site)
        assert done.returncode == 2 and "no entry or article" in done.stderr


def test_what_is_left_is_told(site: Path) -> None:
    write(site, {
        "directory/tools/bad.yaml": "summary: [\n",
        "directory/tools/braces.yaml": "name: B\nrecord: {sources: {s: {url: https://b.coop,\n  title: B}}}\n",
    })  # fmt: skip
    done = auzolan("fmt", cwd=site)
    assert done.returncode == 1 and (site / "directory/tools/stove.yaml").read_text() == STOVE
    assert "directory/tools/braces.yaml:2: what is written here keeps its order" in done.stderr
    assert "directory/tools/bad.yaml:2:1: error Y001" in done.stderr
    assert done.stderr.endswith("2 files formatted, 3 as they were, 1 error in files that were left\n")


def test_of_many_places_that_are_left_a_few_are_told(site: Path) -> None:
    items = "  - {to: tool/oven,\n     type: based-on}\n" * 9
    write(site, {"directory/tools/braces.yaml": f"name: B\nrelations:\n{items}"})
    done = auzolan("fmt", "directory/tools/braces.yaml", cwd=site)
    assert done.stderr.count("keeps its order") == 5 and "braces.yaml: and 4 such places more" in done.stderr


def test_where_kinds_are_wrong_nothing_is_formatted(site: Path) -> None:
    write(site, {"directory/kinds/tool.yaml": "extends: shipped\ncolour: red\n"})
    done = auzolan("fmt", cwd=site)
    assert done.returncode == 1 and "K001" in done.stderr and "nothing was formatted" in done.stderr
    assert (site / "directory/tools/stove.yaml").read_text() == MIXED["directory/tools/stove.yaml"]


def test_what_auzolan_writes_itself_is_formatted(tmp_path: Path) -> None:
    assert auzolan("init", "new", "--languages", "fr", "--region", "SN", cwd=tmp_path).returncode == 0
    root = tmp_path / "new"
    done = auzolan(
        "new", "cooperative", "--name", "Boulangerie", "--set", "summary=" + "Du bon pain. " * 15, "--yes", cwd=root
    )
    assert done.returncode == 0, done.stderr
    done = auzolan("fmt", "--check", cwd=root)
    assert (done.returncode, done.stdout) == (0, "")
