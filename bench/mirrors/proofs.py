"""Nothing comes in; what is promised of copies is tried at full size, by the tests that try it small in each run, and a table goes out.

Examples: `python -m bench.mirrors.proofs`, `python -m bench.mirrors.proofs --only kills`,
`python -m bench.mirrors.proofs --docs docs/mirrors.md`.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.about import ROOT
from bench.figures import line, seconds
from bench.report import put
from bench.speaking import parser_of, teller

_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|errors?)")


@dataclass(frozen=True, slots=True)
class Proof:
    """What is promised, and the tests that hold it: arguments of pytest, and the environment in which they try more."""

    name: str
    promise: str
    tests: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


PROOFS = (
    Proof("threats", "each threat of the table is refused, over http and from a folder", ["tests/mirror/test_threats.py"]),
    Proof("damages", "1,000 random damages: each is named, and mended from a second copy", ["tests/mirror/test_repairing.py"],
          {"AUZOLAN_DAMAGES": "1000"}),
    Proof("years", "a copy of three years and five trust lists ago catches up", ["tests/mirror/test_syncing.py", "-k", "years"]),
    Proof("sizes", "500 entries weigh a megabyte at most in a pocket edition", ["tests/pipeline/test_pocket.py", "-k", "megabyte"]),
    Proof("environments", "builds in ten environments give the same bytes", ["tests/site/test_reproducible.py", "-k", "circumstances"],
          {"AUZOLAN_EXAMPLES": "10"}),
    Proof("kills", "killed at 600 random moments, 300 over each carrier: the old copy or the new one is whole, and at most 1.1 × of what is "
          "missing is fetched; a full disk, one that vanishes or may only be read", ["tests/mirror/test_accidents.py"],
          {"AUZOLAN_KILLS": "600"}),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where a proof fails; 2 (argparse) where the arguments make no sense."""
    options = parser().parse_args(arguments)
    say = teller()
    rows, failed = [], False
    for proof in PROOFS:
        if options.only and proof.name not in options.only:
            continue
        say(proof.promise)
        began = time.perf_counter()
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *proof.tests]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **proof.environment}, capture_output=True, text=True, check=False
        )
        counts = outcome(done.stdout)
        if done.returncode:
            failed = True
            print(done.stdout[-3_000:], file=sys.stderr)
        rows.append(
            [proof.promise, "failed" if done.returncode else "held", counts, seconds(time.perf_counter() - began)]
        )
        print(line(rows[-1]), flush=True)
    made = "\n".join([f"{datetime.date.today().isoformat()}:", "", line(["what is promised", "", "tests", "time"]),
                      line(["---"] * 4), *map(line, rows), ""])  # fmt: skip
    if options.docs:
        put(options.docs, made, "proofs")
    return int(failed)


def outcome(said: str) -> str:
    """`36 passed, 1 skipped`, of what pytest said last."""
    return ", ".join(f"{count} {word}" for count, word in _COUNTS.findall(said.rstrip().rpartition("\n")[2]))


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.mirrors.proofs", __doc__)
    add = made.add_argument
    add("--only", action="append", choices=[one.name for one in PROOFS], help="try this alone; may be repeated")
    add("--docs", type=Path, metavar="FILE", help="also write the table into this page, between its marks")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
