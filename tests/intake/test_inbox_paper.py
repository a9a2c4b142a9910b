"""Typed paper forms, in every language of the kinds."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import declarations, settings
from tests.intake.sent import brought, codes, commons, sent, whats

from auzolan.intake.inbox.asked.paper import answers_in
from auzolan.intake.inbox.asked.questions import Sheets
from auzolan.load.yaml_text import read_yaml
from auzolan.model.kinds import Declarations, Kind
from auzolan.model.nodes import plain
from auzolan.render.form import paper
from auzolan.render.shared.naming import Speaker

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


def test_blanks_of_every_width_stand_anywhere(tmp_path: Path) -> None:
    site = commons(tmp_path)
    for number, blank in enumerate("\u202f\xa0\u2009\u2007\u3000"):
        lines = SHEETS["fr"].replace(" :", f"{blank}:{blank}").replace(" ?", f"{blank}?").split("\n")
        sent(site, {f"{number}.txt": "\n".join(f"{blank}{line}{blank}" for line in lines)})
    assert whats(brought(site)) == [("new", "cooperative/hort"), *[("same", "cooperative/hort")] * 4]


@pytest.fixture(scope="module")
def sheets() -> tuple[Sheets, Declarations]:
    return Sheets(settings(languages=LANGUAGES), declarations()), declarations()


LANGUAGES = ("en", "es", "ca", "fr")


def printed(kind: Kind, said: Declarations, words: Speaker) -> tuple[list[str], dict[str, list[str]]]:
    """Every label before a line of the sheet, as it is printed; and by the label of each group those below it."""
    asked = [*paper._asked(kind, said, words, LANGUAGES), *paper._known(kind, said, words)]
    lines = [line for one in asked for line in one["lines"]]
    lines += [paper._line(field, said, words) for field in paper.more_on_paper(kind)]
    within = {str(line["label"]): [str(part["label"]) for part in [*line["parts"], *line["sets"]]] for line in lines}
    return [label for label, parts in within.items() if not parts], {
        label: parts for label, parts in within.items() if parts
    }


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("name", sorted(declarations().kinds))
def test_every_label_of_every_sheet_is_understood(name: str, tag: str, sheets: tuple[Sheets, Declarations]) -> None:
    known, said = sheets
    kind, words = said.kinds[name], known.speakers[tag]
    labels, groups = printed(kind, said, words)
    # The colon is written as the sheet has it: in French, behind a narrow blank.
    shown = words._("%(label)s: …", label="").removesuffix("…")
    assert ("\u202f" in shown) == (tag == "fr")
    typed = [f"{label}{shown}x" for label in labels]
    typed += [
        line for label, parts in groups.items() for line in (f"{label}{shown}", *(f"{part}{shown}x" for part in parts))
    ]
    found = answers_in("\n\n".join([words.plain(kind.label), *typed]), known, kind)
    assert found.unanswered == 0
    assert len(found.answers) == len(labels) + sum(map(len, groups.values()))
    assert all(answer.strip() == "x" for _, answer in found.answers)
