"""What needs another look comes in; how it is told goes out: in words, as a table in Markdown, as plain values for JSON."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auzolan.check.freshness import Move, Stale
from auzolan.report.record import plain, records_of
from auzolan.report.sheet import Sheet, cell
from auzolan.report.words import sentence

YEARS = 2
"""From so many years on, an age is told in years."""
TITLES = {
    "O001": "The date to look again has passed",
    "O002": "Offers and needs that have ended",
    "O003": "Translations older than their text",
    "O004": "Nobody has looked for long",
    "O005": "Statements that are old",
}


def whose(move: Move) -> str:
    """Whose move it is, in words."""
    reach = ", ".join(move.reach.values())
    match move.who:
        case "group":
            return f"the group's: {reach}" if reach else "the group's"
        case "translators":
            return f"somebody's who writes `{move.language}`"
    return f"those who look after this commons; they may ask {reach}" if reach else "those who look after this commons"


def age(one: Stale) -> str:
    """Since when, in words."""
    if one.since is None:
        return "nobody knows since when"
    if one.days >= YEARS * 365:
        return f"since {one.since} ({one.days // 365} years)"
    return f"since {one.since} ({one.days:,} day{'' if one.days == 1 else 's'})"


def counted(found: Sequence[Stale], today: datetime.date) -> str:
    """The last line of a report, and the first of one in Markdown."""
    if not found:
        return f"On {today} nothing needs another look."
    entries = len({one.id for one in found})
    things = f"{len(found):,} thing{' needs' if len(found) == 1 else 's need'} another look"
    return f"On {today} {things}, in {entries:,} {'entry' if entries == 1 else 'entries and articles'}."


def told_plainly(found: Sequence[Stale], today: datetime.date, root: Path) -> dict[str, Any]:
    """`on`, `ok`, and `stale`: each finding as `check --json` tells it, with `id`, `kind`, `name`, `since` (ISO 8601 or null),
    `days`, and `move` ({who, language, reach})."""
    rows = plain(records_of((one.finding for one in found), root))
    return {
        "on": today.isoformat(),
        "ok": not found,
        "stale": [
            {"id": one.id, "kind": one.kind, "name": sentence(one.name),
             "since": one.since.isoformat() if one.since else None, "days": one.days,
             "move": {"who": one.move.who, "language": one.move.language,
                      "reach": {type_: sentence(way) for type_, way in one.move.reach.items()}},
             **row}
            for one, row in zip(found, rows, strict=True)
        ],
    }  # fmt: skip


def told_in_markdown(found: Sequence[Stale], today: datetime.date) -> str:
    """A heading and a table for each sort of finding, not larger than an issue or a summary takes."""
    sheet = Sheet(f"## {counted(found, today)}")
    for code, title in TITLES.items():
        here = [one for one in found if one.finding.code == code]
        if here:
            head = f"\n### {title} ({len(here):,})\n\n| what | where | since | | whose move | what to do |\n|---|---|---|---|---|---|"
            sheet.table(head, map(_cells, here), len(here), " of these: `auzolan stale` tells all")
    return sheet.text()


def _cells(one: Stale) -> list[str]:
    where = one.finding.location
    place = f"{where.path}:{where.line}" if where.line else where.path
    told = (f"{sentence(one.name)} ({one.id})", place, age(one).removeprefix("since "),
            sentence(one.finding.message), sentence(whose(one.move)), sentence(one.finding.hint))  # fmt: skip
    return [cell(text) for text in told]
