"""A copy is one file, always of the same bytes, and what it takes on a stick is counted."""

from __future__ import annotations

import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from tests.mirror.signing import PAGES, Copy, edition, trust

from auzolan.mirror.names import files_of
from auzolan.mirror.packing import CLUSTER, edition_in, folders_of, on_stick, pack, statements_in, whole
from auzolan.mirror.refused import Refused
from auzolan.model.errors import AuzolanError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Copy().list_(trust("anna"), "anna").edition(edition(), "anna").write(tmp_path / "copy")


def paths(copy: Path) -> list[str]:
    return [*files_of((copy / "SHA256SUMS").read_bytes(), edition_in(copy)), *statements_in(copy)]


def packed(copy: Path, archive: Path) -> bytes:
    pack(copy, paths(copy), edition_in(copy), archive, lambda done: None)
    return archive.read_bytes()


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_it_has_the_whole_copy_and_the_same_bytes_each_time(copy: Path, tmp_path: Path, ending: str) -> None:
    first = packed(copy, tmp_path / f"one.{ending}")
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    assert packed(copy, tmp_path / f"another.{ending}") == first
    place = tmp_path / "unpacked"
    if ending == "zip":
        with zipfile.ZipFile(tmp_path / "one.zip") as opened:
            opened.extractall(place)
    else:
        with tarfile.open(tmp_path / "one.tar.gz") as opened_:
            assert {(one.mtime, one.uid, one.uname, one.mode) for one in opened_} == {
                (int(edition().date.timestamp()), 0, "", 0o644)
            }
            opened_.extractall(place, filter="data")
    found = {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
    assert found == {path.relative_to(copy).as_posix(): path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    assert found.keys() >= {*PAGES, "SHA256SUMS", "edition.json", "edition.json.anna.sig", "trust/1.json"}


def test_nothing_damaged_is_handed_on(copy: Path) -> None:
    files = files_of((copy / "SHA256SUMS").read_bytes(), edition_in(copy))
    whole(copy, files, lambda done: None)
    (copy / "index.html").write_bytes(b"other")
    with pytest.raises(Refused, match="index.html"):  # noqa: RUF043
        whole(copy, files, lambda done: None)


@pytest.mark.parametrize("ending", ["zip", "tar.gz"])
def test_an_archive_is_written_whole_or_not_at_all(copy: Path, tmp_path: Path, ending: str) -> None:
    archive = tmp_path / f"one.{ending}"
    archive.write_bytes(b"old")
    with pytest.raises(AuzolanError, match="is gone"):
        pack(copy, [*paths(copy), "zzz.html"], edition_in(copy), archive, lambda done: None)
    assert archive.read_bytes() == b"old" and sorted(path.name for path in tmp_path.iterdir()) == ["copy", archive.name]
    with pytest.raises(AuzolanError, match="cannot be written"):
        pack(copy, paths(copy), edition_in(copy), Path(f"/proc/no/one.{ending}"), lambda done: None)


def test_other_endings_and_folders_without_an_edition_are_refused(copy: Path, tmp_path: Path) -> None:
    with pytest.raises(AuzolanError, match="neither a zip nor"):
        pack(copy, paths(copy), edition_in(copy), tmp_path / "one.rar", lambda done: None)
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(AuzolanError, match="holds no edition"):
            edition_in(folder)


def test_small_files_take_whole_clusters() -> None:
    assert on_stick([], 0) == 0 and on_stick([0], 1) == CLUSTER
    assert on_stick([1, CLUSTER, CLUSTER + 1], 2) == CLUSTER * (1 + 1 + 2 + 2)
    assert folders_of(["index.html", "a/b.html", "a/c/d.html", "a/c/e.html"]) == 3
