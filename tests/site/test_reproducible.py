"""The same files give the same bytes, whoever builds them, where and when; what did not change is not written again."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from tests.running import auzolan, built, copied, tree, write

from auzolan.load.settings import load_settings
from auzolan.pipeline.read import read


def test_other_circumstances_same_bytes(everything: Path, tmp_path: Path) -> None:
    elsewhere = copied("everything", tmp_path / "a folder with blanks & signs" / "elsewhere")
    before = os.umask(0o077)
    try:
        built(
            elsewhere,
            tmp_path / "another output",
            PYTHONHASHSEED="4242",
            TZ="Pacific/Kiritimati",
            LC_ALL="tr_TR.UTF-8",
            LANG="tr_TR.UTF-8",
            HOME=str(tmp_path),
        )
    finally:
        os.umask(before)
    made, expected = tree(tmp_path / "another output"), tree(everything / "output")
    assert sorted(made) == sorted(expected)
    assert [path for path in made if made[path] != expected[path]] == []
    # A web server may read them, whatever the builder's umask.
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "another output").rglob("*.html")} == {0o644}


@pytest.mark.parametrize(("seconds", "overdue"), [("1798761600", False), ("1801440000", True)])
def test_the_build_date_is_declared_never_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: str, overdue: bool
) -> None:
    site = copied("everything", tmp_path / "site")
    (site / "history.json").unlink()
    entry = site / "directory/cooperatives/horta-comuna.yaml"
    entry.write_text(entry.read_text("utf-8").replace('review_by: "2026-06-01"', 'review_by: "2027-01-15"'), "utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)  # the first days of January and of February 2027
    settings, _ = load_settings(site / "pelicanconf.py")
    reading = read(settings, ())
    assert reading.commons is not None, reading.findings
    assert reading.commons.profiles["cooperative/horta-comuna"].review_overdue is overdue


def test_only_what_changed_is_written_and_what_went_is_removed(tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    output = built(site)
    stamps = {path: path.stat().st_mtime_ns for path in output.rglob("*") if path.is_file()}
    write(output, {"of-somebody-else.txt": "stays", "cooperatives/of-somebody-else.html": "stays"})
    again = json.loads(auzolan("build", "--json", cwd=site).stdout)
    assert (again["written"], again["removed"]) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    (site / "directory/projects/mapping-week.yaml").unlink()
    warsha = site / "directory/makerspaces/warsha.yaml"
    kept = [line for line in warsha.read_text("utf-8").splitlines() if "hosts" not in line and line != "relations:"]
    warsha.write_text("\n".join(kept) + "\n", "utf-8")
    third = json.loads(auzolan("build", "--json", cwd=site).stdout)
    assert third["removed"] >= 3 and 0 < third["written"] < third["files"] / 2
    assert not (output / "projects/mapping-week.html").exists()
    assert (output / "of-somebody-else.txt").read_text() == "stays"
    assert (output / "cooperatives/of-somebody-else.html").read_text() == "stays"


def test_sums_are_true(everything: Path) -> None:
    command = ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=everything / "output", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_a_finding_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    write(site, {"directory/tools/broken.yaml": "name: Broken\nsummary: x\ncategory: no-such-word\nfield: 1\n"})
    done = auzolan("build", cwd=site)
    assert done.returncode == 1
    assert "directory/tools/broken.yaml:3:11: error V001" in done.stderr
    assert "directory/tools/broken.yaml:4:1: error D001" in done.stderr
    assert "nothing was written" in done.stderr
    assert not (site / "output").exists()


def test_no_file_holds_the_machine_it_was_built_on(everything: Path) -> None:
    names = [str(everything).encode(), os.uname().nodename.encode() if len(os.uname().nodename) > 6 else b"\0never"]
    for path in (everything / "output").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(name in data for name in names), path
