"""Timers that sync a mirror: systemd takes the units as they are, cron its line, whatever the mirror is called."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.running import auzolan

from auzolan.mirror.units import NAME, Wanted, cron, units

ODD = ["/srv/mirror", "/srv/our mirror", "/srv/100 % \"ours\" $HOME \\ 'x'"]


def wanted(mirror: str) -> Wanted:
    return Wanted(
        shutil.which("true") or "/bin/true", ["https://commons.example/", mirror], mirror, "root", "0.0.0.0", 8000
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
@pytest.mark.parametrize("mirror", ODD)
def test_systemd_takes_the_units(tmp_path: Path, mirror: str) -> None:
    for name, text in units(wanted(mirror)).items():
        (tmp_path / name).write_text(text, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert NAME not in done.stderr, done.stderr


@pytest.mark.parametrize("mirror", ODD)
def test_a_line_for_cron(mirror: str) -> None:
    line = cron(wanted(mirror), 7, 3)
    minute, hour, *_, command = line.rstrip("\n").split(" ", 5)
    assert (minute, hour, line.count("\n")) == ("7", "3", 1)
    # cron takes the backslash away before a percent sign.
    assert shlex.split(command.replace("\\%", "%"))[-1] == mirror


def test_they_are_printed_or_written(tmp_path: Path) -> None:
    done = auzolan("mirror", "units", "https://commons.example/", "ours", "--trust", "a" * 64, cwd=tmp_path)
    assert done.returncode == 0
    assert f"mirror sync https://commons.example/ {tmp_path}/ours --trust {'a' * 64}\n" in done.stdout
    assert f"# /etc/systemd/system/{NAME}.timer\n[Unit]\n" in done.stdout
    done = auzolan("mirror", "units", "https://commons.example/", "ours", "--write", "units", cwd=tmp_path)
    assert done.returncode == 0 and f"systemctl enable --now {NAME}.timer" in done.stderr
    assert sorted(one.name for one in (tmp_path / "units").iterdir()) == sorted(units(wanted("/x")))
    assert auzolan("mirror", "units", "https://x/\n", cwd=tmp_path).returncode == 2
