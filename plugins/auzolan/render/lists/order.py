"""Ids of entries and articles come in; their orders go out: A to Z as a reader sees their names, and by date.

Orders are made of facts, so that an entry whose name and dates stay the same moves nothing.
"""

from __future__ import annotations

import datetime
import heapq
import string
from collections.abc import Iterable

from auzolan.model.commons import Commons
from auzolan.model.dates import PartialDate
from auzolan.model.text import fold, letter_of
from auzolan.render.cards import card_of, name_of
from auzolan.render.desk import Desk

Key = tuple[str, str, str]
"""What places a name: the name folded (no case, no accents), the name, the heading it stands under."""
Dates = tuple[datetime.date, datetime.date]
"""When something came and when it last changed."""
Group = tuple[str, tuple[str, ...]]
"""A heading of an A–Z and the ids under it, in order."""

NEWEST = 200
"""How far back the news go; the lists tell the rest."""


def key_of(desk: Desk, id_: str) -> Key | None:
    """Where an entry or article stands in an A–Z of the desk's language; None for what is withdrawn or unknown."""
    return desk.commons.fact(f"key.{desk.language}", id_, lambda: _key(desk, id_))


def in_order(desk: Desk, ids: Iterable[str]) -> list[str]:
    """Ids A to Z by the names that a reader sees, without what is withdrawn."""
    return [id_ for *_, id_ in _keyed(desk, ids)]


def by_letter(desk: Desk, ids: Iterable[str]) -> tuple[Group, ...]:
    """The same under headings: A to Z first, digits next, then other scripts, signs at the end."""
    found: dict[str, list[str]] = {}
    for _, _, letter, id_ in _keyed(desk, ids):
        found.setdefault(letter, []).append(id_)
    return tuple((letter, tuple(found[letter])) for letter in sorted(found, key=_rank))


def _keyed(desk: Desk, ids: Iterable[str]) -> list[tuple[str, str, str, str]]:
    return sorted((*key, id_) for id_ in ids if (key := key_of(desk, id_)))


def _key(desk: Desk, id_: str) -> Key | None:
    profile = desk.commons.profiles.get(id_)
    if profile is not None:
        name = "" if profile.withdrawn else str(name_of(desk.speaker, profile)["text"])
    else:
        card = card_of(desk.commons, desk.context, desk.speaker, id_)
        name = str(card["name"]["text"]) if card else ""
    return (fold(name), name, letter_of(name)) if name else None


def _rank(letter: str) -> tuple[int, str]:
    if letter in string.ascii_uppercase:
        return 0, letter
    return (1, "") if letter == "0-9" else (3, "") if letter == "#" else (2, letter)


def dates_of(commons: Commons, member: str) -> Dates | None:
    """When a member came and last changed; None where nobody knows."""
    return commons.fact("dates", member, lambda: _dates(commons, member))


def _dates(commons: Commons, member: str) -> Dates | None:
    kind, _, slug = member.partition("/")
    if kind == "article":
        story = commons.stories.get(slug)
        if story is None or story.date is None:
            return None
        changes = [values["modified"] for values in story.values.values() if values.get("modified")]
        day = first_day(story.date)
        return day, max([day, *(first_day(change) for change in changes)])
    profile = commons.profiles[member]
    if profile.withdrawn or profile.created is None:
        return None
    return profile.created, max(profile.created, profile.changed or profile.created)


def first_day(date: PartialDate) -> datetime.date:
    """The first day that a date may mean: a month or a year alone counts from its beginning."""
    return datetime.date(date.year, date.month or 1, date.day or 1)


def newest_of(commons: Commons, members: Iterable[str], limit: int) -> tuple[tuple[str, Dates], ...]:
    """At most `limit` of those that have dates, the latest change first, with their dates."""
    dated = ((member, dates) for member in members if (dates := dates_of(commons, member)))
    return tuple(heapq.nsmallest(limit, dated, key=lambda pair: (-pair[1][1].toordinal(), pair[0])))


def newest(commons: Commons, limit: int) -> tuple[tuple[str, Dates], ...]:
    """The newest of all listed entries and articles."""
    if limit < NEWEST:
        return commons.derived(f"newest.{limit}", lambda: newest(commons, NEWEST)[:limit])
    return commons.derived("newest", lambda: newest_of(commons, all_members(commons), NEWEST))


def all_members(commons: Commons) -> tuple[str, ...]:
    """Every listed entry and every article, as feeds name them."""
    return (*commons.listed, *(f"article/{slug}" for slug in commons.stories))


def by_age(commons: Commons, ids: Iterable[str]) -> list[str]:
    """Ids of entries and articles, the oldest first: by the date they came. Those whose date nobody knows count as
    the oldest. Those of one day stand from Z to A: a list that begins with the newest is read from A to Z then, where many
    were brought in at once."""
    return sorted(sorted(ids, reverse=True), key=lambda id_: came_of(commons, id_))


def came_of(commons: Commons, id_: str) -> str:
    """The date an entry or article came, as it is sorted by."""
    return commons.fact("came", id_, lambda: _came(commons, id_))


def _came(commons: Commons, id_: str) -> str:
    profile = commons.profiles.get(id_)
    if profile is not None:
        return profile.created.isoformat() if profile.created else ""
    story = commons.stories.get(id_.partition("/")[2])
    return str(story.date) if story and story.date else ""
