"""Records of findings come in; workflow commands of GitHub go out, and a table for the summary of a step.

Findings quote what strangers wrote. A runner takes every line that begins with `::` for a command, so a message is one
line, and what has a meaning in a command is escaped as the runner's own toolkit does it (actions/toolkit, `command.ts`).
"""

from __future__ import annotations

from collections.abc import Sequence

from auzolan.model.rules import RULES
from auzolan.report.record import Record
from auzolan.report.sheet import Sheet, cell

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
LARGEST = 900_000
"""Bytes of a table: GitHub shows no summary that is over 1 MiB."""


def workflow_commands(records: Sequence[Record]) -> str:
    """A command a line. GitHub shows ten errors and ten warnings of a step; `table` has them all."""
    return "".join(_command(one) for one in records)


def _command(one: Record) -> str:
    properties = {"file": one.path} if one.path != "." else {}
    if one.line:
        properties |= {"line": str(one.line), "endLine": str(one.line), "col": str(one.column),
                       "endColumn": str(one.end_column)}  # fmt: skip
    properties["title"] = f"{one.code}: {RULES[one.code].title}"
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[one.severity]} {told}::{_data(f'{one.words} {one.link}'.rstrip())}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def table(records: Sequence[Record], told: str) -> str:
    """All findings as a table in Markdown, under the heading `told` (words of ours); where they are too many, how many are left out."""
    sheet = Sheet(f"### {told}", LARGEST)
    if records:
        head = "\n| | where | what is wrong | way out |\n|---|---|---|---|"
        sheet.table(head, map(_cells, records), len(records))
    return sheet.text()


def _cells(one: Record) -> tuple[str, ...]:
    place = f"{one.path}:{one.line}:{one.column}" if one.line else one.path
    rule = f"[{one.code}]({one.link})" if one.link else one.code
    return f"{one.severity} {rule}", cell(place), cell(one.message), cell(one.hint)
