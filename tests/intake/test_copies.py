"""A copy comes from anywhere: what its zip claims is looked at before a byte is taken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from auzolan.intake import copies
from auzolan.intake.copies import UnusableCopy, source_of

GOOD = {"pelicanconf.py": b"SITENAME = 'x'\n", "directory/tools/oven.yaml": b"name: Oven\n"}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_its_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    files = list(source_of(zipped(tmp_path / "copy.zip", dict(reversed(GOOD.items())))))
    assert [(file.path, file.data) for file in files] == sorted((name, data) for name, data in GOOD.items())


@pytest.mark.parametrize("place", ["source.zip", "data/source.zip"])
def test_a_folder_of_a_copy_will_do(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    zipped(tmp_path / place, GOOD)
    assert len(list(source_of(tmp_path))) == 2


def test_a_folder_without_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableCopy, match=r"holds no data/source\.zip"):
        list(source_of(tmp_path))


def test_too_many_bytes_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MAX_BYTES", 10_000)
    copy = zipped(tmp_path / "copy.zip", GOOD | {"content/zeros": b"\0" * 20_000})
    assert copy.stat().st_size < 1_000
    with pytest.raises(UnusableCopy, match="too large"):
        list(source_of(copy))


def test_too_many_files_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MAX_FILES", 10)
    with pytest.raises(UnusableCopy, match="too large"):
        list(source_of(zipped(tmp_path / "copy.zip", GOOD | {f"content/{n}": b"" for n in range(10)})))


def test_a_zip_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    copy = zipped(tmp_path / "copy.zip", GOOD | {"content/zeros": b"\0" * 50_000})
    data = bytearray(copy.read_bytes())
    told = (50_000).to_bytes(4, "little")
    assert data.count(told) == 2
    copy.write_bytes(bytes(data).replace(told, (7).to_bytes(4, "little")))
    with pytest.raises(UnusableCopy):
        list(source_of(copy))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    copy = zipped(tmp_path / "copy.zip", GOOD | {"content/text": b"word " * 5_000})
    data = bytearray(copy.read_bytes())
    at = data.index(b"content/text") + 20
    data[at : at + 10] = b"\xff" * 10
    copy.write_bytes(bytes(data))
    with pytest.raises(UnusableCopy):
        list(source_of(copy))


def test_a_file_behind_a_password_is_refused(tmp_path: Path) -> None:
    copy = zipped(tmp_path / "copy.zip", GOOD)
    data = bytearray(copy.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at != -1:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    copy.write_bytes(bytes(data))
    with pytest.raises(UnusableCopy):
        list(source_of(copy))


@pytest.mark.parametrize("names", [("content/a.md", "content/A.md"), ("directory/x", "DIRECTORY/X")])
def test_names_that_are_one_file_on_some_computers_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(UnusableCopy, match="twice"):
        list(source_of(zipped(tmp_path / "copy.zip", GOOD | dict.fromkeys(names, b""))))
