"""Sizes come in; what a search costs its reader, on our site and on one that Pagefind searches, goes out.

Examples: `python -m bench.reader`, `python -m bench.reader --sizes 500x4 --questions 5`,
`python -m bench.reader --sizes 100k --docs docs/search.md`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.about import ROOT, about
from bench.peers import peers
from bench.reader import sites
from bench.reader.asking import ask
from bench.reader.report import Result, as_data, as_markdown
from bench.report import put
from bench.results import Size, size_of
from bench.serve_latency import CannotBeMeasured, chromium
from bench.speaking import parser_of, teller

SIZES = "500x4,2kx4,10k"


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where something cannot be built or asked; 2 (argparse) where the arguments make no sense."""
    options = parser().parse_args(arguments)
    say = teller()
    from playwright.sync_api import Error, sync_playwright

    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    found = peers(work, not options.no_install, say)
    for reason in found.missing:
        say(f"going on without: {reason}")
    results: list[Result] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
            for size in options.sizes:
                say(f"{size.title}: building")
                asked = sites.questions(size.workload(options.seed), options.questions)
                built = (sites.ours(size, work / "sites", options.seed), sites.theirs(size, work / "sites", options.seed, found))  # fmt: skip
                for one in built:
                    if one is not None:
                        say(f"{size.title}: asking {one.title}")
                        results.append(Result(size, one.title, sites.weight(one), ask(browser, one, asked)))
            browser.close()
    except (sites.CannotBeBuilt, CannotBeMeasured, Error, TimeoutError) as problem:
        print(f"error: {str(problem).splitlines()[0]}", file=sys.stderr)
        return 1
    told = about(found, options.seed)
    made = as_markdown(results, told, found.missing)
    (work / "reader.json").write_text(json.dumps(as_data(results, told, found.missing), indent=1) + "\n", "utf-8")
    (work / "reader.md").write_text(made, "utf-8")
    print(made)
    if options.docs:
        put(options.docs, made, "reader")
    return 0


def _sizes(text: str) -> list[Size]:
    try:
        sizes = [size_of(one) for one in text.split(",")]
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from problem
    if any(not size.entries for size in sizes):
        raise argparse.ArgumentTypeError("a magazine has no entries to look for")
    return sizes


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.reader", __doc__)
    add = made.add_argument
    add("--sizes", type=_sizes, default=_sizes(SIZES), metavar="A,B", help=f"entries x languages (default: {SIZES})")
    add("--questions", type=int, default=12, metavar="N", help="of each sort, for medians (default: 12)")
    add("--seed", type=int, default=1, help="other numbers make other words (default: 1)")
    add("--work", type=Path, default=ROOT / ".cache" / "bench", metavar="DIR",
        help="where peers, sites and reports lie (default: .cache/bench)")  # fmt: skip
    add("--docs", type=Path, metavar="FILE", help="also write the tables into this page, between its marks")
    add("--no-install", action="store_true", help="take only peers that are installed already")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
