"""`auzolan build`: what it says and what it leaves, in a folder and in one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.running import auzolan, built, copied, environment, tree

DATE = {"SOURCE_DATE_EPOCH": "1795305600"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site, built once."""
    made = copied("minimal", tmp_path_factory.mktemp("build") / "site")
    built(made, **DATE)
    return made


def some_entry(site: Path) -> Path:
    return sorted(
        path for path in (site / "directory").rglob("*.yaml") if path.parent.name not in ("kinds", "vocabularies")
    )[0]


def test_nothing_changed_is_said_and_nothing_is_touched(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")}
    done = auzolan("build", cwd=site, **DATE)
    assert done.returncode == 0 and "nothing changed" in done.stderr and "made anew" not in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (site / "output").rglob("*")} == before


def test_a_change_is_counted_and_why_everything_was_made_is_told(site: Path) -> None:
    entry = some_entry(site)
    entry.write_text(entry.read_text("utf-8") + "# a remark\n", "utf-8")
    done = auzolan("build", cwd=site, **DATE)
    assert "made anew" not in done.stderr and " written" in done.stderr
    settings = site / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "SITENAME = 'Another name'\n", "utf-8")
    assert "everything was made anew: the settings changed" in auzolan("build", cwd=site, **DATE).stderr


def test_findings_are_told_again_where_nothing_changed(site: Path) -> None:
    first, second = (auzolan("build", "--json", cwd=site, **DATE) for _ in range(2))
    assert json.loads(first.stdout)["findings"] == json.loads(second.stdout)["findings"]
    assert json.loads(second.stdout)["written"] == 0


def test_one_file_holds_the_same_site(site: Path, tmp_path: Path) -> None:
    packed = tmp_path / "site.zip"
    done = auzolan("build", "-o", str(packed), cwd=site, **DATE)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    assert tree(tmp_path / "unpacked") == tree(built(site, tmp_path / "folder", **DATE))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_one_file_is_the_same_bytes_however_it_was_made(site: Path, tmp_path: Path) -> None:
    for jobs in ("1", "3"):
        auzolan("build", "-o", str(tmp_path / f"{jobs}.zip"), "--jobs", jobs, cwd=site, **DATE)
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "3.zip").read_bytes()


def test_a_folder_in_the_place_of_the_one_file_is_told(site: Path, tmp_path: Path) -> None:
    (tmp_path / "site.zip").mkdir()
    done = auzolan("build", "-o", str(tmp_path / "site.zip"), cwd=site, **DATE)
    assert done.returncode == 2 and "is a folder" in done.stderr


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    for output in ("file/site.zip", "file/output"):
        done = auzolan("build", "-o", str(tmp_path / output), cwd=site, **DATE)
        assert done.returncode == 2 and "cannot be written" in done.stderr


def test_timings_tell_stages_counts_and_the_slowest(site: Path, tmp_path: Path) -> None:
    trace = tmp_path / "trace.json"
    done = auzolan("build", "-o", str(tmp_path / "out"), "--timings", "--trace", str(trace), cwd=site, **DATE)
    for words in ("stage", "make all", "remember", "units", "files written", "slowest"):
        assert words in done.stderr
    events = json.loads(trace.read_text("utf-8"))["traceEvents"]
    assert {event["cat"] for event in events} >= {"stage", "unit"}
    assert all(event["ph"] == "X" and event["dur"] >= 0 and event["ts"] >= 0 for event in events)


def test_verify_finds_what_times_hide(site: Path, tmp_path: Path) -> None:
    output = built(site, tmp_path / "out", **DATE)
    home = output / "index.html"
    told = home.stat()
    was = home.read_bytes()
    home.write_bytes(b"x" * len(was))
    os.utime(home, ns=(told.st_atime_ns, told.st_mtime_ns))
    done = auzolan("build", "-o", str(output), "--verify", cwd=site, **DATE)
    assert done.returncode == 0 and home.read_bytes() == was


@pytest.mark.parametrize("output", [".", "..", "directory", "content/x"])
def test_a_site_is_never_written_among_its_sources(site: Path, output: str) -> None:
    (site / "content").mkdir(exist_ok=True)
    before = tree(site / "directory")
    done = auzolan("build", "-o", output, cwd=site, **DATE)
    assert done.returncode == 2 and "its own sources lie there" in done.stderr
    assert tree(site / "directory") == before and not (site / "index.html").exists()


def test_a_trace_that_cannot_be_written_is_told_before_anything_is_built(site: Path) -> None:
    done = auzolan("build", "--trace", "nowhere/trace.json", cwd=site, **DATE)
    assert done.returncode == 2 and "there is no folder nowhere" in done.stderr


def test_a_memory_that_is_gone_is_said(site: Path) -> None:
    built(site, **DATE)
    shutil.rmtree(site / ".cache")
    done = auzolan("build", cwd=site, **DATE)
    assert "everything was made anew: nothing is remembered of the last build" in done.stderr


@pytest.mark.parametrize("thesis", [b"not a zip", b""])
def test_a_file_that_is_no_packed_site_is_not_replaced(site: Path, tmp_path: Path, thesis: bytes) -> None:
    there = tmp_path / "thesis.zip"
    there.write_bytes(thesis)
    done = auzolan("build", "-o", str(there), cwd=site, **DATE)
    assert done.returncode == 2
    assert "is there already, and is no packed site" in done.stderr
    assert there.read_bytes() == thesis
    assert sorted(path.name for path in tmp_path.iterdir()) == ["thesis.zip"]


def test_what_is_published_is_not_up_to_the_clock(site: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(site, tmp_path / "site")
    (mine / "content" / "articles").mkdir(parents=True, exist_ok=True)
    text = '---\ntitle: Later\ndate: "2099-06-01"\nsummary: Much.\n---\n\nWords.\n'
    (mine / "content" / "articles" / "later.md").write_text(text)
    done = auzolan("build", cwd=mine, SOURCE_DATE_EPOCH="4102444800")  # a day of 2100
    assert done.returncode == 0, done.stderr
    assert (mine / "output" / "articles" / "later.html").is_file()


def test_what_the_site_prints_is_no_answer(site: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(site, tmp_path / "site")
    with (mine / "pelicanconf.py").open("a") as out:
        out.write("import os\nos.write(1, b'noise\\n')\nprint('more')\n")
    done = subprocess.run(
        [sys.executable, "-m", "auzolan.cli.builder", "pelicanconf.py", str(mine / "output")],
        cwd=mine, input="build\n", capture_output=True, encoding="utf-8", check=False, env=environment(**DATE),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert not answers[-1]["failed"] and "noise" in done.stderr


def test_without_articles_pelican_is_not_asked_and_that_makes_no_difference(tmp_path: Path) -> None:
    site = copied("minimal", tmp_path / "site")
    shutil.rmtree(site / "content", ignore_errors=True)
    (site / "content").mkdir()
    told = auzolan("build", cwd=site, **DATE)
    assert told.returncode == 0, told.stderr
    alone = tree(site / "output")
    conf = site / "pelicanconf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\nPLUGINS = [*PLUGINS, 'idle']\n", "utf-8")
    (site / "idle.py").write_text(
        "from pathlib import Path\n\n\ndef register():\n    Path('registered').write_text('')\n", "utf-8"
    )
    told = auzolan("build", cwd=site, **DATE, PYTHONPATH=os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]))
    assert told.returncode == 0 and (site / "registered").exists(), told.stderr
    asked = tree(site / "output")
    differ = {path for path in {*alone, *asked} if alone.get(path) != asked.get(path)}
    assert differ <= {"data/source.zip", "data/index.html", "SHA256SUMS"}
