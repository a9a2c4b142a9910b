"""A copy of a commons (its source.zip, or a folder that holds one) comes in; the files to grow on from go out.

A copy comes from anywhere: every name in it is checked before a byte is taken.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File

MAX_FILES = 200_000
MAX_BYTES = 1_000_000_000
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
            for member in sorted(members, key=lambda one: one.filename):
                with opened.open(member) as file:
                    data = file.read(member.file_size + 1)
                if len(data) != member.file_size:
                    raise UnusableCopy(f"{archive.name} lies about the size of `{member.filename}`")
                yield File(member.filename, data)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as problem:
        raise UnusableCopy(f"{archive} cannot be read: {problem}", "fetch it again, or from another copy") from problem


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
    if len(members) > MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        raise UnusableCopy(f"{archive.name} is too large to be the source of a commons")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        parts = PurePosixPath(name).parts
        mode = member.external_attr >> 16
        if (
            not parts or name.startswith("/") or not name.isprintable() or "\\" in name or ":" in name
            or any(part in ("..", ".git") for part in parts) or (mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode))
        ):  # fmt: skip
            raise UnusableCopy(f"{archive.name} holds `{name.encode('unicode_escape').decode()}`, which may not be unpacked")
        if name.casefold() in seen:
            raise UnusableCopy(f"{archive.name} holds `{name}` twice")
        seen.add(name.casefold())
    if "pelicanconf.py" not in seen or not any(name.startswith("directory/") for name in seen):
        raise UnusableCopy(f"{archive.name} is not the source of a commons", "it should hold pelicanconf.py and directory/")
