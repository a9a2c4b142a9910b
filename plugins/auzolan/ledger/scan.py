"""Folders come in; what lies in them goes out as signatures, and against an earlier scan, what has changed since.

A file whose size, times and number are those of before is the same file; one that differs in these is read, and only
its content decides.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

RACE = 1_000_000_000
"""Nanoseconds: a file written, or changed in its times, so shortly before it was looked at may have been once more unseen."""

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


def look(roots: Iterable[Path], now: int, followed: Collection[Path] = ()) -> dict[str, Stat]:
    """Every file (links and devices too: they are findings) at or below `roots`, by its path, and every folder that cannot
    be looked into. `now` is the time of the scan in ns. A root that is a link is what it leads to. Below the roots that are
    `followed`, links are too; below the others, hidden files are passed over."""
    found: dict[str, Stat] = {}
    for root in roots:
        for path, told in _below(os.fspath(root), root in followed):
            at = max(told.st_mtime_ns, told.st_ctime_ns)
            found[path] = RACY if at > now - RACE else (told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino)
    return found


def _below(root: str, follow: bool) -> Iterator[tuple[str, os.stat_result]]:
    waiting: list[str] = []
    told = _stat(root)
    if told is None:
        return
    if _is_folder(told):
        waiting.append(root)
    else:
        yield root, told
    behind_links: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as items:
                for item in items:
                    if item.name == ".git" or (item.name.startswith(".") and not follow):
                        continue
                    if item.is_dir(follow_symlinks=False):
                        waiting.append(item.path)
                    elif not (follow and item.is_symlink()):
                        yield item.path, item.stat(follow_symlinks=False)
                    elif (led := _stat(item.path)) is not None:
                        if not _is_folder(led):
                            yield item.path, led
                        elif (place := (led.st_dev, led.st_ino)) not in behind_links:
                            behind_links.add(place)
                            waiting.append(item.path)
        except OSError:
            # Whoever reads the site will say so.
            if (refused := _stat(folder)) is not None:
                yield folder, refused


def _stat(path: str) -> os.stat_result | None:
    """Of what a path leads to, or of a link that leads nowhere."""
    for ask in (os.stat, os.lstat):
        with suppress(OSError):
            return ask(path)
    return None


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
