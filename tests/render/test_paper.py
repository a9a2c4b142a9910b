"""render/form/paper.py: a sheet for each kind, whose labels can be typed in as they stand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from tests.helpers import declarations
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.kinds import Vocabulary, Word
from auzolan.render.form.paper import TICKED, more_on_paper, units_of
from auzolan.render.form.questions import first_questions

LANGUAGES = ("en", "ca", "es", "fr")


def shipped(**changes: Any) -> Any:
    """A commons under the kinds that ship, without entries."""
    commons = f.commons(f.settings(languages=LANGUAGES, **changes))
    return replace(commons, catalog=replace(commons.catalog, declarations=declarations()))


@cache
def sheets() -> dict[str, str]:
    """Every sheet by path."""
    return s.built(shipped(), units_of)


def sheet(kind: str = "cooperative", language: str = "", **changes: Any) -> str:
    made = s.built(shipped(**changes), units_of) if changes else sheets()
    return made[f"{language}/paper-{kind}.html".lstrip("/")]


def labels(html: str) -> list[str]:
    """What stands in bold before lines and boxes."""
    return [one.text_content() for one in s.tree(html).xpath("//p[@class='l']/b")]


def test_every_kind_has_a_sheet_in_every_language_without_a_fault() -> None:
    made = sheets()
    assert len(made) == len(declarations().kinds) * len(LANGUAGES)
    for path, html in made.items():
        assert not s.faults(html), path
        # A sheet is written on with a pen: nothing on it takes typing, and it needs no script.
        assert not s.tree(html).xpath("//main//*[self::input or self::textarea or self::select or self::script]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_those_of_the_declaration(language: str) -> None:
    said = declarations()
    for kind in said.kinds.values():
        known = {one.label[language] for field in kind.fields.values() for one in _with_parts(field)}
        colon = "\u202f:" if language == "fr" else ":"
        told = labels(sheet(kind.name, "" if language == "en" else language))
        assert all(one.endswith(colon) for one in told)
        assert {one.removesuffix(colon) for one in told} <= known
        for field in (*first_questions(kind), *more_on_paper(kind)):
            if not field.fields:
                assert f"{field.label[language]}{colon}" in told


def _with_parts(field: Any) -> list[Any]:
    return [field, *(one for part in field.fields.values() for one in _with_parts(part))]


def test_the_questions_are_those_of_the_form() -> None:
    asked = [" ".join(one.text_content().split()) for one in s.tree(sheet()).xpath("//h2[span[@class='no']]")]
    assert asked == ["1What is its name?", "2What does it do?", "3Where is it?", "4How do you know?"]
    asked = [" ".join(one.text_content().split()) for one in s.tree(sheet("tool")).xpath("//h2[span[@class='no']]")]
    assert asked == ["1What is its name?", "2What does it do?", "3How do you know?"]


def test_words_are_boxes_to_tick_and_a_withdrawal_is_none_of_them() -> None:
    page = s.tree(sheet(language="ca"))
    told = [one.text_content() for one in page.xpath("//ul[contains(@class, 'boxes')]//li")]
    said = declarations()
    for name in ("sectors", "membership-base", "principles-ica-1995", "principles-ussen"):
        assert {word.label["ca"] for word in said.vocabularies[name].words.values()} <= set(told), name
    assert said.vocabularies["statuses"].words["withdrawn"].label["ca"] not in told
    assert said.vocabularies["submitters"].words["import"].label["ca"] not in told


def test_a_list_of_more_words_than_a_sheet_holds_is_a_line_to_write_on() -> None:
    commons = shipped()
    said = commons.catalog.declarations
    words = {f"w{n}": Word(f"w{n}", {"en": f"Word {n}"}) for n in range(TICKED + 1)}
    long = replace(
        said, vocabularies={**said.vocabularies, "sectors": Vocabulary("sectors", {"en": "Sectors"}, {}, words)}
    )
    commons = replace(commons, catalog=replace(commons.catalog, declarations=long))
    page = s.tree(s.built(commons, units_of)["paper-cooperative.html"])
    line = page.xpath("//div[contains(@class, 'line')][p/b[text()='Works in:']]")[0]
    assert not line.xpath(".//li") and len(line.xpath("p[@class='rule']")) == 1


def test_it_says_where_it_goes_who_looks_and_that_nobody_is_named() -> None:
    told = s.text(
        sheet(contact="mailto:hello@example.org", reviewers={"en": "Ana and Jon read on Mondays."}, reply_days=14)
    )
    assert "hello@example.org" in told and "mailto" not in told
    for words in ("Ana and Jon read on Mondays.", "You hear within 14 days.", "CC0-1.0", "Your name is not asked for."):
        assert words in told
    told = s.text(sheet(contact=""))
    assert "Hand it to whoever gave it to you:" in told and "@" not in told
    assert "https://example.org/write" in s.text(sheet(contact="https://example.org/write"))
