"""Typed paper forms, in every language of the kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.sent import brought, codes, commons, sent, whats

from auzolan.intake.tables.values import plain
from auzolan.load.yaml_text import read_yaml

SHEETS = {
    "en": "Cooperative\n\nName: Hort\nIn one sentence: They grow vegetables.\nCountry: Spain\nTown: Lleida\nWorks in: Agriculture; Food\nSources: https://hort.coop\n",
    "ca": "Què és? Cooperativa\n\nNom: Hort\nEn una frase: They grow\n  vegetables.\n\nLlocs\nPaís: Espanya\nLocalitat: Lleida\nTreballa en:\n[x] Agricultura\n[ ] Energia\n[x] Alimentació\nCom ho saps? https://hort.coop\n",
    "es": "COOPERATIVA\nNombre: ____Hort____\nEn una frase: They grow vegetables.\nLugares: País: España\nLugares: Localidad: Lleida\nTrabaja en: agricultura, alimentación\n¿Cómo lo sabes?\nhttps://hort.coop\n",
    "fr": "Coopérative\nNom : Hort\nEn une phrase : They grow vegetables.\nPays : Espagne\nLocalité : Lleida\nTravaille dans : Agriculture, Alimentation\nComment le savez-vous ? https://hort.coop\n",
}  # fmt: skip


@pytest.mark.parametrize("language", SHEETS)
def test_a_sheet_is_read_in_its_language(language: str, tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"sheet.txt": SHEETS[language]})
    outcome = brought(site)
    assert whats(outcome) == [("new", "cooperative/hort")], outcome.findings
    tree, _ = read_yaml((site / "directory/cooperatives/hort.yaml").read_text("utf-8"), "")
    assert tree is not None
    said = plain(tree)
    assert said.pop("written_in", "en") == language
    assert said == {
        "name": "Hort",
        "summary": "They grow vegetables.",
        "places": [{"country": "ES", "locality": "Lleida"}],
        "sectors": ["agriculture", "food"],
        "record": {
            "sources": {"hort": {"title": "hort.coop", "url": "https://hort.coop"}},
            "submitted_by": "third-party",
        },
    }


def test_the_kind_has_to_be_known(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"sheet.txt": "Name: Hort\nIn one sentence: They grow.\nCountry: ES\nSources: seen\n"})
    outcome = brought(site)
    assert codes(outcome) == ["N004"] and "--kind" in outcome.findings[0].hint
    assert whats(outcome) == [("refused", "")]
    assert whats(brought(site, kind="organization")) == [("new", "organization/hort")]


def test_labels_of_one_kind_alone_tell_it(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"sheet.txt": "Name: Hort\nIn one sentence: They grow.\nOwned by: workers\nSources: seen\n"})
    assert whats(brought(site)) == [("new", "cooperative/hort")]


def test_prose_goes_on_behind_an_empty_line_and_nothing_else_does(tmp_path: Path) -> None:
    site = commons(tmp_path)
    text = "Tool\nName: Oven\nIn one sentence: It is hot.\n\nNot an answer.\n\nDescription: It began.\n\nIt went on.\n\nSources: seen\n\nPrivate words.\n"
    sent(site, {"sheet.txt": text})
    outcome = brought(site)
    assert codes(outcome) == ["N009"] and "2 lines" in outcome.findings[0].message
    made = (site / "directory/tools/oven.yaml").read_text("utf-8")
    assert "It began.\n\n  It went on." in made and "Private" not in made and "Not an answer" not in made


def test_a_text_without_questions_is_no_form(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"sheet.txt": "We met on Sunday: it was good.\n"})
    outcome = brought(site)
    assert codes(outcome) == ["N002"] and whats(outcome) == []


def test_an_empty_form_is_told(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"sheet.txt": "Tool\nName: ______\nIn one sentence: ........\nSources:\n"})
    assert codes(brought(site)) == ["N002"]


def test_a_sheet_with_all_that_the_printed_form_has(tmp_path: Path) -> None:
    site = commons(tmp_path)
    text = """On paper: Cooperative
1 What is its name?
Name: Hort
2. What does it do?
In one sentence: They grow vegetables.
Written in: [x] Catalan [ ] English
3) Where is it?
Country: Spain
Town: Lleida
4 How do you know?
Title: Our statutes, 2019
Address: https://hort.coop/statutes
Written by:
[ ] Somebody else
[x] itself
More, if you know it
Works in: [x] Agriculture [ ] Energy
Owned by: workers
Contact
E-mail: hola@hort.coop
Telephone: +34 973 000 000
A line of a stranger:
[x] Nothing
Solidarity economy (US Solidarity Economy Network):
[x] Solidarity
[ ] Equity
"""
    sent(site, {"sheet.txt": text})
    outcome = brought(site)
    assert whats(outcome) == [("new", "cooperative/hort")], outcome.findings
    tree, _ = read_yaml((site / "directory/cooperatives/hort.yaml").read_text("utf-8"), "")
    assert tree is not None
    said = plain(tree)
    assert said["record"] == {
        "sources": {"hort": {"title": "Our statutes, 2019", "url": "https://hort.coop/statutes"}}, "submitted_by": "itself",
    }  # fmt: skip
    assert (said["written_in"], said["sectors"], said["membership_base"]) == ("ca", ["agriculture"], "workers")
    assert said["contact"] == {"email": "hola@hort.coop", "phone": "+34 973 000 000"}
    assert said["places"] == [{"country": "ES", "locality": "Lleida"}]
    assert said["principles"] == [{"set": "ussen", "principle": "solidarity"}]
    assert codes(outcome) == ["N009"]
