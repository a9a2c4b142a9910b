"""The files of two sites come in; what differs between them goes out, by name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from auzolan.mirror.names import is_safe, is_statement
from auzolan.mirror.reading import digest_of


@dataclass(frozen=True, slots=True)
class Differences:
    """Paths, each list sorted: of other bytes in both; only in the first; only in the second. What belongs to an edition, and
    not to the site, is not looked at."""

    other: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.other or self.first or self.second)

    def lines(self) -> Iterator[str]:
        """A line for each: `~ path` for other bytes, `- path` for what only the first has, `+ path` for what only the second has."""
        marks = [*((path, "~") for path in self.other), *((path, "-") for path in self.first), *((path, "+") for path in self.second)]  # fmt: skip
        yield from (f"{mark} {path}" for path, mark in sorted(marks))


def compare(files: Mapping[str, str], folder: Path) -> Differences:
    """`files` (path → sha256) beside those that lie in a folder."""
    found = {path: digest for path in paths_in(folder) if (digest := _digest(folder, path)) is not None}
    return Differences(
        tuple(sorted(path for path in files.keys() & found.keys() if files[path] != found[path])),
        tuple(sorted(files.keys() - found.keys())),
        tuple(sorted(found.keys() - files.keys())),
    )


def paths_in(folder: Path) -> list[str]:
    """The files of a site that lie in a folder, sorted, links too; its edition's statements are left out."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        below = os.path.relpath(place, folder).replace(os.sep, "/")
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118
        for name in (*names, *links):
            path = name if below == "." else f"{below}/{name}"
            if not is_statement(path):
                found.append(path)
    return sorted(found)


def _digest(folder: Path, path: str) -> str | None:
    if not is_safe(path) or (folder / path).is_symlink():
        return "no plain file"
    found = digest_of(folder, path)
    return found[0] if found else None
