"""The changelog of a file: what is told of each of its changes, and the compact lines in which it is kept and published.

A line is `2026-05-03 ~summary@ca +relations=partner-of:tool/aa *5f1c0a9e`: a day, and what was added (+), changed (~) or taken
out (-), by the names of fields alone, never by what they said. `added`, `moved` and `layout` tell that the file came, got
another name, or was only written otherwise. `*` is the mark of somebody who chose to be thanked for it. A line `2025 x12`
stands for changes of a year of which no more is told. The newest line is the first.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

MOST_ITEMS = 40
"""What is told of one change."""
MOST_LINES = 100
"""Lines of one file; a file of ours has far fewer."""
MOST_SIGNS = 4_000
"""Characters of a line."""
SORTS = ("added", "moved", "layout")
_YEAR = re.compile(r"(\d{4}) x(\d{1,6})\Z", re.ASCII)
_ITEM = re.compile(
    r"([+~-])([a-z][a-z0-9_]{0,63}(?:\.[a-z][a-z0-9_]{0,63})?)"
    r"(?:@([A-Za-z0-9-]{2,35})|=([a-z0-9-]{1,64})(?::([a-z0-9-]{1,64}/[a-z0-9.-]{1,64}))?)?\Z",
    re.ASCII,
)
_MARK = re.compile(r"\*([0-9a-f]{8})\Z", re.ASCII)


class Step(NamedTuple):
    """What one commit did to one file: its number among all that were done, oldest first; `sort` is one of SORTS or ""; the
    ids under which git keeps the contents before and after, "" where there are none."""

    number: int
    day: datetime.date
    sort: str
    old: str
    new: str


class Item(NamedTuple):
    """One thing that changed: `how` is +, ~ or -; `field` the name of a field (`record.sources`: of a group's); `language` that
    of a text in several; `type` and `to` those of a relation, where known."""

    how: str
    field: str
    language: str = ""
    type: str = ""
    to: str = ""

    def line(self) -> str:
        """The item as it stands in a line."""
        more = f"@{self.language}" if self.language else f"={self.type}" if self.type else ""
        return f"{self.how}{self.field}{more}{':' + self.to if self.type and self.to else ''}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `sort` is one of SORTS, "" for a change of what is said, of which no `items` may be known; `thanks` are the
    marks of names. With a `count` it stands for so many changes of the year of its `day`."""

    day: datetime.date
    sort: str = ""
    items: tuple[Item, ...] = ()
    thanks: tuple[str, ...] = ()
    count: int = 0

    def line(self) -> str:
        """The change as a line."""
        if self.count:
            return f"{self.day.year:04} x{self.count}"
        marks = [f"*{mark}" for mark in self.thanks]
        words = [item.line() for item in self.items]
        return " ".join([self.day.isoformat(), *([self.sort] if self.sort else []), *words, *marks])


def mark_of(name: str) -> str:
    """What tells a name from others without saying it: so the history of a file never names anybody whom the file names no more."""
    return hashlib.sha256(unicodedata.normalize("NFC", name).strip().encode("utf-8", "replace")).hexdigest()[:8]


def changes_of(text: str) -> tuple[Change, ...]:
    """The changes that lines tell of, newest first. What cannot be read is left out: the lines may come from anywhere."""
    lines = text[: MOST_LINES * MOST_SIGNS].split("\n")[:MOST_LINES]
    return tuple(change for line in lines if (change := _change(line[:MOST_SIGNS])) is not None)


def _change(line: str) -> Change | None:
    year = _YEAR.match(line)
    try:
        if year:
            return Change(datetime.date(int(year[1]), 12, 31), count=int(year[2]))
        day, *words = line.split(" ")
        sort = words.pop(0) if words and words[0] in SORTS else ""
        items = tuple(Item(*(part or "" for part in found.groups())) for word in words if (found := _ITEM.match(word)))
        thanks = tuple(found[1] for word in words if (found := _MARK.match(word)))
        return Change(datetime.date.fromisoformat(day), sort, items[:MOST_ITEMS], thanks[:MOST_ITEMS])
    except ValueError:
        return None
