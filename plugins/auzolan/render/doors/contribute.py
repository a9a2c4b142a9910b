"""The declarations come in; the door Add goes out: which form to take, what it asks, and what happens with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import kinds_in_order
from auzolan.render.form.sending import send_view
from auzolan.render.lists.counted import wanted_count
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`contribute.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"contribute {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    view = {
        "questions": questions(speaker),
        "kinds": [
            {**kind_view(kind, speaker), "form": addresses.form(kind, language, context.default)}
            for kind in kinds_in_order(commons)
        ],
        "send": send_view(desk),
        "wanted": addresses.wanted(language, context.default),
        "wanted_count": wanted_count(commons),
        "search_path": context.find(language),
    }
    path = addresses.add(language, context.default)
    yield page_of(context, path, "contribute.html", language, view, title=speaker._("Add an entry"), door="add")


def questions(speaker: Speaker) -> list[dict[str, str]]:
    """The four questions; who can answer them can contribute."""
    return [
        {"title": speaker._("What is its name?"),
         "words": speaker._("As it calls itself, in its own language and script. Other names come later.")},
        {"title": speaker._("What does it do?"),
         "words": speaker._("One or two plain sentences: what, for whom, with whom. No praise.")},
        {"title": speaker._("Where is it?"),
         "words": speaker._("The country is enough. A town helps people nearby to find it.")},
        {"title": speaker._("How do you know?"),
         "words": speaker._("A web address, a book, a newspaper with its date, or the meeting where it was said.")},
    ]  # fmt: skip
