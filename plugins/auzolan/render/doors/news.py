"""A commons with its History comes in; the page of what is new and changed goes out, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from babel.dates import format_date

from auzolan.model.commons import Commons
from auzolan.model.dates import PartialDate
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.order import NEWEST, newest
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`new.html` in every language. Where no file has a date, the page says so."""
    for language, speaker in context.speakers.items():
        yield Unit(f"news {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    told = items(desk)
    months = [
        {"label": label, "days": _days(desk.speaker, list(group))}
        for label, group in groupby(told, key=lambda item: item["month"])
    ]
    path = addresses.news(desk.language, desk.context.default)
    view = {
        "months": months,
        "known": desk.commons.catalog.history.known,
        "feed": addresses.feed_of(path) if told else "",
    }
    title = desk.speaker._("What is new")
    yield page_of(desk.context, path, "news.html", desk.language, view, title=title, feed=bool(told))


def _days(speaker: Speaker, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came on one day, of one sort, is told once with all its names: `iso`, `day`, `what`, `cards`."""
    found = []
    for (iso, day, sort), group in groupby(told, key=lambda item: (item["iso"], item["day"], item["sort"])):
        cards = [item["card"] for item in group]
        found.append({"iso": iso, "day": day, "what": _counted(speaker, sort, len(cards)), "cards": cards})
    return found


def _counted(speaker: Speaker, sort: str, count: int) -> str:
    if sort == "article":
        return speaker.n("%(count)s new article", "%(count)s new articles", count)
    if sort == "entry":
        return speaker.n("%(count)s new entry", "%(count)s new entries", count)
    return speaker.n("%(count)s changed", "%(count)s changed", count)


def items(desk: Desk, limit: int = NEWEST) -> list[dict[str, Any]]:
    """What came or changed, newest first, at most `limit` items: `iso`, the `day`, `short`, `month` in words, `card`,
    `what` happened, and its `sort` (changed, article, entry)."""
    speaker = desk.speaker
    told = []
    # Many come on one day: its words are worked out once.
    for changed, group in groupby(newest(desk.commons, limit), key=lambda one: one[1][1]):
        words = {
            "iso": changed.isoformat(),
            "day": speaker.date(PartialDate(changed.year, changed.month, changed.day)),
            "short": str(format_date(changed, "medium", locale=speaker.locale)),
            "month": speaker.date(PartialDate(changed.year, changed.month)),
        }
        for member, (came, _) in group:
            sort = "changed" if changed > came else "article" if member.startswith("article/") else "entry"
            told.append({**words, "card": desk.card(member), "what": _happened(speaker, sort), "sort": sort})
    return told


def _happened(speaker: Speaker, sort: str) -> str:
    if sort == "changed":
        return speaker._("changed")
    return speaker._("new article") if sort == "article" else speaker._("new entry")
