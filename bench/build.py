"""Sizes come in; a report of how Auzolan's build does beside Hugo, Pagefind and plain Pelican goes out.

Examples: `python -m bench.build`, `python -m bench.build --sizes 10k --scenarios cold --repeats 1`,
`python -m bench.build --docs docs/speed.md`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auzolan import __version__
from bench.contenders import versions
from bench.peers import Peers, peers
from bench.report import as_data, as_markdown, put
from bench.scenarios import SCENARIOS, Result, Size, measure, size_of

ROOT = Path(__file__).resolve().parents[1]
_BUSY = 0.5
"""Load before the first run from which on the machine is said to be busy."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where a command failed; 2 (argparse) where the arguments make no sense."""
    options = _arguments().parse_args(arguments)
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - began:6.0f} s] {text}", file=sys.stderr, flush=True)

    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    (work / "sites").mkdir(exist_ok=True)
    before = _load()
    found = peers(work / "venv", not options.no_install, say)
    for reason in found.missing:
        say(f"going on without: {reason}")
    results: list[Result] = []
    for size in options.sizes:
        results.append(measure(size, options.scenarios, options.repeats, options.seed, work / "sites", found, say))
        _write(results, _about(options, found, before), options)
    print((work / "report.md").read_text("utf-8"))
    say(f"written: {work / 'report.md'}, {work / 'result.json'}" + (f", {options.docs}" if options.docs else ""))
    return 1 if any(result.failures for result in results) else 0


def _write(results: list[Result], about: dict[str, Any], options: argparse.Namespace) -> None:
    """After every size, so that a long run that is broken off leaves what it has."""
    made = as_markdown(results, about)
    (options.work / "result.json").write_text(json.dumps(as_data(results, about), indent=1) + "\n", "utf-8")
    (options.work / "report.md").write_text(made, "utf-8")
    if options.docs:
        put(options.docs, made)


def _about(options: argparse.Namespace, found: Peers, before: float) -> dict[str, Any]:
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "auzolan": f"{__version__}{_commit()}",
        "versions": dict(versions(found)),
        "machine": _machine(),
        "repeats": max(1, options.repeats),
        "seed": options.seed,
        "load_before": before,
        "load_after": _load(),
        "busy": before > _BUSY,
        "missing": list(found.missing),
    }


def _commit() -> str:
    """` (abc1234)`, with a + where files were changed since; "" outside a clone."""
    told = []
    for command in (("rev-parse", "--short", "HEAD"), ("status", "--porcelain", "--untracked-files=no")):
        try:
            done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, text=True, check=False)
        except OSError:
            return ""
        if done.returncode:
            return ""
        told.append(done.stdout.strip())
    return f" ({told[0]}{'+' if told[1] else ''})"


def _machine() -> dict[str, Any]:
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


def _load() -> float:
    return round(os.getloadavg()[0], 2)


def _sizes(text: str) -> list[Size]:
    try:
        return [size_of(one) for one in text.split(",")]
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem


def _scenarios(text: str) -> list[str]:
    wanted = [one.strip() for one in text.split(",")]
    unknown = [one for one in wanted if one not in SCENARIOS]
    if unknown:
        raise argparse.ArgumentTypeError(f"`{unknown[0]}` is none of: {', '.join(SCENARIOS)}")
    return wanted


def _at_least_zero(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"`{text}` is no number of runs")
    return int(text)


def _arguments() -> argparse.ArgumentParser:
    lines = (__doc__ or "").split("\n", 2)
    parser = argparse.ArgumentParser(
        prog="python -m bench.build",
        description=lines[0],
        epilog=lines[2],
        formatter_class=argparse.RawTextHelpFormatter,
    )
    add = parser.add_argument
    add(
        "--sizes",
        type=_sizes,
        default="500x4,1k",
        help="entries, or entries x languages, or magazine (default: 500x4,1k)",
    )
    add("--scenarios", type=_scenarios, default=",".join(SCENARIOS), metavar="A,B",
        help="which to run (default: all):\n" + "\n".join(f"  {name}" for name in SCENARIOS))  # fmt: skip
    add("--repeats", type=_at_least_zero, default=3,
        help="counted runs of each, after one that warms up and tells memory (default: 3)")  # fmt: skip
    add("--seed", type=int, default=1, help="of the workload (default: 1)")
    add("--work", type=Path, default=ROOT / ".cache" / "bench", metavar="DIR",
        help="where sites, peers and reports lie (default: .cache/bench)")  # fmt: skip
    add("--docs", type=Path, metavar="FILE", help="also write the tables into this page, between its marks")
    add("--no-install", action="store_true", help="take only peers that are installed already")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
