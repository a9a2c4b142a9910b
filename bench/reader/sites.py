"""A size comes in; folders with the same entries, searched by us and by Pagefind, go out, each with how it is asked."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import site_auzolan, site_hugo
from bench.contenders import AUZOLAN, environment
from bench.peers import Peers
from bench.results import OURS, Size
from bench.workload import Workload

PAGEFIND = "Pagefind"
_PROBE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Search</title>
<input type="search" id="q"><ol id="hits"></ol>
<script type="module">
const box = document.getElementById("q"), hits = document.getElementById("hits");
const pagefind = await import("./pagefind/pagefind.js");
let last = 0;
async function ask(search) {
  const mine = ++last;
  const found = await search();
  if (!found) return;
  const shown = await Promise.all(found.results.slice(0, 10).map((one) => one.data()));
  if (mine !== last) return;
  hits.replaceChildren(...shown.map((one) => {
    const item = document.createElement("li");
    item.textContent = `${one.meta.title} ${one.plain_excerpt}`;
    return item;
  }));
}
box.addEventListener("input", () => ask(() => pagefind.debouncedSearch(box.value)));
const asked = new URLSearchParams(location.search).get("q");
if (asked) ask(() => pagefind.search(asked));
</script></html>
"""
"""A page that asks Pagefind by its own programming interface, and shows of each of ten results what its own page does."""


class CannotBeBuilt(Exception):
    """The message says why."""


@dataclass(frozen=True, slots=True)
class Searched:
    """`folder` is served; `page` is asked with `?q=`; `box` and `hit` are CSS selectors; `index` the folder of what search made."""

    title: str
    folder: Path
    page: str
    box: str
    hit: str
    index: Path


def ours(size: Size, work: Path, seed: int) -> Searched:
    """Built by `auzolan build`. What lies there from an earlier run is built on. Raises CannotBeBuilt."""
    root = work / f"reader-{size.name}" / "auzolan"
    _write(root, site_auzolan.files(size.workload(seed)))
    (root / "content").mkdir(exist_ok=True)
    _run((*AUZOLAN, "build"), root)
    output = root / "output"
    return Searched(OURS, output, "search/index.html", "main input[type=search]", "#hits li", output / "search")


def theirs(size: Size, work: Path, seed: int, found: Peers) -> Searched | None:
    """Hugo's pages of the same entries, searched by Pagefind; None where one of them is not to be had. Raises CannotBeBuilt."""
    if not (found.hugo and found.pagefind):
        return None
    root = work / f"reader-{size.name}" / "hugo"
    _write(root, site_hugo.files(size.workload(seed)))
    output = root / "output"
    if output.exists():
        shutil.rmtree(output)
    _run((str(found.hugo), "--destination", "output"), root)
    _run((str(found.pagefind), "--site", "output", "--quiet"), root)
    (output / "ask.html").write_text(_PROBE, "utf-8")
    return Searched(PAGEFIND, output, "ask.html", "#q", "#hits li", output / "pagefind")


def questions(workload: Workload, count: int) -> list[tuple[str, str]]:
    """`count` pairs: the three words of a name, and two words of another entry's text."""
    items = workload.items
    step = max(1, len(items) // count)
    pairs = []
    for number in range(0, min(len(items), count * step), step):
        other = items[(number + len(items) // 2) % len(items)]
        # As a reader sees them: nobody types the signs of Markdown, nor where a link leads.
        words = re.findall(r"[^\W\d_]{5,}", re.sub(r"\]\(\S*", " ", other.description))
        pairs.append((" ".join(items[number].name.split()[:3]), " ".join(words[4:6])))
    return pairs[:count]


def weight(searched: Searched) -> tuple[int, int]:
    """(files, bytes) of the index."""
    files = [path for path in searched.index.rglob("*") if path.is_file() and path.suffix != ".html"]
    return len(files), sum(path.stat().st_size for path in files)


def _write(root: Path, files: Iterable[tuple[str, str]]) -> None:
    """Touches only what differs, and takes away what is no more."""
    told = {root / path: text for path, text in files}
    for folder in ("directory", "content"):
        for path in (root / folder).rglob("*"):
            if path.is_file() and path not in told:
                path.unlink()
    for path, text in told.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def _run(command: Sequence[str], root: Path) -> None:
    caches = root.with_name(f"{root.name}-caches")
    caches.mkdir(exist_ok=True)
    done = subprocess.run(
        command, cwd=root, env=environment(root.parent, caches), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise CannotBeBuilt(f"{Path(command[0]).name}: {lines[-1] if lines else f'status {done.returncode}'}")
