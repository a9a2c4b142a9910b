"""The files of an edition come in, by their hashes; a folder that holds just these goes out, and what had to be fetched for it.

Nothing is fetched that lies there already: of a run that was ended, or in the copy before. And nothing is believed: every byte
is read, and no file has its name before it has its hash.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from auzolan.mirror.carriers.carrier import PIECE, Carrier
from auzolan.mirror.names import MAX_PATH
from auzolan.mirror.place import refusals
from auzolan.mirror.reading import Unreadable, digest_of
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import Edition

_WAIT = "take another copy, or wait until this one is whole again"
_DEEP = 2 * MAX_PATH
HASHING = 2
"""Files that are read side by side to be checked."""
Tell = Callable[[str, int, int], None]
"""Told what is done, how many files of how many."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a copy is put together from. `files` is path → sha256, of `edition`; `before` a folder that holds some of them, by their
    sha256."""

    carrier: Carrier
    edition: Edition
    files: Mapping[str, str]
    before: Path | None = None
    known: Mapping[str, str] | None = None


class Counts:
    """Bytes and files as they come, from several threads, until they are more than the edition has."""

    def __init__(self, edition: Edition) -> None:
        self._edition, self._lock = edition, threading.Lock()
        self.size = self.fetched = self.fetched_bytes = self.linked = self.found = 0

    def add(self, size: int, **more: int) -> None:
        """A whole file. Raises Refused where there are more bytes than the edition says."""
        with self._lock:
            self.size += size
            for name, count in more.items():
                setattr(self, name, getattr(self, name) + count)
            if self.size > self._edition.size:
                raise Refused("endless", f"its files have more than the {self._edition.size:,} bytes that the edition says",
                              "take another copy")  # fmt: skip

    def came(self, size: int) -> None:
        """Bytes from the other side, whatever they are worth."""
        with self._lock:
            self.fetched_bytes += size


def take(source: Source, staging: Path, incoming: Path, tell: Tell) -> Counts:
    """Fills `staging` with the files of the edition, and no others. What has come of a file lies in `incoming`. Raises Refused, and
    AuzolanError where the disk refuses or nobody is there; what has come is kept."""
    counts, largest = Counts(source.edition), source.edition.largest
    with refusals(staging.parent):
        staging.mkdir(exist_ok=True)
        incoming.mkdir(exist_ok=True)
        missing = _missing(source, staging, counts, tell)
        if source.before is not None:
            missing = _from_before(source, missing, staging, counts, tell)
    if missing:
        source.carrier.prepare(missing, largest, source.edition.size - counts.size, incoming)
    done = [0]

    def fetch(path: str) -> None:
        with refusals(staging.parent):
            size = fetched(source.carrier, path, missing[path], largest, incoming, staging, counts.came)
        counts.add(size, fetched=1)
        done[0] += 1
        tell("fetching", done[0], len(missing))

    side_by_side(missing, source.carrier.workers, fetch)
    if counts.size != source.edition.size:
        raise Refused("sums", f"its files have {counts.size:,} bytes, and the edition says {source.edition.size:,}",
                      "ask those who made it")  # fmt: skip
    return counts


def fetched(
    carrier: Carrier, path: str, digest: str, most: int, incoming: Path, target: Path, came: Callable[[int], None]
) -> int:
    """Fetches one file into the folder `target`, and gives its size. A part that lies in `incoming` is where it goes on. Raises
    Refused, Unreachable, OSError."""
    part = incoming / hashlib.sha256(f"{digest} {path}".encode("utf-8", "surrogateescape")).hexdigest()[:40]
    for again in (True, False):
        opened = os.open(
            part, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), 0o644
        )
        # Without a buffer: what has come is on the disk, should this be killed.
        with os.fdopen(opened, "r+b", buffering=0) as out:
            whole, at = _hash(out, most)
            began, size = at, at
            # All of it may be here: killed before it had its name.
            if whole.hexdigest() != digest:
                found = carrier.fetch(path, at, most)
                if found is None:
                    raise Refused("missing", f"`{path}` is not there", _WAIT)
                start, pieces = found
                if start != at:
                    whole, began = hashlib.sha256(), 0
                    out.seek(0)
                    out.truncate()
                for piece in pieces:
                    came(len(piece))
                    write_all(out, piece)
                    whole.update(piece)
                size = out.tell()
        if whole.hexdigest() == digest:
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            part.chmod(0o644)
            part.replace(place)
            return size
        part.unlink()
        if not (again and began):
            break
    raise Refused("tampered", f"`{path}` is not what the edition says", _WAIT)


def _hash(file: BinaryIO, most: int) -> tuple[hashlib._Hash, int]:
    whole, at = hashlib.sha256(), 0
    while piece := file.read(PIECE):
        whole.update(piece)
        at += len(piece)
    if at > most:
        file.seek(0)
        file.truncate()
        return hashlib.sha256(), 0
    return whole, at


def write_all(out: BinaryIO, piece: bytes) -> None:
    """Writes all of it: a file without a buffer may take less at one time."""
    rest = memoryview(piece)
    while rest:
        rest = rest[out.write(rest) :]


def _missing(source: Source, staging: Path, counts: Counts, tell: Tell) -> dict[str, str]:
    """The files that do not lie in staging as they should; whatever else lies there goes."""
    there = list(plain_files(staging, clean=True))
    missing = dict(source.files)
    done = [0]

    def look(path: str) -> None:
        done[0] += 1
        tell("looking at what has come", done[0], len(there))
        digest = source.files.get(path)
        found = look_at(staging, path, source.edition.largest) if digest else None
        if found is None or found[0] != digest:
            (staging / path).unlink()
        else:
            counts.add(found[1], found=1)
            missing.pop(path)

    side_by_side(there, HASHING, look)
    return missing


def _from_before(source: Source, missing: dict[str, str], staging: Path, counts: Counts, tell: Tell) -> dict[str, str]:
    """The files that are not, as they should be, in the copy before; the others are linked."""
    assert source.before is not None
    before, by_digest = source.before, {digest: path for path, digest in (source.known or {}).items()}
    rest: dict[str, str] = {}
    done = [0]

    def link(path: str) -> None:
        done[0] += 1
        tell("checking what is here", done[0], len(missing))
        digest = missing[path]
        old = path if (source.known or {}).get(path) == digest else by_digest.get(digest)
        found = look_at(before, old, source.edition.largest) if old is not None else None
        if old is None or found is None or found[0] != digest:
            rest[path] = digest
            return
        _link(before / old, staging / path)
        counts.add(found[1], linked=1)

    side_by_side(missing, HASHING, link)
    return {path: digest for path, digest in missing.items() if path in rest}


def _link(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a stick's file system has none
        unfinished = new.with_name(f"{new.name}.new")
        shutil.copyfile(old, unfinished, follow_symlinks=False)
        unfinished.replace(new)


def look_at(folder: Path, path: str, most: int) -> tuple[str, int] | None:
    """The sha256 and the size of a file; None where no plain file of so many bytes at most lies there, or the disk no longer gives it."""
    try:
        return digest_of(folder, path) if (folder / path).lstat().st_size <= most else None
    except (Refused, Unreadable, OSError):
        return None


def plain_files(folder: Path, clean: bool = False) -> Iterator[str]:
    """The paths of all files below a folder, posix, in no order. Links and devices are given too, and not followed; a folder that lies
    too deep for any copy is given as one. With `clean`, all these and folders in which nothing lies go instead. Raises OSError."""
    waiting, folders = [""], list[str]()
    while waiting:
        inside = waiting.pop()
        folders.append(inside)
        with os.scandir(folder / inside) as found:
            for item in found:
                path, mode = inside + item.name, item.stat(follow_symlinks=False).st_mode
                if stat.S_ISDIR(mode) and len(path) <= _DEEP:
                    waiting.append(f"{path}/")
                elif not clean or stat.S_ISREG(mode):
                    yield path
                elif stat.S_ISDIR(mode):
                    shutil.rmtree(item.path)
                else:
                    os.unlink(item.path)  # noqa: PTH108
    for inside in reversed(folders[1:] if clean else ()):
        with suppress(OSError):  # something lies in it
            os.rmdir(folder / inside)  # noqa: PTH106


def side_by_side(paths: Iterable[str], workers: int, do: Callable[[str], None]) -> None:
    """Does it with each path, several at a time. The first failure ends all, and is raised."""
    waiting, lock = iter(list(paths)), threading.Lock()
    failed: list[BaseException] = []

    def work() -> None:
        while not failed:
            with lock:
                path = next(waiting, None)
            if path is None:
                return
            try:
                do(path)
            except BaseException as problem:
                failed.append(problem)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(workers)]
    for one in threads:
        one.start()
    try:
        for one in threads:
            one.join()
    except BaseException as problem:  # Ctrl-C: whoever works ends with the file at hand
        failed.append(problem)
        raise
    if failed:
        raise failed[0]
