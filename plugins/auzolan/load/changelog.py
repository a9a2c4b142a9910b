"""A repository comes in, and what was done to each file; what changed in each entry, and when, goes out: never who did it, nor in what words.

What costs is reading old contents. Of each entry the newest changes are told by their fields, and of all together so many as
below; of older ones it is told in which year they were. That depends on the history alone, so that a build after another
gives what a build from nothing gives.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from auzolan.load.decoding import MAX_BYTES
from auzolan.load.git import contents
from auzolan.load.versions import Blocks, blocks_of, told_by
from auzolan.model.changes import Change, Step, changes_of
from auzolan.model.entries import History
from auzolan.model.kinds import Field, Kind

NEWEST = 25
"""Changes of one entry of which more is told than the year."""
ALL = 20_000
"""Changes of all entries together, the newest, that they came among them, of which the fields are told."""
MOST_CONTENT = 200_000_000
"""Bytes of old contents that are looked into at most."""
Fields = Mapping[str, Field]


def changelogs(root: Path, folder: str, kinds: Mapping[str, Kind], history: History) -> dict[str, str]:
    """The changelog of each entry in the folder `folder`, by the path of its file, as model/changes.py has it: of what
    `history` recorded, and of the steps that git told. Entries that nobody has changed since have none, unless somebody is
    thanked."""
    fields = {f"{folder}/{kind.folder}": kind.fields for kind in kinds.values()}
    steps = {path: found for path, found in history.steps.items() if _fields_of(path, fields) is not None}
    told = _Told(root, steps, fields)
    found: dict[str, str] = {}
    for path in {**history.changes, **steps}:
        changes = [*told.of(path, history.created.get(path)), *_before(history, path, steps.get(path))]
        if lines := [change.line() for change in _in_short(changes)]:
            found[path] = "\n".join(lines)
    return dict(sorted(found.items()))


def _fields_of(path: str, fields: Mapping[str, Fields]) -> Fields | None:
    return fields.get(path.rpartition("/")[0]) if path.endswith(".yaml") else None


class _Told:
    """What old contents tell of steps."""

    def __init__(self, root: Path, steps: Mapping[str, Sequence[Step]], fields: Mapping[str, Fields]) -> None:
        self._steps, self._fields = steps, fields
        wanted = {step for some in steps.values() for step in (some[0], *some[-NEWEST:])}
        newest = sorted(wanted, reverse=True)[:ALL]
        self._chosen = {step.number for step in newest}
        ids = dict.fromkeys(id_ for step in newest for id_ in (step.new, step.old) if id_)
        self._blocks = dict(_cut(root, ids))

    def of(self, path: str, created: datetime.date | None) -> Iterator[Change]:
        """The changes of a file that was `created` on this day, newest first."""
        fields = _fields_of(path, self._fields) or {}
        for step in reversed(self._steps.get(path, ())):
            change = Change(step.day, step.sort)
            if step.sort == "added" and created is not None and created < step.day:
                return  # it only came into this repository, from a copy
            if step.number not in self._chosen:
                yield change
            elif step.sort == "added":
                thanks = told_by(change, {}, self._blocks.get(step.new), {}).thanks
                yield Change(step.day, "added", (), thanks)
            elif step.old != step.new:
                yield told_by(change, self._blocks.get(step.old), self._blocks.get(step.new), fields)
            else:
                yield change


def _cut(root: Path, ids: Mapping[str, None]) -> Iterator[tuple[str, Blocks | None]]:
    read = 0
    for id_, data in contents(root, ids, MAX_BYTES):
        read += len(data or b"")
        if read > MOST_CONTENT:
            return
        yield id_, blocks_of(data)


def _before(recorded: History, path: str, steps: Sequence[Step] | None) -> Iterator[Change]:
    """What was told of the file before git knew it."""
    began = steps[0].day if steps else None
    for change in changes_of(recorded.changes.get(path, "")):
        if began is None or (change.day.year <= began.year if change.count else change.day <= began):
            yield change


def _in_short(changes: list[Change]) -> Iterator[Change]:
    """The newest changes, then the years of older ones. That the file came is no change, and told where somebody is thanked."""
    told = [change for change in changes if change.sort != "added"]
    yield from told[:NEWEST]
    for year, some in groupby(told[NEWEST:], key=lambda change: change.day.year):
        yield Change(datetime.date(year, 12, 31), count=sum(change.count or 1 for change in some))
    yield from [change for change in changes if change.sort == "added" and change.thanks][-1:]
