"""What differs between two sites comes in; its names go out, a line each, and how much it is."""

from __future__ import annotations

import sys

from auzolan.mirror.comparing import Differences

_SHOWN = 50


def name_all(found: Differences) -> None:
    """On standard output: `~` differs, `-` only in the first, `+` only in the second."""
    lines = list(found.lines())
    for line in lines[:_SHOWN]:
        sys.stdout.write(line + "\n")
    if len(lines) > _SHOWN:
        sys.stdout.write(f"and {len(lines) - _SHOWN:,} more\n")


def amount(found: Differences, first: str, second: str) -> str:
    """How many of each, in words."""
    parts = (
        (len(found.other), "differ" + "s" * (len(found.other) == 1)),
        (len(found.first), f"only in {first}"),
        (len(found.second), f"only in {second}"),
    )
    return ", ".join(f"{many:,} {'file' if many == 1 else 'files'} {words}" for many, words in parts if many)
