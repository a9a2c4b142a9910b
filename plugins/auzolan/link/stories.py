"""Articles and pages, one a language version, come in; stories, one a slug with all its versions, go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auzolan.link.context import Linking
from auzolan.model.commons import Story
from auzolan.model.entries import Article
from auzolan.model.kinds import Field
from auzolan.model.mentions import mentions
from auzolan.model.values import values_of


def link_stories(linking: Linking, articles: Iterable[Article]) -> dict[str, Story]:
    """Stories by slug, sorted."""
    kind = linking.catalog.declarations.article
    fields: dict[str, Field] = dict(kind.fields) if kind else {}
    by_slug: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_slug[article.slug].append(article)
    return {slug: _story(linking, slug, versions, fields) for slug, versions in sorted(by_slug.items())}


def _story(linking: Linking, slug: str, versions: list[Article], fields: dict[str, Field]) -> Story:
    versions = sorted(versions, key=lambda one: linking.catalog.settings.languages.index(one.language))
    known = linking.catalog.declarations.vocabularies
    values = {one.language: values_of(fields, one.fields, one.language, known) for one in versions}
    mentioned: dict[str, None] = {}
    for one in versions:
        for mention in mentions(one.body):
            found = linking.resolve(mention.entry_id)
            if found is not None and found not in linking.withdrawn:
                mentioned.setdefault(found)
    dates = [one["date"] for one in values.values() if one.get("date")]
    return Story(slug, versions[0].area, {one.language: one for one in versions}, values, tuple(mentioned),
                 min(dates) if dates else None)  # fmt: skip


def mentioned_in(stories: Mapping[str, Story]) -> dict[str, tuple[str, ...]]:
    """Entry → the slugs of the articles that mention it."""
    found: dict[str, list[str]] = defaultdict(list)
    for story in stories.values():
        for id_ in story.mentions:
            found[id_].append(story.slug)
    return {id_: tuple(slugs) for id_, slugs in found.items()}
