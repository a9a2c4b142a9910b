"""A number of files comes in; what a copy of so many costs goes out, beside rsync and sha256sum: as a mirror, for Kiwix, on sticks; and
what a pocket edition does.

Examples: `python -m bench.mirrors`, `python -m bench.mirrors --files 1000`,
`python -m bench.mirrors --docs docs/mirrors.md`.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from auzolan import __version__
from bench.about import ROOT, machine, others
from bench.figures import line, seconds, size
from bench.measure import Failed, run
from bench.mirrors.carried import BUDGET, ENTRIES, as_pocket, as_zim, commons_of, on_sticks
from bench.mirrors.copies import Site
from bench.mirrors.readers import read
from bench.report import put
from bench.speaking import parser_of, teller

MOST_MEMORY = 150_000_000
"""Bytes that a sync may take at 10,000 files."""
READERS, EACH = 200, 10


class Bench:
    """Runs commands in a folder, and keeps a row of each."""

    def __init__(self, work: Path) -> None:
        self.work, self.rows = work, list[list[str]]()
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "NO_COLOR": "1"}
        self.memory = 0

    def auzolan(self, title: str, *arguments: str, fetches: bool = True) -> None:
        """One of our commands."""
        told = self.work / "told.json"
        command = [
            "sh",
            "-c",
            'exec "$@" > "$0"',
            str(told),
            sys.executable,
            "-m",
            "auzolan",
            "mirror",
            *arguments,
            "--json",
        ]
        done = run(command, self.work, self.environment, watch_memory=True)
        self.memory = max(self.memory, done.memory or 0)
        fetched: dict[str, Any] = json.loads(told.read_text("utf-8")).get("fetched", {}) if fetches else {}
        self.rows.append([title, seconds(done.wall), seconds(done.cpu), size(done.memory or 0),
                          f"{fetched['files']:,} files, {size(fetched['bytes'])}" if fetched else ""])  # fmt: skip

    def peer(self, title: str, command: Sequence[str], cwd: Path | None = None) -> None:
        """Somebody else's."""
        if shutil.which(command[0]) is None:
            return
        done = run(command, cwd or self.work, self.environment, watch_memory=True)
        self.rows.append([title, seconds(done.wall), seconds(done.cpu), size(done.memory or 0), ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where a goal is missed or something fails; 2 (argparse) where the arguments make no sense."""
    options = parser().parse_args(arguments)
    say = teller()
    with tempfile.TemporaryDirectory(prefix="auzolan-bench-", dir=options.work) as work:
        bench = Bench(Path(work))
        busy = others()
        try:
            readers = measured(bench, options.files, options.seed, say)
            sticks = on_sticks(bench.work / "site", say)
            commons = commons_of(bench.work)
            pocket = as_pocket(bench, commons, say)
            zim = as_zim(bench, commons, say)
        except Failed as problem:
            print(f"error: {problem}", file=sys.stderr)
            return 1
    about = machine()
    held = "within" if pocket <= BUDGET else "over"
    made = "\n".join(
        [f"{datetime.date.today().isoformat()}: {options.files:,} files on {about['processor']}, {about['cores']} cores, {about['system']}, with "
         f"{', '.join(versions())}; other work took {busy:.0%} of it.", "",
         line(["", "time", "of processors", "peak memory", "what came"]), line(["---"] * 5), *(line(row) for row in bench.rows), "",
         readers, "", sticks, "", "The ZIM file: " + " ".join(zim), "",
         f"The pocket edition is {held} its budget of {size(BUDGET)} for {ENTRIES} entries.", ""]
    )  # fmt: skip
    print(made)
    if options.docs:
        put(options.docs, made, "mirrors")
    missed = (
        bench.memory > MOST_MEMORY
        or " 0 failed" not in readers
        or pocket > BUDGET
        or any("efused" in one for one in zim)
    )
    return int(missed)


def versions() -> list[str]:
    """What takes part, with its version."""
    found = [f"Auzolan {__version__}", f"Python {platform.python_version()}"]
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        found.append(f"libzim {importlib.metadata.version('libzim')}")
    for name, option in (("rsync", "--version"), ("ssh", "-V"), ("zimcheck", "--version")):
        if program := shutil.which(name):
            done = subprocess.run([program, option], capture_output=True, text=True, check=False)
            if number := re.search(r"[0-9]+(?:\.[0-9]+)+\w*", done.stdout + done.stderr):
                found.append(f"{'OpenSSH' if name == 'ssh' else name} {number[0]}")
    return found


def measured(bench: Bench, files: int, seed: int, say: Any) -> str:
    """Fills the rows; gives the sentence about readers."""
    work = bench.work
    say(f"a site of {files:,} files")
    site = Site(work / "site", files, seed)
    site.sign()
    folder = str(work / "site")
    say("first syncs")
    bench.auzolan("first sync, from a folder", "sync", folder, "one")
    with _shown(bench) as address:
        bench.auzolan("first sync, over http", "sync", address, "two")
        bench.peer("`rsync -a` of the folder", ["rsync", "-a", f"{folder}/", "three/"])
        say("verifying")
        bench.auzolan("`mirror verify`", "verify", "one", fetches=False)
        bench.peer("`sha256sum --check`", ["sha256sum", "--check", "--quiet", "SHA256SUMS"], work / "site")
        bench.auzolan("a sync when nothing has changed", "sync", address, "two")
        say("an update")
        site.edit(files // 100)
        site.sign()
        bench.auzolan("update of 1 % of the files, from a folder", "sync", folder, "one")
        time.sleep(3)  # until the new copy is shown
        bench.auzolan("update of 1 % of the files, over http", "sync", address, "two")
        bench.peer("`rsync -a --checksum` of that", ["rsync", "-a", "--checksum", f"{folder}/", "three/"])
        say(f"{READERS} readers")
        paths = [f"/{number % 40:02}/{number}.html" for number in range(files - 3)]
        took, failed = read(address, paths, READERS, EACH)
    half, most = took[len(took) // 2], took[int(len(took) * 0.95)]
    return (f"`mirror serve` to {READERS} readers at once, {EACH} pages each, asked by a program on the same processors: "
            f"{len(took):,} answers, {failed} failed; half came within {seconds(half)}, 95 of 100 within {seconds(most)}.")  # fmt: skip


@contextmanager
def _shown(bench: Bench) -> Iterator[str]:
    """The address at which the first mirror is shown, which is also what the other syncs from."""
    server = subprocess.Popen(
        [sys.executable, "-m", "auzolan", "mirror", "serve", "one", "--port", "0"], cwd=bench.work, env=bench.environment,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stderr
    try:
        address = next((row.strip() for row in server.stderr if row.strip().startswith("http://")), "")
        time.sleep(1)
        yield address.replace("localhost", "127.0.0.1")
    finally:
        server.terminate()
        server.wait()


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.mirrors", __doc__)
    add = made.add_argument
    add("--files", type=int, default=10_000, metavar="N", help="files of the site (default: 10000)")
    add("--seed", type=int, default=1, help="other numbers make other words (default: 1)")
    add("--work", type=Path, metavar="DIR", help="where the copies lie meanwhile (default: the system's place)")
    add("--docs", type=Path, metavar="FILE", help="also write the table into this page, between its marks")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
