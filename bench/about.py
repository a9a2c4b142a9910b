"""Nothing but the machine and the clone comes in; when, on what and with what is measured goes out, as plain values."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

from auzolan import __version__
from bench.peers import Peers, version

ROOT = Path(__file__).resolve().parents[1]
MEASURED = ("plugins", "theme", "directory/kinds", "directory/vocabularies", "bench", "constraints.txt")
"""Files on which the figures depend: a commit that touches none of them is no other state of the code."""
PACKAGES = {"pelican": "Pelican", "whoosh-reloaded": "Whoosh", "Markdown": "Markdown", "PyYAML": "PyYAML"}
BUSY = 0.5
"""Load before the first run from which on the machine is said to be busy."""


def about(found: Peers, repeats: int, seed: int) -> dict[str, Any]:
    """`date`, `auzolan`, `versions`, `machine`, `repeats`, `seed`, `load`, `busy`."""
    before = load()
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "auzolan": f"{__version__}{_commit()}",
        "versions": versions(found),
        "machine": machine(),
        "repeats": max(1, repeats),
        "seed": seed,
        "load": before,
        "busy": before > BUSY,
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


def load() -> float:
    """Processes that ran or waited for a processor in the last minute, on average."""
    return round(os.getloadavg()[0], 2)


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
