"""What of an entry and of an article is found at the pages of one language, and how much it counts there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.render import factory as f
from tests.render import site as s

from auzolan.index import build, open_shards
from auzolan.model.commons import Commons, Profile
from auzolan.model.kinds import Word
from auzolan.model.pages import OTHER_WEIGHT, Document
from auzolan.render.documents import document, documents
from auzolan.render.shared.naming import REGIONS

OVEN = f.profile(
    "cooperative/oven",
    {"en": "The Oven", "ca": "El Forn"},
    values={
        "summary": {"en": "Bakes bread.", "ca": "Cou pa de pagès.", "eu": "Ogia."},
        "topics": ("housing",),
        "places": ({"country": "DE", "region": "DE-BY", "locality": "Vilanova"},),
    },
)
STORY = f.story("wheat", {"en": "Wheat", "ca": "Blat"})


def commons(regions: Mapping[str, Word] | None = None, oven: Profile = OVEN) -> Commons:
    """Its places are shown, as in the declarations that are shipped; `regions` are declared."""
    made = f.commons(profiles=(oven,), stories=(STORY,))
    said = made.catalog.declarations
    kind = said.kinds["cooperative"]
    places = kind.fields["places"]
    shown = {name: replace(field, show="facts") for name, field in places.fields.items()}
    kind = replace(kind, fields={**kind.fields, "places": replace(places, fields=shown)})
    words = {**said.vocabularies, REGIONS: replace(said.vocabularies["topics"], name=REGIONS, words=regions or {})}
    said = replace(said, kinds={**said.kinds, "cooperative": kind}, vocabularies=words)
    return replace(made, catalog=replace(made.catalog, declarations=said))


def texts(id_: str, language: str, found: Commons | None = None) -> set[tuple[float, str]]:
    made = found or commons()
    return set(document(made, s.context(made), language, id_).texts)


def test_what_is_said_in_other_languages_counts_little_and_a_name_fully() -> None:
    assert {(8.0, "The Oven"), (8.0, "El Forn"), (4.0, "Cou pa de pagès."), (OTHER_WEIGHT, "Bakes bread."),
            (OTHER_WEIGHT, "Ogia.")} <= texts("cooperative/oven", "ca")  # fmt: skip
    assert {(4.0, "Bakes bread."), (OTHER_WEIGHT, "Cou pa de pagès.")} <= texts("cooperative/oven", "en")


def test_a_page_whose_language_an_entry_lacks_shows_another_fully() -> None:
    assert {(4.0, "Bakes bread."), (OTHER_WEIGHT, "Ogia.")} <= texts("cooperative/oven", "ar")


def test_countries_and_regions_are_found_by_their_names_in_all_languages_of_the_interface() -> None:
    found = texts("cooperative/oven", "en")
    assert {(1.0, "Germany"), (OTHER_WEIGHT, "Alemanya"), (OTHER_WEIGHT, "ألمانيا")} <= found
    assert (OTHER_WEIGHT, "Alemania") not in found  # the site does not speak Spanish
    assert (1.0, "Alemanya") in texts("cooperative/oven", "ca")


def test_a_country_is_found_by_its_other_name_of_the_list() -> None:
    oven = replace(OVEN, values={**OVEN.values, "places": ({"country": "CI"}, {"country": "BO"})})
    found = texts("cooperative/oven", "ca", commons(oven=oven))
    assert {(1.0, "Côte d’Ivoire"), (OTHER_WEIGHT, "Costa d'Ivori"), (1.0, "Bolívia")} <= found
    assert not [text for _, text in found if "Plurinational" in text]


def test_what_is_declared_of_a_region_is_said_once_and_comes_first() -> None:
    word = Word("de-by", {"en": "Bavaria", "ca": "Baviera"})
    found = texts("cooperative/oven", "en", commons({"de-by": word}))
    assert (1.0, "Bavaria Baviera") in found
    assert (1.0, "Bavaria") not in found


def test_labels_are_found_in_all_languages() -> None:
    assert (1.0, "Housing Habitatge") in texts("cooperative/oven", "ar")


def test_an_article_is_found_by_all_its_versions() -> None:
    english, catalan = STORY.versions["en"], replace(STORY.versions["ca"], body="Llavors antigues.")
    story = replace(STORY, versions={"en": english, "ca": catalan})
    made = f.commons(profiles=(OVEN,), stories=(story,))
    assert {(8.0, "Wheat"), (8.0, "Blat"), (1.0, english.body), (OTHER_WEIGHT, "Llavors antigues.")} <= texts(
        "article/wheat", "en", made
    )
    assert {(1.0, "Llavors antigues."), (OTHER_WEIGHT, english.body)} <= texts("article/wheat", "ca", made)


def test_an_entry_is_found_by_the_words_of_any_language_from_any_page() -> None:
    made = commons()
    for language in made.catalog.settings.languages:
        found: list[Document] = list(documents(made, s.context(made), language))
        reader = open_shards({file.path: file.data for file in build(found, language)}.get, language)
        for query in ("bread", "pagès", "ogia", "habitatge", "housing", "Alemanya", "Germany", "forn"):
            assert [hit.id for hit in reader.search(query).hits] == ["cooperative/oven"], (language, query)


def test_where_a_link_leads_is_not_searched() -> None:
    told = "Bakes [bread](https://rye.example/dark 'Rye') and *rolls* (see [us](mailto:a@b.example)) [too]."
    oven = replace(OVEN, values={**OVEN.values, "summary": {"en": told}})
    seen = "Bakes [bread] 'Rye') and *rolls* (see [us])) [too]."
    assert (4.0, seen) in texts("cooperative/oven", "en", commons(oven=oven))
