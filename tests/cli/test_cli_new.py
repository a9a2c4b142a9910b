"""`auzolan new`: a valid file out of answers, given beforehand or asked for at a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.running import NO_TRACEBACK, auzolan, copied, environment, write

SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/la-bauma.yaml": "name: La Bauma\nsummary: A house.\nrecord: {sources: {s: {title: Seen}}}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, SITE)


def new(site: Path, kind: str, *sets: str, name: str = "Can Batlló"):
    given = [part for one in sets for part in ("--set", one)]
    return auzolan("new", kind, "--name", name, *given, "--yes", cwd=site)


def test_a_valid_file_comes_out(site: Path) -> None:
    done = new(
        site, "cooperative", "summary=Neighbours in an old factory: they decide together.", "places.country=Spain",
        "places.region=ES-CT", "sectors=Housing, culture-and-media", "started=2011", "status=active",
        "membership_base=residents", "website=https://canbatllo.coop/", "sources=https://canbatllo.coop/about",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (site / "directory/cooperatives/can-batllo.yaml").read_text("utf-8")
    assert text.startswith(
        "# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json\nname: Can Batlló\n"
    )
    for line in ('started: "2011"', "country: ES", "sectors: [housing, culture-and-media]", "title: canbatllo.coop"):
        assert line in text
    told = auzolan("check", "--strict", "--json", cwd=site)
    assert (told.returncode, json.loads(told.stdout)["findings"]) == (0, [])


@pytest.mark.parametrize(
    ("kind", "sets", "said"),
    [
        ("coop", [], "there is no kind `coop`"),
        ("cooperative", [], "a cooperative needs: summary"),
        ("cooperative", ["summary"], "`summary` is no answer"),
        ("cooperative", ["colour=red"], "`colour` is not a field of cooperative"),
        ("cooperative", ["summary=" + "x" * 251], "that is 251 characters; at most 250"),
        ("cooperative", ["summary=A.", "status=asleep"], "`asleep` is not a word of"),
        ("cooperative", ["summary=A.", "website=javascript:alert(1)"], "is not a web address"),
        ("cooperative", ["summary=A.", "started=long ago"], "`long ago` is not a date"),
        ("cooperative", ["summary=A.", "places.country=Atlantis"], "`Atlantis` is not a country"),
        ("cooperative", ["summary=A.", "places=Spain"], "`places` has parts of its own"),
        ("cooperative", ["summary=A.", "record.sources.title=x"], "cannot be answered in one line"),
    ],
)
def test_what_no_entry_can_hold_is_refused(site: Path, kind: str, sets: list[str], said: str) -> None:
    done = new(site, kind, *sets)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(list(site.glob("directory/*/*.yaml"))) == 1


def test_a_name_that_is_taken_gets_a_number_and_a_question(site: Path) -> None:
    done = new(site, "cooperative", "summary=Another house.", "sources=itself", name="La Bauma")
    assert done.returncode == 0
    assert "Is it one of these? cooperative/la-bauma" in done.stderr
    assert (site / "directory/cooperatives/la-bauma-2.yaml").is_file()
    assert "A house." in (site / "directory/cooperatives/la-bauma.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("ورشة الجيران", "wrshh-ljyrn.yaml"),
        ("../../etc/passwd", "etc-passwd.yaml"),
        ("CON", "con-2.yaml"),
        ("no: # \"yaml'", None),
    ],
)
def test_any_name_makes_a_safe_file(site: Path, name: str, file: str | None) -> None:
    done = new(site, "tool", "summary=A tool.", "sources=itself", name=name)
    assert done.returncode == 0, done.stderr
    (made,) = (site / "directory/tools").glob("*.yaml")
    assert made.name.isascii() and (file is None or made.name == file)
    told = json.loads(auzolan("check", "--json", cwd=site).stdout)
    assert [one for one in told["findings"] if one["severity"] == "error"] == []


@pytest.mark.parametrize("value", ["no", "0123", "a: b #c"])
def test_what_yaml_would_read_otherwise_stays_text(site: Path, value: str) -> None:
    done = new(site, "tool", f"summary={value}", "sources=itself", name="Oven")
    assert done.returncode == 0, done.stderr
    assert auzolan("check", cwd=site).returncode == 0
    import yaml

    assert yaml.safe_load((site / "directory/tools/oven.yaml").read_text("utf-8"))["summary"] == value


def asked(site: Path, *arguments: str, answers: dict[str, list[str]], timeout: float = 60) -> tuple[int, str]:
    """Runs `auzolan new` at a terminal; gives each prompt its next answer ("" where there is none left)."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "auzolan", "new", *arguments],
        cwd=site, env=environment(TERM="dumb"), stdin=follower, stdout=follower, stderr=follower, close_fds=True,
    )  # fmt: skip
    os.close(follower)
    told, seen, end = "", 0, time.monotonic() + timeout
    while time.monotonic() < end:
        ready, _, _ = select.select([leader], [], [], 0.2)
        if ready:
            try:
                data = os.read(leader, 65536)
            except OSError:
                break
            told += data.decode("utf-8", "replace")
        elif process.poll() is not None:
            break
        elif (prompt := told[seen:].rsplit("\n", 1)[-1]).rstrip().endswith((":", "?", "]", ")")) and prompt.strip():
            seen = len(told)
            name = prompt.strip().split(":")[0].split(" (")[0].split(" [")[0].strip()
            left = answers.get(name, [])
            os.write(leader, ((left.pop(0) if left else "") + "\n").encode())
    if process.poll() is None:
        process.kill()
    os.close(leader)
    assert NO_TRACEBACK not in told
    return process.wait(), told


def test_at_a_terminal_it_asks_and_suggests(site: Path) -> None:
    answers = {
        "name": ["", "Forn Comú"],
        "summary": ["Bread for the neighbourhood."],
        "status": ["sleeping", "active"],
        "country": ["Spain"],
        "website": ["forn", "https://forncomu.coop/"],
        "source": ["https://forncomu.coop/us"],
    }
    code, told = asked(site, "cooperative", answers=answers)
    assert code == 0, told
    assert "every entry needs this" in told
    assert "`sleeping` is not a word of" in told and "active" in told
    assert "is not a web address" in told
    assert "directory/cooperatives/forn-comu.yaml is written." in told
    text = (site / "directory/cooperatives/forn-comu.yaml").read_text("utf-8")
    assert "summary: Bread for the neighbourhood." in text and "country: ES" in text and "status: active" in text
    assert auzolan("check", cwd=site).returncode == 0


def test_at_a_terminal_a_double_is_asked_about(site: Path) -> None:
    code, told = asked(site, "cooperative", answers={"name": ["la bauma"], "Go on with a new entry?": ["n"]})
    assert code == 1, told
    assert "Is it one of these? cooperative/la-bauma" in told
    assert len(list(site.glob("directory/*/*.yaml"))) == 1


def test_editors_find_the_schema_of_a_kind_of_the_sites_own(tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    done = auzolan("new", "makerspace", "--yes", "--name", "Shed", "--set", "summary=A shed.", cwd=site)
    assert (site / "directory/kinds/schemas/makerspace.schema.json").is_file(), done.stderr
