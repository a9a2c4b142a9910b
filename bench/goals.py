"""A size, a scenario and its rows come in; the goal that is set for it, and whether it is reached, go out in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bench.scenarios import Result, Row, Size

RATIOS: Mapping[tuple[int, str, str], float] = {
    (10_000, "cold", "Hugo"): 0.5,
    (10_000, "no change", "Hugo"): 0.03,
    (10_000, "a word in a summary", "Hugo"): 0.05,
    (100_000, "cold", "Hugo"): 0.5,
    (100_000, "a word in a summary", "Hugo"): 0.02,
    (10_000, "cold", "Hugo + Pagefind"): 0.8,
    (10_000, "a word in a summary", "Hugo + Pagefind"): 0.1,
}
"""Entries, scenario, peer → the most that Auzolan's time may be of the peer's; with one language."""
SECONDS: Mapping[tuple[int, str], float] = {
    (0, "--help"): 0.15,
    (0, "check of one file"): 0.3,
    (1_000, "no change"): 0.15,
}
"""Entries (0: any), scenario → seconds."""
MEMORY: Mapping[int, float] = {100_000: 1.5e9}
"""Entries → bytes at most in a cold build."""
GROWTH = 11
"""Ten times the entries take at most so many times the processor time."""


def goal_of(size: Size, scenario: str, rows: Mapping[str, Row]) -> str:
    """Such as `≤ 0.5 × Hugo: not yet`; "" where none is set."""
    ours = rows.get("Auzolan")
    if ours is None:
        return ""
    told = []
    for (entries, name, peer), most in RATIOS.items():
        if (entries, name, 1) == (size.entries, scenario, size.languages) and peer in rows:
            told.append((f"≤ {most} × {peer}", ours.wall <= most * rows[peer].wall))
    for (entries, name), seconds in SECONDS.items():
        if entries in (0, size.entries) and name == scenario:
            told.append((f"≤ {seconds} s", ours.wall <= seconds))
    if scenario == "cold" and size.entries in MEMORY and ours.memory:
        told.append((f"≤ {MEMORY[size.entries] / 1e9} GB", ours.memory <= MEMORY[size.entries]))
    return "; ".join(f"{words}: {'reached' if reached else 'not yet'}" for words, reached in told)


def growth(results: Sequence[Result]) -> Iterator[str]:
    """How the processor time of a cold build grows where a size and its tenfold were both measured."""
    cold = {
        (result.size.entries, result.size.languages): row.cpu
        for result in results
        for row in result.rows
        if row.scenario == "cold" and row.contender == "Auzolan"
    }
    for (entries, languages), cpu in cold.items():
        more = cold.get((entries * 10, languages))
        if more is not None and cpu:
            times = more / cpu
            goal = f"goal: at most × {GROWTH}: {'reached' if times <= GROWTH else 'not yet'}"
            yield f"{entries:,} to {entries * 10:,} entries cost × {times:.1f} in CPU ({goal})."
