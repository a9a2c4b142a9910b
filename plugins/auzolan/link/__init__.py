"""A checked catalog comes in; a `Commons` goes out, in which everything is joined to everything that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from auzolan.link.context import Linking, is_past, linking_of, value_leaves
from auzolan.link.facets import link_facets
from auzolan.link.relations import link_relations
from auzolan.link.stories import link_stories
from auzolan.link.trust import trust_of
from auzolan.link.wanted import link_wanted
from auzolan.model.commons import Commons, Profile, Relation
from auzolan.model.entries import Catalog, Entry
from auzolan.model.mentions import mentions
from auzolan.model.text import choose, sort_key

__all__ = ["link"]


def link(catalog: Catalog) -> Commons:
    """Everything linked. Raises nothing on a catalog that `check` passed without errors."""
    linking = linking_of(catalog)
    relations = link_relations(linking)
    stories = link_stories(linking, catalog.articles)
    pages = link_stories(linking, catalog.pages)
    of_entry: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        for end in dict.fromkeys((relation.subject.entry, relation.object.entry)):
            if end is not None:
                of_entry[end].append(relation)
    mentioned_in: dict[str, list[str]] = defaultdict(list)
    for story in stories.values():
        for id_ in story.mentions:
            mentioned_in[id_].append(story.slug)
    mentioned_by = _mentions_between(linking)
    profiles = {
        entry.id: _profile(linking, entry, of_entry[entry.id], mentioned_in[entry.id], mentioned_by[entry.id])
        for entry in catalog.entries.values()
    }
    listed = tuple(id_ for id_, profile in profiles.items() if not profile.withdrawn)
    return Commons(
        catalog=catalog,
        profiles=profiles,
        listed=listed,
        by_kind=_by_kind(linking, profiles, listed),
        stories=stories,
        pages=pages,
        relations=relations,
        facets=link_facets(linking, listed, stories),
        wanted=link_wanted(linking, relations),
        redirects=dict(sorted(linking.redirects.items())),
    )


def _profile(
    linking: Linking, entry: Entry, relations: list[Relation], articles: list[str], mentioned_by: list[str]
) -> Profile:
    values = linking.values[entry.id]
    history = linking.catalog.history
    trust = trust_of(linking, entry.id, relations)
    return Profile(
        id=entry.id,
        kind=entry.kind,
        slug=entry.slug,
        path=entry.path,
        language=linking.languages[entry.id],
        names=values.get("name", {}),
        values=values,
        relations=tuple(relations),
        articles=tuple(articles),
        mentioned_by=tuple(mentioned_by),
        trust=() if entry.id in linking.withdrawn else trust,
        created=history.created.get(entry.path),
        changed=history.changed.get(entry.path),
        withdrawn=entry.id in linking.withdrawn,
        review_overdue=any(word.word == "review-overdue" for word in trust),
        open_offers=_open(linking, values.get("offers", ())),
        open_needs=_open(linking, values.get("needs", ())),
        is_example=bool(values.get("example")),
    )


def _open(linking: Linking, items: tuple[dict[str, Any], ...]) -> tuple[int, ...]:
    """The places in the list of those that are not past their `until`."""
    return tuple(index for index, item in enumerate(items) if not is_past(item.get("until"), linking.today))


def _mentions_between(linking: Linking) -> dict[str, list[str]]:
    """Entry → the entries whose prose mentions it."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in linking.catalog.entries.values():
        kind = linking.catalog.declarations.kinds[entry.kind]
        for field, texts, _, _ in value_leaves(kind.fields, linking.values[entry.id]):
            for text in texts.values() if field.type == "prose" else ():
                for mention in mentions(text):
                    target = linking.resolve(mention.entry_id)
                    if (
                        target not in (None, entry.id)
                        and target not in linking.withdrawn
                        and entry.id not in found[target]
                    ):
                        found[target].append(entry.id)
    return found


def _by_kind(linking: Linking, profiles: dict[str, Profile], listed: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    default = linking.catalog.settings.default_language
    return {
        kind: tuple(
            sorted(
                (id_ for id_ in listed if profiles[id_].kind == kind),
                key=lambda id_: (sort_key(choose(profiles[id_].names, default, profiles[id_].language)[0]), id_),
            )
        )
        for kind in linking.catalog.declarations.kinds
    }
