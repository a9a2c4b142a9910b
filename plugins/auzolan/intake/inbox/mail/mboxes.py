"""The path of a mailbox in one file (mbox) comes in; the bytes of its mails go out, one by one: it may have years of them.

Cut here, and not by the library: that reads a mail of any size whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auzolan.intake.inbox.mail.mails import MAX_MAIL


def mails_in(path: Path) -> Iterator[tuple[int, bytes]]:
    """(number from 1, bytes) of each mail; of one that is too large one byte more than may be read. Raises OSError."""
    number, size = 0, 0
    lines: list[bytes] = []
    empty = True
    with path.open("rb") as file:
        while line := file.readline(MAX_MAIL):
            if empty and line.startswith(b"From "):
                if number:
                    yield number, b"".join(lines)[: MAX_MAIL + 1]
                number, size, lines = number + 1, 0, []
            elif number and size <= MAX_MAIL:
                size += len(line)
                lines.append(line[1:] if line.lstrip(b">").startswith(b"From ") and line.startswith(b">") else line)
            empty = not line.strip()
    if number:
        yield number, b"".join(lines)[: MAX_MAIL + 1]
