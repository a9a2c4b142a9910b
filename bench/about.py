"""Nothing but the machine and the clone comes in; when, on what and with what is measured goes out, as plain values."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import subprocess
import time
from pathlib import Path
from typing import Any

from auzolan import __version__
from bench.peers import Peers, version

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ("plugins", "theme", "directory/kinds", "directory/vocabularies", "bench", "constraints.txt")
"""Files on which the figures depend: a commit that touches none of them is no other state of the code."""
PACKAGES = {"pelican": "Pelican", "whoosh-reloaded": "Whoosh", "Markdown": "Markdown", "PyYAML": "PyYAML"}
LOOK = 2.0
"""Seconds for which one looks at what else the machine does."""
BUSY = 0.05
"""Share of its processors' time from which on it is said to do other work."""


def about(found: Peers, seed: int) -> dict[str, Any]:
    """`date`, `auzolan`, `versions`, `machine`, `seed`. A result has `repeats` too, and `others` (see there)."""
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "auzolan": f"{__version__}{_commit()}",
        "versions": versions(found),
        "machine": machine(),
        "seed": seed,
    }


def versions(found: Peers) -> dict[str, str]:
    """Name → version of all that takes part."""
    told = {"Python": platform.python_version()}
    for package, name in PACKAGES.items():
        try:
            told[name] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    if found.hugo:
        told["Hugo"] = version(found.hugo, "version")
    if found.pagefind:
        told["Pagefind"] = version(found.pagefind, "--version")
    return told


def machine() -> dict[str, Any]:
    """`processor`, `cores`, `memory_gb`, `system`."""
    processor = platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        processor = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), processor)
    except OSError:
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": processor,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
    }


def others() -> float:
    """The share of all processors' time that is used while nothing is measured; 0 where the system does not tell."""
    before = _ticks()
    time.sleep(LOOK)
    idle, whole = (after - was for after, was in zip(_ticks(), before, strict=True))
    return round(1 - idle / whole, 3) if whole else 0.0


def _ticks() -> tuple[int, int]:
    """Of all processors since the start: spent idle or waiting for a disk, and in all."""
    try:
        told = [int(one) for one in Path("/proc/stat").read_text("ascii").splitlines()[0].split()[1:]]
    except OSError:
        return 0, 0
    # The last two, of guests, are contained in the first two.
    return told[3] + told[4], sum(told[:8])


def _commit() -> str:
    """` (abc1234)`: the last commit that touched what is measured, with a + where it was changed since; "" outside a
    clone."""
    commit = _git("log", "-1", "--format=%h", "--", *MEASURED)
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", *MEASURED)
    return f" ({commit}{'+' if changed else ''})" if commit else ""


def _git(*command: str) -> str:
    try:
        done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
