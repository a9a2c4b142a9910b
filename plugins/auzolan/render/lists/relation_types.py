"""A commons in; a page out for every type of relation: how it reads from both sides, between whom, and all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons, Reference
from auzolan.model.kinds import RelationType
from auzolan.model.pages import Page, Unit
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.order import key_of
from auzolan.render.lists.words import RELATIONS, also_called, same_as
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url

Pair = tuple[Reference, Reference, bool]
"""The two ends of a relation, and whether it has ended."""

SHOWN = 200
"""How many relations of a type its page lists; the data files have all of them."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """One page for each declared type and language."""
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for type_ in commons.catalog.declarations.relation_types.values():
            yield Unit(f"relation {desk.language} {type_.id}", partial(_page, desk, type_))


def _of_type(commons: Commons, type_: str) -> tuple[Pair, ...]:
    """The relations of one type, as its page tells them."""
    return commons.derived(
        f"relations.{type_}",
        lambda: tuple((one.subject, one.object, one.ended) for one in commons.relations_of(type_)),
    )


def _page(desk: Desk, type_: RelationType) -> Iterator[Page]:
    speaker = desk.speaker
    label = speaker.text(type_.label)
    count, pairs = _first(desk, type_.id)
    vocabulary = desk.commons.catalog.declarations.vocabularies.get(RELATIONS)
    shelf = (speaker.plain(vocabulary.label) if vocabulary else "") or speaker._("Relations")
    view: dict[str, Any] = {
        "label": label if label["text"] else speaker.said(type_.id, desk.language),
        "inverse": speaker.text(type_.inverse_label),
        "symmetric": type_.symmetric,
        "derived": bool(type_.derived_from),
        "definition": speaker.text(type_.definition),
        "subjects": _ends(desk, type_.subjects),
        "objects": _ends(desk, type_.objects),
        "same_kind": type_.same_kind,
        "others": also_called(desk, type_),
        "same_as": same_as(desk, type_),
        "uri": safe_url(type_.url),
        "shelf": {"label": shelf, "path": addresses.facet_index(RELATIONS, desk.language, desk.context.default)},
        "count_words": speaker.n("%(count)s relation", "%(count)s relations", count),
        "rows": [_row(desk, pair) for pair in pairs],
        "more": speaker.number(count - SHOWN) if count > SHOWN else "",
    }
    yield page_of(
        desk.context,
        addresses.relation_page(type_.id, desk.language, desk.context.default),
        "directory/relation_type.html",
        desk.language,
        {"relation": view},
        title=view["label"]["text"],
        description=view["definition"]["text"],
        door="find",
    )


def _first(desk: Desk, type_: str) -> tuple[int, tuple[Pair, ...]]:
    """How many relations of a type there are, and those that its page shows."""

    def made() -> tuple[int, tuple[Pair, ...]]:
        pairs = _in_order(desk, type_)
        return len(pairs), tuple(pairs[:SHOWN])

    return desk.commons.derived(f"relations.{type_}.{desk.language}", made)


def _in_order(desk: Desk, type_: str) -> list[Pair]:
    """The relations of a type A to Z by both names, without those at whose end something was withdrawn."""
    found = []
    for pair in _of_type(desk.commons, type_):
        subject, object_ = _key(desk, pair[0]), _key(desk, pair[1])
        if subject and object_:
            found.append(((subject, object_), pair))
    found.sort(key=lambda one: one[0])
    return [pair for _, pair in found]


def _key(desk: Desk, reference: Reference) -> tuple[str, ...] | None:
    if reference.entry is None:
        return sort_key(desk.speaker.plain(reference.name))
    key = key_of(desk, reference.entry)
    return key and key[:2]


def _row(desk: Desk, pair: Pair) -> dict[str, Any]:
    subject, object_, ended = pair
    return {"subject": _card(desk, subject), "object": _card(desk, object_), "ended": ended}


def _card(desk: Desk, reference: Reference) -> dict[str, Any] | None:
    if reference.entry:
        return desk.card(reference.entry)
    return desk.reference(reference)


def _ends(desk: Desk, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The kinds that may stand at one end; [] for any."""
    if "any" in names:
        return []
    kinds = desk.commons.catalog.declarations.kinds.values()
    return [desk.kind_view(kind.name) for kind in kinds if kind.is_a(names)]
