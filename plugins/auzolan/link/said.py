"""An entry comes in; what its own file says of it, of others and of its place in lists goes out. Of what all say, together, the
relations follow, and who mentions whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auzolan.link.context import Linking
from auzolan.link.profiles import joined_profile, mentions_of, profile_alone
from auzolan.link.relations import Statement, derived_of, link_relations, statements_of
from auzolan.link.standings import Standing, standing_of, turn_of
from auzolan.model.commons import Profile, Relation
from auzolan.model.entries import Entry, EntryId
from auzolan.model.packing import packable
from auzolan.model.values import value_leaves


@packable
@dataclass(frozen=True, slots=True)
class Said:
    """What one entry says: its relations as written, those that follow from its fields, whom it mentions, where it stands."""

    id: EntryId
    statements: tuple[Statement, ...]
    derived: tuple[Relation, ...]
    mentions: tuple[EntryId, ...]
    standing: Standing


def link_alone(linking: Linking, entry: Entry) -> tuple[Profile, Said]:
    """The profile of an entry as far as it follows from its own file, and what that says."""
    profile = profile_alone(linking, entry)
    leaves = tuple(value_leaves(linking.catalog.declarations.kinds[entry.kind].fields, profile.values))
    statements = tuple(statements_of(linking, entry, profile.values))
    wants = any(one.subject.entry is None or one.object.entry is None for one in statements)
    settings, declarations = linking.catalog.settings, linking.catalog.declarations
    turns = turn_of(leaves, linking.today)
    standing = standing_of(profile, declarations, settings.default_language, wants=wants, turns=turns)
    derived = tuple(derived_of(linking, profile, leaves))
    return profile, Said(entry.id, statements, derived, mentions_of(linking, profile, leaves), standing)


@dataclass(frozen=True, slots=True)
class Joints:
    """What joins the entries of a commons: all relations in their order, those of each entry, who mentions it; `articles` are
    the slugs of those that do."""

    linking: Linking
    relations: tuple[Relation, ...]
    of_entry: Mapping[EntryId, list[Relation]]
    mentioned_by: Mapping[EntryId, list[EntryId]]
    articles: Mapping[EntryId, tuple[str, ...]]

    def profile(self, alone: Profile) -> Profile:
        """The whole profile of an entry."""
        id_ = alone.id
        return joined_profile(
            self.linking, alone, self.of_entry.get(id_, ()), self.articles.get(id_, ()), self.mentioned_by.get(id_, ())
        )


def joints_of(linking: Linking, said: Iterable[Said], articles: Mapping[EntryId, tuple[str, ...]]) -> Joints:
    """What follows from all that is said, in the order of ids."""
    statements: list[Statement] = []
    derived: list[Relation] = []
    mentioned_by: dict[EntryId, list[EntryId]] = defaultdict(list)
    for one in said:
        statements += one.statements
        derived += one.derived
        for target in one.mentions:
            mentioned_by[target].append(one.id)
    relations = link_relations(linking, statements, derived)
    of_entry: dict[EntryId, list[Relation]] = defaultdict(list)
    for relation in relations:
        for end in dict.fromkeys((relation.subject.entry, relation.object.entry)):
            if end is not None:
                of_entry[end].append(relation)
    return Joints(linking, relations, dict(of_entry), dict(mentioned_by), articles)
