"""A commons in; the A–Z of each kind out, in every language: one page with letters, or a page for each letter."""

from __future__ import annotations

import string
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page
from auzolan.model.text import letter_of
from auzolan.render.cards import in_order, wanted_card
from auzolan.render.desk import Desk, desk_of
from auzolan.render.files.feeds import has_feed
from auzolan.render.lists.facets import aside
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

ONE_PAGE = 200
"""Up to so many entries a kind has a single page."""
PART = 500
"""How many entries one page of a letter holds."""


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """The list of every kind, and its letters where it is long."""
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for kind in commons.catalog.declarations.kinds.values():
            yield from kind_pages(desk, kind)


def kind_pages(desk: Desk, kind: Kind) -> Iterator[Page]:
    """The pages of one kind in one language."""
    ids = in_order(desk.commons, desk.speaker, desk.commons.by_kind.get(kind.name, ()))
    named = [(letter_of(_name(desk, id_)), id_) for id_ in ids]
    grouped = groupby(sorted(named, key=_rank), lambda one: one[0])
    groups = [(letter, [id_ for _, id_ in group]) for letter, group in grouped]
    if len(ids) <= ONE_PAGE:
        sections = [
            {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": desk.cards(group)}
            for letter, group in groups
        ]
        yield _page(desk, kind, ids, sections=sections, letters=letters(groups, {}), wanted=_wanted(desk, kind))
        return
    paths = {letter: addresses.kind_letter(kind, letter, desk.language, desk.context.default) for letter, _ in groups}
    index = [
        {
            "letter": letter,
            "path": paths[letter],
            "n": desk.speaker.number(len(group)),
            "first": desk.card(group[0]),
            "last": desk.card(group[-1]),
        }
        for letter, group in groups
    ]
    yield _page(desk, kind, ids, index=index, letters=letters(groups, paths), wanted=_wanted(desk, kind))
    for letter, group in groups:
        yield from _letter_pages(desk, kind, letter, group, letters(groups, paths, letter))


def letters(groups: list[tuple[str, list[str]]], paths: dict[str, str], here: str = "") -> list[dict[str, Any]]:
    """A to Z and whatever else there is: `letter`, `path` (of its page, else ""), `id` (of its part of this page),
    `has` (whether anything stands there), `here`."""
    present = [letter for letter, _ in groups]
    shown = [*string.ascii_uppercase, *(letter for letter in present if letter not in string.ascii_uppercase)]
    return [
        {
            "letter": letter,
            "path": paths.get(letter, ""),
            "id": f"az-{addresses.letter_slug(letter)}",
            "has": letter in present,
            "here": letter == here,
        }
        for letter in shown
    ]


def _letter_pages(desk: Desk, kind: Kind, letter: str, group: list[str], az: list[dict[str, Any]]) -> Iterator[Page]:
    default = desk.context.default
    parts = [group[start : start + PART] for start in range(0, len(group), PART)]
    for number, part in enumerate(parts, start=1):
        more = [
            {
                "n": desk.speaker.number(other),
                "path": addresses.kind_letter(kind, letter, desk.language, default, other),
                "here": other == number,
            }
            for other in range(1, len(parts) + 1)
        ]
        section = {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": desk.cards(part)}
        path = addresses.kind_letter(kind, letter, desk.language, default, number)
        plural = desk.kind_view(kind.name)["plural"]
        yield page_of(
            desk.context,
            path,
            "directory/list.html",
            desk.language,
            _view(
                desk,
                kind,
                group,
                sections=[section],
                letters=az,
                parts=more if len(parts) > 1 else [],
                letter=letter,
            ),
            title=f"{plural}: {letter}",
            door="find",
            # Letters follow the names, and names differ from language to language: only one's own page is certain.
            languages=(desk.language,),
            elsewhere=f"{kind.folder}/index.html",
        )


def _page(desk: Desk, kind: Kind, ids: list[str], **view: Any) -> Page:
    shown = desk.kind_view(kind.name)
    return page_of(
        desk.context,
        shown["path"],
        "directory/list.html",
        desk.language,
        _view(desk, kind, ids, facets=aside(desk, ids, kind.name), **view),
        title=shown["plural"],
        description=shown["describes"],
        door="find",
        feed=has_feed(desk.commons, ids),
    )


def _view(desk: Desk, kind: Kind, ids: list[str], **view: Any) -> dict[str, Any]:
    shown = desk.kind_view(kind.name)
    form = addresses.asking(addresses.add(desk.language, desk.context.default), kind=kind.name)
    plain = {
        "kind": shown,
        "count": len(ids),
        "count_words": desk.speaker.n("%(count)s entry, A to Z.", "%(count)s entries, A to Z.", len(ids)),
        "add": form,
        "sections": [],
        "index": [],
        "facets": [],
        "parts": [],
        "letter": "",
        "wanted": [],
    }
    return {"list": {**plain, **view}}


def _wanted(desk: Desk, kind: Kind) -> list[dict[str, Any]]:
    """What is wanted and can only be of this kind."""
    return [
        wanted_card(desk.commons, desk.speaker, one.name, one.url, one.kinds)
        for one in desk.commons.wanted
        if one.kinds == (kind.name,)
    ]


def _name(desk: Desk, id_: str) -> str:
    card = desk.card(id_)
    return str(card["name"]["text"]) if card else id_


def _rank(one: tuple[str, str]) -> tuple[int, str]:
    """A to Z first, digits next, then other scripts, signs at the end; a stable sort keeps names in order."""
    letter = one[0]
    if letter in string.ascii_uppercase:
        return 0, letter
    return (1, "") if letter == "0-9" else (3, "") if letter == "#" else (2, letter)
