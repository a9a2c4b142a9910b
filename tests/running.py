"""A command line flows in; what the program did flows out. Sites are built here as people build them: by `auzolan build`."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests import forked

ROOT = Path(__file__).resolve().parents[1]
SITES = ROOT / "tests" / "sites"
NO_TRACEBACK = "Traceback (most recent call last)"


def environment(**added: str) -> dict[str, str]:
    """This process's environment with the package on Python's path, no colours, and the sources' dates undeclared."""
    clean = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "SITEURL")}
    path = os.pathsep.join(filter(None, [str(ROOT / "plugins"), os.environ.get("PYTHONPATH", "")]))
    return {**clean, "PYTHONPATH": path, "NO_COLOR": "1", "COLUMNS": "200", **added}


def python(*arguments: str, cwd: Path, **added: str) -> subprocess.CompletedProcess[str]:
    """Runs Python, with standard input closed. Whatever it does, it shows nobody a traceback."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment(**added),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        timeout=300,
    )
    assert NO_TRACEBACK not in done.stdout + done.stderr, done.stderr
    return done


def auzolan(*arguments: str, cwd: Path, **added: str) -> subprocess.CompletedProcess[str]:
    """Runs one of our commands, as `python -m auzolan` does but quicker, with standard input closed. Whatever it does, it shows
    nobody a traceback."""
    if any(name.startswith(("PYTHON", "LC_", "LANG")) for name in added):  # Python reads them when it starts
        return python("-m", "auzolan", *arguments, cwd=cwd, **added)
    done = forked.run(list(arguments), cwd, environment(**added), timeout=300)
    assert NO_TRACEBACK not in done.stdout + done.stderr, done.stderr
    return done


def ran(*arguments: str, cwd: Path, status: int = 0, **added: str) -> str:
    """Runs one of our commands, which ends with that status, and gives what it told, on either stream."""
    done = auzolan(*arguments, cwd=cwd, **added)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def built(site: Path, output: Path | None = None, **added: str) -> Path:
    """Builds the site in the folder `site`, and gives its output folder."""
    done = auzolan("build", *(["-o", str(output)] if output else []), cwd=site, **added)
    assert done.returncode == 0, done.stderr
    return output or site / "output"


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Path]) -> Path:
    """What `make` makes in a folder that is not there yet, and gives; made once for all processes in which tests run side by
    side. Nobody changes it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return make(factory.mktemp(name) / name)
    folder = factory.getbasetemp().parent / name
    told = folder.with_name(f"{name}.made")
    with folder.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)
            told.write_text(str(make(folder)), "utf-8")
    return Path(told.read_text("utf-8"))


def own_cache(folder: Path, templates: Path) -> Path:
    """A cache folder in `folder` for one user, in which there is nothing but compiled `templates`: to compile them takes longer
    than all else of a small site."""
    (folder / "own" / "auzolan").mkdir(mode=0o700, parents=True)
    (folder / "own" / "auzolan" / "templates").symlink_to(templates, target_is_directory=True)
    return folder / "own"


def copied(name: str, folder: Path) -> Path:
    """A copy of one of tests/sites, without its golden files; in `folder`, which must not exist."""
    shutil.copytree(SITES / name, folder, ignore=shutil.ignore_patterns("golden", "output", ".cache"))
    return folder


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder: posix path → sha256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def write(folder: Path, files: dict[str, str]) -> Path:
    """Writes texts by path below `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder
