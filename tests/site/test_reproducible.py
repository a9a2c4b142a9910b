"""The same files give the same bytes, whoever builds them, where and when; what did not change is not written again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.running import auzolan, built, copied, environment, tree, write

from auzolan.load.settings import load_settings
from auzolan.pipeline.read import read

OTHERS: tuple[dict[str, str], ...] = (
    {
        "PYTHONHASHSEED": "4242",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "umask": "077",
    },
    {"PYTHONHASHSEED": "0", "TZ": "America/Adak", "LC_ALL": "C", "jobs": "1", "order": "reversed"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "ar_EG.UTF-8", "jobs": "7", "user": "nobody", "order": "by suffix"},
    {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "TZ": ":/nowhere", "umask": "002"},
    {"PYTHONOPTIMIZE": "2", "LC_ALL": "de_DE.ISO-8859-1", "jobs": "2"},
    {"PYTHONHASHSEED": "99", "LANGUAGE": "ca:es", "TZ": "Asia/Kathmandu", "order": "reversed", "jobs": "3"},
    {"PYTHONHASHSEED": "7", "NO_COLOR": "", "TERM": "dumb", "COLUMNS": "20", "umask": "027"},
    {"GIT_DIR": "/nowhere", "HOSTNAME": "another", "LOGNAME": "another", "USER": "another", "user": "nobody"},
    {"PYTHONHASHSEED": "31337", "TMPDIR": "elsewhere", "jobs": "5", "TZ": "UTC"},
    {"PYTHONHASHSEED": "2", "LC_NUMERIC": "fr_FR.UTF-8", "LC_TIME": "ja_JP.UTF-8", "order": "by suffix", "jobs": "1"},
)
"""Ten machines, as they differ: what their environment says, their umask, how many processes, in which order files came to be
there, and who builds (`nobody`: where root may run as another user)."""
FEW = 1 if "AUZOLAN_EXAMPLES" not in os.environ else len(OTHERS)


@pytest.mark.parametrize("number", range(FEW))
def test_other_circumstances_same_bytes(everything: Path, tmp_path: Path, number: int) -> None:
    told = dict(OTHERS[number])
    umask, jobs, order, user = (told.pop(name, "") for name in ("umask", "jobs", "order", "user"))
    place = tmp_path / "a folder with blanks & signs"
    elsewhere = _laid_out(place / "elsewhere", order)
    if told.get("TMPDIR"):
        told["TMPDIR"] = str(place / told["TMPDIR"])
        Path(told["TMPDIR"]).mkdir()
    output = place / "another output"
    before = os.umask(int(umask or "022", 8))
    try:
        command = [sys.executable, "-m", "auzolan", "build", "-o", str(output), *(["-j", jobs] if jobs else [])]
        if user and os.geteuid() == 0 and shutil.which("setpriv"):
            _let_in(tmp_path)
            subprocess.run(["chown", "-R", "65534:65534", str(place)], check=True)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        added = {"HOME": str(place), "XDG_CACHE_HOME": str(place / "cache"), **told}
        done = subprocess.run(
            command, cwd=elsewhere, env=environment(**added), capture_output=True, text=True, check=False
        )
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    made, expected = tree(output), tree(everything / "output")
    assert sorted(made) == sorted(expected)
    assert [path for path in made if made[path] != expected[path]] == []
    # A web server may read them, whatever the builder's umask.
    assert {path.stat().st_mode & 0o777 for path in output.rglob("*.html")} == {0o644}


def _let_in(folder: Path) -> None:
    """Lets others go through the folders above, which are its owner's alone."""
    for path in (folder, *folder.parents[:-1]):
        path.chmod(path.stat().st_mode | 0o011)


def _laid_out(folder: Path, order: str) -> Path:
    """A copy whose files came to be there in another order: some file systems list them so."""
    source = copied("everything", folder.with_name("as it was"))
    if not order:
        return source
    files = sorted((path for path in source.rglob("*") if path.is_file()), key=lambda path: path.name, reverse=True)
    if order == "by suffix":
        files.sort(key=lambda path: (path.suffix, path.name[::-1]))
    for path in files:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    return folder


def test_packed_sites_are_the_same_too(everything: Path, tmp_path: Path) -> None:
    packed = []
    for number, zone in enumerate(("Pacific/Kiritimati", "America/Adak")):
        site = copied("everything", tmp_path / f"place {number}")
        done = auzolan("build", "-o", "site.zip", "-j", str(number + 1), cwd=site, TZ=zone, PYTHONHASHSEED=str(number))
        assert done.returncode == 0, done.stderr
        packed.append((site / "site.zip").read_bytes())
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "place 0/site.zip") as opened:
        assert {name for name in opened.namelist() if not name.endswith("/")} == set(tree(everything / "output"))


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
