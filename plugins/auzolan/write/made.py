"""What every way of writing a site shares: what a file is once it is made, what refuses it, and which names cannot be."""

from __future__ import annotations

import errno
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from auzolan.model.errors import AuzolanError

if TYPE_CHECKING:
    from auzolan.model.pages import File


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site as it lies in the output folder now. `time` is its last write in ns; `written` tells whether
    this build wrote it, or found it there as it should be. In a spool `time` is where it begins in the file of `process`."""

    path: str
    digest: str
    size: int
    time: int
    written: bool
    process: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, how many of them were written, how many that are no longer part of it removed."""

    files: int
    written: int
    removed: int


class Streamed(Protocol):
    """A file that is being written."""

    def write(self, piece: bytes | memoryview) -> None:
        """Adds a piece."""

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes of what was written, from an offset."""

    def end(self) -> Made:
        """The file is whole."""

    def drop(self) -> None:
        """Gives the file up."""


class Sink(Protocol):
    """Where a build writes: a folder, or a spool for one zip file. `before` are the files of the last build that lie there
    untouched."""

    output: Path
    before: Mapping[str, Made]

    def put(self, file: File) -> Made:
        """Writes a file."""

    def stream(self, path: str) -> Streamed:
        """Begins a file that comes in pieces."""

    def close(self) -> None:
        """Ends what this process wrote."""


class UnwritableOutput(AuzolanError):
    """The output folder cannot hold the site."""


def refusal(output: Path, problem: OSError) -> UnwritableOutput:
    """What the disk refuses, in a sentence, with a way out where there is one to tell."""
    hint = ""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "make room, then build again"
    elif problem.errno in (errno.EEXIST, errno.ENOTDIR):
        hint = "a file lies where a folder should; name another folder, or one file: site.zip"
    elif problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "name a folder that you may write into: auzolan build -o FOLDER"
    return UnwritableOutput(f"{output} cannot be written: {problem.strerror or problem}", hint)


@contextmanager
def refusals(output: Path) -> Iterator[None]:
    """Whatever the disk refuses inside becomes UnwritableOutput."""
    try:
        yield
    except OSError as problem:
        raise refusal(output, problem) from problem


def collisions(paths: Iterable[str]) -> None:
    """Raises UnwritableOutput where two files would be one: of the same name, or of names that some systems cannot tell
    apart."""
    folded: dict[str, str] = {}
    seen: set[str] = set()
    for path in paths:
        name = path if path.isascii() else unicodedata.normalize("NFC", path)
        meets = folded.setdefault(name.casefold(), path)
        if meets != path or path in seen:
            raise UnwritableOutput(f"`{path}` and `{meets}` would be one file", "rename one of the entries")
        seen.add(path)


def is_packed(output: Path) -> bool:
    """Whether a site is asked for in one zip file. Raises UnwritableOutput where a folder has such a name."""
    if output.suffix.lower() != ".zip":
        return False
    if output.is_dir():
        raise UnwritableOutput(f"{output} is a folder", "name a file, or a folder without .zip")
    return True
