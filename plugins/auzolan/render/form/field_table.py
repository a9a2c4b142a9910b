"""The declarations come in; the page that tells what an entry can say goes out, in the reader's language.

What several kinds have in common is told once, under all their names: nobody reads the same line six times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Field, Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import kinds_in_order
from auzolan.render.form.questions import is_machine_made
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker

Row = dict[str, Any]


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`fields.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"fields {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    context, speaker, language = desk.context, desk.speaker, desk.language
    views = {
        kind.name: {
            **kind_view(kind, speaker),
            "form": addresses.form(kind, language, context.default),
            "paper": addresses.paper(kind, language, context.default),
        }
        for kind in kinds_in_order(desk.commons)
    }
    kinds = [desk.commons.catalog.declarations.kinds[name] for name in views]
    view = {
        "trail": [{"label": speaker._("Add an entry"), "path": addresses.add(language, context.default)}],
        "kinds": list(views.values()),
        "sections": [
            {
                "id": "-".join(kind.name for kind in having) if len(having) < len(kinds) else "every",
                "kinds": [views[kind.name] for kind in having],
                "all": len(having) == len(kinds),
                "title": speaker.listed(views[kind.name]["label"] for kind in having),
                "rows": rows,
            }
            for having, rows in shared_rows(kinds, speaker)
        ],
    }
    title = speaker._("What an entry can say")
    path = addresses.fields(language, context.default)
    yield page_of(context, path, "fields.html", language, view, title=title, door="add")


def shared_rows(kinds: Sequence[Kind], speaker: Speaker) -> list[tuple[list[Kind], list[Row]]]:
    """What is told of fields, by the kinds of which just that is told, those of most kinds first; each field of each kind is
    in one of them."""
    told = {
        kind.name: {name: list(_rows(field, speaker)) for name, field in kind.fields.items() if field.show != "hidden"}
        for kind in kinds
    }
    found: dict[tuple[str, ...], dict[str, list[Row]]] = {}
    for kind in kinds:
        for name, rows in told[kind.name].items():
            having = tuple(other for other, fields in told.items() if fields.get(name) == rows)
            found.setdefault(having, {})[name] = rows
    by_name = {kind.name: kind for kind in kinds}
    return [
        ([by_name[name] for name in having], [row for rows in found[having].values() for row in rows])
        for having in sorted(found, key=lambda names: -len(names))
    ]


def _rows(field: Field, speaker: Speaker, depth: int = 0) -> Iterator[Row]:
    """`label`, `name` (as it is written in a file), `help`, `example`, `needed`, `several` and `depth`."""
    plain = isinstance(field.example, str)
    yield {
        "label": speaker.label(field),
        "name": field.name,
        "help": speaker.plain(field.help),
        "example": (field.examples.get(speaker.language) or str(field.example)) if plain else "",
        "needed": field.required,
        "several": bool(field.many),
        "depth": depth,
    }
    for part in field.fields.values():
        if not is_machine_made(part):
            yield from _rows(part, speaker, depth + 1)
