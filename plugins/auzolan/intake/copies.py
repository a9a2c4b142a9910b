"""A copy of a commons (its source.zip, or a folder that holds one) comes in; the files to grow on from go out.

A copy comes from anywhere: every name in it is checked before a byte is taken.
"""

from __future__ import annotations

import lzma
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File
from auzolan.model.zips import is_folder

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
_HIDDEN = re.compile(r"(?:\A|/)(?:\.|__MACOSX/)")
"""What systems put beside files of people."""
PLACES = ("data/source.zip", "source.zip")


class UnusableCopy(AuzolanError):
    """There is no source in the copy, or it cannot be trusted to unpack."""


def source_of(copy: Path) -> Iterator[File]:
    """The files of the copy's source, in the order of their names. Raises UnusableCopy."""
    archive = _archive(copy)
    return packed_files(archive, archive.name, Most(MAX_FILES, MAX_BYTES, MAX_FILE), is_source=True)


class Most(NamedTuple):
    """What an archive may hold at most: files, bytes in all of them, bytes in one."""

    files: int
    bytes: int
    file: int


def packed_files(archive: Path | IO[bytes], name: str, most: Most, *, is_source: bool = False) -> Iterator[File]:
    """The files in an archive that is called `name`, in the order of their names. Raises UnusableCopy. The source of a commons holds
    nothing hidden, and certain files; in any other archive what is hidden is passed over."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not is_folder(member.filename)]
            if not is_source:
                members = [member for member in members if not _HIDDEN.search(member.filename)]
            _refuse(members, name, most)
            if is_source:
                _refuse_others(members, name)
            members.sort(key=lambda one: one.filename)
            # Everything is read before anything is given, so that a damaged copy leaves nothing half begun; and read
            # twice, since all of it together may not fit into memory.
            for member in members:
                _data(opened, member, name)
            for member in members:
                yield File(member.filename, _data(opened, member, name))
    except _DAMAGED as problem:
        raise UnusableCopy(f"{name} cannot be read: {problem}", "fetch it again, or from another copy") from problem


def _data(opened: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    with opened.open(member) as file:
        data = file.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise UnusableCopy(f"{name} lies about the size of `{member.filename}`")
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


def _refuse(members: list[zipfile.ZipInfo], archive: str, most: Most) -> None:
    sizes = [member.file_size for member in members]
    if len(members) > most.files or sum(sizes) > most.bytes or max(sizes, default=0) > most.file:
        raise UnusableCopy(f"{archive} is too large to be what it should be")
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
            raise UnusableCopy(f"{archive} holds `{name.encode('unicode_escape').decode()}`, which may not be unpacked")
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise UnusableCopy(f"{archive} holds `{name}` twice")
        seen.add(folded)
    for folder in {str(parent) for name in seen for parent in PurePosixPath(name).parents}:
        if folder in seen:
            raise UnusableCopy(f"{archive} holds `{folder}` as a file and as a folder")


def _refuse_others(members: list[zipfile.ZipInfo], archive: str) -> None:
    names = [member.filename for member in members]
    if "pelicanconf.py" not in names or not any(name.startswith("directory/") for name in names):
        raise UnusableCopy(f"{archive} is not the source of a commons", "it should hold pelicanconf.py and directory/")
