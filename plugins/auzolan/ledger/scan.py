"""Folders come in; what lies in them goes out as signatures, and against an earlier scan, what has changed since.

A file whose size, times and number are those of before is the same file; one that differs in these is read, and only
its content decides.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

RACE = 1_000_000_000
"""Nanoseconds: a file written so shortly before it was looked at may have been written once more unseen."""
_PASSED_OVER = frozenset({"__pycache__", "node_modules"})

Stat = tuple[int, int, int, int]
"""Size, time of the last write and of the last change (ns), number: of a file as it lies there. RACY: not to be trusted."""
RACY: Stat = (-1, 0, 0, 0)
Seen = tuple[Stat, str]
"""A file's Stat and the sha256 of its bytes in hex ("" where nobody has read it yet, or it is no regular file)."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two scans: paths whose content is new or other, and paths that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


def look(roots: Iterable[Path], now: int) -> dict[str, Stat]:
    """Every file (links and devices too: they are findings) at or below `roots`, by its path; hidden ones are passed over.
    `now` is the time of the scan in ns."""
    found: dict[str, Stat] = {}
    for root in roots:
        for path, told in _below(os.fspath(root)):
            at = told.st_mtime_ns
            found[path] = RACY if at > now - RACE else (told.st_size, at, told.st_ctime_ns, told.st_ino)
    return found


def _below(root: str) -> Iterator[tuple[str, os.stat_result]]:
    waiting: list[str] = []
    try:
        told = os.lstat(root)
    except OSError:
        return
    if _is_folder(told):
        waiting.append(root)
    else:
        yield root, told
    while waiting:
        try:
            with os.scandir(waiting.pop()) as items:
                for item in items:
                    if item.name.startswith(".") or item.name in _PASSED_OVER:
                        continue
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(item.path)
                    else:
                        yield item.path, item.stat(follow_symlinks=False)
        except OSError:
            continue


def _is_folder(told: os.stat_result) -> bool:
    return (told.st_mode & 0o170000) == 0o040000


def compare(
    before: Mapping[str, Seen], now: Mapping[str, Stat], *, read_all: bool = False
) -> tuple[dict[str, Seen], Changes]:
    """The scan with digests, and what has changed. Files whose Stat differs are read (all, where asked for); the rest keep
    their digest."""
    seen: dict[str, Seen] = {}
    changed: list[str] = []
    for path, told in now.items():
        known = before.get(path)
        if known is not None and known[0] == told and told != RACY and not read_all:
            seen[path] = known
            continue
        digest = digest_of(path)
        seen[path] = (told, digest)
        if known is None or known[1] != digest or not digest:
            changed.append(path)
    gone = tuple(sorted(path for path in before if path not in now))
    return seen, Changes(tuple(sorted(changed)), gone)


def digest_of(path: str) -> str:
    """The sha256 of a file's bytes, in hex; "" for what is no regular file or cannot be read."""
    try:
        place = Path(path)
        if place.is_symlink() or not place.is_file():
            return ""
        with place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
