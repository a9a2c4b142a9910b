"""render/lists/words.py, glossary.py, relation_types.py: every word has a page with what it means and who uses it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons
from auzolan.model.kinds import Vocabulary, Word
from auzolan.render.lists import glossary, relation_types, words


def with_words(**vocabularies: Vocabulary) -> Commons:
    """The commons with more vocabularies."""
    base = f.commons()
    declared = base.catalog.declarations
    known = {**declared.vocabularies, **vocabularies}
    return replace(base, catalog=replace(base.catalog, declarations=replace(declared, vocabularies=known)))


def test_a_word_says_what_it_means_and_who_uses_it() -> None:
    view: dict[str, Any] = dict(s.planned(f.commons(), words.units_of)["by/topics/bread.html"].view["word"])
    assert view["definition"]["text"] == "Flour, water, time."
    assert [(group["label"], [card["id"] for card in group["cards"]]) for group in view["groups"]] == [
        ("Cooperatives", ["cooperative/oven"])
    ]
    assert view["others"][0]["names"][0]["text"] == "Pa"


def test_wider_and_narrower_words_aliases_and_ids_elsewhere() -> None:
    registries = Vocabulary(
        "registries",
        f.texts("Registers"),
        {},
        {"wikidata": Word("wikidata", f.texts("Wikidata"), url="https://www.wikidata.org/wiki/{id}")},
    )
    crafts = Vocabulary("crafts", f.texts("Crafts"), {}, {
        "food": Word("food", f.texts("Food")),
        "baking": Word("baking", f.texts("Baking"), {}, {"en": ("bakery",)}, "food", {"wikidata": "Q1"}),
    })  # fmt: skip
    site = s.built(with_words(registries=registries, crafts=crafts), words.units_of)
    page = s.tree(site["by/crafts/baking.html"])
    assert page.xpath("//a[@href='../../by/crafts/food.html']//text()") == ["Food"]
    assert page.xpath("//a[@href='https://www.wikidata.org/wiki/Q1']/text()") == ["Q1"]
    assert "bakery" in s.text(site["by/crafts/baking.html"])
    assert "Narrower Baking" in s.text(site["by/crafts/food.html"])


def test_an_unused_word_has_a_page_that_says_so_only_where_it_is_known() -> None:
    crafts = Vocabulary("crafts", f.texts("Crafts"), {}, {"felt": Word("felt", f.texts("Felt"))})
    site = s.built(with_words(crafts=crafts), words.units_of)
    # No facet is made of this vocabulary, so the build does not know who uses the word.
    assert "Nobody has used this word yet." not in s.text(site["by/crafts/felt.html"])
    assert s.faults(site["by/crafts/felt.html"]) == []


def test_words_in_a_circle_are_all_listed() -> None:
    knot = Vocabulary("knot", f.texts("Knot"), {}, {
        "a": Word("a", f.texts("A"), broader="b"), "b": Word("b", f.texts("B"), broader="a")})  # fmt: skip
    view = s.planned(with_words(knot=knot), glossary.units_of)["by/knot/index.html"].view["shelf"]
    assert sorted(row["said"]["text"] for row in view["words"]) == ["A", "B"]


def test_long_listings_are_numbered_from_the_oldest() -> None:
    day = datetime.date(2020, 1, 1)
    profiles = tuple(
        f.profile(
            f"tool/t-{n:03}", f"Tool {n}", values={"topics": ("bread",)}, created=day + datetime.timedelta(days=n)
        )
        for n in range(120)
    )
    site = s.built(f.commons(f.settings(languages=("en",)), profiles=profiles, stories=()), words.units_of)
    newest, oldest = (s.tree(site[f"by/topics/bread{part}.html"]) for part in ("", "-2"))
    assert newest.xpath("//h3//a/@href")[0] == "../../tools/t-119.html"
    assert oldest.xpath("//h3//a/@href")[-1] == "../../tools/t-000.html"
    assert newest.xpath("//nav[@class='pages']/a/text()") == ["51–120", "1–50"]
    assert "Counted from the oldest entry" in s.text(site["by/topics/bread.html"])


def test_the_glossary_leads_to_every_vocabulary_and_facet() -> None:
    site = s.built(f.commons(), glossary.units_of)
    links = s.tree(site["by/index.html"]).xpath("//ul[@class='shelves']//a/@href")
    assert {"../by/topics/index.html", "../by/country/index.html", "../by/relations/index.html"} <= set(links)
    assert "Flour, water, time." in s.text(site["by/topics/index.html"])


def test_a_type_of_relation_reads_from_both_sides() -> None:
    site = s.built(f.commons(), relation_types.units_of)
    told = s.text(site["by/relations/member-of.html"])
    assert "Neighbourhood Oven is a member of Network of Ovens" in told
    assert "Valley Assembly" in told
    assert "has as a member" in told
    assert "From Cooperatives Organisations Projects" in told
