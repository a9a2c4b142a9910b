"""A commons comes in; `sitemap.xml` goes out, for sites that have an address: every page worth finding, with its other
languages beside it and, where History knows it, the day it last changed (sitemaps.org, protocol 0.9).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Unit
from auzolan.render.files.atom import attribute, content
from auzolan.render.files.feeds import versions_of
from auzolan.render.lists.counted import facet_ids, ids_of
from auzolan.render.lists.order import dates_of
from auzolan.render.shared import addresses
from auzolan.render.shared.addresses import in_language
from auzolan.render.shared.context import Context

LIMIT = 50_000
"""Addresses in one file, by the protocol."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class Address:
    """A page in the languages in which it exists: `base` is its path without a prefix, `changed` an ISO day or ""."""

    base: str
    languages: tuple[str, ...]
    changed: str = ""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`sitemap.xml`; above the limit an index of that name and parts `sitemap-1.xml` … Nothing without an address of
    the site."""
    if context.settings.site_url:
        yield Unit("sitemap", partial(files, commons, context))


def files(commons: Commons, context: Context, limit: int = LIMIT) -> Iterator[File]:
    """The sitemap in files of at most `limit` addresses."""
    site = context.settings.site_url
    rows = [row for address in found(commons, context) for row in _rows(site, context.default, address)]
    if len(rows) <= limit:
        yield File("sitemap.xml", _urlset(rows))
        return
    parts = [rows[start : start + limit] for start in range(0, len(rows), limit)]
    named = "".join(
        f"<sitemap><loc>{content(site)}/sitemap-{number}.xml</loc></sitemap>" for number, _ in enumerate(parts, 1)
    )
    yield File("sitemap.xml", _bytes(f'<sitemapindex xmlns="{_SITEMAP}">{named}</sitemapindex>'))
    for number, part in enumerate(parts, 1):
        yield File(f"sitemap-{number}.xml", _urlset(part))


def found(commons: Commons, context: Context) -> Iterator[Address]:
    """The pages worth finding: doors, lists, entries, articles, facets. Letters and further pages hang on those."""
    every, default = tuple(context.speakers), context.default
    features = context.settings.features
    doors = [context.find(default), addresses.map_page(default, default), addresses.add(default, default),
             addresses.fields(default, default), addresses.wanted(default, default), addresses.news(default, default)]  # fmt: skip
    if "articles" in features:
        doors = [addresses.home(default, default), *doors, addresses.articles_index(default, default)]
    if "data" in features:
        doors.append(addresses.take(default, default))
    yield from (Address(path, every) for path in doors)
    kinds = commons.catalog.declarations.kinds
    yield from (Address(addresses.kind_index(kind, default, default), every) for kind in kinds.values())
    for id_ in commons.listed:
        kind, _, slug = id_.partition("/")
        path = addresses.entry_page(kinds[kind], slug, default, default)
        yield Address(path, every, _changed(commons, id_))
    for facet in facet_ids(commons):
        for value in ids_of(commons, facet):
            yield Address(addresses.facet_value_page(facet, value, default, default), every)
    if "articles" in features:
        for slug in sorted(commons.stories):
            member = f"article/{slug}"
            versions = versions_of(commons, member)
            written = tuple(tag for tag in every if tag in versions)
            yield Address(addresses.article_page(slug, default, default), written, _changed(commons, member))
        for slug in sorted(commons.pages):
            yield Address(addresses.plain_page(slug, default, default), every)


def _changed(commons: Commons, member: str) -> str:
    dates = dates_of(commons, member)
    return dates[1].isoformat() if dates else ""


def _rows(site: str, default: str, address: Address) -> Iterator[str]:
    """The elements of a page's languages, each with the same alternatives."""
    places = {tag: f"{site}/{in_language(address.base, tag, default)}" for tag in address.languages}
    rest = f"<lastmod>{address.changed}</lastmod>" if address.changed else ""
    if len(places) > 1:
        rest += "".join(
            f'<xhtml:link rel="alternate" hreflang="{attribute(tag)}" href="{attribute(place)}" />'
            for tag, place in places.items()
        )
    for place in places.values():
        yield f"<url><loc>{content(place)}</loc>{rest}</url>"


def _urlset(rows: Sequence[str]) -> bytes:
    return _bytes(f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="{_XHTML}">{"".join(rows)}</urlset>')


def _bytes(root: str) -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?>\n{root}\n".encode()
