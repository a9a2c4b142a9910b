"""A commons comes in; the first page goes out: the poster, five doors, six entries, the signs and what is new."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import partial
from typing import Any
from zlib import crc32

from auzolan.model.commons import Commons, Profile
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.news import items
from auzolan.render.lists.counted import kind_sizes
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import SIGNS, kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker, TextView

SIX = 6
NEWS = 5


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`index.html` in every language; none where only the directory is switched on, beside somebody's blog."""
    if "articles" in context.settings.features:
        for language, speaker in context.speakers.items():
            yield Unit(f"home {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    title = speaker.text(context.settings.tagline)
    say = introduction(context, speaker)
    news = items(desk, NEWS)
    path_of_news = addresses.news(language, context.default)
    view = {
        "title": title if title["text"] else speaker.said(context.settings.site_name, language),
        "say": say,
        "gates": gates(context, speaker),
        "six": desk.cards(chosen(commons)),
        "all": context.find(language),
        "add": addresses.add(language, context.default),
        "signs": signs(commons, context, speaker),
        "news": news,
        "news_path": path_of_news,
    }
    yield page_of(
        context,
        addresses.home(language, context.default),
        "home.html",
        language,
        view,
        title=title["text"] or context.settings.site_name,
        description=say["text"],
        feed=addresses.feed_of(path_of_news) if news else "",
        body="home",
        search_box=False,
    )


def introduction(context: Context, speaker: Speaker) -> TextView:
    """What the site says of itself; words that fit any commons where it says nothing."""
    said = speaker.text(context.settings.introduction)
    if said["text"]:
        return said
    words = speaker._(
        "%(site)s is a directory of people who work together: who does what, with whom, under which licence. "
        "Everything in it says where it comes from and how old it is. "
        "Anyone may read it, correct it, print it and carry it away.",
        site=context.settings.site_name,
    )
    return speaker.said(words, speaker.language)


def gates(context: Context, speaker: Speaker) -> list[dict[str, str]]:
    """The doors that are open, each with a line on what stands behind it."""
    tag, default, features = speaker.language, context.default, context.settings.features
    find = (
        speaker._("By name, place, topic or kind.")
        if "search" in features
        else speaker._("By kind, place, topic or letter.")
    )
    doors = (
        ("directory", speaker._("Find"), find, addresses.find(tag, default)),
        ("directory", speaker._("Map"), speaker._("What is near you, and a list for those without a map."),
         addresses.map_page(tag, default)),
        ("articles", speaker._("Read"), speaker._("Articles, interviews and translations."),
         addresses.articles_index(tag, default)),
        ("directory", speaker._("Add"), speaker._("A few answers are enough to begin."),
         addresses.add(tag, default)),
        ("data", speaker._("Take it with you"), speaker._("On a stick, on a phone, on paper."),
         addresses.take(tag, default)),
    )  # fmt: skip
    return [{"label": label, "words": words, "path": path} for part, label, words, path in doors if part in features]


def signs(commons: Commons, context: Context, speaker: Speaker) -> list[dict[str, Any]]:
    """Every kind with its sign, its list and how many entries it has; articles last."""
    sizes = kind_sizes(commons)
    found = [
        {"kind": kind_view(kind, speaker), "n": speaker.number(sizes.get(kind.name, 0))}
        for kind in kinds_in_order(commons)
    ]
    article = commons.catalog.declarations.article
    if article and "articles" in context.settings.features:
        shown = {**kind_view(article, speaker), "path": addresses.articles_index(speaker.language, context.default)}
        found.append({"kind": shown, "n": speaker.number(sizes["article"])})
    return found


def kinds_in_order(commons: Commons) -> list[Kind]:
    """Kinds in the order of the seven signs; those that share a sign, or have none, by name."""
    place = {sign: number for number, sign in enumerate(SIGNS)}
    kinds = commons.catalog.declarations.kinds.values()
    return sorted(kinds, key=lambda kind: (place.get(kind.sign, len(place)), kind.name))


def chosen(commons: Commons) -> tuple[EntryId, ...]:
    """Six entries: those the settings feature, else the best connected of each kind in turn, then
    those that say most, examples last."""
    return commons.derived("six", lambda: _chosen(commons))


def _chosen(commons: Commons) -> tuple[EntryId, ...]:
    listed = frozenset(commons.listed)
    featured = tuple(dict.fromkeys(id_ for id_ in commons.catalog.settings.featured if id_ in listed))
    if featured:
        return featured[:SIX]

    ranked = [
        heapq.nsmallest(SIX, commons.by_kind.get(kind.name, ()), key=lambda id_: rank_of(commons, id_))
        for kind in kinds_in_order(commons)
    ]
    found = [ids[place] for place in range(SIX) for ids in ranked if place < len(ids)]
    return tuple(found[:SIX])


def rank_of(commons: Commons, id_: EntryId) -> tuple[bool, int, int, int, EntryId]:
    """What ranks an entry among its kind, the first to be shown lowest."""
    return commons.fact("standing", id_, lambda: _rank(commons.profiles[id_]))


def _rank(profile: Profile) -> tuple[bool, int, int, int, EntryId]:
    # Of many that say as much, not always those that begin with a figure or an A.
    chance = crc32(profile.id.encode())
    return profile.is_example, -len(profile.relations), -len(profile.values), chance, profile.id
