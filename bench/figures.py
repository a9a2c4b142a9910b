"""Seconds, bytes and ratios come in; words for people go out."""

from __future__ import annotations

from collections.abc import Iterable


def seconds(value: float) -> str:
    """`1.25 s`; small times to the millisecond."""
    return f"{value:.3f} s" if value < 0.1 else f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def times(value: float | None) -> str:
    """`0.42 ×`; "" where there is none."""
    return "" if value is None else f"{value:.2g} ×" if value < 10 else f"{value:.0f} ×"


def size(value: float) -> str:
    """`1.5 MB`, in thousands."""
    for unit, one in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if value >= one:
            return f"{value / one:.1f} {unit}"
    return f"{value:.0f} B"


def line(cells: Iterable[str]) -> str:
    """A line of a table in Markdown; a bar in a cell becomes a broken one."""
    return f"| {' | '.join(cell.replace('|', '¦') for cell in cells)} |"
