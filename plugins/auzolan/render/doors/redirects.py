"""Former ids come in; a small page at each former address goes out, which leads on to where the entry is now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.render.cards import entry_card
from auzolan.render.desk import Desk, desk_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """A page for each former id in every language; none where the kind or the entry is not there any more."""
    kinds = commons.catalog.declarations.kinds
    desks = [desk_of(commons, context, speaker) for speaker in context.speakers.values()]
    for former, now in sorted(commons.redirects.items()):
        kind_name, _, slug = former.partition("/")
        kind = kinds.get(kind_name)
        if kind is None or now not in commons.profiles or former in commons.profiles:
            continue
        for desk in desks:
            path = addresses.entry_page(kind, slug, desk.language, context.default)
            yield Unit(f"moved {desk.language} {former} {now}", partial(_page, desk, path, now))


def _page(desk: Desk, path: str, now: str) -> Iterator[Page]:
    # What was withdrawn has no card for others to show, and is still where the old address leads.
    card = desk.card(now) or entry_card(desk.commons, desk.speaker, desk.commons.profiles[now])
    yield page_of(
        desk.context,
        path,
        "redirect.html",
        desk.language,
        {"card": card, "link": addresses.relative(path, card["path"])},
        title=desk.speaker._("%(name)s has moved", name=card["name"]["text"]),
        canonical=card["path"],
        index=False,
    )
