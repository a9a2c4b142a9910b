"""A checked catalog comes in; a `Commons` goes out, in which everything is joined to everything that it speaks of."""

from __future__ import annotations

from collections.abc import Mapping

from auzolan.link.again import Relinked, names_of, relink
from auzolan.link.context import Linking, linking_of
from auzolan.link.relations import relation_order
from auzolan.link.said import Joints, Said, joints_of, link_alone
from auzolan.link.standings import Standing, Tables, tables_of
from auzolan.link.stories import link_stories, mentioned_in
from auzolan.link.wanted import link_wanted, wants
from auzolan.model.briefs import Brief
from auzolan.model.commons import Commons, Profile, Story
from auzolan.model.entries import Catalog, EntryId

__all__ = [
    "Joints", "Linking", "Relinked", "Said", "Standing", "Tables", "joints_of", "link", "link_alone", "link_stories",
    "link_together", "link_wanted", "linking_of", "mentioned_in", "names_of", "relation_order", "relink", "tables_of", "wants",
]  # fmt: skip


def link(catalog: Catalog, briefs: Mapping[str, Brief]) -> tuple[Commons, dict[str, Standing]]:
    """Everything linked, and where each entry stands in lists; `briefs` are those of all entries. Raises nothing on a
    catalog that `check` passed without errors."""
    linking = linking_of(catalog, briefs)
    alone = [link_alone(linking, entry) for entry in catalog.entries.values()]
    stories = link_stories(linking, catalog.articles)
    joints = joints_of(linking, (said for _, said in alone), mentioned_in(stories))
    standings = {said.id: said.standing for _, said in alone}
    profiles = {profile.id: joints.profile(profile) for profile, _ in alone}
    return link_together(joints, stories, profiles, standings), standings


def link_together(
    joints: Joints, stories: Mapping[str, Story], profiles: Mapping[EntryId, Profile], standings: Mapping[str, Standing]
) -> Commons:
    """The commons of what is joined, with the profiles of all its entries."""
    linking = joints.linking
    catalog = linking.catalog
    tables = tables_of(standings, stories, catalog)
    return Commons(
        catalog=catalog,
        profiles=profiles,
        listed=tables.listed,
        by_kind=tables.by_kind,
        stories=stories,
        pages=link_stories(linking, catalog.pages),
        relations=joints.relations,
        facets=tables.facets,
        wanted=link_wanted(catalog.declarations, (relation for relation in joints.relations if wants(relation))),
        redirects=dict(sorted(linking.redirects.items())),
    )
