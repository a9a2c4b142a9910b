"""A commons in; Atom feeds out: all that is new, each kind, each facet's value and the articles, in every language.

Only what has a date is in a feed, since Atom asks for one and none is made up: entries by History, articles by their
own date. A feed that would be empty is not written; `has_feed` tells the pages that link to one.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping

from auzolan.model.commons import Commons, Profile, Story
from auzolan.model.dates import PartialDate
from auzolan.model.pages import File
from auzolan.model.settings import Settings
from auzolan.model.text import choose
from auzolan.render.files.atom import Feed, FeedEntry, atom
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

NEWEST = 50
"""How many items a feed holds; readers that come seldom find the rest on the pages."""

_TAG = re.compile(
    r"(?:tag:)?(?P<authority>[a-z0-9.@_-]+),(?P<date>\d{4}(?:-\d{2}(?:-\d{2})?)?)(?::(?P<rest>.*))?\Z", re.I
)
_OTHER = re.compile(r"[^a-z0-9-]+")


def files(commons: Commons, context: Context) -> Iterator[File]:
    """All feeds, in the order of languages, then kinds, facets and articles."""
    for language, speaker in context.speakers.items():
        default = context.default
        site = context.settings.site_name
        everything = (*commons.listed, *(f"article/{slug}" for slug in commons.stories))
        news = addresses.news(language, default)
        yield from _file(commons, context, speaker, news, speaker._("%(site)s: what is new", site=site), everything)
        for name, kind in commons.catalog.declarations.kinds.items():
            title = f"{site}: {speaker.plain(kind.label_plural) or name}"
            page = addresses.kind_index(kind, language, default)
            yield from _file(commons, context, speaker, page, title, commons.by_kind.get(name, ()))
        for facet in commons.facets.values():
            for value in facet.values:
                label = speaker.plain(value.label) if facet.type == "word" else speaker.coded(facet.type, value.id)
                title = f"{site}: {speaker.plain(facet.label) or facet.id}, {label or value.id}"
                page = addresses.facet_value_page(facet.id, value.id, language, default)
                yield from _file(commons, context, speaker, page, title, value.members)
        title = speaker._("%(site)s: articles", site=site)
        told = tuple(f"article/{slug}" for slug, story in commons.stories.items() if language in story.versions)
        yield from _file(commons, context, speaker, addresses.articles_index(language, default), title, told)


def has_feed(commons: Commons, members: Iterable[str]) -> bool:
    """Whether a page about these ids (entries and `article/<slug>`) has a feed beside it."""
    return any(dates_of(commons, member) for member in members)


def first_day(date: PartialDate) -> datetime.date:
    """The first day that a date may mean: a month or a year alone counts from its beginning."""
    return datetime.date(date.year, date.month or 1, date.day or 1)


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


def _file(
    commons: Commons, context: Context, speaker: Speaker, page: str, title: str, members: Iterable[str]
) -> Iterator[File]:
    dated = [(member, dates) for member in members if (dates := dates_of(commons, member))]
    if not dated:
        return
    dated.sort(key=lambda pair: (-pair[1][1].toordinal(), pair[0]))
    path = addresses.feed_of(page)
    items = [_item(commons, context, speaker, path, member, dates) for member, dates in dated[:NEWEST]]
    feed = Feed(
        id=identifier(context.settings, path),
        title=title,
        subtitle=speaker.plain(context.settings.tagline),
        language=speaker.language,
        link=_address(context, path, page),
        self_link=_address(context, path, path),
        author=context.settings.site_name,
        entries=items,
    )
    yield File(path, atom(feed))


def dates_of(commons: Commons, member: str) -> tuple[datetime.date, datetime.date] | None:
    """When a member came and last changed; None where nobody knows."""
    kind, _, slug = member.partition("/")
    if kind == "article":
        story = commons.stories.get(slug)
        if story is None or story.date is None:
            return None
        changes = [values["modified"] for values in story.values.values() if values.get("modified")]
        day = first_day(story.date)
        return day, max([day, *(first_day(change) for change in changes)])
    profile = commons.profiles[member]
    if profile.withdrawn or profile.created is None:
        return None
    return profile.created, max(profile.created, profile.changed or profile.created)


def _item(
    commons: Commons,
    context: Context,
    speaker: Speaker,
    feed: str,
    member: str,
    dates: tuple[datetime.date, datetime.date],
) -> FeedEntry:
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
        link=_address(context, feed, page),
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
