"""A commons comes in; the page of wanted entries goes out: what entries name and nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons, Reference, Wanted
from auzolan.model.pages import Page, Unit
from auzolan.render.cards import wanted_card
from auzolan.render.desk import Desk, desk_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import Speaker, TextView

TWO = 2
"""What may be more than two sorts of thing may be nearly anything: that is not worth a line."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`wanted.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"wanted {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    ends = frozenset(desk.commons.derived("wanted-ends", lambda: _ends(desk.commons)))
    view = {
        "wanted": [_row(desk, one, ends) for one in desk.commons.wanted],
        "add": addresses.add(desk.language, desk.context.default),
    }
    path = addresses.wanted(desk.language, desk.context.default)
    title = desk.speaker._("Wanted entries")
    yield page_of(desk.context, path, "wanted.html", desk.language, view, title=title, door="add")


def _row(desk: Desk, one: Wanted, ends: frozenset[tuple[str, str, str]]) -> dict[str, Any]:
    """`card` (hollow), `url`, `may_be` (labels of one or two kinds), `by`: cards with the verb from there to here."""
    commons, speaker = desk.commons, desk.speaker
    kinds = commons.catalog.declarations.kinds
    tongues = [tongue for id_, _ in one.by if (tongue := _language(commons, id_))]
    may_be = [speaker.plain(kinds[kind].label) or kind for kind in one.kinds if kind in kinds]
    by = []
    for id_, type_ in one.by:
        card = desk.card(id_)
        if card:
            by.append({"card": card, "verb": _verb(commons, speaker, one, id_, type_, ends)})
    return {
        "card": wanted_card(commons, speaker, one.name, one.url, one.kinds, *tongues),
        "url": safe_url(one.url),
        "may_be": may_be if len(may_be) <= TWO else [],
        "by": by,
    }


def _language(commons: Commons, id_: str) -> str:
    """The language in which an entry is written; "" of an unknown one."""

    def written() -> str:
        profile = commons.profiles.get(id_)
        return profile.language if profile else ""

    return commons.fact("language", id_, written)


def _verb(
    commons: Commons, speaker: Speaker, one: Wanted, id_: str, type_: str, ends: frozenset[tuple[str, str, str]]
) -> TextView:
    declared = commons.catalog.declarations.relation_types.get(type_)
    if declared is None:
        return speaker.said(type_, speaker.language)
    turned = (type_, _key(Reference(None, one.name, one.url)), id_) in ends
    return speaker.text(declared.inverse_label if turned and declared.inverse_label else declared.label)


def _ends(commons: Commons) -> tuple[tuple[str, str, str], ...]:
    """Relations that begin at what is wanted: the entry that names it reads them from the other side."""
    return tuple(
        (relation.type, _key(relation.subject), relation.object.entry)
        for relation in commons.relations
        if relation.subject.entry is None and relation.object.entry is not None
    )


def _key(reference: Reference) -> str:
    return "\0".join(f"{tag}={name}" for tag, name in sorted(reference.name.items()))
