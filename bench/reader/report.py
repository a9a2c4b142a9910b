"""What was measured comes in; plain values for a file and Markdown for docs/search.md go out."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bench.figures import line
from bench.figures import size as told_size
from bench.reader.asking import LATENCY, SPEED, Asked
from bench.results import OURS, Size

FORMAT = "auzolan-reader/1"
_GOALS: Mapping[str, Mapping[str, float]] = {
    "10k": {"first": 40e3, "further": 20e3, "index": 3.2e6, "files": 1_700, "typed": 25, "trips": 3, "slow": 3.0},
    "100k": {"first": 70e3, "further": 40e3, "index": 31e6, "files": 15_000, "typed": 30, "trips": 3, "slow": 4.0},
}
"""By size: what we want at most. Of small sites: three files a language below 1,000 entries."""


@dataclass(frozen=True, slots=True)
class Result:
    """One contender at one size. `index` is (files, bytes)."""

    size: Size
    contender: str
    index: tuple[int, int]
    asked: Asked

    def figures(self) -> dict[str, float]:
        """Medians by name; the index as it is."""
        of = statistics.median
        asked = self.asked
        return {
            "first": of(asked.first_bytes),
            "first_requests": of(asked.first_requests),
            "further": of(asked.further_bytes),
            "further_requests": of(asked.further_requests),
            "typed": of(asked.typed_requests),
            "typed_bytes": of(asked.typed_bytes),
            "trips": of(asked.trips),
            "slow": of(asked.slow),
            "files": self.index[0],
            "index": self.index[1],
        }


_ROWS = (
    ("first", "cold first query, ten results shown, the client included"),
    ("first_requests", "… requests"),
    ("further", "a further query of two words"),
    ("further_requests", "… requests"),
    ("typed", "requests for a three-word name typed letter by letter"),
    ("typed_bytes", "… bytes"),
    ("trips", "round trips one after another, after the page's own scripts, cold"),
    ("slow", f"first result of a cold page at {LATENCY} ms and {SPEED * 8 // 1000} kbit/s"),
    ("files", "files of the index"),
    ("index", "the whole index"),
)


def as_data(results: Iterable[Result], about: Mapping[str, Any], missing: Iterable[str]) -> dict[str, Any]:
    """Everything, each question's figures too."""
    return {
        "format": FORMAT,
        "about": dict(about),
        "missing": list(missing),
        "results": [
            {"size": one.size.name, "contender": one.contender, "medians": one.figures(), "asked": asdict(one.asked)}
            for one in results
        ],
    }


def as_markdown(results: Sequence[Result], about: Mapping[str, Any], missing: Iterable[str]) -> str:
    """A table for each size."""
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [f"Measured on {about['date']}: Auzolan {about['auzolan']}; {versions}.", ""]
    for reason in missing:
        lines += [f"Left out: {reason}.", ""]
    for size in dict.fromkeys(one.size for one in results):
        lines += [f"#### {size.title}", "", *_table([one for one in results if one.size == size]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(results: Sequence[Result]) -> Iterator[str]:
    goals = _GOALS.get(results[0].size.name, {})
    yield line(["median", *(one.contender for one in results), *(["goal at most"] if goals else [])])
    yield line(["---"] * (1 + len(results) + bool(goals)))
    figures = {one.contender: one.figures() for one in results}
    for name, title in _ROWS:
        told = [_told(name, of[name]) for of in figures.values()]
        goal = goals.get(name)
        if goals:
            met = goal is None or figures[OURS][name] <= goal
            told.append("" if goal is None else _told(name, goal) + ("" if met else ", **not yet**"))
        yield line([title, *told])


def _told(name: str, value: float) -> str:
    if name in ("first", "further", "index", "typed_bytes"):
        return told_size(value)
    return f"{value:.1f} s" if name == "slow" else f"{value:,.0f}"
