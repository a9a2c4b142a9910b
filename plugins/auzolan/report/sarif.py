"""Records of findings come in; a SARIF 2.1.0 log goes out (OASIS, "Static Analysis Results Interchange Format")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from auzolan import __version__
from auzolan.model.rules import RULES
from auzolan.report.record import Record, docs_address

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PLACEHOLDER = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def sarif(records: Sequence[Record]) -> dict[str, Any]:
    """A log of one run that knows every rule."""
    index = {code: number for number, code in enumerate(RULES)}
    driver = {"name": "Auzolan", "semanticVersion": __version__, "rules": [_rule(code) for code in RULES]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(one, index[one.code]) for one in records],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, Any]:
    rule, docs = RULES[code], docs_address(code)
    told: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": f"{rule.title[0].upper()}{rule.title[1:]}"},
        "help": {"text": f"How to mend it: {docs}"},
        "defaultConfiguration": {"level": rule.severity},
    }
    if docs.startswith("https://"):
        # A relative address is none for whoever reads the log elsewhere.
        told["helpUri"] = docs
    if rule.marks:
        told["properties"] = {"tags": list(rule.marks)}
    return told


def _result(one: Record, rule: int) -> dict[str, Any]:
    file = {"uri": quote(one.path), "uriBaseId": "%SRCROOT%"}
    region = {"startLine": one.line, "startColumn": one.column, "endLine": one.line, "endColumn": one.end_column}
    told: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": _message(one.words)},
        "locations": [{"physicalLocation": {"artifactLocation": file, **({"region": region} if one.line else {})}}],
        "partialFingerprints": {"auzolan/v1": one.fingerprint},
    }
    if one.fix is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": one.fix}}
        told["fixes"] = [{"artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}]}]
    return told


def _message(text: str) -> str:
    """A message without the placeholders and links that SARIF reads in it (3.11.5 and 3.11.6): it may quote a stranger."""
    return _LINK.sub(r"\\[", _PLACEHOLDER.sub(r"{{\1}}", text))
