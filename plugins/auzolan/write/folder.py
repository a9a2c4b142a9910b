"""Files come in, one by one, from several processes; an output folder that holds them goes out."""

from __future__ import annotations

import hashlib
import mmap
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from auzolan.model.pages import File
from auzolan.model.zips import is_inside
from auzolan.write.made import Made, UnwritableOutput, refusals
from auzolan.write.ours import JOURNAL

MODE = 0o644
"""Who may read a file of the site: everybody, whatever this user's other files are like."""
_UNKNOWN = "0" * 64
"""The digest of a file that is only begun."""


class Folder:
    """An output folder that a build writes into, from several processes. Every process writes into a journal of its own
    what it is about to write: should it be killed, the next build knows what is ours."""

    def __init__(self, output: Path, notes: Path | None = None, before: Mapping[str, Made] | None = None) -> None:
        """`before` are the files that lie there untouched since the last build."""
        self.output = output
        self.before = before or {}
        self._notes = notes
        self._journal: tuple[int, BinaryIO] | None = None
        self._streams = 0
        self._safe: set[str] = set()
        with refusals(output):
            output.mkdir(parents=True, exist_ok=True)
            self._base = os.fspath(output.resolve())
        self._safe.add(self._base)

    def put(self, file: File) -> Made:
        """Writes a file, if it is not there as it should be. Raises UnwritableOutput where it would leave the folder, or
        the disk refuses."""
        digest = hashlib.sha256(file.data).hexdigest()
        known = self.before.get(file.path)
        if known is not None and known.digest == digest:
            return Made(known.path, known.digest, known.size, known.time, False)
        target = self._target(file.path)
        with refusals(self.output):
            there = _stat(target)
            # A link in the output folder may lead out of it: it is neither read nor written through.
            if there is not None and there.st_size == len(file.data) and _reads(target, file.data):
                return Made(file.path, digest, there.st_size, there.st_mtime_ns, False)
            self.note(file.path, digest)
            temporary = self._temporary(target)
            try:
                with open(temporary, "wb") as out:  # noqa: PTH123 — paths kept as texts: this is done for every file
                    _readable(out)
                    out.write(file.data)
                return self.replaced(file.path, digest, target, temporary)
            except BaseException:
                with suppress(OSError):
                    os.unlink(temporary)  # noqa: PTH108
                raise

    def stream(self, path: str) -> Stream:
        """A file that comes in pieces, and is never held whole."""
        target = self._target(path)
        with refusals(self.output):
            self._streams += 1
            self.note(path, _UNKNOWN)
            return Stream(self, path, target, f"{self._temporary(target)}-{self._streams}")

    def close(self) -> None:
        """Ends this process' journal."""
        if self._journal is not None and self._journal[0] == os.getpid():
            self._journal[1].close()
        self._journal = None

    def replaced(self, path: str, digest: str, target: str, temporary: str) -> Made:
        """Puts a finished file in its place: a reader, or a server, never meets half a file, and a killed build leaves
        none."""
        os.replace(temporary, target)  # noqa: PTH105
        told = os.lstat(target)
        return Made(path, digest, told.st_size, told.st_mtime_ns, True)

    def _temporary(self, target: str) -> str:
        folder = os.path.dirname(target)  # noqa: PTH120
        self._enter(folder)
        return f"{folder}/.auzolan-{os.getpid()}"

    def _target(self, path: str) -> str:
        if not is_inside(path):
            raise UnwritableOutput(f"`{path}` would lie outside the output folder")
        target = f"{self._base}/{path}"
        folder, seen = os.path.dirname(target), list[str]()  # noqa: PTH120
        while folder not in self._safe:
            if os.path.islink(folder):  # noqa: PTH114
                name = os.path.basename(folder)  # noqa: PTH119
                raise UnwritableOutput(
                    f"`{path}` would lie outside the output folder", f"`{name}` in it is a symbolic link"
                )
            seen.append(folder)
            folder = os.path.dirname(folder)  # noqa: PTH120
        self._safe.update(one for one in seen if os.path.isdir(one))  # noqa: PTH112
        return target

    def _enter(self, folder: str) -> None:
        if folder not in self._safe:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self._safe.add(folder)

    def note(self, path: str, digest: str) -> None:
        """Says in the journal what is about to be written."""
        if self._notes is None:
            return
        with refusals(self._notes):
            pid = os.getpid()
            if self._journal is None or self._journal[0] != pid:
                self._notes.mkdir(parents=True, exist_ok=True)
                self._journal = (pid, (self._notes / f"{JOURNAL}{pid}").open("ab", buffering=0))
            self._journal[1].write(f"{digest}  {path}\n".encode())


class Stream:
    """A file that is being written: `write` its pieces, then `end`. What was begun and not ended is no file."""

    def __init__(self, folder: Folder, path: str, target: str, temporary: str) -> None:
        self._folder, self._path, self._target, self._temporary = folder, path, target, temporary
        self._whole = hashlib.sha256()
        self._out = open(temporary, "w+b")  # noqa: PTH123, SIM115
        self._view: mmap.mmap | None = None
        _readable(self._out)

    def write(self, piece: bytes | memoryview) -> None:
        """Adds a piece."""
        self._let_go()
        self._whole.update(piece)
        with refusals(self._folder.output):
            self._out.write(piece)

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes of what was written, from an offset."""
        with refusals(self._folder.output):
            if self._view is None:
                if not self._out.tell():
                    return b""  # of an empty file there is no view
                self._out.flush()
                self._view = mmap.mmap(self._out.fileno(), 0, access=mmap.ACCESS_READ)
        return self._view[offset : offset + size]

    def end(self) -> Made:
        """The file is whole."""
        self._let_go()
        digest = self._whole.hexdigest()
        known = self._folder.before.get(self._path)
        if known is not None and known.digest == digest:
            self.drop()
            return Made(known.path, known.digest, known.size, known.time, False)
        with refusals(self._folder.output):
            self._out.close()
            # Where it is known what lies there, it is another file.
            if known is None and _digest_of(self._target) == digest:
                self.drop()
                told = os.lstat(self._target)
                return Made(self._path, digest, told.st_size, told.st_mtime_ns, False)
            self._folder.note(self._path, digest)
            return self._folder.replaced(self._path, digest, self._target, self._temporary)

    def drop(self) -> None:
        """Gives the file up."""
        self._let_go()
        with suppress(OSError):  # a full disk refuses what was not written yet, which nobody wants any more
            self._out.close()
        with suppress(OSError):
            os.unlink(self._temporary)  # noqa: PTH108

    def _let_go(self) -> None:
        if self._view is not None:
            self._view.close()
        self._view = None


def _digest_of(target: str) -> str:
    if _stat(target) is None:
        return ""
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _readable(file: BinaryIO) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), MODE)


def _stat(target: str) -> os.stat_result | None:
    try:
        told = os.lstat(target)
    except OSError:
        return None
    return told if (told.st_mode & 0o170000) == 0o100000 else None


def _reads(target: str, data: bytes) -> bool:
    try:
        with open(target, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False
