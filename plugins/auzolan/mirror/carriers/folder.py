"""A folder comes in; its plain files go out. No link in it is followed, wherever it lies: anybody may have put it there."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from auzolan.mirror.carriers.carrier import PIECE, Patience, Unreachable, bounded, endless, whole
from auzolan.mirror.names import is_safe
from auzolan.mirror.refused import Refused
from auzolan.model.errors import AuzolanError

_FILE = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)


class Folder:
    """A copy in a folder: a stick, a disk of the network."""

    workers = 2

    def __init__(self, folder: Path, patience: Patience | None = None) -> None:
        """Raises AuzolanError where there is none."""
        if not folder.is_dir():
            raise AuzolanError(f"there is no folder {folder}", "name one that holds a copy, or an address")
        self.folder, self.where, self._patience = folder, str(folder), patience

    def read(self, path: str, most: int) -> bytes | None:
        """As every carrier's."""
        return whole(self.fetch(path, 0, most))

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """As every carrier's."""
        try:
            file = open_plain(self.folder, path)
            if file is None:
                return None
            if os.fstat(file.fileno()).st_size > most:
                file.close()
                raise endless(path, most)
            file.seek(start)
        except OSError as problem:
            raise _unreadable(self.folder / path, problem) from problem
        return start, bounded(self._pieces(path, file), path, start, most)

    def _pieces(self, path: str, file: BinaryIO) -> Iterator[bytes]:
        with file:
            while True:
                if self._patience is not None:
                    self._patience.left()
                try:
                    piece = file.read(PIECE)
                except OSError as problem:
                    raise _unreadable(self.folder / path, problem) from problem
                if not piece:
                    return
                yield piece

    def prepare(self, files: Mapping[str, str], most: int, into: Path) -> None:
        """Nothing: files are read one by one."""

    def close(self) -> None:
        """Nothing is held open."""


def open_plain(folder: Path, path: str) -> BinaryIO | None:
    """The file at `path` below the folder, None where there is none. Raises Refused where it, or a folder on the way, is a link
    or something else than a file; OSError where it cannot be read."""
    if not is_safe(path):
        raise Refused("path", f"a file may not be called `{path.encode('unicode_escape').decode()[:200]}`")
    parts = path.split("/")
    if os.open not in os.supports_dir_fd:  # Windows has no way to open a file in a folder that is open
        for end in range(1, len(parts) + 1):
            if (folder / "/".join(parts[:end])).is_symlink():
                raise _link("/".join(parts[:end]))
        return _file(lambda: os.open(folder / path, _FILE), path)
    # Folder by folder, each by the one before: what is put in their place meanwhile leads nowhere.
    here = os.open(folder, os.O_RDONLY)
    try:
        for at, part in enumerate(parts[:-1], 1):
            try:
                below = os.open(part, _FOLDER, dir_fd=here)
            except FileNotFoundError:
                return None
            except OSError as problem:
                if problem.errno in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR):
                    if stat.S_ISLNK(os.stat(part, dir_fd=here, follow_symlinks=False).st_mode):
                        raise _link("/".join(parts[:at])) from problem
                    return None
                raise
            os.close(here)
            here = below
        return _file(lambda: os.open(parts[-1], _FILE, dir_fd=here), path)
    finally:
        os.close(here)


def _file(opening: Callable[[], int], path: str) -> BinaryIO | None:
    try:
        opened = opening()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.EMLINK):
            raise _link(path) from problem
        if problem.errno in (errno.ENXIO, errno.EISDIR):
            raise Refused("symlink", f"`{path}` is no file", "take another copy") from problem
        raise
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise Refused("symlink", f"`{path}` is no file", "take another copy")
    return os.fdopen(opened, "rb")


def _link(path: str) -> Refused:
    return Refused("symlink", f"`{path}` is a symbolic link", "take another copy, or put the file itself there")


def _unreadable(path: Path, problem: OSError) -> Unreachable:
    return Unreachable(f"{path} cannot be read: {problem.strerror or problem}", "is the disk still there? Run it again")
