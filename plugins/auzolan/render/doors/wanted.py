"""A commons comes in; the page of wanted entries goes out: what entries name and nobody has written yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auzolan.model.commons import Commons, Reference, Wanted
from auzolan.model.pages import Page
from auzolan.render.cards import card_of, wanted_card
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import Speaker, TextView

TWO = 2
"""What may be more than two sorts of thing may be nearly anything: that is not worth a line."""


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """`wanted.html` in every language."""
    ends = _ends(commons)
    for language, speaker in context.speakers.items():
        view = {
            "wanted": [_row(commons, context, speaker, one, ends) for one in commons.wanted],
            "add": addresses.add(language, context.default),
        }
        path = addresses.wanted(language, context.default)
        title = speaker._("Wanted entries")
        yield page_of(context, path, "wanted.html", language, view, title=title, door="add")


def _row(
    commons: Commons, context: Context, speaker: Speaker, one: Wanted, ends: set[tuple[str, str, str]]
) -> dict[str, Any]:
    """`card` (hollow), `url`, `may_be` (labels of one or two kinds), `by`: cards with the verb from there to here."""
    kinds = commons.catalog.declarations.kinds
    tongues = [commons.profiles[id_].language for id_, _ in one.by if id_ in commons.profiles]
    may_be = [speaker.plain(kinds[kind].label) or kind for kind in one.kinds if kind in kinds]
    by = []
    for id_, type_ in one.by:
        card = card_of(commons, context, speaker, id_)
        if card:
            by.append({"card": card, "verb": _verb(commons, speaker, one, id_, type_, ends)})
    return {
        "card": wanted_card(commons, speaker, one.name, one.url, one.kinds, *tongues),
        "url": safe_url(one.url),
        "may_be": may_be if len(may_be) <= TWO else [],
        "by": by,
    }


def _verb(
    commons: Commons, speaker: Speaker, one: Wanted, id_: str, type_: str, ends: set[tuple[str, str, str]]
) -> TextView:
    declared = commons.catalog.declarations.relation_types.get(type_)
    if declared is None:
        return speaker.said(type_, speaker.language)
    turned = (type_, _key(Reference(None, one.name, one.url)), id_) in ends
    return speaker.text(declared.inverse_label if turned and declared.inverse_label else declared.label)


def _ends(commons: Commons) -> set[tuple[str, str, str]]:
    """Relations that begin at what is wanted: the entry that names it reads them from the other side."""
    return {
        (relation.type, _key(relation.subject), relation.object.entry)
        for relation in commons.relations
        if relation.subject.entry is None and relation.object.entry is not None
    }


def _key(reference: Reference) -> str:
    return "\0".join(f"{tag}={name}" for tag, name in sorted(reference.name.items()))
