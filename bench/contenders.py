"""A workload and the peers that are there come in; contenders with their files on disk and commands go out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import site_auzolan, site_hugo, site_pelican
from bench.peers import Peers
from bench.pictures import picture
from bench.results import BOTH, HUGO, OURS, PELICAN
from bench.workload import Workload

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"
AUZOLAN = (sys.executable, "-m", "auzolan")
_EPOCH = "1795305600"
"""22 November 2026: the declared date of every build here."""
PATIENCE = 5_000
"""Entries of which plain Pelican still makes a site within some minutes."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and the name under which it and the steps before it are reported together."""

    title: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contender:
    """`key` names its rules in counts.py; `caches` is what a cold build begins without, beside `output/`."""

    key: str
    files: Callable[[Workload], Iterable[tuple[str, str]]]
    steps: tuple[Step, ...]
    caches: tuple[str, ...]
    pictures: str


def contenders(workload: Workload, found: Peers) -> list[Contender]:
    """Auzolan first, then every peer that is there and can make this workload's site."""
    made = [Contender("auzolan", site_auzolan.files, (Step(OURS, (*AUZOLAN, "build")),), (".cache",), "content/images")]
    if found.hugo:
        steps = [Step(HUGO, (str(found.hugo), "--destination", "output"))]
        if found.pagefind:
            steps.append(Step(BOTH, (str(found.pagefind), "--site", "output", "--quiet")))
        made.append(Contender("hugo", site_hugo.files, tuple(steps), ("resources",), "static/images"))
    if not why_no_pelican(workload):
        step = Step(PELICAN, (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-q"))
        made.append(Contender("pelican", site_pelican.files, (step,), ("cache",), "content/images"))
    return made


def why_no_pelican(workload: Workload) -> str:
    """Why plain Pelican does not take part; "" where it does."""
    if len(workload.languages) > 1:
        return "plain Pelican, which has one language"
    if len(workload.items) > PATIENCE:
        return f"plain Pelican, which takes too long for more than {PATIENCE:,} entries"
    return ""


def environment(folder: Path, caches: Path | None = None) -> dict[str, str]:
    """What every command runs in: no settings of one's own, no git history of a folder around, a declared date, temporary
    files below `folder`, which must be there, and in `caches` what programs keep for a user."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    caches = caches or folder / "caches"
    return {
        **kept,
        "TMPDIR": str(folder.resolve()),
        "PYTHONPATH": str(PLUGINS),
        "SOURCE_DATE_EPOCH": _EPOCH,
        "GIT_CEILING_DIRECTORIES": str(folder.resolve()),
        "XDG_CACHE_HOME": str(caches.resolve()),
        "HUGO_CACHEDIR": str(caches.resolve() / "hugo"),
        "NO_COLOR": "1",
        "TERM": "dumb",
    }


GONE = "gone"
"""The folder, beside those of sites, of what was taken away from them; whoever measures deletes it in the end."""


class Site:
    """A contender's folder on disk, and beside it one for what its programs keep elsewhere."""

    def __init__(self, contender: Contender, root: Path) -> None:
        self.contender = contender
        self.root = root
        self.output = root / "output"
        self.caches = root.with_name(f"{root.name}-caches")
        self._shown: dict[str, int] = {}
        self._gone = root.parent / GONE
        for folder in (root, self.caches):
            self._take_away(folder)
        for folder in (root / "content", root / "directory"):
            folder.mkdir(parents=True)

    def show(self, workload: Workload) -> int:
        """Makes the folder hold `workload`, and touches only the files that differ. How many those were."""
        shown: dict[str, int] = {}
        touched = 0
        for path, text in self.contender.files(workload):
            shown[path] = hash(text)
            if self._shown.get(path) != shown[path]:
                target = self.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8")
                touched += 1
        for path in self._shown.keys() - shown.keys():
            (self.root / path).unlink()
            touched += 1
        if not self._shown:
            self._pictures(workload)
        self._shown = shown
        return touched

    def clear(self) -> None:
        """Takes away all that a build made."""
        for path in (self.output, self.caches, *(self.root / name for name in self.contender.caches)):
            self._take_away(path)

    def _take_away(self, path: Path) -> None:
        """Nothing is deleted while something is measured: for minutes after many files are deleted, ext4 takes long to make new
        ones, since it does not use their numbers again."""
        if path.exists():
            self._gone.mkdir(parents=True, exist_ok=True)
            path.rename(self._gone / f"{self.root.name} {time.monotonic_ns()}")

    def _pictures(self, workload: Workload) -> None:
        folder = self.root / self.contender.pictures
        for article in workload.articles:
            for name in article.images:
                folder.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(picture(int(name.removesuffix(".png").rpartition("-")[2])))
