"""A packed site holds what it was given, the same bytes each time, and is either whole or not there."""

from __future__ import annotations

import datetime
import stat
import zipfile
from pathlib import Path

import pytest

from auzolan.write.archive import Packed
from auzolan.write.made import UnwritableOutput

DAY = datetime.date(2026, 11, 20)
FILES = {
    "404.html": b"<p>not here</p>" * 9, "data/source.zip": b"PK" * 50, "index.html": b"<p>here</p>" * 9,
    "static/mark.png": b"png" * 50, "tools/x.js": b"x();" * 50,
}  # fmt: skip


def pack(output: Path, files: dict[str, bytes] = FILES) -> bool:
    with Packed(output, DAY) as packed:
        for path, data in files.items():
            packed.add(path, data)
    return packed.changed


def test_it_holds_what_it_was_given(tmp_path: Path) -> None:
    assert pack(tmp_path / "new" / "site.zip")
    with zipfile.ZipFile(tmp_path / "new" / "site.zip") as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == FILES
        stored = [info.filename for info in opened.infolist() if info.compress_type == zipfile.ZIP_STORED]
        assert stored == ["data/source.zip", "static/mark.png"]
        assert {info.date_time[:3] for info in opened.infolist()} == {(2026, 11, 20)}
        assert {info.external_attr >> 16 for info in opened.infolist()} == {stat.S_IFREG | 0o644}
    assert stat.S_IMODE((tmp_path / "new" / "site.zip").stat().st_mode) == 0o644


def test_the_same_site_is_not_written_again(tmp_path: Path) -> None:
    pack(tmp_path / "site.zip")
    before = (tmp_path / "site.zip").stat()
    assert not pack(tmp_path / "site.zip")
    assert (tmp_path / "site.zip").stat().st_ino == before.st_ino
    assert pack(tmp_path / "site.zip", FILES | {"z": b""})
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_what_fails_leaves_the_old_one(tmp_path: Path) -> None:
    pack(tmp_path / "site.zip")
    before = (tmp_path / "site.zip").read_bytes()
    with pytest.raises(RuntimeError), Packed(tmp_path / "site.zip", DAY) as packed:
        packed.add("index.html", b"half")
        raise RuntimeError
    assert (tmp_path / "site.zip").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site.zip"]


def test_a_link_in_its_place_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "site.zip").symlink_to(tmp_path / "mine.txt")
    assert pack(tmp_path / "site.zip")
    assert (tmp_path / "mine.txt").read_text() == "mine" and zipfile.is_zipfile(tmp_path / "site.zip")


@pytest.mark.parametrize("paths", [["../a"], ["/a"], ["a\\b"], ["b", "a"], ["a", "a"]])
def test_paths_that_leave_the_site_or_their_order(tmp_path: Path, paths: list[str]) -> None:
    with pytest.raises(UnwritableOutput), Packed(tmp_path / "site.zip", DAY) as packed:
        for path in paths:
            packed.add(path, b"")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.zip").mkdir()
    for output in (tmp_path / "file" / "site.zip", tmp_path / "folder.zip"):
        with pytest.raises(UnwritableOutput, match="cannot be written"):
            pack(output)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.zip"]


def test_sixty_six_thousand_files(tmp_path: Path) -> None:
    files = {f"{number:05d}.txt": b"" for number in range(66_000)}
    pack(tmp_path / "site.zip", files)
    with zipfile.ZipFile(tmp_path / "site.zip") as opened:
        assert len(opened.namelist()) == 66_000
