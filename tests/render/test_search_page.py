"""render/doors/search_page.py: what the search script needs, and a way to everything without it."""

from __future__ import annotations

import json

from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.search_page import ALL_NAMES, units_of

PATH = "search/index.html"


def test_the_page_has_what_the_script_looks_for() -> None:
    html = s.built(f.commons(), units_of)[PATH]
    page = s.tree(html)
    assert page.xpath("//form[@role='search']//input[@id='q'][@name='q'][@type='search']")
    assert len(page.xpath("//input[@name='q']")) == 1
    assert page.xpath("//p[@id='search-status'][@role='status']") and page.xpath("//div[@id='hits'][@class='hits']")
    assert page.xpath("//*[@id='browse']")
    scripts = page.xpath("//script/@src")
    assert "../search/en/header.js" in scripts and "../static/built/search.js" in scripts
    signs = json.loads(page.xpath("string(//script[@id='signs'])"))
    assert signs["cooperative"] == {"class": "k-cooperative", "symbol": "s-ring", "flip": False, "label": "Cooperative"}
    assert signs["project"]["flip"] is True
    assert signs["article"]["symbol"] == "s-lines"
    assert not s.faults(html)


def test_in_another_language_the_scripts_are_found_from_there() -> None:
    html = s.built(f.commons(), units_of)["ca/search/index.html"]
    assert "../../search/ca/header.js" in s.tree(html).xpath("//script/@src")


def test_everything_can_be_reached_without_a_script() -> None:
    page = s.tree(s.built(f.commons(), units_of)[PATH])
    links = page.xpath("//*[@id='browse']//a/@href")
    for link in ("../cooperatives/index.html", "../by/country/es.html", "../by/topics/bread.html", "../by/index.html"):
        assert link in links
    for entry in ("../cooperatives/oven.html", "../licenses/cc0-1.0.html"):
        assert entry in links
    assert "../organizations/gone.html" not in links


def test_a_large_commons_leaves_the_names_to_the_lists_of_kinds() -> None:
    many = tuple(f.profile(f"tool/t{number}", f"Tool {number}") for number in range(ALL_NAMES + 1))
    html = s.built(f.commons(profiles=many), units_of)[PATH]
    assert "../tools/t0.html" not in html
    assert "../tools/index.html" in html


def test_names_in_quotes_and_other_scripts_stand_under_one_letter_each() -> None:
    names = ("“Zeta”", "Zebra", "Ärzte", "Apfel", "Яблоко", "7 Bakers")
    profiles = tuple(f.profile(f"tool/t{number}", name) for number, name in enumerate(names))
    page = s.tree(s.built(f.commons(profiles=profiles), units_of)[PATH])
    assert page.xpath("//div[@class='az']//h3/text()") == ["A", "Z", "0-9", "Я"]


def test_without_the_search_plugin_the_page_finds_by_lists_alone() -> None:
    site = f.settings(features=frozenset({"directory", "articles", "data"}))
    page = s.tree(s.built(f.commons(site), units_of)[PATH])
    assert not page.xpath("//form[@role='search']") and not page.xpath("//*[@id='hits']")
    assert page.xpath("string(//h1)") == "Find"


def test_a_hostile_kind_label_cannot_leave_the_data_block() -> None:
    commons = f.commons()
    kind = commons.catalog.declarations.kinds["tool"]
    object.__setattr__(kind, "label", {"en": "</script><script>alert(1)</script>"})
    html = s.built(commons, units_of)[PATH]
    assert "<script>alert" not in html
    assert json.loads(s.tree(html).xpath("string(//script[@id='signs'])"))["tool"]["label"].startswith("</script>")
