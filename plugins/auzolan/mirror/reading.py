"""A folder comes in; a way to read files in it goes out, which follows no link and reads no more than it is told.

Whoever made the folder may have put anything into it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from auzolan.mirror.names import is_safe
from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import Read
from auzolan.model.errors import AuzolanError

_PIECE = 1 << 18
_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)


def reader(folder: Path) -> Read:
    """Reads files of the folder, by their paths below it."""

    def read(path: str, most: int) -> bytes | None:
        opened = open_plain(folder, path)
        if opened is None:
            return None
        try:
            with os.fdopen(opened, "rb") as file:
                data = file.read(most + 1)
        except OSError as problem:
            raise unreadable(folder / path, problem) from problem
        if len(data) > most:
            raise Refused("endless", f"`{path}` is larger than {most:,} bytes", "take another copy")
        return data

    return read


def open_plain(folder: Path, path: str) -> int | None:
    """A descriptor of the file at `path` below the folder, None where there is none. Raises Refused where it, or a folder on
    the way, is a link, and where it is no plain file; Unreadable where nobody can tell."""
    if not is_safe(path):
        raise Refused("path", f"a file may not be called `{path.encode('unicode_escape').decode()[:200]}`")
    try:
        opened = _opened(folder, path.split("/"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        if problem.errno in (errno.ENXIO, errno.EISDIR):
            raise _no_file(path) from problem
        raise unreadable(folder / path, problem) from problem
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise _no_file(path)
    return opened


def _opened(folder: Path, parts: list[str]) -> int:
    if os.open not in os.supports_dir_fd:  # Windows opens no file by the folder that it lies in
        for end in range(1, len(parts) + 1):
            if folder.joinpath(*parts[:end]).is_symlink():
                raise _link(parts[:end])
        return os.open(folder.joinpath(*parts), _FILE)
    # Folder by folder, each by the one before: what somebody puts in their place meanwhile leads nowhere.
    here = os.open(folder, os.O_RDONLY)
    try:
        for at, part in enumerate(parts, 1):
            try:
                below = os.open(part, _FOLDER if at < len(parts) else _FILE, dir_fd=here)
            except OSError as problem:
                if problem.errno in (errno.ELOOP, errno.EMLINK) or (
                    problem.errno == errno.ENOTDIR and _is_link(part, here)
                ):
                    raise _link(parts[:at]) from problem
                raise
            os.close(here)
            here = below
    except BaseException:
        os.close(here)
        raise
    return here


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _link(parts: list[str]) -> Refused:
    said = f"`{'/'.join(parts)}` is a symbolic link"
    return Refused("symlink", said, "take another copy, or put the file itself there")


def _no_file(path: str) -> Refused:
    return Refused("symlink", f"`{path}` is no file", "take another copy")


class Unreadable(AuzolanError):
    """The disk does not give what lies there, or the right to read it."""


def unreadable(path: Path, problem: OSError) -> Unreadable:
    """Why, in a sentence."""
    return Unreadable(
        f"{path} cannot be read: {problem.strerror or problem}", "is the disk still there, and may you read it?"
    )


def digest_of(folder: Path, path: str) -> tuple[str, int] | None:
    """The sha256 and the size of a file; None where there is none. Raises as `open_plain`."""
    opened = open_plain(folder, path)
    if opened is None:
        return None
    whole, size = hashlib.sha256(), 0
    try:
        with os.fdopen(opened, "rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                whole.update(piece)
                size += len(piece)
    except OSError as problem:
        raise unreadable(folder / path, problem) from problem
    return whole.hexdigest(), size
