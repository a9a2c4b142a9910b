"""Results come in; Markdown tables for docs/speed.md go out: all goals first, then every size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.about import BUSY
from bench.counts import EQUAL, SORTS, unequal
from bench.figures import line, seconds, size, times
from bench.goals import goals_of, summary
from bench.results import (
    BOTH,
    BUILDS,
    CHECK,
    COLD,
    HELP,
    HUGO,
    ON_HUGOS,
    ON_OURS,
    OURS,
    PELICAN,
    SEARCH,
    SEARCH_EDIT,
    SERVE,
    Result,
    Row,
    ratio,
)

PEERS = (HUGO, BOTH, PELICAN)
_KEYS = {"auzolan": OURS, "hugo": "Hugo (+ Pagefind)", "pelican": PELICAN}


def as_markdown(results: Sequence[Result]) -> str:
    """The generated part of docs/speed.md, without its marks. Every section says when it was measured."""
    lines = [*_head(results), "", *_goals(results), ""]
    for result in results:
        lines += [f"### {result.size.title}", "", *_said(result), *_times(result), "", *_costs(result), ""]
        lines += [*_search(result), *_counts(result), ""]
    return "\n".join(lines).rstrip() + "\n"


def put(page: Path, made: str, name: str = "bench") -> None:
    """Replaces what stands between the marks of this name in `page`. Raises ValueError where they are missing."""
    text = page.read_text("utf-8")
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if begin not in text or end not in text:
        raise ValueError(f"{page} has no {begin} … {end}")
    kept = re.sub(f"{begin}.*{end}", lambda _: f"{begin}\n\n{made}\n{end}", text, flags=re.DOTALL)
    page.write_text(kept, "utf-8")


def _head(results: Sequence[Result]) -> Iterator[str]:
    """What all sections share: joined results come from one machine, and have the same versions of what they have."""
    about: Mapping[str, Any] = results[-1].about
    machine, versions = about["machine"], {k: v for one in results for k, v in one.about["versions"].items()}
    dates = sorted({one.about["date"] for one in results})
    yield (
        f"Measured on {dates[0]}{f' to {dates[-1]}' if len(dates) > 1 else ''}: {machine['processor']}, "
        f"{machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}. Auzolan {about['auzolan']}; "
        f"{', '.join(f'{name} {version}' for name, version in versions.items())}. Seed {about['seed']}."
    )


def _goals(results: Sequence[Result]) -> Iterator[str]:
    yield line(["goal", "at most", "measured", ""])
    yield line(["---"] * 4)
    for title, limit, measured, state in summary(results):
        yield line([title, limit, measured, f"**{state}**" if state == "not yet" else state])


def _said(result: Result) -> Iterator[str]:
    """When and how often, and what to doubt: paragraphs, each with a blank line behind it."""
    about = result.about
    often = about["repeats"]
    yield f"{about['date']}; {'one run' if often <= 1 else f'medians of {often}'}."
    yield ""
    if about["others"] > BUSY:
        yield (
            f"**Indicative only**: other work took {about['others']:.0%} of the machine before. "
            "Ratios hold better than seconds."
        )
        yield ""
    for reason in result.missing:
        yield f"Left out: {reason}."
        yield ""
    for failure in result.failures:
        yield f"**Failed, and left out from there on**: `{failure.splitlines()[0]}`"
        yield ""
    for sort, counts in unequal(result.counts).items():
        told = ", ".join(f"{_KEYS[key]} {number:,}" for key, number in counts.items())
        yield f"**Warning: the sites are not equal**, and their times no fair comparison: {sort}: {told}."
        yield ""


def _times(result: Result) -> Iterator[str]:
    there = [title for title in (OURS, *PEERS) if any(row.contender == title for row in result.rows)]
    peers = [title for title in there if title in (HUGO, BOTH)]
    head = [
        "",
        *there,
        *(f"× {title}" for title in peers),
        *(["CPU × Hugo"] if peers else []),
        "Auzolan writes",
        "goal",
    ]
    yield line(head)
    yield line(["---"] * len(head))
    for scenario in (*BUILDS, HELP, CHECK, SERVE):
        rows = {title: row for title in there if (row := result.row(scenario, title))}
        if not rows:
            continue
        ours = rows.get(OURS)
        ratios = [times(ratio(ours, rows.get(title))) for title in peers]
        ratios += [times(ratio(ours, rows.get(HUGO), "cpu"))] if peers else []
        written = ours.written if ours else None
        yield line(
            [
                f"`{scenario}`" if scenario.startswith("-") else scenario,
                *(_wall(scenario, rows[title]) if title in rows else "" for title in there),
                *ratios,
                f"{written.new_files:,} files, {size(written.new_bytes)}" if written else "",
                goals_of(result, scenario),
            ]
        )


def _wall(scenario: str, row: Row) -> str:
    if scenario != SERVE:
        return seconds(row.wall)
    walls = [one.wall for one in row.runs]
    return f"{seconds(row.wall)} ({min(walls):.2f} to {max(walls):.2f})"


def _costs(result: Result) -> Iterator[str]:
    yield line(["cold build", "CPU", "peak memory", "files", "bytes"])
    yield line(["---"] * 5)
    for title in (OURS, *PEERS):
        if row := result.row(COLD, title):
            held = (f"{row.written.files:,}", size(row.written.bytes)) if row.written else ("", "")
            yield line([title, seconds(row.cpu), size(row.memory) if row.memory else "not told", *held])


def _search(result: Result) -> Iterator[str]:
    """With a blank line behind it, where there is anything."""
    rows = [(scenario, title) for title in (OURS, ON_OURS, ON_HUGOS) for scenario in (SEARCH, SEARCH_EDIT)]
    found = [(title, scenario, row) for scenario, title in rows if (row := result.row(scenario, title))]
    if not found:
        return
    ours = result.row(SEARCH, OURS)
    yield line(["search alone", "CPU", "Auzolan's CPU", "seconds", "writes", "goal"])
    yield line(["---"] * 6)
    for title, scenario, row in found:
        name = f"{title}, after one entry was edited" if scenario == SEARCH_EDIT else title
        compared = times(ratio(ours, row, "cpu")) if title != OURS else ""
        writes = f"{row.written.new_files:,} files, {size(row.written.new_bytes)}" if row.written else ""
        goal = goals_of(result, scenario) if title == OURS else ""
        yield line([name, seconds(row.cpu), compared, seconds(row.wall), writes, goal])
    yield ""


def _counts(result: Result) -> Iterator[str]:
    yield line(["files", *(_KEYS[key] for key in result.counts)])
    yield line(["---"] * (len(result.counts) + 1))
    for sort in SORTS:
        if any(counts[sort] for counts in result.counts.values()):
            name = f"**{sort}**" if sort in EQUAL else sort
            yield line([name, *(f"{counts[sort]:,}" for counts in result.counts.values())])
