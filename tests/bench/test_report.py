"""Figures of runs come in; the goals, the tables and the file that tell them go out. Nothing is timed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from bench.counts import EQUAL, SORTS, unequal
from bench.figures import seconds, size, times
from bench.goals import goals_of, growth, summary
from bench.measure import Run, Written
from bench.report import as_markdown, put
from bench.results import (
    BOTH,
    HUGO,
    ON_OURS,
    OURS,
    SEARCH,
    SERVE,
    Result,
    Row,
    Size,
    Unfit,
    as_data,
    from_data,
    in_order,
    joined,
    ratio,
    size_of,
)

ABOUT = {
    "date": "2026-11-22", "auzolan": "0.1.0", "versions": {"Hugo": "0.168.0"}, "repeats": 3, "seed": 1, "others": 0.25,
    "machine": {"processor": "x", "cores": 2, "memory_gb": 8, "system": "Linux"},
}  # fmt: skip
WORD = "a word in a summary"


def _row(scenario: str, contender: str, wall: float, cpu: float, memory: int | None = None) -> Row:
    return Row(scenario, contender, [Run(wall, cpu, None)], memory)


def _result(entries: int = 10_000, *rows: Row) -> Result:
    cold = [
        Row("cold", OURS, [Run(2.0, 3.0, None)], 1_000_000, Written(10, 4000, 10, 4000)),
        Row("cold", HUGO, [Run(5.0, 7.0, None), Run(4.0, 9.0, None), Run(9.0, 8.0, None)]),
    ]
    counts = {"auzolan": dict.fromkeys(SORTS, 1), "hugo": dict.fromkeys(SORTS, 1)}
    return Result(
        Size(f"{entries // 1000}k", entries, 1), [*cold, *rows], counts, missing=["pagefind cannot be had"], about=ABOUT
    )


def _states(*results: Result) -> dict[tuple[str, str], tuple[str, str]]:
    return {(title, limit): (measured, state) for title, limit, measured, state in summary(results)}


def test_medians_and_ratios() -> None:
    ours, theirs = _result().rows
    assert (theirs.wall, theirs.cpu) == (5.0, 8.0)
    assert ratio(ours, theirs) == 0.4
    assert ratio(ours, theirs, "cpu") == 0.375
    assert ratio(ours, None) is None


def test_a_row_says_whether_its_goals_are_reached() -> None:
    assert goals_of(_result(), "cold") == "≤ 0.5 × Hugo: reached"
    slow = _result(10_000, _row(WORD, OURS, 1.0, 1), _row(WORD, HUGO, 5.0, 5), _row(WORD, BOTH, 20.0, 20))
    assert goals_of(slow, WORD) == "≤ 0.05 × Hugo: not yet; ≤ 0.1 × Hugo + Pagefind: reached"
    assert goals_of(_result(1_000), "cold") == ""


def test_every_goal_is_told_even_where_nothing_was_measured() -> None:
    told = _states(_result())
    assert told["cold build, 10,000 entries", "≤ 0.5 × Hugo"] == ("0.4 ×", "reached")
    assert told["cold build, 100,000 entries", "≤ 1.5 GB"] == ("", "not measured")
    assert len(told) == 14
    assert sum(state == "not measured" for _, state in told.values()) == 13


def test_a_goal_for_any_size_is_held_to_the_slowest() -> None:
    few, many = (_result(n, _row("--help", OURS, wall, 0.1)) for n, wall in ((1_000, 0.1), (10_000, 0.2)))
    assert _states(few, many)["`--help`", "≤ 0.15 s"] == ("0.20 s (10,000 entries, one language)", "not yet")


def test_four_languages_are_another_workload() -> None:
    result = _result()
    result.size = replace(result.size, languages=4)
    assert goals_of(result, "cold") == ""


def test_growth_memory_search_and_serve_have_goals() -> None:
    large = _result(100_000)
    large.rows[0] = _row("cold", OURS, 20.0, 36.0, 1_600_000_000)
    small = _result(10_000, _row(SEARCH, OURS, 1, 1.2), _row(SEARCH, ON_OURS, 0.5, 1.0), _row(SERVE, OURS, 0.4, 0.0))
    assert growth([small, large], 10_000, 100_000) == 12.0
    told = _states(small, large)
    assert told["cold build, from 10,000 to 100,000 entries", "≤ 11 × in CPU"] == ("12 ×", "not yet")
    assert told["cold build, 100,000 entries", "≤ 1.5 GB"] == ("1.6 GB", "not yet")
    search = "analysing, indexing and exporting for search, 10,000 entries"
    assert told[search, "≤ 1.5 × Pagefind on the same pages in CPU"] == ("1.2 ×", "reached")
    assert told["an edited entry is on the screen (`serve`), 10,000 entries", "≤ 0.5 s"] == ("0.40 s", "reached")


def test_the_report_says_versions_date_doubts_and_what_is_left_out() -> None:
    made = as_markdown([_result(10_000, _row(SEARCH, OURS, 1, 1.2), _row(SEARCH, ON_OURS, 0.5, 1.0))])
    for words in (
        "Measured on 2026-11-22: x, 2 cores, 8 GB, Linux. Auzolan 0.1.0; Hugo 0.168.0. Seed 1.",
        "2026-11-22; medians of 3.",
        "**Indicative only**: other work took 25% of the machine before.",
        "Left out: pagefind cannot be had.",
        "| cold | 2.00 s | 5.00 s |",
        "| Pagefind on Auzolan's pages | 1.00 s | 1.2 × |",
    ):
        assert words in made
    assert made.index("| goal |") < made.index("### 10,000 entries")
    assert "Warning" not in made


def test_sites_that_are_not_equal_are_warned_of() -> None:
    result = _result()
    result.counts["hugo"][EQUAL[1]] = 2
    result.counts["pelican"] = {**dict.fromkeys(SORTS, 0), EQUAL[0]: 1}
    assert unequal(result.counts) == {EQUAL[1]: {"auzolan": 1, "hugo": 2}}
    assert "**Warning: the sites are not equal**" in as_markdown([result])
    result.counts["pelican"][EQUAL[0]] = 7
    assert unequal(result.counts)[EQUAL[0]] == {"auzolan": 1, "hugo": 1, "pelican": 7}


def test_results_are_the_same_after_a_file() -> None:
    result = _result()
    data = json.loads(json.dumps(as_data([result])))
    assert data["sizes"][0]["rows"][0]["ratios"]["Hugo"] == {"wall": 0.4, "cpu": 0.375}
    assert from_data(data) == [result]
    for broken in ([], {"format": "x"}, {**data, "sizes": [{}]}):
        with pytest.raises(Unfit):
            from_data(broken)


def test_earlier_results_stand_beside_new_ones_of_the_same_code_only() -> None:
    earlier = [_result(1_000), _result(10_000)]
    kept = joined(earlier, ABOUT | {"date": "2026-11-23", "repeats": 1}, [size_of("10k")])
    assert [result.size.name for result in kept] == ["1k"]
    later = Result(size_of("500x4"), about=ABOUT)
    assert [one.size.name for one in in_order([Result(size_of("magazine")), *earlier, later])] == [
        "500x4", "1k", "10k", "magazine",
    ]  # fmt: skip
    for other in ({"auzolan": "0.2.0"}, {"seed": 2}, {"versions": {"Hugo": "0.169.0"}}):
        with pytest.raises(Unfit, match=r"was measured with"):
            joined(earlier, ABOUT | other, [])
    assert len(joined(earlier, ABOUT | {"versions": {"Pagefind": "1"}}, [])) == 2


def test_figures_are_short() -> None:
    assert [seconds(one) for one in (0.0123, 1.234, 123.4)] == ["0.012 s", "1.23 s", "123 s"]
    assert [times(one) for one in (None, 0.0123, 1.234, 12.3)] == ["", "0.012 ×", "1.2 ×", "12 ×"]
    assert [size(one) for one in (12, 1234, 1.5e9)] == ["12 B", "1.2 KB", "1.5 GB"]


def test_the_tables_of_a_page_are_replaced(tmp_path: Path) -> None:
    page = tmp_path / "speed.md"
    other = "<!-- reader:begin -->\nkept\n<!-- reader:end -->\n"
    page.write_text(f"Before\n<!-- bench:begin -->\nold \\1\n<!-- bench:end -->\nAfter\n{other}", "utf-8")
    put(page, "new \\1 text\n")
    made = "Before\n<!-- bench:begin -->\n\nnew \\1 text\n\n<!-- bench:end -->\nAfter\n"
    assert page.read_text("utf-8") == made + other
    put(page, "more", "reader")
    assert page.read_text("utf-8") == made + other.replace("kept\n", "\nmore\n")
    page.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="bench:begin"):
        put(page, "x")
