"""render/files/sitemap.py: every address is a page that exists, with its other languages; large sites are split."""

from __future__ import annotations

from lxml import etree
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.files.sitemap import files, units_of

URL = "https://example.org/c"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def parts(limit: int = 50_000, **settings: object) -> dict[str, etree._Element]:
    """The sitemap's files, parsed."""
    commons = f.commons(f.settings(site_url=URL, **settings))
    return {file.path: etree.fromstring(file.data) for file in files(commons, s.context(commons), limit)}


def addresses() -> list[str]:
    """Paths of all addresses, without the site."""
    return [url.removeprefix(f"{URL}/") for url in parts()["sitemap.xml"].xpath("s:url/s:loc/text()", namespaces=NAMES)]


def test_a_site_without_an_address_has_none() -> None:
    commons = f.commons()
    assert not s.files_made(commons, units_of)


def test_every_address_is_a_page_that_may_be_indexed_and_stands_once() -> None:
    site = s.built(f.commons(f.settings(site_url=URL)))
    found = addresses()
    assert len(found) == len(set(found))
    assert not [path for path in found if path not in site or "noindex" in site[path]]


def test_entries_articles_lists_and_doors_are_in_it_and_withdrawn_ones_are_not() -> None:
    found = addresses()
    for path in (
        "index.html",
        "ca/cooperatives/oven.html",
        "cooperatives/index.html",
        "by/country/es.html",
        "articles/bread-and-trust.html",
        "ca/articles/casa.html",
        "ar/pages/about.html",
        "ca/data/index.html",
    ):
        assert path in found
    for path in ("organizations/gone.html", "articles/casa.html", "cooperatives/old-oven.html", "404.html"):
        assert path not in found


def test_other_languages_and_the_day_of_the_last_change() -> None:
    url = parts()["sitemap.xml"].xpath(f"s:url[s:loc='{URL}/ca/cooperatives/oven.html']", namespaces=NAMES)[0]
    assert url.xpath("x:link/@hreflang", namespaces=NAMES) == ["en", "ca", "ar"]
    assert url.xpath("x:link[@hreflang='en']/@href", namespaces=NAMES) == [f"{URL}/cooperatives/oven.html"]
    assert url.xpath("s:lastmod/text()", namespaces=NAMES) == ["2026-11-20"]


def test_above_the_limit_it_is_split_and_nothing_is_lost() -> None:
    whole = parts()["sitemap.xml"].xpath("s:url/s:loc/text()", namespaces=NAMES)
    split = parts(limit=10)
    index = split["sitemap.xml"].xpath("s:sitemap/s:loc/text()", namespaces=NAMES)
    assert index == [f"{URL}/sitemap-{number}.xml" for number in range(1, len(split))]
    again = [url for name, part in split.items() if name != "sitemap.xml"
             for url in part.xpath("s:url/s:loc/text()", namespaces=NAMES)]  # fmt: skip
    assert again == whole
    assert all(len(part) <= 10 for name, part in split.items() if name != "sitemap.xml")
