"""The files that people write: which they are, and that each is put back whole, where it was, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from tests.helpers import declarations
from tests.helpers import settings as site_settings
from tests.intake.files import TOOL, file_of
from tests.load.sites import site

from auzolan.intake import written
from auzolan.intake.written import Unwritable, among, put_back, written_files
from auzolan.model.errors import AuzolanError

FILES: dict[str, str | bytes] = {
    TOOL: "name: Oven\n", "directory/tools/x.yml": "no", "directory/kinds/k.yaml": "no", "directory/nothing/y.yaml": "no",
    "content/articles/deep/a.md": "no", "content/pages/b.ca.md": "no", "content/images/c.png": b"no",
    "pelicanconf.py": "no", ".git/d.yaml": "no",
}  # fmt: skip


def test_entries_articles_and_pages_and_nothing_else(tmp_path: Path) -> None:
    root = site(tmp_path, FILES)
    (root / "directory/tools/link.yaml").symlink_to(root / TOOL)
    (root / "content/articles/link.md").symlink_to("/etc/passwd")
    found = {one.where: one.is_article for one in written_files(site_settings(root), declarations())}
    assert found == {TOOL: False, "content/articles/deep/a.md": True, "content/pages/b.ca.md": True}


def test_files_and_folders_are_chosen_each_once(tmp_path: Path) -> None:
    found = written_files(site_settings(site(tmp_path, FILES)), declarations())
    assert [one.where for one in among(found, [tmp_path / TOOL, tmp_path / "directory"])] == [TOOL]
    assert len(among(found, [tmp_path])) == 3
    with pytest.raises(AuzolanError, match="no entry or article"):
        among(found, [tmp_path / "pelicanconf.py"])


def test_a_file_is_put_back_with_the_rights_it_had(tmp_path: Path) -> None:
    root = site(tmp_path, FILES)
    (root / TOOL).chmod(0o640)
    put_back(file_of(TOOL, root), root, b"name: Oven\n", b"name: Stove\n")
    assert (root / TOOL).read_bytes() == b"name: Stove\n"
    assert stat.S_IMODE((root / TOOL).stat().st_mode) == 0o640
    assert [path.name for path in (root / TOOL).parent.iterdir() if path.name.startswith(".")] == []


def test_never_through_a_link_and_never_outside(tmp_path: Path) -> None:
    root, outside = site(tmp_path / "site", FILES), tmp_path / "outside.yaml"
    outside.write_bytes(b"theirs\n")
    (root / "directory/tools/link.yaml").symlink_to(outside)
    (root / "directory/plans").symlink_to(tmp_path)
    for where in ("directory/tools/link.yaml", "directory/plans/outside.yaml", "../outside.yaml"):
        file = written.WrittenFile(root / where, where, {}, False)
        with pytest.raises(Unwritable, match="leads out of the commons"):
            put_back(file, root, b"theirs\n", b"ours\n")
    assert outside.read_bytes() == b"theirs\n"


def test_what_somebody_else_just_wrote_is_kept(tmp_path: Path) -> None:
    root = site(tmp_path, FILES)
    with pytest.raises(Unwritable, match="by somebody else"):
        put_back(file_of(TOOL, root), root, b"name: Older\n", b"name: Stove\n")
    assert (root / TOOL).read_bytes() == b"name: Oven\n"


@pytest.mark.parametrize("step", ["fsync", "mkstemp"])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    root = site(tmp_path, FILES)

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else written.tempfile, step, full)
    with pytest.raises(Unwritable, match="No space left on device"):
        put_back(file_of(TOOL, root), root, b"name: Oven\n", b"name: Stove\n")
    assert sorted(path.name for path in (root / TOOL).parent.iterdir()) == ["oven.yaml", "x.yml"]
    assert (root / TOOL).read_bytes() == b"name: Oven\n"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    root = site(tmp_path, FILES)
    (root / TOOL).unlink()
    with pytest.raises(Unwritable, match="cannot be read"):
        put_back(file_of(TOOL, root), root, b"", b"x")
