"""A commons in; the A–Z of each kind out, in every language: one page with letters, or a page for each letter."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.cards import wanted_card
from auzolan.render.desk import Desk, desk_of
from auzolan.render.files.feeds import kind_has_feed
from auzolan.render.lists.counted import wanted_of
from auzolan.render.lists.facets import aside
from auzolan.render.lists.order import Group, by_letter
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

ONE_PAGE = 200
"""Up to so many entries a kind has a single page."""
PART = 500
"""How many entries one page of a letter holds."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """The list of every kind, and its letters where it is long."""
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for kind in commons.catalog.declarations.kinds.values():
            where = f"{desk.language} {kind.folder}"
            if len(commons.by_kind.get(kind.name, ())) <= ONE_PAGE:
                yield Unit(f"list {where}", partial(_whole, desk, kind))
                continue
            yield Unit(f"list {where}", partial(_index, desk, kind))
            for letter, ids in _groups(desk, kind):
                for number in range(1, _parts(len(ids)) + 1):
                    yield Unit(f"letter {where} {letter} {number}", partial(_letter, desk, kind, letter, number))


def _groups(desk: Desk, kind: Kind) -> tuple[Group, ...]:
    """The kind's A–Z. Pages that show a part of it ask for that part, by the functions below."""
    commons = desk.commons
    name = f"az.{desk.language}.{kind.name}"
    return commons.derived(name, lambda: by_letter(desk, commons.by_kind.get(kind.name, ())))


def _letters_there(desk: Desk, kind: Kind) -> tuple[str, ...]:
    name = f"az-letters.{desk.language}.{kind.name}"
    return desk.commons.derived(name, lambda: tuple(letter for letter, _ in _groups(desk, kind)))


def _under(desk: Desk, kind: Kind, letter: str) -> tuple[str, ...]:
    name = f"az-under.{desk.language}.{kind.name}.{letter}"
    return desk.commons.derived(name, lambda: dict(_groups(desk, kind))[letter])


def _spans(desk: Desk, kind: Kind) -> tuple[tuple[str, int, str, str], ...]:
    """Each letter with how many stand under it, its first and its last."""
    name = f"az-spans.{desk.language}.{kind.name}"
    return desk.commons.derived(
        name, lambda: tuple((letter, len(ids), ids[0], ids[-1]) for letter, ids in _groups(desk, kind))
    )


def _parts(count: int) -> int:
    return -(-count // PART)


def _whole(desk: Desk, kind: Kind) -> Iterator[Page]:
    groups = _groups(desk, kind)
    count = sum(len(ids) for _, ids in groups)
    sections = [
        {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": desk.cards(ids)}
        for letter, ids in groups
    ]
    yield _page(desk, kind, count, sections=sections, letters=letters([letter for letter, _ in groups], {}))


def _index(desk: Desk, kind: Kind) -> Iterator[Page]:
    spans = _spans(desk, kind)
    paths = _paths(desk, kind)
    index = [
        {
            "letter": letter,
            "path": paths[letter],
            "n": desk.speaker.number(count),
            "first": _name(desk, first),
            "last": _name(desk, last),
        }
        for letter, count, first, last in spans
    ]
    count = sum(count for _, count, _, _ in spans)
    yield _page(desk, kind, count, index=index, letters=letters(list(paths), paths))


def _paths(desk: Desk, kind: Kind) -> dict[str, str]:
    """The first page of each letter."""
    there = _letters_there(desk, kind)
    return {letter: addresses.kind_letter(kind, letter, desk.language, desk.context.default) for letter in there}


def _name(desk: Desk, id_: str) -> dict[str, Any]:
    return {"id": id_, "name": desk.name(id_)}


def letters(present: Sequence[str], paths: dict[str, str], here: str = "") -> list[dict[str, Any]]:
    """A to Z and whatever else there is: `letter`, `path` (of its page, else ""), `id` (of its part of this page),
    `has` (whether anything stands there), `here`."""
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


def _letter(desk: Desk, kind: Kind, letter: str, number: int) -> Iterator[Page]:
    default = desk.context.default
    group = _under(desk, kind, letter)
    parts = _parts(len(group))
    more = [
        {
            "n": desk.speaker.number(other),
            "path": addresses.kind_letter(kind, letter, desk.language, default, other),
            "here": other == number,
        }
        for other in range(1, parts + 1)
    ]
    shown = desk.cards(group[(number - 1) * PART : number * PART])
    section = {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": shown}
    paths = _paths(desk, kind)
    yield page_of(
        desk.context,
        addresses.kind_letter(kind, letter, desk.language, default, number),
        "directory/list.html",
        desk.language,
        _view(
            desk,
            kind,
            len(group),
            sections=[section],
            letters=letters(list(paths), paths, letter),
            parts=more if parts > 1 else [],
            letter=letter,
        ),
        title=f"{desk.kind_view(kind.name)['plural']}: {letter}",
        door="find",
        # Letters follow the names, and names differ from language to language: only one's own page is certain.
        languages=(desk.language,),
        elsewhere=f"{kind.folder}/index.html",
    )


def _page(desk: Desk, kind: Kind, count: int, **view: Any) -> Page:
    shown = desk.kind_view(kind.name)
    wanted = [
        wanted_card(desk.commons, desk.speaker, one.name, one.url, one.kinds) for one in wanted_of(desk.commons, kind)
    ]
    return page_of(
        desk.context,
        shown["path"],
        "directory/list.html",
        desk.language,
        _view(desk, kind, count, facets=aside(desk, kind.name), wanted=wanted, **view),
        title=shown["plural"],
        description=shown["describes"],
        door="find",
        feed=kind_has_feed(desk.commons, kind.name),
    )


def _view(desk: Desk, kind: Kind, count: int, **view: Any) -> dict[str, Any]:
    shown = desk.kind_view(kind.name)
    form = addresses.form(kind, desk.language, desk.context.default)
    plain = {
        "kind": shown,
        "count": count,
        "count_words": desk.speaker.n("%(count)s entry, A to Z.", "%(count)s entries, A to Z.", count),
        "add": form,
        "sections": [],
        "index": [],
        "facets": [],
        "parts": [],
        "letter": "",
        "wanted": [],
    }
    return {"list": {**plain, **view}}
