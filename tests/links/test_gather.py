"""Where links are: in every field of an address, in prose, in articles and in a commons' own vocabularies."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers import MINE, catalog, declarations, settings
from tests.running import ROOT as HERE

from auzolan.links.gather import Home, Link, asked_about, links_of
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Catalog

PATH = "directory/cooperatives/growers.yaml"


def urls(made: Catalog) -> list[tuple[str, int, int]]:
    return [
        (link.url, link.where.line, link.where.column)
        for link in links_of(made)[0]
        if not link.where.path.startswith("directory/vocab")
    ]


def test_fields_sources_and_wanted_entries() -> None:
    yaml = (
        'website: "https://a.example/"\nlinks: [{kind: profile, url: "https://b.example/us#team"}]\n'
        'relations: [{type: partner-of, to: {name: N, url: "https://c.example/"}}]\n'
        'record: {sources: {p: {title: T, url: "http://d.example/", archived: "https://e.example/"}}}\n'
    )
    assert urls(catalog({MINE: yaml})) == [
        ("https://a.example/", 1, 10), ("https://b.example/us#team", 2, 30), ("https://c.example/", 3, 51),
        ("http://d.example/", 4, 39), ("https://e.example/", 4, 70),
    ]  # fmt: skip


def test_prose_but_not_code() -> None:
    yaml = "description: |\n  See [us](https://a.example/x?a=1&amp;b=2),\n  <https://b.example/> and `[no](https://no.example/)`.\n\n  [c]: https://c.example/\n"
    assert urls(catalog({MINE: yaml})) == [
        ("https://a.example/x?a=1&b=2", 2, 1), ("https://b.example/", 3, 1), ("https://c.example/", 5, 1),
    ]  # fmt: skip


def test_articles_and_pages() -> None:
    text = '---\ntitle: T\ndate: 2026-01-01\nsummary: S\nsources: {p: {title: T, url: "https://a.example/"}}\n---\nSee [b](https://b.example/).\n'
    made = catalog(articles={"pooling.md": text}, pages={"about.md": text.replace("a.ex", "c.ex")})
    assert urls(made) == [("https://a.example/", 5, 30), ("https://b.example/", 7, 9), ("https://c.example/", 5, 30),
                          ("https://b.example/", 7, 9)]  # fmt: skip


def test_prose_that_would_not_render_is_not_read() -> None:
    assert urls(catalog({MINE: 'description: "' + "[" * 4000 + ' <https://a.example/>"\n'})) == []


def test_what_is_no_web_or_no_entry() -> None:
    assert urls(catalog({MINE: 'website: "mailto:x@a.example"\n'})) == []
    assert urls(catalog({MINE: 'website: "https://a.example/"\nexample: yes\n'})) == []
    assert urls(catalog({MINE: "status: withdrawn\nwithdrawn_because: by-request\n"}, bare=[MINE])) == []


def test_vocabularies_of_the_commons_alone() -> None:
    here = replace(catalog(), settings=replace(settings(HERE), directory=HERE / "directory"))
    found = [link for link in links_of(here)[0] if link.where.path.startswith("directory/vocabularies/")]
    assert any(link.of == "license-conditions" for link in found)
    assert all(link.where.line > 0 and "{" not in link.url for link in found)
    assert links_of(catalog())[0] == []
    assert declarations()


def test_an_address_is_asked_once_wherever_it_stands() -> None:
    where = Location(PATH, 1, 1)
    about = asked_about([Link("https://a.example/#x", where, "a"), Link("https://a.example/", where, "b")])
    assert {url: len(links) for url, links in about.items()} == {"https://a.example/": 2}


def homes(yaml: str, site: str = "https://commons.example") -> list[Home]:
    made = catalog({MINE: yaml})
    return links_of(replace(made, settings=replace(made.settings, site_url=site)))[1]


def test_whose_site_may_link_back() -> None:
    itself = 'website: "https://growers.coop/"\nrecord: {submitted_by: itself}\n'
    (one,) = homes(itself)
    assert one.pages == ("https://commons.example/cooperatives/growers.html",
                         "https://commons.example/ca/cooperatives/growers.html")  # fmt: skip
    assert (one.id, one.url, one.recorded, one.where.line) == (MINE, "https://growers.coop/", False, 1)
    recorded = itself.replace("itself}", 'itself, linked_from: {url: "https://growers.coop/x", on: 2026-11-01}}')
    (two,) = homes(recorded)
    assert (two.url, two.recorded, two.where.line) == ("https://growers.coop/x", True, 2)
    assert homes(itself, "") == []
    assert homes(itself.replace("itself", "third-party")) == []
    assert homes("record: {submitted_by: itself}\n") == []
