"""Files come in, one after another; one zip file that holds the whole site goes out."""

from __future__ import annotations

import datetime
import filecmp
import os
import tempfile
from array import array
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from auzolan.model.zips import directory, is_inside, member
from auzolan.write.made import UnwritableOutput, refusal

_PACKED_ALREADY = frozenset(
    ["avif", "bz2", "gif", "gz", "jpeg", "jpg", "mp3", "mp4", "ogg", "pdf", "png", "webm", "webp", "woff", "woff2",
     "xz", "zim", "zip"]
)  # fmt: skip
"""Files that would not become smaller; all others are deflated."""


class Packed:
    """A zip file while it is written, as a context: beside its place under another name, and put in its place when it is
    whole and differs from what is there (`changed` then). The same files and `day` give the same bytes. Of what was
    written, only where each file begins is kept in memory.

    UnwritableOutput where the disk refuses, a path leaves the site, or paths do not come sorted, each once."""

    def __init__(self, output: Path, day: datetime.date | None) -> None:
        self.output = output
        self.day = day
        self.changed = False
        self._offsets = array("Q")
        self._size = 0
        self._last = ""

    def __enter__(self) -> Self:
        try:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".auzolan-", suffix=".zip", dir=self.output.parent)
        except OSError as problem:
            raise self._refused(problem) from problem
        self._written, self._file = Path(name), os.fdopen(handle, "wb")
        return self

    def add(self, path: str, data: bytes) -> None:
        """The next file, by its path from the site's root."""
        if not is_inside(path):
            raise UnwritableOutput(f"`{path}` would lie outside the site")
        if path <= self._last:
            raise UnwritableOutput(f"`{path}` comes after `{self._last}`", "files are packed sorted, each once")
        self._last = path
        self._offsets.append(self._size)
        self._put(member(path, data, self.day, path.rsplit(".", 1)[-1].lower() not in _PACKED_ALREADY))

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            with self._file:
                if problem is None:
                    self._end()
            if problem is None:
                self._settle()
        except OSError as refusal:
            raise self._refused(refusal) from refusal
        finally:
            self._written.unlink(missing_ok=True)

    def _end(self) -> None:
        self._file.flush()
        with self._written.open("rb") as back:
            for piece in directory(lambda offset, size: _read(back, offset, size), self._offsets, self._size):
                self._put(piece)

    def _settle(self) -> None:
        there = self.output.is_file() and not self.output.is_symlink()
        if there and filecmp.cmp(self._written, self.output, shallow=False):
            return
        self._written.chmod(0o644)
        self._written.replace(self.output)
        self.changed = True

    def _put(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as problem:
            raise self._refused(problem) from problem
        self._size += len(data)

    def _refused(self, problem: OSError) -> UnwritableOutput:
        return refusal(self.output, problem)


def _read(file: IO[bytes], offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)
