"""A size comes in; what every contender took for a cold build, for no change and for each edit, in turn, goes out."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.contenders import AUZOLAN, Site, contenders, environment
from bench.counts import count
from bench.edits import EDITS
from bench.measure import Failed, Run, Written, look, run, written
from bench.peers import Peers
from bench.site_auzolan import path_of
from bench.workload import Workload, directory, magazine

COLD, SAME, HELP, CHECK = "cold", "no change", "--help", "check of one file"
SCENARIOS = (COLD, SAME, *EDITS, HELP, CHECK)
_OF_ENTRIES = ("a renamed entry", "a new entry", "a deleted entry")
_SIZE = re.compile(r"(?P<count>[1-9][0-9]{0,6})(?P<thousands>k?)(?:x(?P<languages>[1-4]))?\Z")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """What `--sizes` names: entries and languages, or the magazine (no entries)."""

    name: str
    entries: int
    languages: int

    def workload(self, seed: int) -> Workload:
        """The workload of this size."""
        return directory(self.entries, self.languages, seed) if self.entries else magazine(seed=seed)

    @property
    def title(self) -> str:
        """For people."""
        if not self.entries:
            return "A magazine: 450 articles, 1,500 pictures"
        return f"{self.entries:,} entries, {'one language' if self.languages == 1 else f'{self.languages} languages'}"


@dataclass(slots=True)
class Row:
    """One contender in one scenario. The first run warms the file cache and tells memory; its time is not counted."""

    size: str
    scenario: str
    contender: str
    runs: list[Run] = field(default_factory=list)
    memory: int | None = None
    written: Written | None = None

    @property
    def wall(self) -> float:
        """Median in seconds."""
        return statistics.median(one.wall for one in self.runs)

    @property
    def cpu(self) -> float:
        """Median in seconds."""
        return statistics.median(one.cpu for one in self.runs)


@dataclass(slots=True)
class Result:
    """All of one size. `counts`: contender's key → sort of file → number; `failures` are what commands said."""

    size: Size
    rows: list[Row] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def size_of(text: str) -> Size:
    """`1k`, `500x4`, `magazine`. Raises ValueError."""
    if text == "magazine":
        return Size(text, 0, 1)
    found = _SIZE.match(text)
    if found is None:
        raise ValueError(f"`{text}` is no size: write 500x4 (entries x languages), 1k, 10k, 100k or magazine")
    return Size(text, int(found["count"]) * (1000 if found["thousands"] else 1), int(found["languages"] or 1))


def measure(size: Size, wanted: Iterable[str], repeats: int, seed: int, work: Path, found: Peers, say: Say) -> Result:
    """Runs the scenarios `wanted` at one size, in folders below `work`. A contender that fails is left out."""
    return _Measuring(size, tuple(wanted), repeats, size.workload(seed), work, found, say).result()


class _Measuring:
    def __init__(
        self, size: Size, wanted: tuple[str, ...], repeats: int, workload: Workload, work: Path, found: Peers, say: Say
    ) -> None:
        self._wanted, self._repeats, self._workload, self._say = wanted, repeats, workload, say
        self._environment = environment(work)
        self._result = Result(size)
        say(f"{size.title}: writing the sites")
        self._sites = [Site(one, work / size.name / one.key) for one in contenders(workload, found)]
        for site in self._sites:
            site.show(workload)

    def result(self) -> Result:
        """Cold comes first and is always run once: everything else needs a built site."""
        for turn in self._turns(COLD, self._repeats if COLD in self._wanted else 0):
            for site in list(self._sites):
                site.clear()
                self._take(COLD, site, turn)
        self._result.counts = {site.contender.key: count(site.output, site.contender.key) for site in self._sites}
        if SAME in self._wanted:
            for turn in self._turns(SAME):
                for site in list(self._sites):
                    self._take(SAME, site, turn)
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
                done.append(run(step.command, site.root, self._environment, watch_memory=not turn))
            except Failed as problem:
                self._result.failures.append(str(problem))
                self._say(f"FAILED, left out from here: {problem}")
                self._sites.remove(site)
                return
            self._note(scenario, step.title, turn, done, written(before, look(site.output)))

    def _note(self, scenario: str, title: str, turn: int, done: list[Run], made: Written | None) -> None:
        row = next((one for one in self._result.rows if (one.scenario, one.contender) == (scenario, title)), None)
        if row is None:
            row = Row(self._result.size.name, scenario, title)
            self._result.rows.append(row)
        if turn == 0:
            # One run alone still tells something: its time counts until there is a better one.
            row.memory = max((one.memory or 0 for one in done), default=0) or None
            row.runs = [_sum(done)]
        else:
            row.runs = [*(row.runs if turn > 1 else []), _sum(done)]
        row.written = made

    def _small(self) -> None:
        """What people wait for at the terminal; Auzolan alone."""
        ours = next((site for site in self._sites if site.contender.key == "auzolan"), None)
        entry = path_of(self._workload.items[0]) if self._workload.items else None
        for name, command in ((HELP, (*AUZOLAN, "--help")), (CHECK, (*AUZOLAN, "check", entry) if entry else None)):
            if name not in self._wanted or command is None or ours is None:
                continue
            for turn in self._turns(name):
                try:
                    done = run(command, ours.root, self._environment, watch_memory=not turn)
                except Failed as problem:
                    self._result.failures.append(str(problem))
                    break
                self._note(name, "Auzolan", turn, [done], None)


def _sum(runs: list[Run]) -> Run:
    return Run(sum(one.wall for one in runs), sum(one.cpu for one in runs), None)
