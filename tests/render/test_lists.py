"""render/lists/lists.py, facets.py: the A–Z of a kind, short and long, and what narrows it down."""

from __future__ import annotations

from tests.render import factory as f
from tests.render import site as s

from auzolan.render.lists.lists import ONE_PAGE, PART, units_of


def many(count: int) -> tuple[object, ...]:
    """So many tools, by turns under A, B and a Cyrillic letter."""
    return tuple(f.profile(f"tool/t-{n:04}", f"{'AБB'[n % 3]} tool {n:04}") for n in range(count))


def test_a_short_list_is_one_page_with_letters() -> None:
    planned = s.planned(f.commons(), units_of)
    view = planned["cooperatives/index.html"].view["list"]
    assert [(section["letter"], [card["id"] for card in section["cards"]]) for section in view["sections"]] == [
        ("C", ["cooperative/roof"]),
        ("N", ["cooperative/oven"]),
    ]
    assert not [path for path in planned if "_az" in path]


def test_letters_follow_the_names_of_the_readers_language() -> None:
    view = s.planned(f.commons(), units_of)["ca/cooperatives/index.html"].view["list"]
    assert [section["letter"] for section in view["sections"]] == ["C", "F"]


def test_counts_are_what_one_finds_and_never_zero() -> None:
    site = s.planned(f.commons())
    for path, page in site.items():
        for facet in page.view.get("list", {}).get("facets", []):
            for value in facet["choices"]:
                assert value["n"] not in {"0", ""}, path
    facets = {facet["id"]: facet for facet in site["cooperatives/index.html"].view["list"]["facets"]}
    assert [(value["label"], value["n"]) for value in facets["country"]["choices"]] == [("Spain", "2")]
    assert facets["country"]["choices"][0]["path"] == "by/country/es.html#in-cooperative"
    groups = site["by/country/es.html"].view["word"]["groups"]
    assert [(group["id"], len(group["cards"])) for group in groups] == [("in-cooperative", 2)]


def test_a_long_list_has_a_page_for_each_letter() -> None:
    commons = f.commons(f.settings(languages=("en",)), profiles=many(ONE_PAGE + 1))
    site = s.built(commons, units_of)
    assert {"tools/_az/a.html", "tools/_az/b.html", "tools/_az/u0431.html"} <= set(site)
    page = s.tree(site["tools/index.html"])
    assert [one.xpath("string(.)") for one in page.xpath("//ul[@class='spans']//b")] == ["A", "B", "Б"]
    assert not page.xpath("//ul[@class='rows']")
    assert len(s.tree(site["tools/_az/a.html"]).xpath("//li[contains(@class, 'row')]")) == 67


def test_a_very_long_letter_has_parts() -> None:
    profiles = tuple(f.profile(f"tool/t-{n:04}", f"A tool {n:04}") for n in range(PART + 1))
    site = s.planned(f.commons(f.settings(languages=("en",)), profiles=profiles), units_of)
    assert len(site["tools/_az/a-2.html"].view["list"]["sections"][0]["cards"]) == 1
    assert [part["here"] for part in site["tools/_az/a-2.html"].view["list"]["parts"]] == [False, True]


def test_an_empty_kind_asks_for_its_first_entry() -> None:
    site = s.built(f.commons(profiles=()), units_of)
    assert "No entry of this kind yet." in s.text(site["plans/index.html"])
    assert s.faults(site["plans/index.html"]) == []
