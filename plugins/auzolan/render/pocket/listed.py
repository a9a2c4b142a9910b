"""The entries of a part come in; the list that stands in the file as plain HTML goes out: it is read without a script, and the
script makes the search of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.commons import Profile
from auzolan.model.kinds import Field
from auzolan.model.pages import Document
from auzolan.model.values import value_leaves
from auzolan.render.desk import Desk
from auzolan.render.lists.order import in_order
from auzolan.render.pocket.part import Part
from auzolan.render.shared.links import safe_url, shown_url, tel

MOST_WAYS = 3
"""Ways to reach an entry that stand in the list."""


def listed(part: Part, desk: Desk, documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """The kinds that have entries, each with its `kind` view, `folder`, `count` and `rows` from A to Z: `slug`, `name` (a text view),
    `summary`, `place`, `reach` ([{text, url}])."""
    there = frozenset(part.ids)
    found = []
    for name, kind in desk.commons.catalog.declarations.kinds.items():
        ids = in_order(desk, there.intersection(desk.commons.by_kind.get(name, ())))
        if ids:
            rows = [_row(desk, id_, documents[id_]) for id_ in ids]
            found.append(
                {
                    "kind": desk.kind_view(name),
                    "folder": kind.folder,
                    "rows": rows,
                    "count": desk.speaker.number(len(ids)),
                }
            )
    return found


def _row(desk: Desk, id_: str, document: Document) -> dict[str, Any]:
    profile = desk.commons.profiles[id_]
    name = desk.name(id_)
    return {
        "slug": profile.slug,
        "name": {**(name or {}), "text": document.title},
        "summary": document.summary,
        "place": document.place,
        "reach": list(_reach(profile, desk.kind(profile.kind).fields))[:MOST_WAYS],
    }


def _reach(profile: Profile, fields: Mapping[str, Field]) -> Iterator[dict[str, str]]:
    """How to reach it: its address on the web, then mail and telephone, as the fact box shows them."""
    found: dict[str, str] = {}
    for field, value, _, top in value_leaves(fields, profile.values):
        if top.show not in {"card", "facts"}:
            continue
        if field.type == "url" and field is top:
            found.setdefault(safe_url(str(value)), shown_url(str(value)))
        elif field.type == "email":
            found.setdefault(safe_url(f"mailto:{value}"), str(value))
        elif field.type == "phone":
            found.setdefault(safe_url(tel(str(value))), str(value))
    yield from ({"url": url, "text": text} for url, text in found.items() if url)
