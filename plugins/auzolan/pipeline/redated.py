"""What was known of when files came and changed, and what is known now, come in; the entries of which it tells something else go out.

A commit, or another day, is no reason to make everything anew: most of what a commit tells is of few entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.link import Standing
from auzolan.model.briefs import Brief
from auzolan.model.entries import EntryId, History


def goes_on(old: History, new: History) -> bool:
    """Whether only single entries may tell something else now. Not where dates were not known, or are no more; nor back in time,
    nor in another year: by the year all pages tell how old their knowledge is."""
    if old.known != new.known:
        return False
    if old.build_date is None or new.build_date is None:
        return old.build_date == new.build_date
    return old.build_date <= new.build_date and old.build_date.year == new.build_date.year


def redated(
    old: History, new: History, briefs: Mapping[EntryId, Brief], standings: Mapping[EntryId, Standing]
) -> set[EntryId]:
    """Of those in `briefs`, the entries that came or changed on another day than before, and those of which a date is over now.
    `standings` are those of before."""
    paths = _differing(old.created, new.created) | _differing(old.changed, new.changed)
    found = {brief.id for brief in briefs.values() if brief.path in paths} if paths else set()
    today = new.build_date
    if today is not None and today != old.build_date:
        turned = (id_ for id_, standing in standings.items() if standing.turns is not None and standing.turns < today)
        found.update(id_ for id_ in turned if id_ in briefs)
    return found


def retold(old: History, new: History, briefs: Mapping[EntryId, Brief]) -> set[EntryId]:
    """Of those in `briefs`, the entries whose changelog is another one."""
    paths = _differing(old.changes, new.changes)
    return {brief.id for brief in briefs.values() if brief.path in paths} if paths else set()


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    return {path for path in {*old, *new} if old.get(path) != new.get(path)}
