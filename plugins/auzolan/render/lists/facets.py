"""A commons and a kind come in; the ways to narrow its list down go out: values with counts, never a zero."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from auzolan.model.commons import Facet
from auzolan.model.kinds import Texts
from auzolan.model.pages import FacetNames
from auzolan.render.cards import license_words
from auzolan.render.desk import Desk
from auzolan.render.lists.counted import MOST, Ranking, beside, facet_ids, head_of, kind_sizes, wide
from auzolan.render.shared import addresses


def aside(desk: Desk, kind: str) -> list[dict[str, Any]]:
    """Beside the list of one kind: the kinds, then each facet that its entries have, counted among them. A value
    leads to that kind's part of the value's page, so that the count is what one finds there."""
    return [_kinds(desk, kind), *(_facet(desk, kind, ranking) for ranking in beside(desk.commons, kind))]


def part_id(kind: str) -> str:
    """The anchor of a kind's part on the page of a facet's value."""
    return f"in-{kind.replace('_', '-')}"


def value_label(desk: Desk, facet: Facet, value: str, label: Texts) -> str:
    """A value's name for the reader; `label` is what the facet itself calls it."""
    if facet.type == "license":
        return license_words(value)
    if facet.type != "word":
        return desk.speaker.coded(facet.type, value)
    known = desk.speaker.word_of(facet.vocabulary or facet.id, value)
    return (desk.speaker.plain(known.label) if known else "") or desk.speaker.plain(label) or value


def facet_label(desk: Desk, facet: Facet) -> str:
    """A facet's name for the reader."""
    return desk.speaker.plain(facet.label) or facet.id


def facet_names(desk: Desk) -> FacetNames:
    """How search shows facets: as the static lists do."""
    heads = {id_: head_of(desk.commons, id_) for id_ in facet_ids(desk.commons)}

    def value(facet: str, written: str) -> str:
        return value_label(desk, heads[facet], written, {}) if facet in heads else written

    return FacetNames(
        {id_: facet_label(desk, head) for id_, head in heads.items()},
        frozenset(ranking.facet.id for ranking in wide(desk.commons)),
        value,
    )


def narrow_by(facet: str, value: str) -> str:
    """What the address of a list says to narrow it down by a value."""
    return urlencode({facet: value}, quote_via=quote)


def _kinds(desk: Desk, chosen: str) -> dict[str, Any]:
    find = desk.context.find(desk.language)
    sizes = kind_sizes(desk.commons)
    choices = []
    for name in desk.commons.catalog.declarations.kinds:
        count = sizes.get(name, 0)
        view = desk.kind_view(name)
        if count:
            on = name == chosen
            path = find if on else view["path"]
            choices.append(_choice(desk, view["label"], count, path, on=on, kind=view))
    return {"id": "kind", "label": desk.speaker._("Kind"), "choices": choices, "more": ""}


def _facet(desk: Desk, kind: str, ranking: Ranking) -> dict[str, Any]:
    facet = ranking.facet
    values = [(one.count, value_label(desk, facet, one.id, one.label), one) for one in ranking.values]
    values.sort(key=lambda one: (-one[0], one[1]))
    choices = []
    for count, label, one in values[:MOST]:
        part = f"#{part_id(kind)}" if one.on_one_page else ""
        path = desk.word_path(facet.id, one.id) + part
        choices.append(_choice(desk, label, count, path, narrow=narrow_by(facet.id, one.id)))
    more = addresses.facet_index(facet.id, desk.language, desk.context.default) if ranking.total > MOST else ""
    return {"id": facet.id, "label": facet_label(desk, facet), "choices": choices, "more": more}


def _choice(desk: Desk, label: str, count: int, path: str, **more: Any) -> dict[str, Any]:
    plain = {"label": label, "n": desk.speaker.number(count), "path": path, "on": False, "kind": None, "narrow": ""}
    return {**plain, **more}
