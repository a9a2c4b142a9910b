"""Sizes come in; a report of how Auzolan's build does beside Hugo, Pagefind and plain Pelican goes out.

Examples: `python -m bench.build`, `python -m bench.build --sizes 10k --scenarios cold --repeats 1`,
`python -m bench.build --sizes 100k --repeats 1 --add .cache/bench/result.json --docs docs/speed.md`.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.about import ROOT, about, others
from bench.contenders import GONE
from bench.peers import peers
from bench.report import as_markdown, put
from bench.results import SCENARIOS, Result, Size, Unfit, as_data, from_data, in_order, joined, size_of
from bench.scenarios import measure
from bench.speaking import parser_of, teller

SIZES = "500x4,1k,10k,100k:1"
"""What is measured where nobody says: the whole, which takes a few hours."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where a command failed; 2 (argparse) where the arguments make no sense."""
    arguing = parser()
    options = arguing.parse_args(arguments)
    say = teller()
    work: Path = options.work.resolve()
    (work / "sites").mkdir(parents=True, exist_ok=True)
    earlier = [result for path in options.add for result in path]
    found = peers(work, not options.no_install, say)
    for reason in found.missing:
        say(f"going on without: {reason}")
    now = about(found, options.seed)
    try:
        results = joined(earlier, now, [size for size, _ in options.sizes])
    except Unfit as problem:
        arguing.error(f"argument --add: {problem}")
    measured: list[Result] = []
    for size, repeats in options.sizes:
        told = now | {"repeats": options.repeats if repeats is None else repeats, "others": others()}
        measured.append(measure(size, options.scenarios, told, work / "sites", found, say))
        _write(in_order([*results, *measured]), work, options.docs)
    for gone in (work / "sites").glob(f"*/{GONE}"):
        shutil.rmtree(gone)
    print((work / "report.md").read_text("utf-8"))
    say(f"written: {work / 'report.md'}, {work / 'result.json'}" + (f", {options.docs}" if options.docs else ""))
    return 1 if any(result.failures for result in measured) else 0


def _write(results: Sequence[Result], work: Path, docs: Path | None) -> None:
    """After every size, so that a long run that is broken off leaves what it has."""
    made = as_markdown(results)
    (work / "result.json").write_text(json.dumps(as_data(results), indent=1) + "\n", "utf-8")
    (work / "report.md").write_text(made, "utf-8")
    if docs:
        put(docs, made)


def _earlier(text: str) -> list[Result]:
    try:
        return from_data(json.loads(Path(text).read_text("utf-8")))
    except (OSError, ValueError, Unfit) as problem:
        raise argparse.ArgumentTypeError(f"{text}: {problem}") from problem


def _sizes(text: str) -> list[tuple[Size, int | None]]:
    """`1k,100k:1`: sizes, and how often where that is said."""
    found = []
    for one in text.split(","):
        name, mark, repeats = one.partition(":")
        try:
            found.append((size_of(name), _at_least_zero(repeats) if mark else None))
        except ValueError as problem:
            raise argparse.ArgumentTypeError(str(problem)) from problem
    return found


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


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.build", __doc__)
    add = made.add_argument
    add("--sizes", type=_sizes, default=SIZES, metavar="SIZES",
        help=f"entries, entries x languages, or magazine; `100k:1` for another number of runs\n(default: {SIZES})")  # fmt: skip
    add("--scenarios", type=_scenarios, default=",".join(SCENARIOS), metavar="A,B",
        help="which to run (default: all):\n" + "\n".join(f"  {name}" for name in SCENARIOS))  # fmt: skip
    add("--repeats", type=_at_least_zero, default=3,
        help="counted runs of each, after one that warms up and tells memory (default: 3)")  # fmt: skip
    add("--seed", type=int, default=1, help="of the workload (default: 1)")
    add("--work", type=Path, default=ROOT / ".cache" / "bench", metavar="DIR",
        help="where sites, peers and reports lie (default: .cache/bench)")  # fmt: skip
    add("--add", type=_earlier, action="append", default=[], metavar="FILE",
        help="the result.json of an earlier run of the same code on this machine, of other sizes: both in one report")  # fmt: skip
    add("--docs", type=Path, metavar="FILE", help="also write the tables into this page, between its marks")
    add("--no-install", action="store_true", help="take only peers that are installed already")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
