"""A commons comes in; the page of thanks goes out: the names that people chose to be thanked by, by the years in which they gave
something. Nobody is counted, and nobody is named who did not choose it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.changes import changes_of, mark_of
from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.model.text import fold
from auzolan.model.thanks import thanks_of
from auzolan.render.desk import Desk, desk_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

MOST = 3_000
"""Names on the page, so that an old phone can open it: those of the newest years."""
Years = tuple[tuple[int, tuple[str, ...]], ...]
"""Years, newest first, 0 where none is known, each with its names in order."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`thanks.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"thanks {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    speaker = desk.speaker
    years, left = [], MOST
    all_years = desk.commons.derived("thanks", lambda: _years(desk.commons))
    for year, names in all_years:
        if left > 0:
            years.append({"label": str(year) if year else speaker._("Without a year"), "names": list(names[:left])})
        left -= len(names)
    view = {
        "years": years,
        "more": speaker.n("and %(count)s more", "and %(count)s more", -left) if left < 0 else "",
        "add": addresses.add(desk.language, desk.context.default),
    }
    path = addresses.thanks(desk.language, desk.context.default)
    yield page_of(desk.context, path, "thanks.html", desk.language, view, title=speaker._("Thanks"))


def given_in(commons: Commons, id_: str) -> tuple[tuple[str, int], ...]:
    """The names that an entry thanks, each with the year in which it first did, 0 where nobody knows. A fact of the entry."""

    def made() -> tuple[tuple[str, int], ...]:
        names = thanks_of(commons, id_)
        if not names:
            return ()
        changes = changes_of(commons.catalog.history.changes.get(commons.profiles[id_].path, ""))
        years = {mark: change.day.year for change in changes for mark in change.thanks}
        return tuple((name, years.get(mark_of(name), 0)) for name in names)

    return commons.fact("given", id_, made)


def _years(commons: Commons) -> Years:
    found: dict[int, dict[str, str]] = {}
    for id_ in commons.listed:
        for name, year in given_in(commons, id_):
            names = found.setdefault(year, {})
            folded = " ".join(name.split()).casefold()
            names[folded] = min(name, names.get(folded, name))
    return tuple(
        (year, tuple(sorted(found[year].values(), key=lambda name: (fold(name), name))))
        for year in sorted(found, reverse=True)
    )
