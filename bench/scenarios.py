"""A size comes in; what every contender took for a cold build, for no change and for each edit, in turn, goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import alone
from bench.contenders import AUZOLAN, Site, contenders, environment, why_no_pelican
from bench.counts import count
from bench.edits import EDITS
from bench.measure import Failed, Run, Written, look, run, written
from bench.peers import Peers
from bench.results import CHECK, COLD, HELP, OURS, SAME, SEARCH, SERVE, Result, Row, Size
from bench.serve_latency import CannotBeMeasured, latency
from bench.site_auzolan import path_of
from bench.workload import Workload

_OF_ENTRIES = ("a renamed entry", "a new entry", "a deleted entry")

Say = Callable[[str], None]


def measure(size: Size, wanted: Iterable[str], about: Mapping[str, Any], work: Path, found: Peers, say: Say) -> Result:
    """Runs the scenarios `wanted` at one size, in folders below `work`, as often as `about` says (`repeats`, where 0 is the
    first run alone), of the workload that it names (`seed`). A contender that fails is left out."""
    return _Measuring(size, tuple(wanted), about, work, found, say).result()


class _Measuring:
    def __init__(
        self, size: Size, wanted: tuple[str, ...], about: Mapping[str, Any], work: Path, found: Peers, say: Say
    ) -> None:
        self._wanted, self._repeats, self._say, self._found = wanted, about["repeats"], say, found
        self._result = Result(size, about=about)
        say(f"{size.title}: writing the sites")
        self._workload: Workload = size.workload(about["seed"])
        self._work = work / size.name
        self._sites = [Site(one, self._work / one.key) for one in contenders(self._workload, found)]
        self._environments = {site.contender.key: environment(work, site.caches) for site in self._sites}
        for site in self._sites:
            site.show(self._workload)
        self._result.missing += found.missing
        if why := why_no_pelican(self._workload):
            self._result.missing.append(why)

    def result(self) -> Result:
        """Cold comes first and is always run once: everything else needs a built site. What needs no edit comes before them."""
        for turn in self._turns(COLD, self._repeats if COLD in self._wanted else 0):
            for site in list(self._sites):
                site.clear()
                self._take(COLD, site, turn)
        self._result.counts = {
            site.contender.key: count(site.output, site.contender.key, not self._workload.items) for site in self._sites
        }
        if SAME in self._wanted:
            for turn in self._turns(SAME):
                for site in list(self._sites):
                    self._take(SAME, site, turn)
        if SEARCH in self._wanted:
            self._search()
        number = 0
        for name, edit in EDITS.items():
            if name not in self._wanted or (name in _OF_ENTRIES and not self._workload.items):
                continue
            for turn in self._turns(name):
                number += 1
                self._workload = edit(self._workload, number)
                for site in list(self._sites):
                    site.show(self._workload)
                    self._take(name, site, turn)
        self._small()
        if SERVE in self._wanted:
            self._serve()
        return self._result

    def _turns(self, scenario: str, repeats: int | None = None) -> Iterator[int]:
        for turn in range(1 + (self._repeats if repeats is None else repeats)):
            self._say(f"{self._result.size.title}: {scenario}, {'first run' if not turn else f'run {turn}'}")
            yield turn

    def _take(self, scenario: str, site: Site, turn: int) -> None:
        """Runs all steps of one contender; each is reported with those before it."""
        done: list[Run] = []
        before = look(site.output)
        for step in site.contender.steps:
            try:
                done.append(run(step.command, site.root, self._environments[site.contender.key], watch_memory=not turn))
            except Failed as problem:
                self._failed(problem)
                self._sites.remove(site)
                return
            self._note(scenario, step.title, turn, done, written(before, look(site.output)))

    def _note(self, scenario: str, title: str, turn: int, done: list[Run], made: Written | None) -> None:
        row = self._result.row(scenario, title)
        if row is None:
            row = Row(scenario, title)
            self._result.rows.append(row)
        if turn == 0:
            # One run alone still tells something: its time counts until there is a better one.
            row.memory = max((one.memory or 0 for one in done), default=0) or None
            row.runs = [_sum(done)]
        else:
            row.runs = [*(row.runs if turn > 1 else []), _sum(done)]
        row.written = made

    def _ours(self) -> Site | None:
        return next((site for site in self._sites if site.contender.key == "auzolan"), None)

    def _small(self) -> None:
        """What people wait for at the terminal; Auzolan alone."""
        ours = self._ours()
        entry = path_of(self._workload.items[0]) if self._workload.items else None
        for name, command in ((HELP, (*AUZOLAN, "--help")), (CHECK, (*AUZOLAN, "check", entry) if entry else None)):
            if name not in self._wanted or command is None or ours is None:
                continue
            for turn in self._turns(name):
                try:
                    done = run(command, ours.root, self._environments["auzolan"], watch_memory=not turn)
                except Failed as problem:
                    self._failed(problem)
                    break
                self._note(name, OURS, turn, [done], None)

    def _search(self) -> None:
        """Our index alone, and Pagefind alone on the same pages, in turn."""
        for turn in self._turns(SEARCH):
            try:
                for site in self._sites:
                    variables = self._environments[site.contender.key]
                    measured: list[alone.Measured] = []
                    if site.contender.key == "auzolan":
                        measured += alone.ours(site, variables)
                    if site.contender.key in alone.TITLES and self._found.pagefind:
                        measured.append(alone.pagefinds(site, self._found.pagefind, self._work, variables))
                    for scenario, title, done, made in measured:
                        self._note(scenario, title, turn, [done], made)
            except Failed as problem:
                self._failed(problem)
                return

    def _serve(self) -> None:
        """From the disk to an open page; Auzolan alone."""
        ours = self._ours()
        if ours is None or not self._workload.items:
            return
        self._say(f"{self._result.size.title}: {SERVE}")
        entry = path_of(self._workload.items[len(self._workload.items) // 2])
        try:
            found = latency(ours.root, entry, max(1, self._repeats), self._environments["auzolan"])
        except CannotBeMeasured as problem:
            self._result.missing.append(f"{SERVE}: {problem}")
            self._say(f"going on without {SERVE}: {problem}")
            return
        self._result.rows.append(Row(SERVE, OURS, [Run(one, 0.0, None) for one in found.seconds]))

    def _failed(self, problem: Failed) -> None:
        self._result.failures.append(str(problem))
        self._say(f"FAILED, left out from here: {problem}")


def _sum(runs: list[Run]) -> Run:
    return Run(sum(one.wall for one in runs), sum(one.cpu for one in runs), None)
