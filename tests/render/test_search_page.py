"""render/doors/search_page.py: what the search script needs, and a way to everything without it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.index.words import cut
from auzolan.model.commons import Commons
from auzolan.render.doors import search_page
from auzolan.render.doors.search_page import ALL_NAMES, units_of

PATH = "search/index.html"


def found(language: str, commons: Commons | None = None) -> dict[str, Any]:
    """What the script of search is told in one language."""
    told = s.files_made(commons or f.commons(), units_of)[f"static/search.{language}.js"].decode()
    assert told.startswith("self.AUZOLAN_FOUND={") and told.endswith("};\n") and "<" not in told
    read: dict[str, Any] = json.loads(told[len("self.AUZOLAN_FOUND=") : -2])
    return read


def named(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The names of words that are told, by the part in which they are."""
    parts = {
        path.removeprefix("static/named").strip("/").removesuffix(".js"): data
        for path, data in files.items()
        if "named" in path
    }
    start, end = "(self.AUZOLAN_NAMED=self.AUZOLAN_NAMED||[]).push(", ");\n"
    return {part: json.loads(data.decode().removeprefix(start).removesuffix(end)) for part, data in parts.items()}


def test_the_names_of_words_are_told_in_all_languages() -> None:
    names = named(s.files_made(f.commons(), units_of))[""]
    assert names["topics"]["bread"] == {"ca": ["Pa"], "en": ["Bread"]}
    assert "country" not in names, "its names are in the page's language alone"
    assert found("en")["named"] == [""]


def test_many_names_lie_by_the_letters_with_which_their_words_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = named(s.files_made(f.commons(), units_of))[""]
    monkeypatch.setattr(search_page, "ONE_FILE", 10)
    parts = named(s.files_made(f.commons(), units_of))
    assert found("en")["named"] == sorted(parts) and "" not in parts
    monkeypatch.setattr(search_page, "LARGE", 10)
    smaller = named(s.files_made(f.commons(), units_of))
    assert max(map(len, smaller)) == 2 and {part[0] for part in smaller} == {*parts}
    assert parts["p"]["topics"]["bread"] == {"ca": ["Pa"]} and parts["b"]["topics"]["bread"] == {"en": ["Bread"]}
    for facet, values in whole.items():
        for value, languages in values.items():
            for language, names in languages.items():
                for name in names:
                    for word in cut(name):
                        part = parts[word[0] if word[0].isascii() else "_"]
                        assert name in part[facet][value][language]


@pytest.mark.parametrize(
    "name",
    [
        "Øresund",
        "l'Économie",
        "col·lectiu",
        "東京都 coop",
        "ﬁnance",
        "½ kilo",
        "a_b-c",
        "Çağrı",
        "İş",
        "ＡＢＣ",
        "ẞtraße",
    ],
)
def test_however_search_cuts_a_name_its_part_is_known(name: str) -> None:
    found = search_page.words_in(name)
    # The part of other letters is always asked, and those of the first letter and the first two of each word looked for.
    assert not all(map(str.isascii, found)) or all(
        word.startswith(tuple(one[:2] for one in found)) for word in cut(name)
    )


def test_values_of_facets_say_how_to_narrow_down_by_them() -> None:
    page = s.tree(s.built(f.commons(), units_of)[PATH])
    assert page.xpath("//*[@id='browse']//a[@href='../by/country/es.html']/@data-narrow") == ["country=ES"]


def test_the_page_has_what_the_script_looks_for() -> None:
    html = s.built(f.commons(), units_of)[PATH]
    page = s.tree(html)
    assert page.xpath("//form[@role='search']//input[@id='q'][@name='q'][@type='search']")
    assert len(page.xpath("//input[@name='q']")) == 1
    assert page.xpath("//p[@id='search-status'][@role='status']") and page.xpath("//div[@id='hits'][@class='hits']")
    assert page.xpath("//*[@id='browse']")
    scripts = page.xpath("//script/@src")
    assert scripts[-3:] == ["../search/en/header.js", "../static/search.en.js", "../static/built/search.js"]
    signs = found("en")["signs"]
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
    assert found("en", commons)["signs"]["tool"]["label"].startswith("</script>")


def test_a_name_that_is_no_label_never_stands_where_labels_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The label, which comes first, says how the value is called, and nothing else must be loaded for that."""
    monkeypatch.setattr(search_page, "ONE_FILE", 10)
    parts = search_page._in_parts({"topics": {"bread": {"en": ["Bread", "Loaf", "Brown bun"], "eo": ["", "Pano"]}}})
    assert parts == {
        "b": {"topics": {"bread": {"en": ["Bread", "Brown bun"]}}},
        "l": {"topics": {"bread": {"en": ["", "Loaf"]}}},
        "p": {"topics": {"bread": {"eo": ["", "Pano"]}}},
    }


def test_many_names_of_one_letter_lie_by_two() -> None:
    few = {"topics": {f"x{number}": {"en": [f"Xylo {number}"]} for number in range(3)}}
    many = {"topics": {f"w{number}": {"en": [f"W {number:03} wort", f"{number} Wege"]} for number in range(400)}}
    parts = search_page._in_parts({"topics": {**few["topics"], **many["topics"]}})
    assert parts["x"] == few and "w" in parts and "wo" in parts and "xy" not in parts
    assert parts["we"]["topics"]["w7"] == {"en": ["", "7 Wege"]} and parts["w"]["topics"]["w7"]["en"][0] == "W 007 wort"
