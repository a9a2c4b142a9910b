"""A commons in; Atom feeds out: all that is new, each kind, each facet's value and the articles, in every language.

Only what has a date is in a feed, since Atom asks for one and none is made up: entries by History, articles by their
own date. A feed that would be empty is not written; `has_feed` tells the pages that link to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from auzolan.model.commons import Commons, Profile, Story
from auzolan.model.kinds import Kind
from auzolan.model.pages import File, Unit
from auzolan.model.settings import Settings
from auzolan.model.text import choose
from auzolan.render.files.atom import Feed, FeedEntry, Item, atom, item_of
from auzolan.render.lists.counted import head_of
from auzolan.render.lists.order import Dates, dates_of, newest, newest_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

NEWEST = 50
"""How many items a feed holds; readers that come seldom find the rest on the pages."""

_TAG = re.compile(
    r"(?:tag:)?(?P<authority>[a-z0-9.@_-]+),(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?::(?P<rest>.*))?\Z", re.I
)
_OTHER = re.compile(r"[^a-z0-9-]+")
_Told = tuple[tuple[str, Dates], ...]
"""What a feed tells, newest first: members with their dates."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """All feeds, in the order of languages, then kinds, facets and articles."""
    for language, speaker in context.speakers.items():
        default = context.default
        yield Unit(f"feed {language} new", partial(_all, commons, context, speaker))
        for kind in commons.catalog.declarations.kinds.values():
            yield Unit(f"feed {language} {kind.folder}/index", partial(_of_kind, commons, context, speaker, kind))
        for facet in commons.facets.values():
            for value in facet.values:
                page = addresses.facet_value_page(facet.id, value.id, language, default)
                make = partial(_of_value, commons, context, speaker, facet.id, value.id, page)
                yield Unit(f"feed {language} by/{facet.id}/{value.id}", make)
        yield Unit(f"feed {language} articles/index", partial(_of_articles, commons, context, speaker))


def _all(commons: Commons, context: Context, speaker: Speaker) -> Iterator[File]:
    title = speaker._("%(site)s: what is new", site=context.settings.site_name)
    page = addresses.news(speaker.language, context.default)
    yield from _file(commons, context, speaker, page, title, newest(commons, NEWEST))


def _of_kind(commons: Commons, context: Context, speaker: Speaker, kind: Kind) -> Iterator[File]:
    title = f"{context.settings.site_name}: {speaker.plain(kind.label_plural) or kind.name}"
    page = addresses.kind_index(kind, speaker.language, context.default)
    yield from _file(commons, context, speaker, page, title, _newest_of_kind(commons, kind.name))


def _newest_of_kind(commons: Commons, kind: str) -> _Told:
    return commons.derived(f"newest-of-kind.{kind}", lambda: newest_of(commons, commons.by_kind.get(kind, ()), NEWEST))


def _of_value(
    commons: Commons, context: Context, speaker: Speaker, facet: str, value: str, page: str
) -> Iterator[File]:
    head, found = head_of(commons, facet), commons.value(facet, value)
    assert found is not None  # a feed is made of every value that somebody has
    label = speaker.plain(found.label) if head.type == "word" else speaker.coded(head.type, value)
    title = f"{context.settings.site_name}: {speaker.plain(head.label) or facet}, {label or value}"
    yield from _file(commons, context, speaker, page, title, newest_of(commons, found.members, NEWEST))


def _of_articles(commons: Commons, context: Context, speaker: Speaker) -> Iterator[File]:
    title = speaker._("%(site)s: articles", site=context.settings.site_name)
    told = newest_of(commons, articles_in(commons, speaker.language), NEWEST)
    page = addresses.articles_index(speaker.language, context.default)
    yield from _file(commons, context, speaker, page, title, told)


def articles_in(commons: Commons, language: str) -> list[str]:
    """The articles that are written in a language, as members of feeds."""
    return [member for slug in commons.stories if language in versions_of(commons, member := f"article/{slug}")]


def versions_of(commons: Commons, member: str) -> tuple[str, ...]:
    """The languages in which an article is written."""
    return commons.fact("versions", member, lambda: tuple(commons.stories[member.partition("/")[2]].versions))


def has_feed(commons: Commons, members: Iterable[str]) -> bool:
    """Whether a page about these ids (entries and `article/<slug>`) has a feed beside it."""
    return any(dates_of(commons, member) for member in members)


def kind_has_feed(commons: Commons, kind: str) -> bool:
    """Whether the list of a kind has a feed beside it."""
    return commons.derived(f"has-feed.{kind}", lambda: has_feed(commons, commons.by_kind.get(kind, ())))


def identifier(settings: Settings, path: str) -> str:
    """The lasting id of a page: its address where the site has one, else a `tag:` URI (RFC 4151)."""
    if settings.site_url:
        return f"{settings.site_url}/{path}"
    found = _TAG.match(settings.site_id)
    if found:
        rest = found["rest"] or ""
        return f"tag:{found['authority'].lower()},{found['date']}:{rest}{'/' if rest else ''}{path}"
    # A name that is no tag yet becomes one under `.invalid`, which RFC 2606 keeps free of owners.
    authority = _OTHER.sub("-", settings.site_id.lower()).strip("-") or "commons"
    return f"tag:{authority}.invalid,2000:{path}"


def _file(commons: Commons, context: Context, speaker: Speaker, page: str, title: str, told: _Told) -> Iterator[File]:
    if not told:
        return
    path = addresses.feed_of(page)
    feed = Feed(
        id=identifier(context.settings, path),
        title=title,
        subtitle=speaker.plain(context.settings.tagline),
        language=speaker.language,
        link=_address(context, path, page),
        self_link=_address(context, path, path),
        author=context.settings.site_name,
        updated=told[0][1][1],
    )
    items = [item_in_feed(commons, context, speaker, member, dates) for member, dates in told]
    yield File(path, atom(feed, [(item, _address(context, path, item[1])) for item in items]))


def item_in_feed(commons: Commons, context: Context, speaker: Speaker, member: str, dates: Dates) -> Item:
    """What feeds say of a dated entry or article."""
    return commons.fact(
        f"feed.{speaker.language}", member, lambda: item_of(_entry(commons, context, speaker, member, dates))
    )


def _entry(commons: Commons, context: Context, speaker: Speaker, member: str, dates: Dates) -> FeedEntry:
    kind, _, slug = member.partition("/")
    if kind == "article":
        story = commons.stories[slug]
        language = version_for(story, speaker.language, context.default)
        values: Mapping[str, object] = story.values[language]
        page = addresses.article_page(slug, language, context.default)
        title, tongue = _text(values.get("title"), slug, language)
        summary = _text(values.get("summary"), "", language)[0]
        article = commons.catalog.declarations.article
        category = speaker.plain(article.label) if article else ""
    else:
        profile: Profile = commons.profiles[member]
        declared = commons.catalog.declarations.kinds[profile.kind]
        page = addresses.entry_page(declared, slug, speaker.language, context.default)
        title, tongue = choose(profile.names, speaker.language, profile.language)
        title = title or member
        summary = choose(_texts(profile.values.get("summary")), tongue, speaker.language, profile.language)[0]
        category = speaker.plain(declared.label)
    return FeedEntry(
        id=identifier(context.settings, page),
        title=title,
        language=tongue or speaker.language,
        page=page,
        updated=dates[1],
        published=dates[0],
        summary=summary,
        category=category,
    )


def version_for(story: Story, language: str, default: str) -> str:
    """The language in which a reader of `language` gets an article: hers, the site's default, else the first."""
    for candidate in (language, default):
        if candidate in story.versions:
            return candidate
    return min(story.versions)


def _address(context: Context, from_file: str, to_file: str) -> str:
    site = context.settings.site_url
    return f"{site}/{to_file}" if site else addresses.relative(from_file, to_file)


def _texts(value: object) -> Mapping[str, str]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object, otherwise: str, language: str) -> tuple[str, str]:
    if isinstance(value, str):
        return value, language
    text, tongue = choose(_texts(value), language)
    return text or otherwise, tongue or language
