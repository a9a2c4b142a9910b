"""Records of findings come in; the text of a report goes out, in one of the formats that machines read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from auzolan.report.github import workflow_commands
from auzolan.report.record import Record
from auzolan.report.sarif import sarif

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}
_LEVELS = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def gitlab(records: Sequence[Record]) -> str:
    """A Code Quality report (docs.gitlab.com, "Code quality report format"): a list of what it calls violations."""
    return _document([
        {"description": one.words, "check_name": one.code, "fingerprint": one.fingerprint,
         "severity": _SEVERITIES[one.severity],
         "location": {"path": one.path, "lines": {"begin": max(1, one.line)}}}
        for one in records
    ])  # fmt: skip


def rdjson(records: Sequence[Record]) -> str:
    """What reviewdog reads (`DiagnosticResult` of its `reviewdog.proto`): columns are counted in bytes of UTF-8."""
    return _document({"source": {"name": "auzolan"}, "diagnostics": [_diagnostic(one) for one in records]})


def _diagnostic(one: Record) -> dict[str, Any]:
    range_ = {
        "start": {"line": one.line, "column": one.byte_column},
        "end": {"line": one.line, "column": one.byte_end},
    }
    told: dict[str, Any] = {
        "message": one.words,
        "location": {"path": one.path, **({"range": range_} if one.line else {})},
        "severity": _LEVELS[one.severity],
        "code": {"value": one.code, **({"url": one.link} if one.link else {})},
    }
    if one.fix is not None:
        told["suggestions"] = [{"range": range_, "text": one.fix}]
    return told


def _document(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Record]], str]] = {
    "github": workflow_commands,
    "gitlab": gitlab,
    "sarif": lambda records: _document(sarif(records)),
    "rdjson": rdjson,
}
"""The formats whose paths begin at the root of the repository, by name."""
