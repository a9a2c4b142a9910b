"""A copy of a commons (its source.zip, or a folder that holds one) comes in; the files to grow on from go out.

A copy comes from anywhere: every name in it is checked before a byte is taken.
"""

from __future__ import annotations

import lzma
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File

MAX_FILES = 200_000
MAX_BYTES = 1_000_000_000
MAX_FILE = 50_000_000
MAX_NAME = 200
"""Bytes of a name, folders included."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)
PLACES = ("data/source.zip", "source.zip")


class UnusableCopy(AuzolanError):
    """There is no source in the copy, or it cannot be trusted to unpack."""


def source_of(copy: Path) -> Iterator[File]:
    """The files of the copy's source, in the order of their names. Raises UnusableCopy."""
    archive = _archive(copy)
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            _refuse(members, archive)
            members.sort(key=lambda one: one.filename)
            # Everything is read before anything is given, so that a damaged copy leaves nothing half begun; and read
            # twice, since all of it together may not fit into memory.
            for member in members:
                _data(opened, member, archive)
            for member in members:
                yield File(member.filename, _data(opened, member, archive))
    except _DAMAGED as problem:
        raise UnusableCopy(f"{archive} cannot be read: {problem}", "fetch it again, or from another copy") from problem


def _data(opened: zipfile.ZipFile, member: zipfile.ZipInfo, archive: Path) -> bytes:
    with opened.open(member) as file:
        data = file.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise UnusableCopy(f"{archive.name} lies about the size of `{member.filename}`")
    return data


def _archive(copy: Path) -> Path:
    if copy.is_file():
        return copy
    for place in PLACES:
        if (copy / place).is_file():
            return copy / place
    if not copy.exists():
        raise UnusableCopy(f"there is no {copy}", "name a source.zip, or the folder of a copy")
    raise UnusableCopy(f"{copy} holds no {PLACES[0]}", "name the folder in which the copy's index.html lies")


def _refuse(members: list[zipfile.ZipInfo], archive: Path) -> None:
    sizes = [member.file_size for member in members]
    if len(members) > MAX_FILES or sum(sizes) > MAX_BYTES or max(sizes, default=0) > MAX_FILE:
        raise UnusableCopy(f"{archive.name} is too large to be the source of a commons")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = name.split("/")
        mode = member.external_attr >> 16
        if (
            # A source holds no hidden file; `.git` and its like would act by themselves, however they are written.
            any(not part or part.startswith(".") or part.endswith((" ", ".")) for part in parts)
            or not name.isprintable() or any(sign in name for sign in "\\:~") or len(name.encode()) > MAX_NAME
            or (mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode))
        ):  # fmt: skip
            raise UnusableCopy(
                f"{archive.name} holds `{name.encode('unicode_escape').decode()}`, which may not be unpacked"
            )
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise UnusableCopy(f"{archive.name} holds `{name}` twice")
        seen.add(folded)
    for folder in {str(parent) for name in seen for parent in PurePosixPath(name).parents}:
        if folder in seen:
            raise UnusableCopy(f"{archive.name} holds `{folder}` as a file and as a folder")
    if "pelicanconf.py" not in seen or not any(name.startswith("directory/") for name in seen):
        raise UnusableCopy(
            f"{archive.name} is not the source of a commons", "it should hold pelicanconf.py and directory/"
        )
