"""A commons comes in; the door Find goes out: the page that the search script fills, and below it a way in that needs
no script: kinds, facets and all names from A to Z.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auzolan.model.commons import Commons, Facet
from auzolan.model.pages import Page
from auzolan.model.text import letter_of
from auzolan.render.cards import Card, in_order, license_words
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import signs
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of, script_json
from auzolan.render.shared.naming import Speaker

ALL_NAMES = 400
"""Up to so many entries the page lists every name; above, the lists of the kinds do."""
VALUES = 8


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """`search/index.html` in every language."""
    for language, speaker in context.speakers.items():
        search = "search" in context.settings.features
        title = speaker._("Search") if search else speaker._("Find")
        view = {
            "title": title,
            "search": search,
            "signs": script_json(sign_classes(commons, speaker)),
            "kinds": signs(commons, context, speaker),
            "facets_list": [_facet(facet, speaker) for facet in _wide(commons)],
            "letters": _letters(desk_of(commons, context, speaker)) if len(commons.listed) <= ALL_NAMES else [],
            "glossary": addresses.glossary(language, context.default),
            "count": speaker.n("%(count)s entry", "%(count)s entries", len(commons.listed)),
        }
        path = addresses.find(language, context.default)
        yield page_of(context, path, "search.html", language, view, title=title, door="find", search_box=False)


def sign_classes(commons: Commons, speaker: Speaker) -> dict[str, dict[str, Any]]:
    """For the search script: kind → class of its hue, symbol of its sign, whether it is mirrored, its label."""
    said = commons.catalog.declarations
    kinds = [*said.kinds.values(), *([said.article] if said.article else [])]
    found = {}
    for kind in kinds:
        shown = kind_view(kind, speaker)
        found[kind.name] = {
            "class": f"k-{shown['hue']}",
            "symbol": f"s-{shown['sign']}",
            "flip": shown["flip"],
            "label": shown["label"],
        }
    return found


def _wide(commons: Commons) -> list[Facet]:
    """The facets that sort more than one kind; those of a single kind stand beside its list."""
    declared = commons.catalog.declarations.kinds.values()
    found = []
    for facet in commons.facets.values():
        asked = {kind.name for kind in declared if facet.id in kind.fields}
        told = {id_.partition("/")[0] for value in facet.values for id_ in value.members} - {"article"}
        if facet.type != "flag" and (len(asked | told) > 1 or len(declared) == 1):
            found.append(facet)
    return found


def _facet(facet: Facet, speaker: Speaker) -> dict[str, Any]:
    """A facet as the macro `facets` of the partials shows it, its commonest values first."""
    language, default = speaker.language, speaker.default
    choices = [
        {
            "label": _label(facet, speaker, value.id, value.label),
            "n": speaker.number(len(value.members)),
            "path": addresses.facet_value_page(facet.id, value.id, language, default),
            "on": False,
            "kind": None,
        }
        for value in facet.values[:VALUES]
    ]
    more = addresses.facet_index(facet.id, language, default) if len(facet.values) > VALUES else ""
    return {"label": speaker.plain(facet.label) or facet.id, "choices": choices, "more": more}


def _label(facet: Facet, speaker: Speaker, value: str, label: Any) -> str:
    if facet.type == "word":
        return speaker.plain(label) or value
    if facet.type == "license":
        return license_words(value)
    return speaker.coded(facet.type, value)


def _letters(desk: Desk) -> list[dict[str, Any]]:
    """All entries under their letters, A to Z first: `letter`, `id` of its section, `cards`."""
    groups: dict[str, list[Card]] = {}
    for card in desk.cards(in_order(desk.commons, desk.speaker, desk.commons.listed)):
        groups.setdefault(letter_of(card["name"]["text"]), []).append(card)
    order = sorted(groups, key=lambda letter: (not ("A" <= letter <= "Z"), letter))
    return [
        {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": groups[letter]} for letter in order
    ]
