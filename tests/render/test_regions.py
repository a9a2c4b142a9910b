"""Speaker.region and directory/vocabularies/regions.yaml: a region is called as the reader calls it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pycountry
import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.load.declarations import load_declarations
from auzolan.model.commons import Commons
from auzolan.model.kinds import Declarations, Vocabulary, Word
from auzolan.render.cards import place_name
from auzolan.render.documents import words_of
from auzolan.render.shared.naming import REGIONS, Speaker, speaker

ROOT = Path(__file__).resolve().parents[2]
DIRECTORY = ROOT / "directory"
LANGUAGES = ("en", "es", "ca", "fr")


@pytest.fixture(scope="module")
def shipped() -> Declarations:
    return load_declarations(DIRECTORY, DIRECTORY, ROOT, LANGUAGES)[0]


def speaks(language: str, declarations: Declarations) -> Speaker:
    return speaker(language, "en", declarations, [])


def test_a_place_is_told_in_the_readers_language(shipped: Declarations) -> None:
    place = {"country": "ES", "region": "ES-CT"}
    told = {language: place_name(speaks(language, shipped), place) for language in LANGUAGES}
    assert told == {
        "en": "Catalonia, Spain",
        "es": "Cataluña, España",
        "ca": "Catalunya, Espanya",
        "fr": "Catalogne, Espagne",
    }


def test_every_region_that_entries_name_has_a_name_in_every_language(shipped: Declarations) -> None:
    found = "\n".join(path.read_text("utf-8") for path in DIRECTORY.glob("*/*.yaml") if path.parent.name != "kinds")
    named = set(re.findall(r"^\s*region:\s*[\"']?([A-Z]{2}-[A-Z0-9]{1,3})", found, re.MULTILINE))
    assert len(named) > 5
    words = shipped.vocabularies[REGIONS].words
    assert sorted(code for code in named if code.lower() not in words) == []
    assert [id_ for id_, word in words.items() if not set(LANGUAGES) <= set(word.label)] == []


def test_every_word_is_a_code_of_the_list_and_spain_is_whole(shipped: Declarations) -> None:
    words = shipped.vocabularies[REGIONS].words
    assert [id_ for id_ in words if pycountry.subdivisions.get(code=id_.upper()) is None] == []
    spain = [one.code.lower() for one in pycountry.subdivisions.get(country_code="ES") if one.parent_code is None]
    assert len(spain) == 19
    assert set(spain) <= set(words)


def test_what_we_have_not_comes_from_the_code_list_translated() -> None:
    assert speaks("nl", f.declarations()).region("NL-NH") == "Noord-Holland"
    assert speaks("fr", f.declarations()).region("DE-BY") == "Bavière"


def test_the_code_list_is_asked_before_another_language_of_ours() -> None:
    ours = _with_words({"de-by": {"en": "Bavaria"}, "es-ct": {"en": "Catalonia"}})
    assert speaks("fr", ours).region("DE-BY") == "Bavière"
    assert speaks("ar", ours).region("DE-BY") == "Bavaria"
    assert speaks("en-GB", ours).region("ES-CT") == "Catalonia"


@pytest.mark.parametrize("code", ["", "XX-99", "__proto__", "<b>", "es-ct\n", "\ud800"])
def test_an_unknown_code_is_told_as_it_is(code: str) -> None:
    assert speaks("ca", f.declarations()).region(code) == code.upper()


def test_its_page_is_that_of_the_code_and_tells_its_other_names() -> None:
    commons = _commons({"es-ct": {"en": "Catalonia", "ca": "Catalunya", "fr": "Catalogne"}})
    site = s.built(commons)
    assert not [path for path in site if "by/regions/" in path]
    page = s.text(site["by/region/es-ct.html"])
    assert page.count("Catalonia") >= 1
    assert "Catalunya" in page and "Catalogne" in page
    assert [link for link in s.dead_links(site) if "/by/" in link or link.startswith("by/")] == []


def test_it_is_found_by_all_its_names() -> None:
    word = Word("es-ct", {"en": "Catalonia", "ca": "Catalunya"}, aliases={"ca": ("Principat",)})
    assert words_of(word) == "Catalonia Catalunya Principat"


def _with_words(labels: dict[str, dict[str, str]]) -> Declarations:
    words = {id_: Word(id_, label) for id_, label in labels.items()}
    plain = f.declarations()
    return replace(plain, vocabularies={**plain.vocabularies, REGIONS: Vocabulary(REGIONS, {}, {}, words)})


def _commons(labels: dict[str, dict[str, str]]) -> Commons:
    plain = f.commons()
    return replace(plain, catalog=replace(plain.catalog, declarations=_with_words(labels)))
