"""The site's folder comes in; when each file came and last changed goes out, from git or from `history.json`."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from pathlib import Path

from auzolan.load.git import answer
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import History
from auzolan.model.rules import finding

FORMAT = "auzolan-history/1"
_NO_DATES = "pages then show no dates of their own"


def load_history(root: Path, folders: tuple[str, ...]) -> tuple[History, list[Diagnostic]]:
    """The history of the files below `folders` (relative to `root`). Without full git history and without
    `history.json`, dates are absent and a finding says so."""
    told: list[Diagnostic] = []
    head = answer(root, "log", "-1", "--format=%ct")
    if head and head.strip():
        if (answer(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
            told.append(finding("S005", f"this clone has only a part of the history; {_NO_DATES}", Location(".git"),
                                "get the rest: git fetch --unshallow"))  # fmt: skip
        else:
            created, changed = _from_git(root, folders)
            if created:
                return History(created, changed, True, build_date(int(head))), []
    recorded = _from_file(root / "history.json")
    if recorded is not None:
        return recorded, []
    if not told:
        told.append(finding("S005", f"there is no git history and no history.json; {_NO_DATES}", Location("."),
                            "git init && git add -A && git commit"))  # fmt: skip
    return History(build_date=build_date(int(head) if head and head.strip() else None)), told


def build_date(head: int | None) -> datetime.date | None:
    """The declared date of a build: SOURCE_DATE_EPOCH, else HEAD's commit time (seconds), in UTC; never the clock."""
    declared = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(declared[:20]) if declared.isascii() and declared.isdigit() else head
    return None if seconds is None else _day(seconds)


def _day(seconds: int) -> datetime.date | None:
    """The day in UTC, or None where no calendar has it: a commit may claim any time."""
    try:
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


def _from_git(root: Path, folders: tuple[str, ...]) -> tuple[dict[str, datetime.date], dict[str, datetime.date]]:
    """One pass over the log, oldest first. `-z` separates with NUL so that any file name can be read."""
    log = answer(root, "log", "--reverse", "--format=%x01%ct", "--name-status", "-z", "-M", "--diff-merges=first-parent",
               "--relative", "--", *folders)  # fmt: skip
    created: dict[str, datetime.date] = {}
    changed: dict[str, datetime.date] = {}
    for day, status, paths in _changes(log or ""):
        path = paths[-1]
        if status == "D":
            created.pop(path, None)
            changed.pop(path, None)
            continue
        if status == "R":
            # A merge tells a renaming of its branch once more: then the new name has its date already.
            created[path] = created.pop(paths[0], created.get(path, day))
            changed.pop(paths[0], None)
        created.setdefault(path, day)
        changed[path] = day
    return created, changed


def _changes(log: str) -> Iterator[tuple[datetime.date, str, list[str]]]:
    """Day, status letter and paths of every change. NUL alone separates: a file's name may hold any other character, a
    line's end or the mark of a commit included, so what a token is follows from its place."""
    day: datetime.date | None = None
    tokens = iter(log.split("\0"))
    for token in tokens:
        mark = token.lstrip("\n")
        if mark.startswith("\x01"):
            day = _day(int(mark[1:]))
        elif mark:
            paths = [next(tokens, "") for _ in range(2 if mark[0] in "RC" else 1)]
            if day is not None:
                yield day, mark[0], paths


def _from_file(path: Path) -> History | None:
    try:
        recorded = json.loads(path.read_text("utf-8"))
        if recorded["format"] != FORMAT:
            return None
        created, changed = (
            {str(name): datetime.date.fromisoformat(day) for name, day in recorded[key].items()}
            for key in ("created", "changed")
        )
        built = recorded.get("date")
        date = build_date(None) or (datetime.date.fromisoformat(built) if built else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return History(created, changed, True, date)


def history_mark(root: Path) -> str:
    """A text that is another one whenever `load_history` may give something else: HEAD, and whether all of it is there."""
    return answer(root, "rev-parse", "HEAD", "--is-shallow-repository") or ""
