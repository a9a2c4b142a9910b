"""A commons, read and linked, and a choice come in; the part that was chosen goes out, as a commons that is made into a site as any other.

What is named in the part and not in it keeps its profile, so that pages can say what it is called (`Commons.elsewhere`), and has no
page; render/shared/away.py leads to where it has one. Settings of the part: its own id and languages, and no address, since nobody
knows where it will lie.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from auzolan.link import link_wanted, wants
from auzolan.model.commons import Commons, Facet, FacetValue, Story
from auzolan.model.errors import AuzolanError
from auzolan.model.parts import KIND, LANGUAGE, Part
from auzolan.model.settings import Settings
from auzolan.render.pocket.part import part_of


def narrowed(commons: Commons, part: Part) -> Commons:
    """The part of a commons. Raises AuzolanError where there would be nothing in it."""
    found = part_of(commons, {name: values for name, values in part.chosen.items() if name != LANGUAGE})
    if not found.total:
        raise AuzolanError("this commons has no entries yet", "auzolan new cooperative writes a first one")
    if not found.ids:
        raise AuzolanError(f"no entry is in this part: {part.words()}", "ask for less, or for another part")
    here = frozenset(found.ids)
    elsewhere = frozenset(commons.listed) - here
    settings = settings_of(commons.catalog.settings, replace(part, entries=len(here), total=found.total))
    article, kinds = commons.catalog.declarations.article, part.chosen.get(KIND, ())
    has_stories = not kinds or (article is not None and article.name in kinds)
    stories = dict(_spoken(commons.stories, settings.languages)) if has_stories else {}
    relations = tuple(
        one for one in commons.relations if not here.isdisjoint((one.subject.entry or "", one.object.entry or ""))
    )

    def is_in(id_: str) -> bool:
        kind, _, slug = id_.partition("/")
        return id_ in here or (kind == "article" and slug in stories)

    return replace(
        commons,
        catalog=replace(
            commons.catalog, settings=settings, images=commons.catalog.images if part.images else {}
        ),
        listed=tuple(id_ for id_ in commons.listed if id_ in here),
        by_kind={kind: tuple(id_ for id_ in ids if id_ in here) for kind, ids in commons.by_kind.items()},
        stories=stories,
        pages=dict(_spoken(commons.pages, settings.languages, all_=True)),
        relations=relations,
        facets={id_: facet for id_, one in commons.facets.items() if (facet := _facet(one, is_in)).values},
        wanted=link_wanted(commons.catalog.declarations, filter(wants, relations)),
        redirects={former: now for former, now in commons.redirects.items() if now not in elsewhere},
        elsewhere=elsewhere,
    )  # fmt: skip


def settings_of(whole: Settings, part: Part) -> Settings:
    """The settings of a part's own pages."""
    languages = part.chosen.get(LANGUAGE) or whole.languages
    return replace(whole, languages=languages, site_id=part.site, site_url="", part=part, whole=whole)


def _spoken(
    stories: Mapping[str, Story], languages: tuple[str, ...], *, all_: bool = False
) -> Iterator[tuple[str, Story]]:
    """What is written in these languages, in no others; where `all_` are asked for, the rest too, as it is."""
    for slug, story in stories.items():
        versions = {tag: one for tag, one in story.versions.items() if tag in languages}
        if versions:
            yield slug, replace(story, versions=versions, values={tag: story.values[tag] for tag in versions})
        elif all_:
            yield slug, story


def _facet(facet: Facet, is_in: Callable[[str], bool]) -> Facet:
    kept = (replace(one, members=tuple(filter(is_in, one.members))) for one in facet.values)
    values: list[FacetValue] = sorted((one for one in kept if one.members), key=lambda one: (-len(one.members), one.id))
    return replace(facet, values=tuple(values))
