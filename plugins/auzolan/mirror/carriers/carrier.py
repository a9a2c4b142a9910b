"""What a copy is fetched from has one shape, whatever it is: files by their paths, in pieces, and no more of them than was asked for.

And so much patience as somebody has: a moment at which all ends, and the least that must come until then.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from auzolan.mirror.refused import Refused
from auzolan.model.errors import AuzolanError

PIECE = 1 << 18
"""Bytes that are in memory of a file at one time."""


class Unreachable(AuzolanError):
    """Nobody is there, or it broke off: nothing is said about the copy."""


@dataclass(frozen=True, slots=True)
class Patience:
    """When all must be done (of the monotonic clock), and the bytes a second that must come in each `window` of seconds."""

    until: float
    least: int
    window: float = 30.0

    def turn(self) -> Turn:
        """For one answer of the other side, from now on."""
        return Turn(self)

    def left(self) -> float:
        """Seconds until all must be done. Raises Refused where there are none."""
        seconds = self.until - time.monotonic()
        if seconds <= 0:
            raise Refused("slow", "it was not done in the time that it was given",
                          "run it again: what has come is kept; or give it more, by --time")  # fmt: skip
        return seconds


def patience(seconds: float, least: int, window: float = 30.0) -> Patience:
    """From now on."""
    return Patience(time.monotonic() + seconds, least, window)


class Turn:
    """One answer that is waited for, piece by piece."""

    def __init__(self, patience_: Patience) -> None:
        self._patience = patience_
        self._since = time.monotonic()
        self._came = 0

    def came(self, count: int) -> None:
        """So many bytes more."""
        self._came += count

    def wait(self) -> float:
        """Seconds that one may wait for the next bytes. Raises Refused where too few have come."""
        whole = self._patience.left()
        spent = time.monotonic() - self._since
        if spent >= self._patience.window:
            if self._came < self._patience.least * spent:
                raise self.slow()
            self._since, self._came, spent = time.monotonic(), 0, 0.0
        return max(0.001, min(whole, self._patience.window - spent))

    def slow(self) -> Refused:
        """Why nobody waits any longer."""
        window = self._patience.window
        return Refused("slow", f"it is slower than {self._patience.least} bytes/s for {window:g} s",
                       "run it again: what has come is kept; take another copy; or ask for less, by --rate")  # fmt: skip


class Carrier(Protocol):
    """Somewhere a copy lies. `where` says it to people, `workers` how many may fetch from it side by side."""

    where: str
    workers: int

    def read(self, path: str, most: int) -> bytes | None:
        """A whole file: None where there is none. Raises Refused where it has more bytes than `most`, is no plain file, or comes
        too slowly; Unreachable where nobody can tell."""

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """The byte from which on it comes (`start`, or 0), and the pieces. None and errors as `read` has them, the pieces too."""

    def prepare(self, files: Mapping[str, str], most: int, total: int, into: Path) -> None:
        """Told once which files will be fetched (path → sha256), each of at most so many bytes, and all together of `total`. A carrier that brings many at
        once puts what it has into the folder, where nobody believes it yet."""

    def close(self) -> None:
        """Nothing more is fetched."""


def bounded(pieces: Iterable[bytes], path: str, start: int, most: int) -> Iterator[bytes]:
    """The pieces, until they are more than they may be: then Refused."""
    at = start
    for piece in pieces:
        at += len(piece)
        if at > most:
            raise endless(path, most)
        yield piece


def endless(path: str, most: int) -> Refused:
    """Why no more is fetched."""
    return Refused("endless", f"`{path}` is larger than {most:,} bytes, which it may not be", "take another copy")


def whole(found: tuple[int, Iterator[bytes]] | None) -> bytes | None:
    """All pieces of what was fetched."""
    return None if found is None else b"".join(found[1])
