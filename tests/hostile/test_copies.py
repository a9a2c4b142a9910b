"""Copies made by an enemy come in; a sentence goes out, and nothing is left behind."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.running import auzolan

GOOD = {"pelicanconf.py": "x = 1\n", "directory/a.yaml": "a: b\n"}


def copy(path: Path, more: dict[str, str], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, text in [*GOOD.items(), *more.items()]:
            archive.writestr(name, text)
    return path


def nameless() -> bytes:
    """A zip of a source in which one file has no name at all, and one has none before its first NUL."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in {**GOOD, "QQQQ": "x"}.items():
            archive.writestr(name, text)
        none = zipfile.ZipInfo("none")
        none.filename = ""
        with archive.open(none, "w") as file:
            file.write(b"x")
    return packed.getvalue().replace(b"QQQQ", b"\0QQQ")


def refused(path: Path) -> str:
    done = auzolan("init", "new", "--from", str(path), cwd=path.parent)
    assert done.returncode == 2, done.stderr
    assert "\x1b" not in done.stderr
    assert [one for one in path.parent.rglob("*") if one != path] == []
    return done.stderr


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "a/../b", ".GIT/config", "a/.git/hooks/x", ".github/workflows/x.yml", "./pelicanconf.py", "git~1/x",
     "directory/a.yaml/b", "directory/A.YAML", "directory/x. ", "directory/" + "d/" * 200 + "x", "directory/\x1b[31mx",
     "directory//x", "c:x", "a\\..\\..\\b"],
)  # fmt: skip
def test_names_that_lead_elsewhere_or_meet(tmp_path: Path, name: str) -> None:
    refused(copy(tmp_path / "copy.zip", {name: "x"}))


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_damaged_bytes(tmp_path: Path, compression: int) -> None:
    path = copy(tmp_path / "copy.zip", {"directory/big": "y" * 100_000}, compression)
    data = bytearray(path.read_bytes())
    start = data.find(b"directory/big") + 25
    data[start : start + 12] = bytes(12)
    path.write_bytes(data)
    assert "cannot be read" in refused(path)


def test_a_name_in_no_encoding(tmp_path: Path) -> None:
    path = copy(tmp_path / "copy.zip", {"directory/é": "x"})
    path.write_bytes(path.read_bytes().replace("é".encode(), b"\xff\xfe"))
    refused(path)


def test_a_file_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "copy.zip"
    path.write_bytes(nameless())
    assert "holds ``, which may not be unpacked" in refused(path)


def test_a_file_that_swells(tmp_path: Path) -> None:
    assert "too large" in refused(copy(tmp_path / "copy.zip", {"directory/big": "\0" * 60_000_000}))
