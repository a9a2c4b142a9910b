"""A built site comes in; every page of it is opened by each way to carry it, and what went wrong goes out, as a table.

Ways and browsers are those of the tests (tests/browser/carriers.py), which open one page of each sort. Examples: `python -m bench.crawl`,
`python -m bench.crawl --site output`, `python -m bench.crawl --every 10 --docs docs/mirrors.md`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
from tests.browser import firefox
from tests.browser.carriers import CARRIERS, Carrier, Reader, brought, chromium, opened
from tests.running import SITES

from bench.about import ROOT, machine
from bench.figures import line, seconds
from bench.report import put
from bench.speaking import parser_of, teller

SAID = 20
"""Pages with something wrong that are named."""
ALONE = "404.html"
"""Shown by servers alone, from the root."""


@dataclass
class Row:
    """What one way gave: pages that were opened, what was wrong by page, seconds; `skipped` says why it was not tried."""

    carrier: Carrier
    opened: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict)
    took: float = 0.0
    skipped: str = ""


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where anything went wrong, 2 where it cannot be tried."""
    options = parser().parse_args(arguments)
    say = teller()
    with tempfile.TemporaryDirectory(prefix="auzolan-crawl-", dir=options.work) as work:
        try:
            site = options.site.resolve() if options.site else _built(Path(work), say)
            pages = pages_of(site)[:: options.every]
            say(f"{len(pages):,} pages of {site}")
            dead = dead_links(site, pages)
            rows = crawl(site, pages, Path(work), say)
        except (FileNotFoundError, subprocess.CalledProcessError) as problem:
            print(f"error: {problem}", file=sys.stderr)
            return 2
    made = table(rows, len(pages), dead)
    print(made)
    for row in rows:
        for path, wrong in list(row.wrong.items())[:SAID]:
            print(f"{row.carrier.name}: {path}: {'; '.join(wrong)}", file=sys.stderr)
    for one in dead[:SAID]:
        print(f"dead link: {one}", file=sys.stderr)
    if options.docs:
        put(options.docs, made, "crawl")
    return int(bool(dead) or any(row.wrong for row in rows))


def pages_of(site: Path) -> list[str]:
    """The pages of a built site, sorted. Raises FileNotFoundError where there are none."""
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    if not found:
        raise FileNotFoundError(f"there are no pages in {site}")
    return found


def dead_links(site: Path, pages: Sequence[str]) -> list[str]:
    """Links, pictures, scripts and styles within the site that lead to no file: `page → address`."""
    found = []
    for page in pages:
        if page == ALONE:
            continue
        tree = lxml.html.document_fromstring((site / page).read_bytes())
        for address in tree.xpath("//@href | //@src | //form/@action"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (site / page).parent.joinpath(unquote(parts.path)).is_file():
                found.append(f"{page} → {address}")
    return found


def crawl(site: Path, pages: Sequence[str], work: Path, say: Callable[[str], None]) -> list[Row]:
    """A row for each way."""
    zim = _zim(site, work, say)
    rows = []
    with chromium() as browser:
        for number, carrier in enumerate(CARRIERS):
            row = Row(carrier)
            rows.append(row)
            if carrier.browser == "firefox" and firefox.program() is None:
                row.skipped = "Firefox is not installed"
            elif carrier.way == "kiwix" and zim is None:
                row.skipped = "kiwix-serve or libzim is not installed"
            else:
                say(f"{carrier.name}: {len(pages):,} pages")
                folder = work / str(number)
                (folder / "profile").mkdir(parents=True)
                (folder / "way").mkdir()
                _open_all(row, site, pages, folder, zim, browser)
    return rows


def _open_all(row: Row, site: Path, pages: Sequence[str], folder: Path, zim: Path | None, browser: Any) -> None:
    with ExitStack() as stack:
        address = stack.enter_context(brought(site, row.carrier.way, folder / "way", zim))
        reader = stack.enter_context(opened(row.carrier, address, folder / "profile", browser))
        began = time.perf_counter()
        for path in pages:
            if path == ALONE and row.carrier.way != "box":
                continue
            reader.goto(path)
            if wrong := _wrong(reader):
                row.wrong[path] = wrong
            row.opened += 1
        row.took = time.perf_counter() - began


def _wrong(reader: Reader) -> list[str]:
    # Some pages lead on at once: then there is another page to ask.
    for _ in range(50):
        if reader.holds("document.readyState === 'complete' && document.querySelector('h1')"):
            return reader.wrong()
        time.sleep(0.02)
    return [*reader.wrong(), "no heading"]


def table(rows: Sequence[Row], pages: int, dead: Sequence[str]) -> str:
    """What the rows say, in Markdown."""
    about = machine()
    lines = [
        f"{datetime.date.today().isoformat()}: {pages:,} pages, on {about['processor']}, {about['cores']} cores, {about['system']}, "
        f"with {', '.join(versions())}. {len(dead)} links within the site lead nowhere.",
        "",
        line(["way", "pages opened", "with something blocked, failed or wrong", "time"]),
        line(["---"] * 4),
    ]
    for row in rows:
        told = [row.skipped, "", ""] if row.skipped else [f"{row.opened:,}", f"{len(row.wrong):,}", seconds(row.took)]
        lines.append(line([row.carrier.name, *told]))
    return "\n".join([*lines, ""])


def versions() -> list[str]:
    """What opens the pages, with its version: `Chromium 120.0`."""
    found = []
    chrome = os.environ.get("AUZOLAN_CHROMIUM") or shutil.which("chromium") or ""
    for name, program in (
        ("Chromium", chrome),
        ("Firefox", firefox.program() or ""),
        ("kiwix-serve", shutil.which("kiwix-serve") or ""),
    ):
        if program:
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
            if number := re.search(r"[0-9]+(?:\.[0-9]+)+\w*", told):
                found.append(f"{name} {number[0]}")
    return found


def _auzolan(*arguments: str, cwd: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "NO_COLOR": "1"}
    subprocess.run(
        [sys.executable, "-m", "auzolan", *arguments], cwd=cwd, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _built(work: Path, say: Callable[[str], None]) -> Path:
    """The site that uses each feature once."""
    say("building tests/sites/everything")
    folder = work / "everything"
    shutil.copytree(SITES / "everything", folder, ignore=shutil.ignore_patterns("golden", "output", ".cache"))
    _auzolan("build", cwd=folder)
    return folder / "output"


def _zim(site: Path, work: Path, say: Callable[[str], None]) -> Path | None:
    try:
        import libzim  # noqa: F401
    except ImportError:
        return None
    if shutil.which("kiwix-serve") is None:
        return None
    say("packing it for Kiwix")
    _auzolan("zim", str(site), "-o", "commons.zim", cwd=work)
    return work / "commons.zim"


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.crawl", __doc__)
    add = made.add_argument
    add(
        "--site",
        type=Path,
        metavar="DIR",
        help="a built site (default: one that uses each feature once, built for this)",
    )
    add("--every", type=_positive, default=1, metavar="N", help="open only every Nth page (default: all)")
    add("--work", type=Path, metavar="DIR", help="where things lie meanwhile (default: the system's place)")
    add("--docs", type=Path, metavar="FILE", help="also write the table into this page, between its marks")
    return made


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    raise SystemExit(main())
