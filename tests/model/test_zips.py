"""What `model/zips.py` makes is read by the standard library and by unzip: any data, many members, 64 bits."""

from __future__ import annotations

import datetime
import io
import shutil
import stat
import subprocess
import zipfile
import zlib
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.model.zips import DEFLATED, STORED, directory, header, is_inside, member

DAY = datetime.date(2026, 11, 20)
GB = 1 << 30


def archive(files: Mapping[str, bytes], deflate: bool = True) -> bytes:
    members = [member(name, data, DAY, deflate) for name, data in files.items()]
    return closed(b"".join(members), [0, *accumulate(map(len, members))][: len(members)])


def closed(data: bytes, offsets: list[int]) -> bytes:
    return data + b"".join(directory(lambda offset, size: data[offset : offset + size], offsets, len(data)))


@given(st.dictionaries(st.text("aé漢", min_size=1, max_size=9), st.binary(max_size=9000), max_size=5), st.booleans())
def test_any_data_comes_back(files: dict[str, bytes], deflate: bool) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(files, deflate))) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == files


@pytest.mark.parametrize("size", [0, 1, 249, 250, 251, 5000, 32767, 32768, 33000, 200_000])
def test_any_size_is_deflated_whole_and_well(size: int) -> None:
    data = (b"to grow, to share and to tell; " * (size // 31 + 1))[:size]
    with zipfile.ZipFile(io.BytesIO(archive({"a.txt": data}))) as opened:
        assert opened.read("a.txt") == data
        packed = opened.getinfo("a.txt").compress_size
        assert packed <= len(zlib.compress(data, 6, -15)) + 8 or packed == size


def test_members_are_what_zipfile_would_write() -> None:
    buffer = io.BytesIO()
    data = b"words, words, words, words"
    with zipfile.ZipFile(buffer, "w") as opened:
        for name in ("a.txt", "é.txt"):
            info = zipfile.ZipInfo(name, (2026, 11, 20, 0, 0, 0))
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            opened.writestr(info, data)
    assert archive({"a.txt": data, "é.txt": data}, deflate=False) == buffer.getvalue()


def test_what_does_not_become_smaller_is_stored() -> None:
    data = bytes(range(256))
    with zipfile.ZipFile(io.BytesIO(archive({"a": data, "b": data * 9}))) as opened:
        assert [info.compress_type for info in opened.infolist()] == [STORED, DEFLATED]


@pytest.mark.parametrize(
    ("day", "told"),
    [(DAY, (2026, 11, 20)), (None, (1980, 1, 1)), (datetime.date(1969, 1, 1), (1980, 1, 1)),
     (datetime.date(2107, 12, 31), (2107, 12, 31)), (datetime.date(2108, 1, 1), (1980, 1, 1))],
)  # fmt: skip
def test_days_that_a_zip_knows(day: datetime.date | None, told: tuple[int, int, int]) -> None:
    with zipfile.ZipFile(io.BytesIO(closed(member("a", b"x", day), [0]))) as opened:
        assert opened.getinfo("a").date_time[:3] == told


@pytest.mark.parametrize("count", [65_534, 65_535, 65_536, 70_000])
def test_more_members_than_sixteen_bits_count(count: int, tmp_path: Path) -> None:
    one = header("", None, STORED, 0, 0, 0)
    names = [f"{number:05d}" for number in range(count)]
    size = len(one) + 5
    data = b"".join(member(name, b"", None) for name in names)
    made = closed(data, [number * size for number in range(count)])
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.namelist() == names
    assert (b"PK\x06\x06" in made) == (count >= 65_535)
    if shutil.which("unzip"):
        (tmp_path / "many.zip").write_bytes(made)
        subprocess.run(["unzip", "-tq", tmp_path / "many.zip"], check=True, capture_output=True)


def test_offsets_sizes_and_places_beyond_four_gigabytes(tmp_path: Path) -> None:
    """A sparse file: a small member far behind, and the header of one of 5 GB before it."""
    huge = header("huge", DAY, STORED, 0, 5 * GB, 5 * GB)
    far = len(huge) + 5 * GB
    path = tmp_path / "large.zip"
    with path.open("w+b") as file:

        def read(offset: int, size: int) -> bytes:
            file.seek(offset)
            return file.read(size)

        file.write(huge)
        file.seek(far)
        file.write(member("far", b"found", DAY))
        start = file.tell()
        end = b"".join(directory(read, [0, far], start))
        file.seek(start)
        file.write(end)
    with zipfile.ZipFile(path) as opened:
        first, second = opened.infolist()
        assert (first.file_size, first.compress_size, first.header_offset) == (5 * GB, 5 * GB, 0)
        assert (second.file_size, second.header_offset) == (5, far)
        assert opened.read("far") == b"found"
        with opened.open("huge") as zeros:
            assert zeros.read(9) == bytes(9)
    if shutil.which("zipinfo"):
        told = subprocess.run(["zipinfo", "-l", path], check=True, capture_output=True, text=True).stdout
        assert str(5 * GB) in told and "far" in told


@pytest.mark.parametrize("name", ["", "/a", "a/", "../a", "a/../b", "./a", "a//b", "a\\b", "c:a", "a\0b"])
def test_names_that_lead_elsewhere(name: str) -> None:
    assert not is_inside(name)
    assert is_inside("a/b.c") and is_inside("...")
