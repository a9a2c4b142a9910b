"""A few entries that have changed come in, with those that they name; their profiles, linked anew, go out.

What joins two entries is said in the files of these two alone: where neither has changed, their relation stands as it
was linked before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auzolan.link.context import Linking, linking_of
from auzolan.link.profiles import joined_profile
from auzolan.link.relations import link_relations, relation_order
from auzolan.link.said import Said, link_alone
from auzolan.link.standings import Standing
from auzolan.model.briefs import Brief
from auzolan.model.commons import Profile, Relation
from auzolan.model.entries import Catalog, EntryId
from auzolan.model.text import expression_id, license_slug


@dataclass(frozen=True, slots=True)
class Relinked:
    """The profiles of the entries of a catalog, and where they stand in lists, by id."""

    profiles: Mapping[EntryId, Profile]
    standings: Mapping[EntryId, Standing]


def relink(
    catalog: Catalog,
    briefs: Mapping[EntryId, Brief],
    before: Mapping[EntryId, Profile],
    changed: frozenset[EntryId],
    articles: Mapping[EntryId, tuple[str, ...]],
) -> Relinked:
    """`briefs` tell of the whole commons as it is now. `changed` are the entries whose files are new, other or gone, and
    those that name one of which others see something else now. `catalog` holds all of `changed` that are there, and all
    that any of `changed` names or named; `before` has their profiles of before. `articles` are the slugs of the articles
    that mention an entry."""
    linking = linking_of(catalog, briefs)
    alone = {id_: link_alone(linking, entry) for id_, entry in catalog.entries.items()}
    said = [one for _, one in alone.values()]
    joined = _relations(linking, said, before, changed)
    mentioned_by = _mentioned_by(said, before, changed)
    profiles = {
        id_: joined_profile(linking, profile, joined[id_], articles.get(id_, ()), mentioned_by[id_])
        for id_, (profile, _) in alone.items()
    }
    return Relinked(profiles, {one.id: one.standing for one in said})


def names_of(brief: Brief) -> tuple[EntryId, ...]:
    """The ids of entries that an entry names, as written, those of the licences that it is under included."""
    licenses = (license_slug(expression_id(one).removeprefix("LicenseRef-")) for one in brief.licenses)
    return (*brief.names, *(f"license/{slug}" for slug in licenses))


def _relations(
    linking: Linking, said: Iterable[Said], before: Mapping[EntryId, Profile], changed: frozenset[EntryId]
) -> dict[EntryId, list[Relation]]:
    known = linking.catalog.entries
    joined: dict[EntryId, list[Relation]] = defaultdict(list)
    for id_ in known:
        for relation in before[id_].relations if id_ in before else ():
            other = _other(relation, id_)
            again = other is None or other in known or other in changed if id_ in changed else other in changed
            if not again:
                joined[id_].append(relation)
    statements = (statement for one in said for statement in one.statements)
    for relation in link_relations(linking, statements, (relation for one in said for relation in one.derived)):
        ends = dict.fromkeys((relation.subject.entry, relation.object.entry))
        if any(end in changed for end in ends):
            for end in ends:
                if end is not None and end in known:
                    joined[end].append(relation)
    for relations in joined.values():
        relations.sort(key=relation_order)
    return joined


def _other(relation: Relation, id_: EntryId) -> EntryId | None:
    return relation.object.entry if relation.subject.entry == id_ else relation.subject.entry


def _mentioned_by(
    said: Iterable[Said], before: Mapping[EntryId, Profile], changed: frozenset[EntryId]
) -> dict[EntryId, list[EntryId]]:
    found: dict[EntryId, set[EntryId]] = defaultdict(set)
    for one in said:
        if one.id in before:
            found[one.id].update(other for other in before[one.id].mentioned_by if other not in changed)
        if one.id in changed:
            for target in one.mentions:
                found[target].add(one.id)
    return defaultdict(list, {id_: sorted(ids) for id_, ids in found.items()})
