"""Judged questions come in; how well Auzolan, Pagefind, lunr and MiniSearch find what was meant goes out.

Examples: `python -m bench.queries`, `python -m bench.queries --peers none`,
`python -m bench.queries --data TABLES --collections COLLECTIONS --docs docs/search.md`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.about import ROOT, about
from bench.peers import Peers
from bench.queries.collection import Collection, cisi, reference, shipped
from bench.queries.contenders import OURS, PACKAGES, PEERS, ours, theirs
from bench.queries.questions import Unsound
from bench.queries.report import Result, as_data, as_markdown, misses
from bench.report import put
from bench.speaking import parser_of, teller

SITES = ("shipped", "reference")


def main(arguments: Sequence[str] | None = None) -> int:
    """0, also where peers cannot be had; 1 where one failed; 2 (argparse) where arguments, questions or data make no sense."""
    arguing = parser()
    options = arguing.parse_args(arguments)
    say = teller()
    work: Path = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)

    def collections() -> Iterator[Collection]:
        if "shipped" in options.sites:
            yield shipped()
        if "reference" in options.sites and options.data:
            yield reference(options.data, work, say)
        elif "reference" in options.sites:
            say("going on without the questions of reference.tsv: they need --data")
        if options.collections:
            yield from cisi(options.collections)

    results: list[Result] = []
    missing: dict[str, None] = {}
    failures: list[str] = []
    try:
        for collection in collections():
            say(f"{collection.name}: {len(collection.questions)} questions")
            found = {OURS: ours(collection)}
            others, reasons, broken = theirs(collection, options.peers, work, not options.no_install, say)
            found |= {PEERS[peer]: others[peer] for peer in options.peers if peer in others}
            failures += broken
            for reason in reasons + broken:
                say(f"going on without {reason}")
                missing[reason] = None
            results.append(Result(collection, found))
    except Unsound as problem:
        arguing.error(str(problem))
    _write(results, options, work, list(missing))
    say(f"written: {work / 'queries.md'}, {work / 'queries.json'}" + (f", {options.docs}" if options.docs else ""))
    return 1 if failures else 0


def _write(results: Sequence[Result], options: argparse.Namespace, work: Path, missing: Sequence[str]) -> None:
    told = about(Peers(None, None), seed=0)
    versions = {name: told["versions"][name] for name in ("Python", "Whoosh") if name in told["versions"]}
    if any(len(result.found) > 1 for result in results):
        versions |= dict(package.rsplit("@", 1) for package in PACKAGES)
    told = {"date": told["date"], "auzolan": told["auzolan"], "versions": versions}
    made = as_markdown(results, told, missing)
    (work / "queries.json").write_text(json.dumps(as_data(results, told, missing), indent=1) + "\n", "utf-8")
    (work / "queries.md").write_text(f"{made}\n{misses(results, options.misses)}", "utf-8")
    print(made)
    if options.docs:
        put(options.docs, made)


def _some(known: Sequence[str], text: str) -> list[str]:
    """`a,b` of what is known; `none`."""
    wanted = [] if text == "none" else [one.strip() for one in text.split(",")]
    unknown = [one for one in wanted if one not in known]
    if unknown:
        raise argparse.ArgumentTypeError(f"`{unknown[0]}` is none of: {', '.join(known)}, none")
    return [one for one in known if one in wanted]


def parser() -> argparse.ArgumentParser:
    """What the command line may say."""
    made = parser_of("bench.queries", __doc__)
    add = made.add_argument
    add("--sites", type=lambda text: _some(SITES, text), default=list(SITES), metavar="A,B",
        help="whose questions: shipped, reference, none (default: all)")  # fmt: skip
    add("--data", type=Path, metavar="DIR", help="where cooperatives.csv and tools.csv lie, for reference")
    add("--collections", type=Path, metavar="DIR", help="where a folder cisi lies: the same for its questions")
    add("--peers", type=lambda text: _some(tuple(PEERS), text), default=list(PEERS), metavar="A,B",
        help=f"{', '.join(PEERS)}, none (default: all)")  # fmt: skip
    add("--misses", choices=("odd", "even"), default="",
        help="list in queries.md only these of the questions that we do not answer first")  # fmt: skip
    add("--work", type=Path, default=ROOT / ".cache" / "bench", metavar="DIR",
        help="where peers, sites and reports lie (default: .cache/bench)")  # fmt: skip
    add("--docs", type=Path, metavar="FILE", help="also write the tables into this page, between its marks")
    add("--no-install", action="store_true", help="take only peers that are installed already")
    return made


if __name__ == "__main__":
    raise SystemExit(main())
