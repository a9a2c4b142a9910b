"""Rows come in; tables in Markdown below one heading go out, no larger than a forge takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MOST = 60_000
"""Bytes that the body of an issue takes on every forge (GitHub: 65,536 characters)."""
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
"""All signs of ASCII: each of them may mean something in Markdown, and none does after a backslash."""


def cell(text: str) -> str:
    """Any text as the cell of a table in Markdown, in which nothing has a meaning."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


class Sheet:
    """Tables below a heading of ours, of `most` bytes and a few."""

    def __init__(self, heading: str, most: int = MOST) -> None:
        self._lines = [heading]
        self._size, self._most = len(heading.encode()), most

    def table(self, head: str, rows: Iterable[Sequence[str]], count: int, rest: str = "") -> None:
        """A table of `count` rows of cells below its head, both as Markdown. Those that do not fit are counted, and `rest` is
        said of them."""
        self._add(head)
        for number, cells in enumerate(rows):
            row = f"| {' | '.join(cells)} |"
            if self._size + len(row.encode()) + 1 > self._most:
                self._add(f"\nand {count - number:,} more{rest}")
                return
            self._add(row)

    def text(self) -> str:
        """All of it."""
        return "\n".join(self._lines) + "\n"

    def _add(self, line: str) -> None:
        self._size += len(line.encode()) + 1
        self._lines.append(line)
