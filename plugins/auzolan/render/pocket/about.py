"""A part and its edition come in; what the file says of itself goes out: what it is, of when, and what part of the whole."""

from __future__ import annotations

from typing import Any

from auzolan.model.dates import PartialDate
from auzolan.render.desk import Desk
from auzolan.render.pocket.part import Part, words_of
from auzolan.render.shared.naming import own_name
from auzolan.render.shared.parts import counted

Edition = tuple[int, PartialDate]
"""The number of an edition, and its day."""


def about_of(part: Part, desk: Desk, edition: Edition | None) -> tuple[str, dict[str, Any]]:
    """The title of the file, and: `heading`, `part` (what was chosen, and the language), `counted` ("9 of 134 entries"), `whole` (whether these are all), `day` and
    `iso` (of the newest change in it, "" where nobody knows), `edition` (in words, "" for none), `dated` (a line of these)."""
    speaker, site = desk.speaker, desk.context.settings
    day = desk.commons.catalog.history.build_date
    words = words_of(part, desk)
    dated = speaker.date(PartialDate(day.year, day.month, day.day)) if day else ""
    told = ""
    if edition is not None:
        number, when = edition
        told = speaker._("Edition %(number)s of %(day)s", number=speaker.number(number), day=speaker.date(when))
    heading = ", ".join(words) or site.site_name
    return f"{heading} · {site.site_name}" if words else site.site_name, {
        "heading": heading,
        "part": ", ".join([*words, f"{own_name(desk.language)} ({desk.language})"]),
        "counted": counted(len(part.ids), part.total, speaker),
        "whole": len(part.ids) == part.total,
        "day": dated,
        "iso": day.isoformat() if day else "",
        "edition": told,
        "dated": " · ".join(filter(None, [site.site_name if words else "", told or dated])),
    }
