"""Profiles come in; where each stands in lists and facets goes out, and of all together the lists and facets themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auzolan.link.facets import link_facets
from auzolan.model.commons import Facet, Profile, Story
from auzolan.model.entries import Catalog
from auzolan.model.facets import Words, facet_words
from auzolan.model.kinds import Declarations
from auzolan.model.packing import packable
from auzolan.model.text import choose, sort_key
from auzolan.model.values import Leaf


@packable
@dataclass(frozen=True, slots=True)
class Standing:
    """All that lists and facets need to know of an entry: `order` is its place by name in the default language, `words`
    its facets' values, `wants` whether it names something that nobody has written yet. Until the day `turns` is over, time alone
    changes nothing of what its profile says; None where it never does."""

    kind: str
    withdrawn: bool
    order: tuple[str, str]
    words: Words
    wants: bool
    turns: datetime.date | None


@dataclass(frozen=True, slots=True)
class Tables:
    """What follows from the standings of all entries: as in `Commons`."""

    listed: tuple[str, ...]
    by_kind: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, Facet]


def standing_of(
    profile: Profile, declarations: Declarations, default_language: str, *, wants: bool, turns: datetime.date | None
) -> Standing:  # fmt: skip
    """Where one entry stands; `wants` and `turns` are as in Standing."""
    return Standing(
        profile.kind,
        profile.withdrawn,
        sort_key(choose(profile.names, default_language, profile.language)[0]),
        () if profile.withdrawn else facet_words(declarations, declarations.kinds[profile.kind].fields, profile.values),
        wants,
        turns,
    )


def turn_of(leaves: Iterable[Leaf], today: datetime.date | None) -> datetime.date | None:
    """The next of the dates among these values of an entry that is not over `today`: once it is, an offer may be closed, a
    relation ended, or a review late."""
    ahead = [
        day.last_day
        for field, day, _, _ in leaves
        if field.type == "date" and today is not None and day.last_day >= today
    ]
    return min(ahead, default=None)


def tables_of(standings: Mapping[str, Standing], stories: Mapping[str, Story], catalog: Catalog) -> Tables:
    """Lists and facets of all entries (by id, sorted) and articles. Of the catalog only settings and declarations count."""
    listed = tuple(id_ for id_, standing in standings.items() if not standing.withdrawn)
    by_kind: dict[str, list[str]] = {kind: [] for kind in catalog.declarations.kinds}
    for id_ in listed:
        by_kind[standings[id_].kind].append(id_)
    return Tables(
        listed=listed,
        by_kind={
            kind: tuple(sorted(ids, key=lambda id_: (standings[id_].order, id_))) for kind, ids in by_kind.items()
        },
        facets=link_facets(catalog.declarations, _members(standings, listed, stories, catalog)),
    )


def _members(
    standings: Mapping[str, Standing], listed: tuple[str, ...], stories: Mapping[str, Story], catalog: Catalog
) -> Iterator[tuple[str, Words]]:
    yield from ((id_, standings[id_].words) for id_ in listed)
    article = catalog.declarations.article
    fields = article.fields if article else {}
    for slug, story in stories.items():
        for values in story.values.values():
            yield f"article/{slug}", facet_words(catalog.declarations, fields, values)
