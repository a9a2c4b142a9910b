"""A site comes in; what it takes as a ZIM file, as a pocket edition and on sticks goes out, in rows and sentences."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auzolan.mirror.packing import CLUSTER, on_stick
from bench.figures import seconds, size
from bench.measure import run
from bench.mirrors.newest import NotToBeHad, asked
from bench.site_auzolan import files
from bench.workload import directory

if TYPE_CHECKING:
    from bench.mirrors.__main__ import Bench

ENTRIES = 500
BUDGET = 1_000_000
"""Bytes of a pocket edition of so many entries, at most."""


def commons_of(work: Path) -> Path:
    """A commons of invented entries, not built yet."""
    for name, text in files(directory(ENTRIES)):
        path = work / "commons" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return work / "commons"


def as_pocket(bench: Bench, commons: Path, say: Callable[[str], None]) -> int:
    """A row of making a pocket edition; gives its bytes."""
    say(f"a pocket edition of {ENTRIES} entries")
    made = bench.work / "pocket.html"
    _row(bench, f"`auzolan pocket`, {ENTRIES} entries", ["pocket", "-o", str(made)], made, commons)
    return made.stat().st_size


def as_zim(bench: Bench, commons: Path, say: Callable[[str], None]) -> list[str]:
    """Rows of making and comparing a ZIM file of the commons; sentences on who accepts it."""
    try:
        import libzim  # noqa: F401
    except ImportError:
        return ["No ZIM file: libzim is not installed."]
    say("a ZIM file")
    run([sys.executable, "-m", "auzolan", "build"], commons, bench.environment)
    site, zim = commons / "output", bench.work / "site.zim"
    count = sum(path.is_file() for path in site.rglob("*"))
    _row(bench, f"`auzolan zim`, {ENTRIES} entries in {count:,} files", ["zim", str(site), "-o", str(zim)], zim)
    _row(bench, "`auzolan zim --verify` of that", ["zim", str(site), "--verify", str(zim)])
    told = []
    if zimcheck := shutil.which("zimcheck"):
        done = subprocess.run([zimcheck, "-A", str(zim)], capture_output=True, text=True, check=False)
        told.append(f"{'Accepted' if done.returncode == 0 else 'Refused'} by zimcheck.")
    say("the newest libzim")
    word = directory(ENTRIES).items[0].name.split()[0]
    try:
        told.append(asked(zim, site, word, bench.work))
    except NotToBeHad:
        told.append("Not asked: the newest libzim, which pip did not find here.")
    return told


def on_sticks(site: Path, say: Callable[[str], None]) -> str:
    """What the folder takes on a stick, and what one file of it."""
    say("sticks")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    folders = sum(path.is_dir() for path in site.rglob("*"))
    packed = Path(shutil.make_archive(str(site.with_name("packed")), "zip", site))
    return (
        f"On a stick of clusters of {CLUSTER // 1024} KB the folder ({size(sum(sizes))}) takes {size(on_stick(sizes, folders))}, "
        f"packed into one zip {size(on_stick([packed.stat().st_size], 0))}."
    )


def _row(bench: Bench, title: str, arguments: list[str], made: Path | None = None, cwd: Path | None = None) -> None:
    command: list[Any] = [sys.executable, "-m", "auzolan", *arguments]
    done = run(command, cwd or bench.work, bench.environment, watch_memory=True)
    out = f"1 file, {size(made.stat().st_size)}" if made else ""
    bench.rows.append([title, seconds(done.wall), seconds(done.cpu), size(done.memory or 0), out])
