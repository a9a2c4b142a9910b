"""An entry and what is joined to it come in; its profile goes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from auzolan.link.context import Linking, is_past, value_leaves
from auzolan.link.trust import trust_of
from auzolan.model.commons import Profile, Relation
from auzolan.model.entries import Entry
from auzolan.model.mentions import mentions


def profile_of(
    linking: Linking, entry: Entry, relations: Iterable[Relation], articles: Iterable[str], mentioned_by: Iterable[str]
) -> Profile:
    """The profile of an entry of the catalog: with all its relations in their order, the slugs of the articles and the
    ids of the entries that mention it."""
    values = linking.values[entry.id]
    history = linking.catalog.history
    joined = tuple(relations)
    trust = trust_of(linking, entry.id, joined)
    withdrawn = entry.id in linking.withdrawn
    return Profile(
        id=entry.id,
        kind=entry.kind,
        slug=entry.slug,
        path=entry.path,
        language=linking.languages[entry.id],
        names=values.get("name", {}),
        values=values,
        relations=joined,
        articles=tuple(articles),
        mentioned_by=tuple(mentioned_by),
        trust=() if withdrawn else trust,
        created=history.created.get(entry.path),
        changed=history.changed.get(entry.path),
        withdrawn=withdrawn,
        review_overdue=any(word.word == "review-overdue" for word in trust),
        open_offers=_open(linking, values.get("offers", ())),
        open_needs=_open(linking, values.get("needs", ())),
        is_example=bool(values.get("example")),
    )


def mentions_of(linking: Linking, id_: str) -> tuple[str, ...]:
    """The entries that the prose of an entry of the catalog mentions, itself and withdrawn ones left out."""
    kind = linking.catalog.declarations.kinds[linking.catalog.entries[id_].kind]
    found: dict[str, None] = {}
    for field, texts, _, _ in value_leaves(kind.fields, linking.values[id_]):
        for text in texts.values() if field.type == "prose" else ():
            for mention in mentions(text) if "[[" in text else ():
                target = linking.resolve(mention.entry_id)
                if target is not None and target != id_ and target not in linking.withdrawn:
                    found[target] = None
    return tuple(found)


def _open(linking: Linking, items: tuple[dict[str, Any], ...]) -> tuple[int, ...]:
    """The places in the list of those that are not past their `until`."""
    return tuple(index for index, item in enumerate(items) if not is_past(item.get("until"), linking.today))
