"""Records of findings come in; a report in Markdown goes out, a table for each rule, short enough for the body of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from auzolan.model.rules import RULES
from auzolan.report.record import Record
from auzolan.report.sheet import Sheet, cell

_GRAVE = ("error", "warning", "note")


def in_markdown(records: Sequence[Record], told: str, command: str) -> str:
    """All findings under the heading `told` (words of ours), the gravest rules first. Where they are too many, it says that
    `command` tells the rest."""
    sheet = Sheet(f"## {told}")
    rules = sorted({one.code for one in records}, key=lambda code: (_GRAVE.index(RULES[code].severity), code))
    for code in rules:
        here = [one for one in records if one.code == code]
        title = RULES[code].title
        sheet.table(
            f"\n### {title[0].upper()}{title[1:]} ({code}, {len(here):,})\n\n| where | what | what to do |\n|---|---|---|",
            ((cell(_place(one)), cell(one.message), cell(one.hint)) for one in here),
            len(here),
            f" of these: `{command}` tells all",
        )
    return sheet.text()


def _place(one: Record) -> str:
    return f"{one.path}:{one.line}" if one.line else one.path
