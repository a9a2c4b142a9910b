"""Commands and arguments come in; what they cost, reports and clear refusals go out. Nothing is timed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from bench.contenders import contenders
from bench.counts import SORTS
from bench.goals import goal_of, growth
from bench.measure import Failed, Run, Written, look, run, written
from bench.peers import Peers, peers
from bench.report import BEGIN, END, as_data, as_markdown, put, ratio
from bench.scenarios import Result, Row, Size, size_of
from bench.workload import directory

from bench import build

ABOUT = {
    "date": "2026-11-22", "auzolan": "0.1.0", "versions": {"Hugo": "0.168.0"}, "repeats": 3, "seed": 1, "busy": True,
    "load_before": 2.0, "load_after": 1.0, "missing": ["pagefind cannot be had"],
    "machine": {"processor": "x", "cores": 2, "memory_gb": 8, "system": "Linux"},
}  # fmt: skip


def _result() -> Result:
    size = Size("10k", 10_000, 1)
    rows = [
        Row("10k", "cold", "Auzolan", [Run(2.0, 3.0, None)], 1_000_000, Written(10, 4000, 10, 4000)),
        Row("10k", "cold", "Hugo", [Run(5.0, 7.0, None), Run(4.0, 9.0, None), Run(9.0, 8.0, None)]),
    ]
    return Result(size, rows, {"auzolan": dict.fromkeys(SORTS, 1)})


def test_a_run_tells_time_processor_and_memory_of_the_whole_tree(tmp_path: Path) -> None:
    child = "import time; held = bytearray(60_000_000); sum(range(4_000_000)); time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = run([sys.executable, "-c", parent], tmp_path, os.environ, watch_memory=True)
    assert done.wall > 0 and done.cpu > 0
    assert done.memory is not None and done.memory > 60_000_000
    assert list(tmp_path.iterdir()) == []


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such word"):
        run([sys.executable, "-c", "import sys; sys.exit('no such word')"], tmp_path, os.environ)


def test_only_what_was_written_counts_as_written(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("aa", "utf-8")
    (tmp_path / "b").write_text("b", "utf-8")
    before = look(tmp_path)
    assert written(before, look(tmp_path)) == Written(2, 3, 0, 0)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c").write_text("cccc", "utf-8")
    os.utime(tmp_path / "b", ns=(1, 1))
    assert written(before, look(tmp_path)) == Written(3, 7, 2, 5)


@pytest.mark.parametrize(
    ("text", "entries", "languages"), [("1k", 1000, 1), ("500x4", 500, 4), ("100k", 100_000, 1), ("magazine", 0, 1)]
)
def test_sizes_are_read(text: str, entries: int, languages: int) -> None:
    assert size_of(text) == Size(text, entries, languages)


@pytest.mark.parametrize("text", ["", "0", "k", "1kk", "500x5", "-3", "1e3", "../x", "1k x4"])
def test_what_is_no_size_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build.main([f"--sizes={text}"])
    assert stopped.value.code == 2
    assert "is no size" in capsys.readouterr().err


def test_an_unknown_scenario_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--scenarios", "cold,warm"])
    assert "`warm` is none of" in capsys.readouterr().err


def test_a_peer_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = peers(tmp_path / "venv", False, print)
    assert found.hugo is None and found.pagefind is None
    assert len(found.missing) == 2


def test_medians_ratios_and_goals() -> None:
    result = _result()
    ours, theirs = result.rows
    assert (theirs.wall, theirs.cpu) == (5.0, 8.0)
    assert ratio(ours, theirs) == 0.4
    assert ratio(ours, None) is None
    assert goal_of(result.size, "cold", {"Auzolan": ours, "Hugo": theirs}) == "≤ 0.5 × Hugo: reached"
    slow = Row("10k", "cold", "Auzolan", [Run(3.0, 3.0, None)])
    assert goal_of(result.size, "cold", {"Auzolan": slow, "Hugo": theirs}) == "≤ 0.5 × Hugo: not yet"
    more = Result(Size("100k", 100_000, 1), [Row("100k", "cold", "Auzolan", [Run(1, 36.0, None)])])
    assert list(growth([result, more])) == [
        "10,000 to 100,000 entries cost × 12.0 in CPU (goal: at most × 11: not yet)."
    ]


def test_the_report_says_versions_date_doubts_and_what_is_left_out(tmp_path: Path) -> None:
    made = as_markdown([_result()], ABOUT)
    for words in (
        "2026-11-22",
        "Hugo 0.168.0",
        "Indicative only",
        "Left out: pagefind cannot be had",
        "| cold | 2.00 s | 5.00 s |",
    ):
        assert words in made
    data = json.loads(json.dumps(as_data([_result()], ABOUT)))
    assert data["sizes"][0]["rows"][0]["ratios"]["Hugo"] == {"wall": 0.4, "cpu": 0.375}
    page = tmp_path / "speed.md"
    page.write_text(f"Before\n{BEGIN}\nold \\1\n{END}\nAfter\n", "utf-8")
    put(page, "new \\1 text\n")
    assert page.read_text("utf-8") == f"Before\n{BEGIN}\n\nnew \\1 text\n\n{END}\nAfter\n"
    page.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="bench:begin"):
        put(page, "x")


def test_no_peer_means_auzolan_and_pelican_alone() -> None:
    assert [one.key for one in contenders(directory(3), Peers(None, None))] == ["auzolan", "pelican"]
    assert [one.key for one in contenders(directory(3, 2), Peers(None, None))] == ["auzolan"]
