"""A built site comes in; what search costs there by itself goes out: our index, and Pagefind's of the same pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.about import ROOT
from bench.contenders import Site
from bench.counts import pages_of_entries
from bench.measure import Failed, Run, Written, look, run, written
from bench.results import ON_HUGOS, ON_OURS, OURS, SEARCH, SEARCH_EDIT

_ROOTS = {"auzolan": ("--root-selector", "main"), "hugo": ()}
"""What Pagefind reads of a page: without menu and foot in either case; Hugo's pages are marked for it."""
TITLES = {"auzolan": ON_OURS, "hugo": ON_HUGOS}

Measured = tuple[str, str, Run, Written]
"""Scenario, contender, what it took, what it wrote."""


def ours(site: Site, environment: Mapping[str, str]) -> Iterator[Measured]:
    """Our index of all, and then of all with one document changed. Raises Failed."""
    command = [sys.executable, "-m", "bench.search_cost", str(site.root)]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    told = json.loads(done.stdout)
    for name, scenario in (("whole", SEARCH), ("edited", SEARCH_EDIT)):
        one = told[name]
        made = Written(one["files"], one["bytes"], one["files"], one["bytes"])
        yield scenario, OURS, Run(one["wall"], one["cpu"], None), made


def pagefinds(site: Site, program: Path, work: Path, environment: Mapping[str, str]) -> Measured:
    """Pagefind's index of the pages of entries and articles alone: it reads no lists. Raises Failed."""
    key = site.contender.key
    pages, index = work / f"{key}-pages", work / f"{key}-pagefind"
    for folder in (pages, index):
        if folder.exists():
            shutil.rmtree(folder)
    _link(pages_of_entries(site.output, key), site.output, pages)
    command = [str(program), "--site", str(pages), "--output-path", str(index), "--quiet", *_ROOTS[key]]
    done = run(command, work, environment)
    return SEARCH, TITLES[key], done, written({}, look(index))


def _link(paths: list[Path], root: Path, folder: Path) -> None:
    """The same files, by another name."""
    for path in paths:
        target = folder / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(path, target)
