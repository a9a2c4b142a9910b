"""Results come in; JSON for programs, and Markdown tables for docs/speed.md, go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.counts import EQUAL, SORTS
from bench.goals import goal_of, growth
from bench.scenarios import SCENARIOS, Result, Row

BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"
TITLES = ("Auzolan", "Hugo", "Hugo + Pagefind", "Pelican")
_KEYS = {"auzolan": "Auzolan", "hugo": "Hugo (+ Pagefind)", "pelican": "Pelican"}


def as_data(results: Iterable[Result], about: Mapping[str, Any]) -> dict[str, Any]:
    """Everything, as plain values: seconds, bytes, ratios."""
    return {**about, "sizes": [_size(result) for result in results]}


def as_markdown(results: Sequence[Result], about: Mapping[str, Any]) -> str:
    """The generated part of docs/speed.md, without its marks."""
    machine = about["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    lines = [
        f"Measured on {about['date']}: {machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
        f"{machine['system']}. Auzolan {about['auzolan']}; {versions}. "
        f"Medians of {about['repeats']}; seed {about['seed']}.",
        "",
    ]
    if about["busy"]:
        lines += [
            f"**Indicative only**: the machine did other work meanwhile (load {about['load_before']} before, "
            f"{about['load_after']} after). Ratios hold better than seconds.",
            "",
        ]
    lines += [line for reason in about["missing"] for line in (f"Left out: {reason}.", "")]
    for result in results:
        lines += [f"### {result.size.title}", "", *_times(result), "", *_costs(result), "", *_counts(result), ""]
    lines += [f"Growth: {told}" for told in growth(results)]
    return "\n".join(lines).rstrip() + "\n"


def put(page: Path, made: str) -> None:
    """Replaces what stands between the marks of `page`. Raises ValueError where they are missing."""
    text = page.read_text("utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page} has no {BEGIN} … {END}")
    kept = re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{made}\n{END}", text, flags=re.DOTALL)
    page.write_text(kept, "utf-8")


def ratio(ours: Row | None, theirs: Row | None, of: str = "wall") -> float | None:
    """How many times as long Auzolan took, by `wall` or `cpu`."""
    if ours is None or theirs is None or not getattr(theirs, of):
        return None
    return float(getattr(ours, of)) / float(getattr(theirs, of))


def _by_title(result: Result, scenario: str) -> dict[str, Row]:
    return {row.contender: row for row in result.rows if row.scenario == scenario}


def _times(result: Result) -> Iterator[str]:
    there = [title for title in TITLES if any(row.contender == title for row in result.rows)]
    peers = [title for title in there if title.startswith("Hugo")]
    head = [
        "",
        *there,
        *(f"× {title}" for title in peers),
        *(["CPU × Hugo"] if peers else []),
        "Auzolan writes",
        "goal",
    ]
    yield _line(head)
    yield _line(["---"] * len(head))
    for scenario in SCENARIOS:
        rows = _by_title(result, scenario)
        if rows:
            ours = rows.get("Auzolan")
            made = (
                f"{ours.written.new_files:,} files, {_bytes(ours.written.new_bytes)}" if ours and ours.written else ""
            )
            ratios = [_times_as_long(ratio(ours, rows.get(title))) for title in peers]
            ratios += [_times_as_long(ratio(ours, rows.get("Hugo"), "cpu"))] if peers else []
            times = [_seconds(rows[title].wall) if title in rows else "" for title in there]
            yield _line(
                [
                    f"`{scenario}`" if scenario.startswith("-") else scenario,
                    *times,
                    *ratios,
                    made,
                    goal_of(result.size, scenario, rows),
                ]
            )


def _costs(result: Result) -> Iterator[str]:
    yield _line(["cold build", "CPU", "peak memory", "files", "bytes"])
    yield _line(["---"] * 5)
    for title, row in _by_title(result, "cold").items():
        held = (f"{row.written.files:,}", _bytes(row.written.bytes)) if row.written else ("", "")
        yield _line([title, _seconds(row.cpu), _bytes(row.memory) if row.memory else "not told", *held])


def _counts(result: Result) -> Iterator[str]:
    yield _line(["files", *(_KEYS[key] for key in result.counts)])
    yield _line(["---"] * (len(result.counts) + 1))
    for sort in SORTS:
        if any(counts[sort] for counts in result.counts.values()):
            yield _line(
                [f"**{sort}**" if sort in EQUAL else sort, *(f"{counts[sort]:,}" for counts in result.counts.values())]
            )


def _size(result: Result) -> dict[str, Any]:
    return {
        "size": asdict(result.size),
        "counts": result.counts,
        "failures": result.failures,
        "rows": [
            {
                "scenario": row.scenario,
                "contender": row.contender,
                "wall": row.wall,
                "cpu": row.cpu,
                "memory": row.memory,
                "written": asdict(row.written) if row.written else None,
                "runs": [{"wall": one.wall, "cpu": one.cpu} for one in row.runs],
                "ratios": {
                    title: {of: ratio(row, _by_title(result, row.scenario).get(title), of) for of in ("wall", "cpu")}
                    for title in ("Hugo", "Hugo + Pagefind")
                    if row.contender == "Auzolan" and title in _by_title(result, row.scenario)
                },
            }
            for row in result.rows
        ],
    }


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def _times_as_long(value: float | None) -> str:
    return "" if value is None else f"{value:.2g} ×" if value < 10 else f"{value:.0f} ×"


def _bytes(value: int) -> str:
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if value >= size:
            return f"{value / size:.1f} {unit}"
    return f"{value} B"
