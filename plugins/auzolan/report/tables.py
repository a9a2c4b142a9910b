"""Records of findings come in; a report in Markdown goes out, a table for each rule, short enough for the body of an issue."""

from __future__ import annotations

from collections.abc import Sequence

from auzolan.model.rules import RULES
from auzolan.report.github import cell
from auzolan.report.record import Record

MOST = 60_000
"""Bytes that the body of an issue takes on every forge (GitHub: 65,536 characters)."""
_GRAVE = ("error", "warning", "note")


def in_markdown(records: Sequence[Record], told: str, command: str) -> str:
    """All findings under the heading `told` (words of ours), the gravest rules first. Where they are too many, it says that
    `command` tells the rest."""
    lines = [f"## {told}"]
    size = len(lines[0])
    rules = sorted({one.code for one in records}, key=lambda code: (_GRAVE.index(RULES[code].severity), code))
    for code in rules:
        here = [one for one in records if one.code == code]
        title = RULES[code].title
        head = f"\n### {title[0].upper()}{title[1:]} ({code}, {len(here):,})\n\n| where | what | what to do |\n|---|---|---|"
        size += len(head.encode())
        lines.append(head)
        for number, one in enumerate(here):
            place = f"{one.path}:{one.line}" if one.line else one.path
            row = f"| {cell(place)} | {cell(one.message)} | {cell(one.hint)} |"
            size += len(row.encode()) + 1
            if size > MOST:
                lines.append(f"\nand {len(here) - number:,} more of these: `{command}` tells all")
                break
            lines.append(row)
    return "\n".join(lines) + "\n"
