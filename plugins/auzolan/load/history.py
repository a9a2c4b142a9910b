"""The site's folder comes in; when each file came and last changed goes out, from git or from `history.json`."""

from __future__ import annotations

import datetime
import json
import os
from dataclasses import replace
from pathlib import Path

from auzolan.load import files
from auzolan.load.git import answer, ask
from auzolan.load.log import Touch, day_of, touches
from auzolan.model.changes import MOST_LINES, Step
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import History
from auzolan.model.rules import finding

FORMAT = "auzolan-history/1"
MAX_BYTES = 64_000_000
"""Of a history.json: a million changes."""
UNDATED = "S005"
"""The code of what is found in a history."""
_NO_DATES = "pages then show no dates of their own"
_FIRST_ZONE = datetime.timedelta(hours=14)
"""How far the clocks are ahead where a day begins first."""


def load_history(root: Path, folders: tuple[str, ...]) -> tuple[History, list[Diagnostic]]:
    """The history of the files below `folders` (relative to `root`). Without full git history and without
    `history.json`, dates are absent and a finding says so."""
    told: list[Diagnostic] = []
    head = answer(root, "log", "-1", "--format=%ct")
    if head and head.strip():
        if (answer(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
            told.append(finding(UNDATED, f"this clone has only a part of the history; {_NO_DATES}", Location(".git"),
                                "get the rest: git fetch --unshallow"))  # fmt: skip
        else:
            told_by_git = _FromGit(root, folders)
            if told_by_git.created:
                recorded = _from_file(root / "history.json") or History()
                return _joined(recorded, told_by_git, build_date(int(head))), []
    recorded = _from_file(root / "history.json") or History()
    if recorded.known:
        return recorded, []
    if not told and _is_anothers(root):
        told.append(finding(UNDATED, f"git does not look into this folder, since it belongs to somebody else; {_NO_DATES}", Location("."),
                            f"if you trust it: git config --global --add safe.directory {files.printable(str(root))}"))  # fmt: skip
    if not told:
        told.append(finding(UNDATED, f"there is no git history and no history.json; {_NO_DATES}", Location("."),
                            "git init && git add -A && git commit"))  # fmt: skip
    return History(build_date=build_date(int(head) if head and head.strip() else None) or recorded.build_date), told


def _is_anothers(root: Path) -> bool:
    said = ask(root, "rev-parse", "--is-inside-work-tree")
    return said is not None and b"safe.directory" in said.stderr


def build_date(head: int | None) -> datetime.date | None:
    """The declared date of a build: SOURCE_DATE_EPOCH, else HEAD's commit time (seconds), in UTC; never the clock."""
    declared = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(declared[:20]) if declared.isascii() and declared.isdigit() else head
    return None if seconds is None else day_of(seconds)


def dated(history: History) -> History:
    """The same, with the day after which nothing can have happened yet: SOURCE_DATE_EPOCH's; else, since what is written today
    is committed later, the day that it is by now where a day begins first."""
    now = (datetime.datetime.now(datetime.UTC) + _FIRST_ZONE).date()
    return replace(history, latest=build_date(None) or max(history.build_date or now, now))


class _FromGit:
    """What git tells of the files below some folders."""

    def __init__(self, root: Path, folders: tuple[str, ...]) -> None:
        self.created: dict[str, datetime.date] = {}
        self.changed: dict[str, datetime.date] = {}
        self.steps: dict[str, list[Step]] = {}
        for number, touch in enumerate(touches(root, folders)):
            self._date(touch)
            if touch.path.endswith(".yaml") or touch.came_from.endswith(".yaml"):
                self._step(touch, number)

    def _date(self, touch: Touch) -> None:
        created, changed, path = self.created, self.changed, touch.path
        if touch.status == "D":
            created.pop(path, None)
            changed.pop(path, None)
            return
        if touch.status == "R":
            # A merge tells a renaming of its branch once more: then the new name has its date already.
            created[path] = created.pop(touch.came_from, created.get(path, touch.day))
            changed.pop(touch.came_from, None)
        created.setdefault(path, touch.day)
        changed[path] = touch.day

    def _step(self, touch: Touch, number: int) -> None:
        steps, path = self.steps, touch.path
        if touch.status == "D":
            steps.pop(path, None)
            return
        before = steps.get(path, [])
        if touch.is_merge and any(step.new == touch.new for step in before):
            # It tells what its branch did already, and that it came on this day.
            if before[-1].sort != "added":
                before[-1] = before[-1]._replace(day=touch.day)
            steps.pop(touch.came_from, None)
            return
        if touch.status == "R":
            before = steps.pop(touch.came_from, before)
        sort = "added" if not before else "moved" if touch.status == "R" else ""
        steps[path] = before
        before.append(Step(number, touch.day, sort, touch.old if before else "", touch.new))


def _joined(recorded: History, git: _FromGit, built: datetime.date | None) -> History:
    """What git tells, and before that what the copy told from which this repository grew on: git knows of its files only
    that all of them came on one day."""
    created, changed = git.created, git.changed
    for path, day in recorded.created.items():
        if path in created and day < created[path]:
            if changed[path] == created[path]:
                changed[path] = min(recorded.changed.get(path, day), changed[path])
            created[path] = day
    return History(created, changed, True, built, recorded.changes, git.steps)


def _from_file(path: Path) -> History | None:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            return None
        recorded = json.loads(data.decode("utf-8"))
        if recorded["format"] != FORMAT:
            return None
        created, changed = (
            {str(name): datetime.date.fromisoformat(day) for name, day in recorded[key].items()}
            for key in ("created", "changed")
        )
        changes = {
            str(name): "\n".join(line for line in lines[:MOST_LINES] if isinstance(line, str) and "\n" not in line)
            for name, lines in recorded.get("changes", {}).items()
        }
        built = recorded.get("date")
        date = build_date(None) or (datetime.date.fromisoformat(built) if built else None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    # A copy that was itself built without a history says so.
    return History(created, changed, recorded.get("known") is not False, date, changes)
