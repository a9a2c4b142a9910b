"""Schema and check hold to one another: what the check lets pass, the schema lets pass, in every way YAML is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from tests.export.factory import commons, declarations

from auzolan.export import schema_of
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import has_errors
from auzolan.model.entries import Catalog, Entry

check = pytest.importorskip("auzolan.check", exc_type=ImportError).check

LINES = (
    "aliases: [{}]", "aliases: [{{ca: {}}}]", "aliases: {}", "description: {}", "description: {{no: {}}}", "status: {}",
    "started: {}", "ended: {}", "website: {}", "topics: [{}]", "topics: {}", "languages: [{}]", "same_as: {{osm: {}}}",
    "open: {}", "offline: {}", "members: {{count: {}}}", "members: {{count: 1, source: {}}}", "members: {}",
    "offers: [{{title: {}}}]", "offers: [{{title: x, skills: [{}]}}]", "contact: {{email: {}}}",
    "contact: {{phone: {}}}",
    "license: {}", "places: [{{country: {}}}]", "places: [{{country: ES, region: {}}}]",
    "places: [{{country: ES, latitude: {}, longitude: 1}}]", "places: [{{country: ES, precision: {}}}]",
    "relations: [{{type: {}, to: tool/ledger}}]", "relations: [{{type: member-of, to: {}}}]",
    "relations: [{{type: member-of, to: {{name: {}}}}}]", "relations: [{{type: member-of, to: {{name: x, url: {}}}}}]",
    "withdrawn_because: {}", "record: {{license: {}}}", "record: {{sources: {{a: {{title: {}}}}}}}",
)  # fmt: skip
SCALARS = (
    "no", "NO", "No", "Yes", "yes", "on", "OFF", "tRuE", "true", "~", "null", "Null", "4", "0123", "0x1F", "1_000",
    "1e3", "-0.5", "12:30", ".inf", "2010", "2010-05", "2010-05-14", "bread", "BREAD", "Pa", "pà", "pa", "fleca   i PA",
    "loaves", "active", "ACTIVE", "withdrawn", "hidden", "town", "tool/ledger", "tool/x.y", "member-of", "has-member",
    "licenses",
    "https://oven.coop", "HTTPS://oven.coop/a?b", "mailto:a@oven.coop", "a@oven.coop", "+34900000000", "943 71 24 00",
    "943.712", "MIT", "MIT OR Apache-2.0", "LicenseRef-x", "0BSD", "ES", "es", "ES-CT", "NO-03", "ca", "zh-Hant-TW",
    "es-419", "Q42", "node/12", "{}", "[]", "{en: x}", "{no: x}", "{name: x}", "report", '""', "request",
)  # fmt: skip
PLAIN = st.text("abeinoNOY0123456789-.:/+_ ", min_size=1, max_size=8)


def texts_only(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)


def readings(text: str) -> list[Any]:
    found = []
    for read in (texts_only, yaml.safe_load, YAML(typ="safe", pure=True).load):
        try:
            data = json.loads(json.dumps(read(text), default=str, allow_nan=False))
        except (yaml.YAMLError, YAMLError, ValueError, TypeError):
            continue  # this reader has no JSON for it, so no schema is asked
        found.append(data)
    return found


def passes(text: str) -> bool:
    tree, findings = read_yaml(text, "directory/cooperatives/oven.yaml")
    if tree is None or has_errors(findings):
        return False
    base = commons().catalog
    entry = Entry("cooperative/oven", "cooperative", "oven", "directory/cooperatives/oven.yaml", tree, "", text)
    entries = {"tool/ledger": base.entries["tool/ledger"], entry.id: entry}
    catalog = Catalog(base.settings, base.declarations, entries, (), (), {}, base.history)
    return not has_errors(one for one in check(catalog) if one.location.path == entry.path)


@settings(max_examples=300, deadline=None)
@given(line=st.sampled_from(LINES), scalar=st.sampled_from(SCALARS) | PLAIN)
@example(line="open: {}", scalar="tRuE")
@example(line="offline: {}", scalar="NO")
@example(line="places: [{{country: {}}}]", scalar="NO")
def test_what_the_check_lets_pass_the_schema_lets_pass(line: str, scalar: str) -> None:
    text = f"name: Oven\nsummary: Bread.\n{line.format(scalar)}\n"
    if passes(text):
        said = declarations()
        validator = Draft7Validator(schema_of(said.kinds["cooperative"], said))
        for data in readings(text):
            assert not [error.message for error in validator.iter_errors(data)], data


def test_every_pair_of_the_lists_above() -> None:
    said = declarations()
    validator = Draft7Validator(schema_of(said.kinds["cooperative"], said))
    passed = 0
    for line in LINES:
        for scalar in SCALARS:
            text = f"name: Oven\nsummary: Bread.\n{line.format(scalar)}\n"
            if passes(text):
                passed += 1
                for data in readings(text):
                    assert not [error.message for error in validator.iter_errors(data)], text
    assert passed > 300
