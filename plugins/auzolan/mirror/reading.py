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

_PIECE = 1 << 20
_PLAIN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def reader(folder: Path) -> Read:
    """Reads files of the folder, by their paths below it."""

    def read(path: str, most: int) -> bytes | None:
        opened = open_plain(folder, path)
        if opened is None:
            return None
        with os.fdopen(opened, "rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise Refused("endless", f"`{path}` is larger than {most:,} bytes", "take another copy")
        return data

    return read


def open_plain(folder: Path, path: str) -> int | None:
    """A descriptor of the file at `path` below the folder, None where there is none. Raises Refused where it, or a folder on
    the way, is a link, and where it is no plain file."""
    if not is_safe(path):
        raise Refused("path", f"a file may not be called `{path.encode('unicode_escape').decode()[:200]}`")
    place = folder
    for part in path.split("/")[:-1]:
        place /= part
        if place.is_symlink():
            raise Refused("symlink", f"`{place.relative_to(folder).as_posix()}` is a link", "take another copy")
    try:
        opened = os.open(folder / path, _PLAIN)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.EMLINK):
            raise Refused("symlink", f"`{path}` is a link", "take another copy") from problem
        raise AuzolanError(f"{folder / path} cannot be read: {problem.strerror}") from problem
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise Refused("symlink", f"`{path}` is no file", "take another copy")
    return opened


def digest_of(folder: Path, path: str) -> tuple[str, int] | None:
    """The sha256 and the size of a file; None where there is none."""
    opened = open_plain(folder, path)
    if opened is None:
        return None
    whole, size = hashlib.sha256(), 0
    with os.fdopen(opened, "rb") as file:
        while piece := file.read(_PIECE):
            whole.update(piece)
            size += len(piece)
    return whole.hexdigest(), size
