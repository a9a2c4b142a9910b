"""Results come in; what the build is meant to reach, what it was measured to do, and whether that is reached, goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.figures import seconds, size, times
from bench.results import (
    BOTH,
    CHECK,
    COLD,
    HELP,
    HUGO,
    ON_OURS,
    OURS,
    SAME,
    SEARCH,
    SERVE,
    Result,
    ratio,
)

WORD = "a word in a summary"


@dataclass(frozen=True, slots=True)
class Goal:
    """At most `most`: times what the peer `than` takes; where there is none, seconds, or bytes where `of` is "memory".
    `of` is "wall", "cpu" or "memory". It holds for sites of `entries` entries in one language, where 0 stands for any."""

    scenario: str
    entries: int
    most: float
    than: str = ""
    of: str = "wall"

    @property
    def title(self) -> str:
        """Such as `no change, 10,000 entries`."""
        name = f"`{self.scenario}`" if self.scenario.startswith("-") else TITLES.get(self.scenario, self.scenario)
        return f"{name}, {self.entries:,} entries" if self.entries else name

    @property
    def limit(self) -> str:
        """Such as `≤ 0.5 × Hugo`."""
        if self.than:
            return f"≤ {self.most:g} × {THAN.get(self.than, self.than)}{' in CPU' if self.of == 'cpu' else ''}"
        return f"≤ {size(self.most)}" if self.of == "memory" else f"≤ {self.most:g} s"

    def shown(self, value: float) -> str:
        """A measured value as `measured` gives it, for people."""
        return times(value) if self.than else size(value) if self.of == "memory" else seconds(value)

    def measured(self, result: Result) -> float | None:
        """What it holds for, in one result; None where that was not measured, or is no matter of this size."""
        if self.entries and (self.entries, 1) != (result.size.entries, result.size.languages):
            return None
        ours = result.row(self.scenario, OURS)
        if self.than:
            return ratio(ours, result.row(self.scenario, self.than), self.of)
        value = getattr(ours, self.of) if ours else None
        return None if value is None else float(value)


TITLES = {
    COLD: "cold build",
    WORD: "one entry edited",
    CHECK: "`check` of one file",
    SERVE: "an edited entry is on the screen (`serve`)",
    SEARCH: "analysing, indexing and exporting for search",
}
THAN = {ON_OURS: "Pagefind on the same pages"}
GOALS = (
    Goal(COLD, 10_000, 0.5, HUGO),
    Goal(COLD, 100_000, 0.5, HUGO),
    Goal(SAME, 10_000, 0.03, HUGO),
    Goal(WORD, 10_000, 0.05, HUGO),
    Goal(WORD, 100_000, 0.02, HUGO),
    Goal(COLD, 10_000, 0.8, BOTH),
    Goal(WORD, 10_000, 0.1, BOTH),
    Goal(SEARCH, 10_000, 1.5, ON_OURS, "cpu"),
    Goal(COLD, 100_000, 1.5e9, of="memory"),
    Goal(SERVE, 10_000, 0.5),
    Goal(SAME, 1_000, 0.15),
    Goal(HELP, 0, 0.15),
    Goal(CHECK, 0, 0.3),
)
GROWTH = 11
"""Ten times the entries take at most so many times the processor time."""
GROWS = (10_000, 100_000)


def goals_of(result: Result, scenario: str) -> str:
    """The goals of one scenario at one size, such as `≤ 0.5 × Hugo: not yet`; "" where none is set or none can be told."""
    told = ((goal, goal.measured(result)) for goal in GOALS if goal.scenario == scenario)
    return "; ".join(f"{goal.limit}: {_state(value, goal.most)}" for goal, value in told if value is not None)


def summary(results: Sequence[Result]) -> Iterator[tuple[str, str, str, str]]:
    """Every goal: what it is of, its limit, what was measured, and `reached`, `not yet` or `not measured`. Where it holds
    for any size, the slowest counts."""
    for goal in GOALS:
        found = [(value, result.size) for result in results if (value := goal.measured(result)) is not None]
        if not found:
            yield goal.title, goal.limit, "", _state(None, goal.most)
            continue
        value, where = max(found, key=lambda one: one[0])
        at = "" if goal.entries else f" ({where.title})"
        yield goal.title, goal.limit, goal.shown(value) + at, _state(value, goal.most)
    grown = growth(results, *GROWS)
    title = f"{COLD} build, from {GROWS[0]:,} to {GROWS[1]:,} entries"
    yield title, f"≤ {GROWTH} × in CPU", times(grown) if grown is not None else "", _state(grown, GROWTH)


def growth(results: Sequence[Result], few: int, many: int) -> float | None:
    """How many times the processor time a cold build of `many` entries takes; None where one was not measured."""
    cold = {result.size.entries: result.row(COLD, OURS) for result in results if result.size.languages == 1}
    return ratio(cold.get(many), cold.get(few), "cpu")


def _state(value: float | None, most: float) -> str:
    return "not measured" if value is None else "reached" if value <= most else "not yet"
