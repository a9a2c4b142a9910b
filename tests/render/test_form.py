"""render/form/: a form for each kind, made of its declaration, that can be printed, and what its script leans on."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import declarations
from tests.render import factory as f
from tests.render import site as s

from auzolan.check.licenses import spdx
from auzolan.model.kinds import every_field
from auzolan.render.entry import entries
from auzolan.render.form import codes, pages
from auzolan.render.form.declared import kind_told, other_names
from auzolan.render.form.questions import first_questions, more_groups, still_view
from auzolan.render.shared.context import Licenses
from auzolan.render.shared.naming import speaker

THEME = s.THEME
FIRST_VIEW = 40_000
"""Bytes, compressed, of all that a form needs to be seen and written into."""


def shipped(**changes: Any) -> Any:
    """A commons under the kinds that ship, without entries."""
    commons = f.commons(f.settings(languages=("en", "ca", "es", "fr"), **changes))
    return replace(commons, catalog=replace(commons.catalog, declarations=declarations()))


@cache
def forms() -> dict[str, str]:
    """Every form by path."""
    return s.built(shipped(), pages.units_of)


def form(kind: str = "cooperative", language: str = "", **changes: Any) -> str:
    made = s.built(shipped(**changes), pages.units_of) if changes else forms()
    return made[f"{language}/contribute-{kind}.html".lstrip("/")]


def squeezed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_every_kind_has_a_form_in_every_language_without_a_fault() -> None:
    made = forms()
    kinds = list(declarations().kinds)
    assert sorted(made) == sorted(
        f"{folder}contribute-{kind}.html" for kind in kinds for folder in ("", "ca/", "es/", "fr/")
    )
    for path, html in made.items():
        assert not s.faults(html), path
        ids = s.tree(html).xpath("//@id")
        assert len(ids) == len(set(ids)), path


def test_four_questions_come_first_and_the_rest_is_folded_in_groups() -> None:
    page = s.tree(form())
    asked = [one.text_content().strip()[1:].strip() for one in page.xpath("//*[@class='no']/..")]
    assert asked == ["What is its name?", "What does it do?", "Where is it?", "How do you know?"]
    titles = page.xpath("//details[@class='fields']/summary/b/text()")
    assert titles[:2] == ["In short", "In more words"] and "Relations" in titles and "Principles" in titles
    # Without a script everything is open, to be read and printed.
    assert len(page.xpath("//form//details[@open]")) == len(page.xpath("//form//details")) - 1


def test_every_field_that_people_fill_in_is_asked_once_with_its_own_words() -> None:
    said = declarations()
    for kind in said.kinds.values():
        page = s.tree(form(kind.name, "ca"))
        blocks = page.xpath("//form//*[@data-f]")
        paths = ["/".join([*one.xpath("ancestor::*[@data-f]/@data-f"), one.get("data-f")]) for one in blocks]
        assert len(paths) == len(set(paths))
        wanted = {
            field.path.replace(".", "/")
            for field in every_field(kind.fields)
            if not any(
                part in field.path
                for part in ("translations", "former_ids", "withdrawn_because", "not_same_as", "linked_from")
            )
            and field.path not in ("example",)
        }
        assert set(paths) == wanted
        read = s.text(form(kind.name, "ca"))
        for field in kind.fields.values():
            if field.show != "hidden":
                assert field.help["ca"].rstrip(".") in read, field.path


def test_a_kind_without_a_place_asks_no_place() -> None:
    said = declarations()
    assert [field.name for field in first_questions(said.kinds["tool"])] == ["name", "summary"]
    assert "spdx_id" in [field.name for field in first_questions(said.kinds["license"])]


def test_a_new_kind_has_a_form_without_code() -> None:
    html = s.built(f.commons(), pages.units_of)["contribute-cooperative.html"]
    assert "Say its sectors." in html and not s.faults(html)


def test_words_are_pills_while_they_are_few_and_lists_that_open_where_they_are_many() -> None:
    page = s.tree(form())
    assert page.xpath("//*[@data-f='scope']//input[@type='radio']/@value") == list(
        declarations().vocabularies["scopes"].words
    )
    legal = page.xpath("//*[@data-f='legal_form']")[0]
    assert (
        legal.get("data-v") == "legal-forms" and legal.xpath(".//input[@type='text']") and not legal.xpath(".//select")
    )
    assert "withdrawn" not in page.xpath("//*[@data-f='status']//@value")


def test_principles_are_chosen_with_what_the_commons_lists_beside_them() -> None:
    page = s.tree(form())
    picks = page.xpath("//*[@data-f='principles']//@data-pick")
    assert "set=ussen&principle=solidarity" in picks
    assert "Choose the principles you say you practise" in s.text(form())
    meaning = declarations().vocabularies["principles-ussen"].words["solidarity"].definition["en"]
    assert meaning.split(".")[0] in s.text(form())


def test_settings_decide_what_can_be_pressed() -> None:
    bare = s.tree(form(contact=""))
    assert not bare.xpath("//*[@id='way-propose']")
    assert bare.xpath("//*[@id='way-send']/ancestor::li/@hidden") and bare.xpath("//*[@id='way-save']")
    whole = form(contact="hello@example.org", repository="https://codeberg.org/a/b.git", forge="", branch="main")
    page = s.tree(whole)
    assert page.xpath("//*[@id='way-propose']") and not page.xpath("//*[@id='way-send']/ancestor::li/@hidden")
    told = json.loads(page.xpath("//script[@id='kind']")[0].text)
    assert told["sending"] == {
        "forge": "forgejo", "repository": "https://codeberg.org/a/b", "branch": "main", "mail": "hello@example.org",
    }  # fmt: skip
    assert page.xpath("//form//a[@href='mailto:hello@example.org']")


def test_a_text_is_written_in_the_readers_language() -> None:
    page = s.tree(form("tool", "ca"))
    assert page.xpath("//select[@id='f-written_in']/option[@selected]/@value") == ["ca"]


def test_what_the_script_is_told_is_the_declaration() -> None:
    said = declarations()
    told = kind_told(said.kinds["cooperative"], said, speaker("en", "en", said, []), "directory/cooperatives/")

    def names(fields: list[dict[str, Any]], prefix: str = "") -> list[str]:
        return [
            name
            for one in fields
            for name in (prefix + one["name"], *names(one.get("fields", []), f"{prefix}{one['name']}."))
        ]

    assert names(told["fields"]) == [field.path for field in every_field(said.kinds["cooperative"].fields)]
    assert "principles-ussen" in told["vocabularies"] and "relations" not in told["vocabularies"]


def test_other_names_lead_to_words() -> None:
    names = other_names(declarations(), ["topics"])["topics"]
    assert names["commons"] == "commons" and all(name == name.casefold() for name in names)


def test_the_lists_that_are_loaded_are_those_of_the_check() -> None:
    known = spdx()
    made = s.files_made(
        shipped(), codes.units_of, licenses=lambda: Licenses(known.ids, known.exceptions, known.deprecated)
    )
    assert sorted(made) == [
        "static/codes.ca.js",
        "static/codes.en.js",
        "static/codes.es.js",
        "static/codes.fr.js",
        "static/names.js",
    ]
    assert all(squeezed(data) <= (28_000 if "names" in path else 24_000) for path, data in made.items())
    catalan = json.loads(made["static/codes.ca.js"].decode().removeprefix("AUZOLAN_CODES(").removesuffix(");\n"))
    assert catalan["countries"]["ES"] == "Espanya" and catalan["languages"]["eu"] == "basc"
    assert catalan["words"]["scopes"]["local"] == "Local" and catalan["relations"]["member-of"]["main"]
    assert catalan["says"]["Choose"] == "Tria"
    names = json.loads(made["static/names.js"].decode().removeprefix("AUZOLAN_NAMES(").removesuffix(");\n"))
    assert set(names["licenses"]) == known.ids and names["deprecated"] == known.deprecated


def test_hostile_words_of_a_declaration_are_shown_as_text() -> None:
    commons = f.commons()
    kind = commons.catalog.declarations.kinds["tool"]
    object.__setattr__(kind.fields["name"], "help", {"en": f.HOSTILE})
    object.__setattr__(kind.fields["website"], "example", f.HOSTILE)
    html = s.built(commons, pages.units_of)["contribute-tool.html"]
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_groups_follow_the_declaration() -> None:
    said = declarations()
    voice = speaker("en", "en", said, [])
    groups = more_groups(said.kinds["cooperative"], said, voice)
    assert groups[-1]["name"] == "record"
    assert [one["name"] for one in groups[0]["fields"]][:3] == ["aliases", "former_names", "status"]
    empty = replace(said.kinds["tool"], fields={"name": said.kinds["tool"].fields["name"]})
    assert more_groups(empty, said, voice) == []


@pytest.mark.parametrize("language", ["", "ca", "es", "fr"])
def test_the_first_view_stays_small(language: str) -> None:
    """The page itself and all that it names: styles, words, scripts."""
    built = THEME / "static" / "built"
    styles = sum(squeezed((THEME / "static" / name).read_bytes()) for name in ("style.css", "form.css"))
    scripts = sum(squeezed((built / name).read_bytes()) for name in ("base.js", "contribute.js"))
    for kind in declarations().kinds:
        html = form(kind, language)
        named = s.tree(html).xpath("//script/@src")
        assert [Path(one).name.split(".")[0] for one in named] == ["strings", "base", "contribute"]
        assert squeezed(html.encode()) + styles + scripts + 1_500 <= FIRST_VIEW, kind


def test_that_an_entry_still_holds_is_asked_by_the_words_of_the_vocabulary() -> None:
    page = s.tree(form("tool", "ca"))
    ways = page.xpath("//*[@id='still'][@hidden]//button/@data-how")
    assert ways == list(declarations().vocabularies["verification-ways"].words)
    assert page.xpath("//*[@id='still']//button")[0].text == "Llegir el seu lloc web"
    assert (
        page.xpath("//*[@id='still']/following::*[@id='send']")
        and page.xpath("//label[@for='still-on']")[0].text == "Data"
    )


def test_a_kind_that_cannot_say_so_is_not_asked() -> None:
    said = declarations()
    kind = said.kinds["tool"]
    record = kind.fields["record"]
    verified = record.fields["verified"]
    speaks = speaker("en", "en", said, [THEME / "locales"])
    assert still_view(kind, said, speaks)
    for fields in (
        {},
        {"record": replace(record, fields={})},
        {"record": replace(record, fields={"verified": replace(verified, fields={"on": verified.fields["on"]})})},
    ):
        assert still_view(replace(kind, fields=fields), said, speaks) is None


def test_an_entrys_page_leads_to_it_with_a_letter_for_who_has_no_script() -> None:
    def shown(**changes: Any) -> Any:
        commons = f.commons(f.settings(**changes))
        said = declarations()
        kinds = {
            name: replace(kind, fields={**kind.fields, "record": said.kinds["tool"].fields["record"]})
            for name, kind in commons.catalog.declarations.kinds.items()
        }
        words = {**commons.catalog.declarations.vocabularies, **said.vocabularies}
        declared = replace(commons.catalog.declarations, kinds=kinds, vocabularies=words)
        made = replace(commons, catalog=replace(commons.catalog, declarations=declared))
        return s.tree(s.built(made, entries.units_of)["cooperatives/oven.html"])

    page = shown(contact="hello@commons.example")
    assert page.xpath("//a[text()='Still correct']/@href") == [
        "../contribute-cooperative.html?entry=oven&still=correct"
    ]
    assert page.xpath("//noscript//a/@href") == [
        "mailto:hello@commons.example?subject=Still%20correct%3A%20cooperative%2Foven&body=How%20do%20you%20know%3F"
    ]
    for contact in ("", "https://commons.example/write"):
        assert not shown(contact=contact).xpath("//noscript//a")


def test_a_page_of_a_kind_that_cannot_say_so_does_not_ask() -> None:
    assert "Still correct" not in s.built(f.commons(), entries.units_of)["cooperatives/oven.html"]
