"""render/files/feeds.py and atom.py: well-formed Atom with lasting ids and no made-up date."""

from __future__ import annotations

import datetime
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons
from auzolan.model.dates import PartialDate
from auzolan.render.files.atom import Feed, FeedEntry, atom, item_of
from auzolan.render.files.feeds import NEWEST, has_feed, identifier, units_of
from auzolan.render.lists.order import first_day

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feeds(commons: Commons) -> dict[str, etree._Element]:
    """Every feed by path, parsed."""
    return {path: etree.fromstring(data) for path, data in s.files_made(commons, units_of).items()}


def test_there_is_a_feed_for_everything_each_kind_each_value_and_the_articles() -> None:
    found = feeds(f.commons())
    for path in (
        "new.atom",
        "cooperatives/index.atom",
        "by/topics/bread.atom",
        "by/country/es.atom",
        "articles/index.atom",
    ):
        assert path in found and f"ca/{path}" in found
    assert "ar/articles/index.atom" not in found


def test_items_are_newest_first_with_the_dates_of_history() -> None:
    feed = feeds(f.commons())["new.atom"]
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM)[:2] == ["Neighbourhood Oven", "Bread and trust"]
    assert feed.xpath("a:entry[1]/a:updated/text()", namespaces=ATOM) == ["2026-11-20T00:00:00Z"]
    assert feed.xpath("a:entry[1]/a:published/text()", namespaces=ATOM) == ["2026-11-02T00:00:00Z"]
    assert feed.xpath("a:updated/text()", namespaces=ATOM) == ["2026-11-20T00:00:00Z"]
    assert "Gone" not in feed.xpath("a:entry/a:title/text()", namespaces=ATOM)


def test_each_feed_has_what_atom_asks_for() -> None:
    for path, feed in feeds(f.commons()).items():
        for name in ("id", "title", "updated", "author/a:name"):
            assert len(feed.xpath(f"a:{name}", namespaces=ATOM)) == 1, (path, name)
        for entry in feed.xpath("a:entry", namespaces=ATOM):
            for name in ("id", "title", "updated", "link[@rel='alternate']"):
                assert len(entry.xpath(f"a:{name}", namespaces=ATOM)) == 1, (path, name)
        ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
        assert len(ids) == len(set(ids))


def test_ids_and_links_with_and_without_an_address_of_the_site() -> None:
    feed = feeds(f.commons())["ca/cooperatives/index.atom"]
    ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
    assert "tag:example.org,2026:commons/ca/cooperatives/oven.html" in ids
    assert feed.xpath("a:entry[1]/a:link/@href", namespaces=ATOM) == ["oven.html"]
    feed = feeds(f.commons(f.settings(site_url="https://example.org/c")))["cooperatives/index.atom"]
    assert feed.xpath("a:entry[1]/a:link/@href", namespaces=ATOM) == ["https://example.org/c/cooperatives/oven.html"]
    assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == ["https://example.org/c/cooperatives/index.atom"]


@pytest.mark.parametrize(
    ("site_id", "expected"),
    [
        ("example.org,2026:a", "tag:example.org,2026:a/x.html"),
        ("tag:example.org,2026-01-02", "tag:example.org,2026-01-02:x.html"),
        ("A commons", "tag:a-commons.invalid,2000:x.html"),
        ("", "tag:commons.invalid,2000:x.html"),
    ],
)
def test_every_site_id_makes_a_tag(site_id: str, expected: str) -> None:
    assert identifier(f.settings(site_id=site_id), "x.html") == expected


def test_what_has_no_date_is_left_out_and_an_empty_feed_is_not_written() -> None:
    undated = tuple(replace(one, created=None, changed=None) for one in f.standard_profiles())
    commons = f.commons(profiles=undated, dated=False)
    assert set(feeds(commons)) == {
        "new.atom", "ca/new.atom", "ar/new.atom", "articles/index.atom", "ca/articles/index.atom"
    }  # fmt: skip
    assert not has_feed(commons, commons.listed)
    assert has_feed(commons, ["article/casa"])


def test_a_feed_is_written_exactly_where_pages_link_to_one() -> None:
    commons = f.commons()
    linked = set()
    for path, html in s.built(commons).items():
        for link in s.tree(html).xpath("//link[@type='application/atom+xml']/@href"):
            linked.add(s.posixpath.normpath(s.posixpath.join(s.posixpath.dirname(path), link)))
    assert linked <= set(feeds(commons))


def test_no_more_than_the_newest() -> None:
    profiles = tuple(f.profile(f"tool/t{n}", f"T {n}", created=f.DAY) for n in range(NEWEST + 5))
    feed = feeds(f.commons(profiles=profiles, stories=()))["new.atom"]
    assert len(feed.xpath("a:entry", namespaces=ATOM)) == NEWEST


def test_hostile_names_and_control_characters_cannot_break_a_feed() -> None:
    name = f.HOSTILE + "\x00\x0b\ufffe]]>"
    profiles = (f.profile("tool/x", name, name, created=f.DAY),)
    feed = feeds(f.commons(profiles=profiles))["tools/index.atom"]
    assert feed.xpath("a:entry/a:title/text()", namespaces=ATOM) == [f.HOSTILE + "\ufffd\ufffd\ufffd]]>"]


def test_partial_dates_begin_where_they_begin() -> None:
    assert first_day(PartialDate(2014)) == datetime.date(2014, 1, 1)
    assert first_day(PartialDate(2014, 8)) == datetime.date(2014, 8, 1)


def test_a_title_in_another_language_is_marked() -> None:
    feed = feeds(f.commons())["new.atom"]
    entry = feed.xpath("a:entry[a:title='La casa comuna']", namespaces=ATOM)[0]
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ca"
    assert entry.xpath("a:link/@href", namespaces=ATOM) == ["ca/articles/casa.html"]


def with_library(feed: Feed, entry: FeedEntry, address: str) -> bytes:
    """The same document, written by the library of the language."""
    root = ElementTree.Element("feed", {"xmlns": ATOM["a"], "xml:lang": feed.language})

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, name, attributes)
        made.text = text or None
        return made

    add(root, "id", feed.id)
    add(root, "title", feed.title)
    if feed.subtitle:
        add(root, "subtitle", feed.subtitle)
    add(root, "updated", f"{feed.updated}T00:00:00Z")
    add(add(root, "author"), "name", feed.author)
    add(root, "link", rel="alternate", type="text/html", href=feed.link, hreflang=feed.language)
    add(root, "link", rel="self", type="application/atom+xml", href=feed.self_link)
    item = add(root, "entry", **{"xml:lang": entry.language})
    add(item, "id", entry.id)
    add(item, "title", entry.title)
    add(item, "link", rel="alternate", type="text/html", href=address)
    add(item, "updated", f"{entry.updated}T00:00:00Z")
    add(item, "published", f"{entry.published}T00:00:00Z")
    if entry.category:
        add(item, "category", term=entry.category)
    if entry.summary:
        add(item, "summary", entry.summary)
    ElementTree.indent(root, space=" ")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("<>&\"'\t\n\r")
)


@given(WRITTEN, WRITTEN, WRITTEN, WRITTEN)
def test_a_feed_is_what_a_library_would_write(name: str, title: str, summary: str, address: str) -> None:
    feed = Feed(name, title, summary, "en", address, name, title, f.DAY)
    entry = FeedEntry(name, title, "ca", "x.html", f.DAY, f.DAY, summary, name)
    assert atom(feed, [(item_of(entry), address)]) == with_library(feed, entry, address)
