"""A commons comes in; `sitemap.xml` goes out, for sites that have an address: every page worth finding, with its other
languages beside it and, where History knows it, the day it last changed (sitemaps.org, protocol 0.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from auzolan.model.commons import Commons
from auzolan.model.pages import File
from auzolan.render.files.feeds import dates_of
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


def files(commons: Commons, context: Context, limit: int = LIMIT) -> Iterator[File]:
    """`sitemap.xml`; above `limit` addresses an index of that name and parts `sitemap-1.xml` … Nothing without an
    address of the site."""
    site = context.settings.site_url
    if not site:
        return
    rows = [(address, language) for address in found(commons, context) for language in address.languages]
    if len(rows) <= limit:
        yield File("sitemap.xml", _part(site, context.default, rows))
        return
    parts = [rows[start : start + limit] for start in range(0, len(rows), limit)]
    index = ElementTree.Element("sitemapindex", {"xmlns": _SITEMAP})
    for number, _ in enumerate(parts, 1):
        one = ElementTree.SubElement(index, "sitemap")
        ElementTree.SubElement(one, "loc").text = f"{site}/sitemap-{number}.xml"
    yield File("sitemap.xml", _bytes(index))
    for number, part in enumerate(parts, 1):
        yield File(f"sitemap-{number}.xml", _part(site, context.default, part))


def found(commons: Commons, context: Context) -> Iterator[Address]:
    """The pages worth finding: doors, lists, entries, articles, facets. Letters and further pages hang on those."""
    every, default = tuple(context.speakers), context.default
    features = context.settings.features
    doors = [context.find(default), addresses.map_page(default, default), addresses.add(default, default),
             addresses.wanted(default, default), addresses.news(default, default)]  # fmt: skip
    if "articles" in features:
        doors = [addresses.home(default, default), *doors, addresses.articles_index(default, default)]
    if "data" in features:
        doors.append(addresses.take(default, default))
    yield from (Address(path, every) for path in doors)
    kinds = commons.catalog.declarations.kinds
    yield from (Address(addresses.kind_index(kind, default, default), every) for kind in kinds.values())
    for id_ in commons.listed:
        profile = commons.profiles[id_]
        path = addresses.entry_page(kinds[profile.kind], profile.slug, default, default)
        yield Address(path, every, _changed(commons, id_))
    for facet in commons.facets.values():
        for value in facet.values:
            yield Address(addresses.facet_value_page(facet.id, value.id, default, default), every)
    if "articles" in features:
        for slug, story in sorted(commons.stories.items()):
            written = tuple(tag for tag in every if tag in story.versions)
            path = addresses.article_page(slug, default, default)
            yield Address(path, written, _changed(commons, f"article/{slug}"))
        for slug in sorted(commons.pages):
            yield Address(addresses.plain_page(slug, default, default), every)


def _changed(commons: Commons, member: str) -> str:
    dates = dates_of(commons, member)
    return dates[1].isoformat() if dates else ""


def _part(site: str, default: str, rows: Iterable[tuple[Address, str]]) -> bytes:
    root = ElementTree.Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for address, language in rows:
        url = ElementTree.SubElement(root, "url")
        loc = ElementTree.SubElement(url, "loc")
        loc.text = f"{site}/{in_language(address.base, language, default)}"
        if address.changed:
            ElementTree.SubElement(url, "lastmod").text = address.changed
        for other in address.languages if len(address.languages) > 1 else ():
            href = f"{site}/{in_language(address.base, other, default)}"
            ElementTree.SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": other, "href": href})
    return _bytes(root)


def _bytes(root: ElementTree.Element) -> bytes:
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
