"""A commons in; a page out for every type of relation: how it reads from both sides, between whom, and all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auzolan.model.commons import Commons, Reference, Relation
from auzolan.model.kinds import RelationType
from auzolan.model.pages import Page
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.words import RELATIONS, also_called, same_as
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url

SHOWN = 200
"""How many relations of a type its page lists; the data files have all of them."""


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """One page for each declared type and language."""
    by_type: dict[str, list[Relation]] = {}
    for relation in commons.relations:
        by_type.setdefault(relation.type, []).append(relation)
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for type_ in commons.catalog.declarations.relation_types.values():
            yield _page(desk, type_, by_type.get(type_.id, []))


def _page(desk: Desk, type_: RelationType, relations: list[Relation]) -> Page:
    speaker = desk.speaker
    label = speaker.text(type_.label)
    found = (_row(desk, type_, relation) for relation in relations)
    rows: list[dict[str, Any]] = [row for row in found if row]
    rows.sort(key=lambda row: [sort_key(str(row[end]["name"]["text"])) for end in ("subject", "object")])
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
        "count_words": speaker.n("%(count)s relation", "%(count)s relations", len(rows)),
        "rows": rows[:SHOWN],
        "more": speaker.number(len(rows) - SHOWN) if len(rows) > SHOWN else "",
    }
    return page_of(
        desk.context,
        addresses.relation_page(type_.id, desk.language, desk.context.default),
        "directory/relation_type.html",
        desk.language,
        {"relation": view},
        title=view["label"]["text"],
        description=view["definition"]["text"],
        door="find",
    )


def _row(desk: Desk, type_: RelationType, relation: Relation) -> dict[str, Any] | None:
    subject, object_ = (_card(desk, one) for one in (relation.subject, relation.object))
    if subject is None or object_ is None:
        return None
    return {"subject": subject, "object": object_, "ended": relation.ended}


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
