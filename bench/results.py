"""Figures of runs come in; what was measured, as plain values for a file and back, goes out."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bench.edits import EDITS
from bench.measure import Run, Written
from bench.workload import Workload, directory, magazine

FORMAT = "auzolan-bench/1"
COLD, SAME, HELP, CHECK, SERVE, SEARCH = (
    "cold",
    "no change",
    "--help",
    "check of one file",
    "an edited entry is on the screen",
    "search alone",
)
BUILDS = (COLD, SAME, *EDITS)
SCENARIOS = (*BUILDS, HELP, CHECK, SERVE, SEARCH)
SEARCH_EDIT = "search alone, one entry edited"
"""Measured together with SEARCH."""
OURS, HUGO, BOTH, PELICAN = "Auzolan", "Hugo", "Hugo + Pagefind", "Pelican"
ON_OURS, ON_HUGOS = "Pagefind on Auzolan's pages", "Pagefind on Hugo's pages"
_SIZE = re.compile(r"(?P<count>[1-9][0-9]{0,6})(?P<thousands>k?)(?:x(?P<languages>[1-4]))?\Z")
_SAME = ("auzolan", "machine", "seed")


class Unfit(Exception):
    """Earlier results that cannot stand beside those of this run; the message says why."""


@dataclass(frozen=True, slots=True)
class Size:
    """What `--sizes` names: entries and languages, or the magazine (no entries)."""

    name: str
    entries: int
    languages: int

    def workload(self, seed: int) -> Workload:
        """The workload of this size."""
        return directory(self.entries, self.languages, seed) if self.entries else magazine(seed=seed)

    @property
    def title(self) -> str:
        """For people."""
        if not self.entries:
            return "A magazine: 450 articles, 1,500 pictures"
        return f"{self.entries:,} entries, {'one language' if self.languages == 1 else f'{self.languages} languages'}"


def size_of(text: str) -> Size:
    """`1k`, `500x4`, `magazine`. Raises ValueError."""
    if text == "magazine":
        return Size(text, 0, 1)
    found = _SIZE.match(text)
    if found is None:
        raise ValueError(f"`{text}` is no size: write 500x4 (entries x languages), 1k, 10k, 100k or magazine")
    return Size(text, int(found["count"]) * (1000 if found["thousands"] else 1), int(found["languages"] or 1))


@dataclass(slots=True)
class Row:
    """One contender in one scenario. The first run warms the file cache and tells memory; its time is not counted."""

    scenario: str
    contender: str
    runs: list[Run] = field(default_factory=list)
    memory: int | None = None
    written: Written | None = None

    @property
    def wall(self) -> float:
        """Median in seconds."""
        return statistics.median(one.wall for one in self.runs)

    @property
    def cpu(self) -> float:
        """Median in seconds."""
        return statistics.median(one.cpu for one in self.runs)


@dataclass(slots=True)
class Result:
    """All of one size. `counts`: contender's key → sort of file → number; `failures` are what commands said; `missing` is
    what was not measured, and why; `about` says when, on what and with what it was measured (see `about.py`)."""

    size: Size
    rows: list[Row] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    about: Mapping[str, Any] = field(default_factory=dict)

    def row(self, scenario: str, contender: str) -> Row | None:
        """What one contender did in one scenario."""
        return next((row for row in self.rows if (row.scenario, row.contender) == (scenario, contender)), None)


def ratio(ours: Row | None, theirs: Row | None, of: str = "wall") -> float | None:
    """How many times as long Auzolan took, by `wall` or `cpu`."""
    if ours is None or theirs is None or not getattr(theirs, of):
        return None
    return float(getattr(ours, of)) / float(getattr(theirs, of))


def as_data(results: Iterable[Result]) -> dict[str, Any]:
    """Everything, as plain values: seconds, bytes, ratios of medians."""
    return {"format": FORMAT, "sizes": [_data_of(result) for result in results]}


def from_data(data: Any) -> list[Result]:
    """The same results again. Raises Unfit where `data` is something else."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Unfit(f"no results of a benchmark ({FORMAT})")
    try:
        return [_result_of(one) for one in data["sizes"]]
    except (KeyError, TypeError) as problem:
        raise Unfit(f"results of a benchmark, but not whole ({problem!r})") from problem


def joined(earlier: Iterable[Result], about: Mapping[str, Any], sizes: Iterable[Size]) -> list[Result]:
    """Those of earlier results whose size is not measured again. Raises Unfit where they come from another state of the
    code, another machine, other programs or another workload: their figures cannot be compared with those of this run."""
    kept = []
    for result in earlier:
        for name in _SAME:
            if result.about[name] != about[name]:
                raise Unfit(f"{result.size.name} was measured with {name} {result.about[name]}, this is {about[name]}")
        for name, version in result.about["versions"].items():
            if about["versions"].get(name, version) != version:
                raise Unfit(f"{result.size.name} was measured with {name} {version}, this is {about['versions'][name]}")
        if result.size not in sizes:
            kept.append(result)
    return kept


def in_order(results: Iterable[Result]) -> list[Result]:
    """By size: the magazine last."""
    return sorted(results, key=lambda one: (not one.size.entries, one.size.entries, one.size.languages))


def _data_of(result: Result) -> dict[str, Any]:
    return {
        "size": asdict(result.size),
        "about": dict(result.about),
        "counts": result.counts,
        "failures": result.failures,
        "missing": result.missing,
        "rows": [
            {
                "scenario": row.scenario,
                "contender": row.contender,
                "wall": row.wall,
                "cpu": row.cpu,
                "memory": row.memory,
                "written": asdict(row.written) if row.written else None,
                "runs": [{"wall": one.wall, "cpu": one.cpu} for one in row.runs],
                "ratios": _ratios(result, row) if row.contender == OURS else {},
            }
            for row in result.rows
        ],
    }


def _ratios(result: Result, ours: Row) -> dict[str, dict[str, float | None]]:
    others = (row for row in result.rows if row.scenario == ours.scenario and row is not ours)
    return {row.contender: {of: ratio(ours, row, of) for of in ("wall", "cpu")} for row in others}


def _result_of(data: Mapping[str, Any]) -> Result:
    rows = [
        Row(
            row["scenario"],
            row["contender"],
            [Run(one["wall"], one["cpu"], None) for one in row["runs"]],
            row["memory"],
            Written(**row["written"]) if row["written"] else None,
        )
        for row in data["rows"]
    ]
    return Result(
        Size(**data["size"]), rows, data["counts"], list(data["failures"]), list(data["missing"]), data["about"]
    )
