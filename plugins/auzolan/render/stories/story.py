"""A commons comes in; the articles go out: their list by date, and a page in each language they are written in.

Pages of the site itself (`content/pages`) exist in every language of the interface: where nobody has written one, the
page shows the text there is and says in which language it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from auzolan.model.commons import Commons, Story
from auzolan.model.dates import PartialDate
from auzolan.model.pages import Page, Unit
from auzolan.render.cards import story_language
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.replies import replies_of
from auzolan.render.entry.sources import source_view
from auzolan.render.files.feeds import articles_in, has_feed, versions_of
from auzolan.render.lists.counted import ids_of
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.forge import edit_url
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker, TextView, direction, own_name
from auzolan.render.stories.story_body import body_of
from auzolan.render.stories.story_credit import credit_of, people


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`articles/index.html`, the articles and the site's own pages, where articles are switched on."""
    if "articles" not in context.settings.features:
        return
    desks = [desk_of(commons, context, speaker) for speaker in context.speakers.values()]
    for desk in desks:
        yield Unit(f"articles {desk.language}", partial(_index, desk))
    for slug in sorted(commons.stories):
        for desk in desks:
            if desk.language in versions_of(commons, f"article/{slug}"):
                yield Unit(f"article {desk.language} {slug}", partial(_article, desk, slug))
    for slug in sorted(commons.pages):
        for desk in desks:
            yield Unit(f"page {desk.language} {slug}", partial(_plain, desk, slug))


def by_date(commons: Commons) -> list[tuple[str, PartialDate | None]]:
    """Slugs of articles with their dates, newest first; those without a date last."""
    never = PartialDate(0)
    dated = [(slug, _date_of(commons, slug)) for slug in sorted(commons.stories)]
    return sorted(dated, key=lambda one: one[1] or never, reverse=True)


def _date_of(commons: Commons, slug: str) -> PartialDate | None:
    return commons.fact("date", f"article/{slug}", lambda: commons.stories[slug].date)


def _index(desk: Desk) -> Iterator[Page]:
    commons, context, speaker = desk.commons, desk.context, desk.speaker
    told = [(str(date.year) if date else "", desk.card(f"article/{slug}")) for slug, date in by_date(commons)]
    path = addresses.articles_index(speaker.language, context.default)
    view = {
        "years": [
            {"label": year, "cards": [card for _, card in group]}
            for year, group in groupby(told, key=lambda pair: pair[0])
        ],
        "count": speaker.n("%(count)s article", "%(count)s articles", len(told)),
        "glossary": addresses.glossary(speaker.language, context.default),
    }
    yield page_of(
        context,
        path,
        "articles.html",
        speaker.language,
        view,
        title=speaker._("Read"),
        door="read",
        feed=has_feed(commons, articles_in(commons, speaker.language)),
    )


def _article(desk: Desk, slug: str) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    story = commons.stories[slug]
    article, values = story.versions[language], story.values.get(language, {})
    path = addresses.article_page(story.slug, language, context.default)
    title = _text(speaker, values.get("title"), language, story.slug)
    standfirst = _text(speaker, values.get("summary"), language, "")
    body = body_of(desk, path, article, story.mentions)
    kind = commons.catalog.declarations.article
    license_ = str(values.get("license") or context.settings.article_license)
    authors = people(speaker, values.get("authors"), language)
    view = {
        "trail": [{"label": speaker._("Read"), "path": addresses.articles_index(language, context.default)}],
        "kind": kind_view(kind, speaker) if kind else None,
        "title": title,
        "standfirst": standfirst,
        "authors": speaker.listed(authors),
        "date": {"iso": str(story.date), "words": speaker.date(story.date)} if story.date else None,
        "modified": speaker.date(values.get("modified")),
        "minutes": speaker.n("%(count)s minute", "%(count)s minutes", body.minutes),
        "versions": _versions(context, speaker, story),
        "body": body.html,
        "notes": body.notes,
        "toc": body.toc,
        "credit": credit_of(commons, speaker, values, language),
        "sources": [
            source_view(desk, language, source, number)
            for number, source in enumerate((values.get("sources") or {}).values(), start=1)
        ],
        "mentions": desk.cards(story.mentions),
        "topics": _topics(commons, speaker, values),
        "license": desk.license(license_),
        "replies": replies_of(desk, f"articles/{slug}", path),
        "edit": edit_url(context.settings.repository, context.settings.branch, article.path, context.settings.forge),
    }
    yield page_of(
        context,
        path,
        "article.html",
        language,
        view,
        title=title["text"],
        description=standfirst["text"],
        door="read",
        languages=[tag for tag in context.speakers if tag in story.versions],
        elsewhere="articles/index.html",
        jsonld=_jsonld(context, path, title["text"], standfirst["text"], story, language, authors),
    )


def _plain(desk: Desk, slug: str) -> Iterator[Page]:
    """A page of the site itself, in the reader's language or marked with the one it is in."""
    context, speaker, story = desk.context, desk.speaker, desk.commons.pages[slug]
    language = story_language(story, speaker)
    article, values = story.versions[language], story.values.get(language, {})
    path = addresses.plain_page(story.slug, speaker.language, context.default)
    body = body_of(desk, path, article, story.mentions)
    title = _text(speaker, values.get("title"), language, story.slug)
    view = {
        "title": title,
        "standfirst": _text(speaker, values.get("summary"), language, ""),
        "body": body.html,
        "notes": body.notes,
        "toc": body.toc,
        "lang": language if language != speaker.language else "",
        "dir": direction(language),
        "says": title["says"],
        "edit": edit_url(context.settings.repository, context.settings.branch, article.path, context.settings.forge),
    }
    yield page_of(
        context,
        path,
        "page.html",
        speaker.language,
        view,
        title=title["text"],
        description=view["standfirst"]["text"],
        canonical=addresses.plain_page(story.slug, language, context.default),
    )


def _text(speaker: Speaker, value: Any, language: str, otherwise: str) -> TextView:
    """A front matter text, which may be written as a language map or plainly."""
    if isinstance(value, Mapping):
        return speaker.text({language: value[language]} if value.get(language) else value, language)
    return speaker.said(str(value or otherwise), language)


def _versions(context: Context, speaker: Speaker, story: Story) -> list[dict[str, Any]]:
    return [
        {
            "tag": tag,
            "name": own_name(tag),
            "dir": direction(tag),
            "here": tag == speaker.language,
            "path": addresses.article_page(story.slug, tag, context.default),
        }
        for tag in context.speakers
        if tag in story.versions
    ]


def _topics(commons: Commons, speaker: Speaker, values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Topics that have a page of their own, since some entry or article carries them."""
    known = frozenset(ids_of(commons, "topics"))
    return [
        {
            "label": speaker.word("topics", word),
            "path": addresses.facet_value_page("topics", word, speaker.language, speaker.default),
        }
        for word in values.get("topics") or ()
        if word in known
    ]


def _jsonld(
    context: Context, path: str, title: str, summary: str, story: Story, language: str, authors: list[str]
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": title,
        "inLanguage": language,
    }
    if context.settings.site_url:
        said["url"] = f"{context.settings.site_url}/{path}"
    if summary:
        said["description"] = summary
    if story.date:
        said["datePublished"] = str(story.date)
    if authors:
        said["author"] = [{"@type": "Person", "name": name} for name in authors]
    return said
