"""Commands and arguments come in; what they cost, reports and clear refusals go out. Nothing is timed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from bench.contenders import contenders, why_no_pelican
from bench.measure import Failed, Written, look, run, written
from bench.peers import PAGEFIND, Peers, npm_command, pagefind_in, peers
from bench.results import Size, size_of
from bench.workload import directory

from bench import about, build


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
    found = peers(tmp_path, False, print)
    assert found.hugo is None and found.pagefind is None
    assert [reason.split(" ")[0] for reason in found.missing] == ["Hugo", "Pagefind"]


def _package(folder: Path, version: str) -> Path:
    for name, text in {
        "pagefind/package.json": f'{{"version": "{version}"}}',
        "@pagefind/linux-x64/bin/pagefind_extended": "",
        "@pagefind/linux-x64/bin/pagefind-v1.tar.gz.sha256": "",
    }.items():
        path = folder / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    program = folder / "node_modules/@pagefind/linux-x64/bin/pagefind_extended"
    program.chmod(0o755)
    return program


def test_the_program_itself_is_found_in_npms_folders_and_in_the_wanted_version_only(tmp_path: Path) -> None:
    assert pagefind_in(tmp_path) is None
    program = _package(tmp_path / "right", PAGEFIND.partition("@")[2])
    assert pagefind_in(tmp_path / "right") == program
    _package(tmp_path / "old", "0.0.1")
    assert pagefind_in(tmp_path / "old") is None


def test_npm_is_the_machines_or_that_of_a_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text("", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert npm_command() == (str(tmp_path / "npm"),)
    (tmp_path / "node").unlink()
    command = npm_command()
    assert command is None or command[0] == sys.executable


def test_no_peer_means_auzolan_and_pelican_alone() -> None:
    assert [one.key for one in contenders(directory(3), Peers(None, None))] == ["auzolan", "pelican"]
    assert [one.key for one in contenders(directory(3, 2), Peers(None, None))] == ["auzolan"]
    assert "one language" in why_no_pelican(directory(3, 2))


def test_sizes_may_have_their_own_number_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = build.parser().parse_args(["--sizes", "1k,100k:1,magazine:0"])
    assert [(size.name, repeats) for size, repeats in parsed.sizes] == [("1k", None), ("100k", 1), ("magazine", 0)]
    assert [size.name for size, _ in build.parser().parse_args([]).sizes] == ["500x4", "1k", "10k", "100k"]
    with pytest.raises(SystemExit):
        build.parser().parse_args(["--sizes", "1k:-1"])


def test_earlier_results_that_are_none_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    for path in (tmp_path / "x.json", tmp_path / "y.json"):
        with pytest.raises(SystemExit) as stopped:
            build.main(["--add", str(path)])
        assert stopped.value.code == 2
    assert "no results of a benchmark" in capsys.readouterr().err


def test_what_else_the_machine_does_is_a_share(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([(100, 200), (175, 300)])
    monkeypatch.setattr(about, "_ticks", lambda: next(ticks))
    monkeypatch.setattr(about, "LOOK", 0)
    assert about.others() == 0.25
