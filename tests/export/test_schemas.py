"""The schemas: valid draft-07, and they never refuse what the check accepts, however a reader types YAML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from tests.export.factory import commons, declarations, made

from auzolan.export import schema_of

GOOD = """
name: 1984
aliases: [null, no, "4"]
summary: {en: A plain one, ca: 12:30, no: Norsk}
description: |
  Two lines
  of prose.
status: active
started: 2010
ended: 2019-05
website: https://oven.coop/
topics: [bread, Bread, pa, FLECA I PA, housing]
languages: [ca, no, pt-BR]
same_as: {wikidata: Q42, osm: 0123}
open: Yes
offline: no
members: {count: 0120, source: report}
offers: [{title: Flour, until: "2027-06", skills: [bread]}]
contact: {email: hello@oven.coop, phone: 943712400}
license: MIT OR Apache-2.0
places:
  - {country: NO, region: NO-03, locality: 08001, latitude: 59.9, longitude: "-0.5", precision: town}
relations:
  - {type: has-member, to: tool/ledger, as_of: 2014, sources: [report]}
  - {type: partner-of, to: {name: {en: Somebody}, url: "https://somebody.coop"}}
record:
  license: CC0-1.0
  sources: {report: {title: Report, by: tool/ledger, published: 2024}}
"""


def validator() -> Draft7Validator:
    said = declarations()
    schema = schema_of(said.kinds["cooperative"], said)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def readings(text: str) -> Iterator[Any]:
    """What readers make of a YAML text: all texts, YAML 1.1 (dates as texts, as JSON has them), YAML 1.2."""
    yield yaml.load(text, yaml.BaseLoader)
    yield json.loads(json.dumps(yaml.safe_load(text), default=str))
    yield json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def errors(text: str) -> list[str]:
    return [error.message for data in readings(text) for error in validator().iter_errors(data)]


def test_every_schema_is_draft_07() -> None:
    exported = {path: data for path, data in made(commons()).items() if path.startswith("data/schemas/")}
    assert len(exported) == 3
    for data in exported.values():
        schema = json.loads(data)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        Draft7Validator.check_schema(schema)
        assert b"anyOf" not in data


def test_what_is_right_is_accepted_however_it_is_read() -> None:
    assert errors(GOOD) == []


def test_help_and_examples_are_in_the_schema() -> None:
    said = declarations()
    name = schema_of(said.kinds["tool"], said)["properties"]["name"]
    assert (name["title"], name["description"], name["examples"]) == ("Name", "Say its name.", ["Forn del Barri"])
    assert schema_of(said.kinds["tool"], said)["properties"]["topics"]["examples"] == [["bread"]]


@pytest.mark.parametrize(
    "wrong",
    [
        "nmae: Oven",
        "topics: bread",
        "topics: [sourdough]",
        "topics: [[bread]]",
        "summary: " + "x" * 61,
        "summary: {en: " + "x" * 61 + "}",
        "aliases: [a, b, c, d]",
        "aliases: {en: a}",
        "started: last year",
        "started: 2010-5",
        "website: www.oven.coop",
        "open: perhaps",
        "offline: maybe",
        "same_as: {facebook: x}",
        "members: 120",
        "members: {source: report}",
        "members: {count: many}",
        "members: {count: 1, source: {en: x}}",
        "places: [{region: ES-CT}]",
        "places: [{country: Spain}]",
        "relations: [{type: licensed-under, to: license/mit}]",
        "relations: [{type: friend-of, to: tool/x}]",
        "relations: [{type: partner-of, to: Somebody}]",
        "relations: [{type: partner-of, to: {url: 'https://x.coop'}}]",
        "record: {sources: [x]}",
        "name: [Oven]",
        'name: ""',
    ],
)
def test_what_is_wrong_is_refused(wrong: str) -> None:
    base = {"name": "name: Oven", "summary": "summary: Bread."}
    base.pop(wrong.split(":")[0], None)
    text = "\n".join([*base.values(), wrong])
    for data in readings(text):
        assert list(validator().iter_errors(data)), text


def test_name_and_summary_are_owed_but_by_withdrawn_entries() -> None:
    assert len(errors("status: active")) == 6
    assert len(errors("website: https://oven.coop/")) == 6
    assert errors("status: withdrawn\nwithdrawn_because: request\nended: 2026-11-20") == []


def test_a_word_that_only_the_check_can_tell_is_left_to_it() -> None:
    assert errors("name: A\nsummary: B\ntopics: [Fleca  i Pà, LOAVES, loaves, pa]") == []


def test_words_of_a_chosen_set() -> None:
    from tests.export.factory import named, one, vocabulary

    from auzolan.model.kinds import Declarations, Kind

    words = {v.name: v for v in (vocabulary("principles-ica", concern="C"), vocabulary("principles-own", care="Care"))}
    kind = Kind("tool", "tools", {}, {}, fields=named(one("principle", "word", vocabulary="principles-{set}")))
    check = Draft7Validator(schema_of(kind, Declarations({"tool": kind}, None, words, {})))
    assert check.is_valid({"principle": "concern"})
    assert check.is_valid({"principle": "care"})
    assert not check.is_valid({"principle": "profit"})


def test_labels_are_in_the_sites_language() -> None:
    from dataclasses import replace

    said = declarations()
    kind = replace(said.kinds["tool"], label={"en": "Tool", "ca": "Eina"})
    assert schema_of(kind, said, "ca")["title"] == "Eina"
