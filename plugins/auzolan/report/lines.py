"""The path of a file comes in; its lines go out, as findings count them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

MOST = 400_000
"""Bytes of a file that are read: a declaration has no more."""


class Lines:
    """The lines of the files below `root`, each file read once."""

    def __init__(self, root: Path, texts: Mapping[str, str] | None = None) -> None:
        """`texts` are those of files that lie in no folder, by their paths."""
        self._root = root
        self._read: dict[str, list[str]] = {path: text.split("\n") for path, text in (texts or {}).items()}

    def line(self, path: str, number: int) -> str | None:
        """Line `number` (from 1) of the file at `path` (relative to the root), or None where there is none."""
        if path not in self._read:
            self._read[path] = _lines(self._root / path)
        lines = self._read[path]
        return lines[number - 1] if 0 < number <= len(lines) else None


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            return file.read(MOST).decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
    except (OSError, ValueError):
        return []
