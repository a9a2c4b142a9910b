"""A checked catalog comes in; a `Commons` goes out, in which everything is joined to everything that it speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from auzolan.link.again import Relinked, names_of, relink
from auzolan.link.context import Linking, linking_of
from auzolan.link.profiles import mentions_of, profile_of
from auzolan.link.relations import link_relations, relation_order
from auzolan.link.standings import Standing, Tables, standing_of, tables_of
from auzolan.link.stories import link_stories, mentioned_in
from auzolan.link.wanted import link_wanted, wants
from auzolan.model.briefs import Brief
from auzolan.model.commons import Commons, Profile, Relation
from auzolan.model.entries import Catalog

__all__ = [
    "Relinked", "Standing", "Tables", "link", "link_stories", "link_wanted", "linking_of", "mentioned_in",
    "names_of", "relation_order", "relink", "tables_of", "wants",
]  # fmt: skip


def link(catalog: Catalog, briefs: Mapping[str, Brief]) -> tuple[Commons, dict[str, Standing]]:
    """Everything linked, and where each entry stands in lists; `briefs` are those of all entries. Raises nothing on a
    catalog that `check` passed without errors."""
    linking = linking_of(catalog, briefs)
    relations = link_relations(linking)
    stories = link_stories(linking, catalog.articles)
    profiles = _profiles(linking, relations, mentioned_in(stories))
    default = catalog.settings.default_language
    standings = {id_: standing_of(one, catalog.declarations, default) for id_, one in profiles.items()}
    tables = tables_of(standings, stories, catalog)
    commons = Commons(
        catalog=catalog,
        profiles=profiles,
        listed=tables.listed,
        by_kind=tables.by_kind,
        stories=stories,
        pages=link_stories(linking, catalog.pages),
        relations=relations,
        facets=tables.facets,
        wanted=link_wanted(catalog.declarations, (relation for relation in relations if wants(relation))),
        redirects=dict(sorted(linking.redirects.items())),
    )
    return commons, standings


def _profiles(
    linking: Linking, relations: tuple[Relation, ...], articles: Mapping[str, tuple[str, ...]]
) -> dict[str, Profile]:
    of_entry: dict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        for end in dict.fromkeys((relation.subject.entry, relation.object.entry)):
            if end is not None:
                of_entry[end].append(relation)
    mentioned_by: dict[str, list[str]] = defaultdict(list)
    for id_ in linking.catalog.entries:
        for target in mentions_of(linking, id_):
            mentioned_by[target].append(id_)
    return {
        id_: profile_of(linking, entry, of_entry[id_], articles.get(id_, ()), mentioned_by[id_])
        for id_, entry in linking.catalog.entries.items()
    }
