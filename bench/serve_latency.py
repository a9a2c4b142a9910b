"""The folder of a site comes in; how long an edit takes from the disk to an open page, under `auzolan serve`, goes out as JSON.

`python -m bench.serve_latency FOLDER [--entry PATH] [--repeats 5]`. The page of one entry is opened in Chromium; its
summary is written anew on the disk, and the time counts from just before that until the page holds the new words.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.contenders import AUZOLAN, environment

ADDRESS = re.compile(r"http://localhost:[0-9]+/")
SUMMARY = re.compile(r"^summary: .*$", re.MULTILINE)
START, PATIENCE = 3600.0, 60.0
"""Seconds that a first build, and one edit, may take."""
PAUSE = 1.5
"""Seconds between two edits: nobody writes quicker, and the server has come to rest."""
_SIGN = "seenonscreen"
# Runs before the page's own scripts, and in every page that the tab loads: tells when which sign stands in the text.
_WATCH = """
(() => {
  let last = "";
  const look = () => {
    const found = document.body && document.body.textContent.match(/SIGN[0-9]+/);
    if (found && found[0] !== last) {
      last = found[0];
      window.benchSeen(last, Date.now());
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  look();
})();
""".replace("SIGN", _SIGN)


class CannotBeMeasured(Exception):
    """There is no browser, or the site is not served; the message says why."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the disk to the page, one for each edit."""

    seconds: tuple[float, ...]

    def as_data(self) -> dict[str, Any]:
        """With median, smallest and largest."""
        found = self.seconds
        return {"median": statistics.median(found), "min": min(found), "max": max(found), "runs": list(found)}


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where it cannot be measured."""
    lines = (__doc__ or "").split("\n")
    parser = argparse.ArgumentParser(prog="python -m bench.serve_latency", description=lines[0])
    parser.add_argument("folder", type=Path, help="the folder of a site, where its pelicanconf.py lies")
    parser.add_argument("--entry", help="the entry to edit, from that folder (default: one in the middle)")
    parser.add_argument("--repeats", type=int, default=5, help="edits (default: 5)")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    try:
        entry = options.entry or _middle(folder)
        found = latency(folder, entry, options.repeats, environment(folder.parent))
    except CannotBeMeasured as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
    print(json.dumps(found.as_data()))
    return 0


def latency(folder: Path, entry: str, repeats: int, variables: Mapping[str, str]) -> Latency:
    """Edits the file `entry` so often, and puts it back as it was. Raises CannotBeMeasured."""
    program = chromium()
    path = folder / entry
    before = path.read_text("utf-8")
    if not SUMMARY.search(before):
        raise CannotBeMeasured(f"{entry} has no summary in one line")
    try:
        with serving(folder, variables) as server:
            address = f"{server.address()}{page_of(entry)}"
            return Latency(tuple(_edits(program, server, address, path, before, repeats)))
    finally:
        path.write_text(before, "utf-8")


def page_of(entry: str) -> str:
    """The page of an entry's file, in the site's first language: `directory/markets/x.yaml` → `markets/x.html`."""
    return f"{entry.partition('/')[2].removesuffix('.yaml')}.html"


def edited(text: str, number: int) -> str:
    """An entry with the sign number so and so at the end of its summary."""
    return SUMMARY.sub(lambda line: f"{line[0].rstrip('.')} {_SIGN}{number}.", text, count=1)


def chromium() -> str:
    """The browser, as the tests find it. Raises CannotBeMeasured."""
    program = os.environ.get("AUZOLAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise CannotBeMeasured("there is no Chromium on this machine (AUZOLAN_CHROMIUM names one)")
    return program


@dataclass(frozen=True, slots=True)
class Server:
    """A running `auzolan serve`."""

    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def said(self) -> str:
        """All that it said until now."""
        return os.pread(self.log.fileno(), 1_000_000, 0).decode("utf-8", "replace")

    def address(self) -> str:
        """Where it serves, once it says so: then the site is built. Raises CannotBeMeasured."""
        end = time.monotonic() + START
        while True:
            ended = self.process.poll() is not None
            if found := ADDRESS.search(self.said()):
                return found[0]
            if ended or time.monotonic() > end:
                raise CannotBeMeasured(f"auzolan serve does not serve: {self.last_words()}")
            time.sleep(0.05)

    def last_words(self) -> str:
        """The end of what it said, in one line."""
        return " ".join(self.said()[-600:].split()) or "it says nothing"


@contextmanager
def serving(folder: Path, variables: Mapping[str, str]) -> Iterator[Server]:
    """Serves a site on any free port, as long as somebody is in here."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [*AUZOLAN, "serve", "--port", "0", "--no-open"],
            cwd=folder,
            env={**variables, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield Server(process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _edits(program: str, server: Server, address: str, path: Path, before: str, repeats: int) -> Iterator[float]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise CannotBeMeasured("playwright is not installed") from None
    seen: dict[str, float] = {}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page()
            page.expose_function("benchSeen", lambda sign, at: seen.setdefault(sign, at / 1000))
            page.add_init_script(_WATCH)
            page.goto(address, timeout=PATIENCE * 1000)
            page.wait_for_timeout(PAUSE * 1000)
            # The first edit warms up, as the first run of everything else does.
            for number in range(repeats + 1):
                began = time.time()
                path.write_text(edited(before, number), "utf-8")
                end = began + PATIENCE
                while f"{_SIGN}{number}" not in seen:
                    if time.time() > end:
                        told = f"an edit was not on the screen within {PATIENCE:.0f} s"
                        raise CannotBeMeasured(f"{told}; auzolan serve says: {server.last_words()}")
                    page.wait_for_timeout(20)
                if number:
                    yield seen[f"{_SIGN}{number}"] - began
                page.wait_for_timeout(PAUSE * 1000)
            browser.close()
    except Error as problem:
        raise CannotBeMeasured(f"Chromium: {str(problem).splitlines()[0]}") from problem


def _middle(folder: Path) -> str:
    """An entry of the site, of the first kind that has some."""
    entries = sorted(
        path for path in (folder / "directory").glob("*/*.yaml") if path.parent.name not in ("kinds", "vocabularies")
    )
    if not entries:
        raise CannotBeMeasured(f"{folder} has no entries")
    return entries[len(entries) // 2].relative_to(folder).as_posix()


if __name__ == "__main__":
    raise SystemExit(main())
