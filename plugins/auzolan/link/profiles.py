"""An entry comes in, and what is joined to it; its profile goes out: first of its own file alone, then with all that others say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from auzolan.link.context import Linking, linked_values
from auzolan.link.trust import trust_of
from auzolan.model.commons import Profile, Relation
from auzolan.model.dates import is_past
from auzolan.model.entries import Entry
from auzolan.model.mentions import mentions
from auzolan.model.values import Leaf


def profile_alone(linking: Linking, entry: Entry) -> Profile:
    """The profile of an entry as far as it follows from its own file."""
    values = linked_values(linking, entry)
    history = linking.catalog.history
    return Profile(
        id=entry.id,
        kind=entry.kind,
        slug=entry.slug,
        path=entry.path,
        language=linking.briefs[entry.id].language,
        names=values.get("name", {}),
        values=values,
        created=history.created.get(entry.path),
        changed=history.changed.get(entry.path),
        withdrawn=entry.id in linking.withdrawn,
        open_offers=_open(linking, values.get("offers", ())),
        open_needs=_open(linking, values.get("needs", ())),
        is_example=bool(values.get("example")),
    )


def joined_profile(
    linking: Linking,
    alone: Profile,
    relations: Iterable[Relation],
    articles: Iterable[str],
    mentioned_by: Iterable[str],
) -> Profile:
    """The whole profile: with all its relations in their order, the slugs of the articles and the ids of the entries that
    mention it."""
    joined = tuple(relations)
    trust = trust_of(linking, alone.id, alone.values, joined)
    return replace(
        alone,
        relations=joined,
        articles=tuple(articles),
        mentioned_by=tuple(mentioned_by),
        trust=() if alone.withdrawn else trust,
        review_overdue=any(word.word == "review-overdue" for word in trust),
    )


def mentions_of(linking: Linking, profile: Profile, leaves: Iterable[Leaf]) -> tuple[str, ...]:
    """The entries that the prose of an entry mentions, itself and withdrawn ones left out. `leaves` are its values."""
    found: dict[str, None] = {}
    for field, texts, _, _ in leaves:
        for text in texts.values() if field.type == "prose" else ():
            for mention in mentions(text) if "[[" in text else ():
                target = linking.resolve(mention.entry_id)
                if target is not None and target != profile.id and target not in linking.withdrawn:
                    found[target] = None
    return tuple(found)


def _open(linking: Linking, items: tuple[dict[str, Any], ...]) -> tuple[int, ...]:
    """The places in the list of those that are not past their `until`."""
    return tuple(index for index, item in enumerate(items) if not is_past(item.get("until"), linking.today))
