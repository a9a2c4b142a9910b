"""A commons and a set of ids come in; the ways to narrow them down go out: values with counts, never a zero."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from auzolan.model.commons import Facet, FacetValue
from auzolan.render.cards import license_words
from auzolan.render.desk import Desk
from auzolan.render.lists.paging import on_one_page
from auzolan.render.shared import addresses

MOST = 8
"""How many values of a facet stand beside a list; the rest are one link away."""


def aside(desk: Desk, ids: Collection[str], kind: str) -> list[dict[str, Any]]:
    """Beside the list of one kind: the kinds, then each facet that its entries have, counted among `ids`. A value
    leads to that kind's part of the value's page, so that the count is what one finds there."""
    found = [_kinds(desk, kind)]
    wanted = frozenset(ids)
    for facet in desk.commons.facets.values():
        values = []
        for value in facet.values:
            count = len(wanted.intersection(value.members))
            if count:
                path = desk.word_path(facet.id, value.id)
                part = f"#{part_id(kind)}" if on_one_page(len(value.members)) else ""
                values.append((count, value_label(desk, facet, value), path + part))
        if values:
            found.append(_facet(desk, facet, values))
    return found


def part_id(kind: str) -> str:
    """The anchor of a kind's part on the page of a facet's value."""
    return f"in-{kind.replace('_', '-')}"


def value_label(desk: Desk, facet: Facet, value: FacetValue) -> str:
    """A value's name for the reader."""
    if facet.type == "license":
        return license_words(value.id)
    if facet.type != "word":
        return desk.speaker.coded(facet.type, value.id)
    known = desk.speaker.word_of(facet.vocabulary or facet.id, value.id)
    return (desk.speaker.plain(known.label) if known else "") or desk.speaker.plain(value.label) or value.id


def facet_label(desk: Desk, facet: Facet) -> str:
    """A facet's name for the reader."""
    return desk.speaker.plain(facet.label) or facet.id


def _kinds(desk: Desk, chosen: str) -> dict[str, Any]:
    find = desk.context.find(desk.language)
    choices = []
    for name in desk.commons.catalog.declarations.kinds:
        count = len(desk.commons.by_kind.get(name, ()))
        view = desk.kind_view(name)
        if count:
            on = name == chosen
            path = find if on else view["path"]
            choices.append(_choice(desk, view["label"], count, path, on=on, kind=view))
    return {"id": "kind", "label": desk.speaker._("Kind"), "choices": choices, "more": ""}


def _facet(desk: Desk, facet: Facet, values: list[tuple[int, str, str]]) -> dict[str, Any]:
    values.sort(key=lambda one: (-one[0], one[1]))
    more = addresses.facet_index(facet.id, desk.language, desk.context.default) if len(values) > MOST else ""
    choices = [_choice(desk, label, count, path) for count, label, path in values[:MOST]]
    return {"id": facet.id, "label": facet_label(desk, facet), "choices": choices, "more": more}


def _choice(desk: Desk, label: str, count: int, path: str, **more: Any) -> dict[str, Any]:
    plain = {"label": label, "n": desk.speaker.number(count), "path": path, "on": False, "kind": None}
    return {**plain, **more}
