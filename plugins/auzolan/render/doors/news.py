"""A commons with its History comes in; the page of what is new and changed goes out, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from babel.dates import format_date

from auzolan.model.commons import Commons
from auzolan.model.dates import PartialDate
from auzolan.model.pages import Page
from auzolan.render.cards import card_of
from auzolan.render.files.feeds import dates_of, has_feed
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker

NEWEST = 200
"""How many items the page tells; the lists tell the rest."""


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """`new.html` in every language. Where no file has a date, the page says so."""
    for language, speaker in context.speakers.items():
        told = items(commons, context, speaker)
        months = [
            {"label": label, "days": _days(speaker, list(group))}
            for label, group in groupby(told, key=lambda item: item["month"])
        ]
        path = addresses.news(language, context.default)
        feed = has_feed(commons, (*commons.listed, *(f"article/{slug}" for slug in commons.stories)))
        view = {
            "months": months,
            "known": commons.catalog.history.known,
            "feed": addresses.feed_of(path) if feed else "",
        }
        title = speaker._("What is new")
        yield page_of(context, path, "news.html", language, view, title=title, feed=feed)


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


def items(commons: Commons, context: Context, speaker: Speaker, limit: int = NEWEST) -> list[dict[str, Any]]:
    """What came or changed, newest first, at most `limit` items: `iso`, the `day`, `short`, `month` in words, `card`,
    `what` happened, and its `sort` (changed, article, entry)."""
    members = (*commons.listed, *(f"article/{slug}" for slug in commons.stories))
    dated = [(dates, member) for member in members if (dates := dates_of(commons, member))]
    dated.sort(key=lambda pair: (-pair[0][1].toordinal(), pair[1]))
    told = []
    for (came, changed), member in dated[:limit]:
        card = card_of(commons, context, speaker, member)
        if card is None:
            continue
        sort = "changed" if changed > came else "article" if member.startswith("article/") else "entry"
        if sort == "changed":
            what = speaker._("changed")
        else:
            what = speaker._("new article") if sort == "article" else speaker._("new entry")
        told.append(
            {
                "iso": changed.isoformat(),
                "day": speaker.date(PartialDate(changed.year, changed.month, changed.day)),
                "short": str(format_date(changed, "medium", locale=speaker.locale)),
                "month": speaker.date(PartialDate(changed.year, changed.month)),
                "card": card,
                "what": what,
                "sort": sort,
            }
        )
    return told
