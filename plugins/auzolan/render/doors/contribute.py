"""The declarations come in; the door Add goes out: which form to take, what it asks, and what happens with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import kinds_in_order
from auzolan.render.form.questions import first_questions
from auzolan.render.form.sending import send_view
from auzolan.render.lists.counted import wanted_count
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

GUIDE = "guide"
"""The page of the site's own (`content/pages/guide.md`) that tells contributors how; a commons may have none."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`contribute.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"contribute {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    view = {
        "questions": questions(desk),
        "kinds": [
            {
                **kind_view(kind, speaker),
                "form": addresses.form(kind, language, context.default),
                "paper": addresses.paper(kind, language, context.default),
            }
            for kind in kinds_in_order(commons)
        ],
        "fields": addresses.fields(language, context.default),
        "guide": addresses.plain_page(GUIDE, language, context.default) if GUIDE in commons.pages else "",
        "papers": True,
        "send": send_view(desk),
        "wanted": addresses.wanted(language, context.default),
        "wanted_count": wanted_count(commons),
        "search_path": context.find(language),
    }
    path = addresses.add(language, context.default)
    yield page_of(context, path, "contribute.html", language, view, title=speaker._("Add an entry"), door="add")


def questions(desk: Desk) -> list[dict[str, str]]:
    """What everybody is asked; who can answer it can contribute. `spared` says which kinds are not asked where they are."""
    speaker, kinds = desk.speaker, kinds_in_order(desk.commons)
    asked = {kind.name for kind in kinds if any(field.type == "place" for field in first_questions(kind))}
    spared = [speaker.plain(kind.label_plural) for kind in kinds if kind.name not in asked]
    told = [
        {"title": speaker._("What is its name?"),
         "words": speaker._("As it calls itself, in its own language and script. Other names come later.")},
        {"title": speaker._("What does it do?"),
         "words": speaker._("One or two plain sentences: what, for whom, with whom. No praise.")},
        {"title": speaker._("Where is it?"),
         "words": speaker._("The country is enough. A town helps people nearby to find it."),
         "spared": speaker._("Not asked of: %(kinds)s.", kinds=", ".join(spared)) if spared else ""},
        {"title": speaker._("How do you know?"),
         "words": speaker._("A web address, a book, a newspaper with its date, or the meeting where it was said.")},
    ]  # fmt: skip
    return [{"spared": "", **one} for one in told if asked or "spared" not in one]
