"""A repository comes in; what each commit did to which file goes out, oldest first, in one pass of git's log."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auzolan.load.git import answer

_FILE = ("100644", "100755")


class Touch(NamedTuple):
    """What one commit did to one file. `status` is git's letter (A, M, D, R, C, T); `old` and `new` are the ids of the
    contents before and after ("" where there is none, or no regular file); `came_from` is the path before ("" unless R or
    C); `is_merge` tells that a merge says once more what its branch did."""

    day: datetime.date
    is_merge: bool
    status: str
    old: str
    new: str
    path: str
    came_from: str


def touches(root: Path, folders: tuple[str, ...]) -> Iterator[Touch]:
    """Of the files below `folders` (relative to `root`). Nothing of what people keep in their own git settings may change
    it: the same history gives the same pages everywhere. `-z` separates with NUL so that any file name can be read."""
    log = answer(root, "log", "--reverse", "--topo-order", "--format=%x01%ct %P", "--raw", "--no-abbrev", "-z", "-M", "-l1000",
               "--no-ext-diff", "--diff-merges=first-parent", "--relative", "--", *folders)  # fmt: skip
    return _touches(log or "")


def day_of(seconds: int) -> datetime.date | None:
    """The day in UTC, or None where no calendar has it: a commit may claim any time."""
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def _touches(log: str) -> Iterator[Touch]:
    """NUL alone separates: a file's name may hold any other character, a line's end or the mark of a commit included, so
    what a token is follows from its place."""
    day: datetime.date | None = None
    is_merge = False
    tokens = iter(log.split("\0"))
    for token in tokens:
        mark = token.lstrip("\n")
        if mark.startswith("\x01"):
            time, _, parents = mark[1:].partition(" ")
            day, is_merge = _day(time), " " in parents
        elif mark.startswith(":"):
            before, after, old, new, status = mark[1:].split(" ")
            first = next(tokens, "")
            path, came_from = (next(tokens, ""), first) if status[0] in "RC" else (first, "")
            if day is not None:
                yield Touch(day, is_merge, status[0], old if before in _FILE else "", new if after in _FILE else "",
                            path, came_from)  # fmt: skip


def _day(time: str) -> datetime.date | None:
    try:
        return day_of(int(time))
    except ValueError:  # a commit object may be damaged, or written by no git
        return None
