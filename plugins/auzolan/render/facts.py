"""A commons of which some entries have changed comes in; what others may see of these is asked for, once.

An incremental build knows of a fact only when somebody asks whether it is another one now. Who asks first would be a page
that shows the entry, and that may be a page of ten thousand; asked here, all pages that need not be made again are known
before the first one is.
"""

from __future__ import annotations

from collections.abc import Iterable

from auzolan.model.commons import Commons
from auzolan.render.desk import desk_of
from auzolan.render.doors.home import rank_of
from auzolan.render.doors.map_page import standing_of
from auzolan.render.doors.thanks import given_in
from auzolan.render.files.feeds import item_in_feed
from auzolan.render.lists.order import came_of, dates_of, key_of
from auzolan.render.shared.context import Context


def ask_facts(commons: Commons, context: Context, ids: Iterable[str]) -> None:
    """Asks for the facts of entries (`kind/slug`) and articles (`article/slug`) that lists and other pages ask for."""
    there = [id_ for id_ in ids if _is_there(commons, id_)]
    for id_ in there:
        came_of(commons, id_)
        dates_of(commons, id_)
        if id_ in commons.profiles:
            rank_of(commons, id_)
            given_in(commons, id_)
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for id_ in there:
            desk.card(id_)
            key_of(desk, id_)
            dates = dates_of(commons, id_)
            if dates is not None:
                item_in_feed(commons, context, speaker, id_, dates)
            if id_ in commons.profiles:
                desk.name(id_)
                desk.cited_by(id_)
                standing_of(desk, id_)


def _is_there(commons: Commons, id_: str) -> bool:
    profile = commons.profiles.get(id_)
    if profile is not None:
        return not profile.withdrawn
    kind, _, slug = id_.partition("/")
    return kind == "article" and slug in commons.stories
