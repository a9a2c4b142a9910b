"""A commons that was read, and what of the last build still holds, come in; the site, written, goes out.

Fresh, everything is made. Otherwise a unit is made again where something that it read gives something else now, and a
part of a large file likewise; all else stays as it lies there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from auzolan import export
from auzolan.ledger.facts import Derived, KeptFacts, Learnt
from auzolan.ledger.fresh import Freshness, Reads
from auzolan.ledger.named import Heard
from auzolan.ledger.recording import Recorder, recorded
from auzolan.ledger.store import own_folder
from auzolan.model.commons import Commons, nearness_of
from auzolan.model.pages import Assembly, Unit
from auzolan.pipeline.build import DATA, Options
from auzolan.pipeline.large import Assembled, Runs, patched, run_pieces
from auzolan.pipeline.outputs import Given, assemblies_of, context, late_units_of, settle_facts, units_of
from auzolan.pipeline.units import UnitKept, UnitMade, Workbench, unit_pieces
from auzolan.render.shared.away import away_of, renderer_away
from auzolan.render.shared.environment import renderer
from auzolan.timings import Noted
from auzolan.work import cores, side_by_side
from auzolan.write.made import Made, Sink, collisions

MANY = 200
"""Units from which on more processes than one are worth their start."""


@dataclass(slots=True)
class Product:
    """A site as it was made: every file, what each unit made and read, the parts of large files; and what was `heard` of what
    is read."""

    heard: Heard
    made: dict[str, Made] = field(default_factory=dict)
    units: dict[str, UnitKept] = field(default_factory=dict)
    runs: dict[str, Runs] = field(default_factory=dict)

    def take(self, files: Iterable[Made]) -> None:
        """Notes files that were made. Raises UnwritableOutput where one was made before."""
        for one in files:
            if one.path in self.made:
                collisions([one.path, one.path])
            self.made[one.path] = one

    def take_unit(self, unit: UnitMade) -> None:
        """Notes what a unit made."""
        self.units[unit.name] = UnitKept(tuple([one.path for one in unit.files]), self.heard.of(unit.reads))
        self.take(unit.files)

    def take_assembled(self, target: Assembled) -> None:
        """Notes a large file, which is whole now."""
        self.runs[target.assembly.path] = target.runs
        self.take([target.end()])


@dataclass(slots=True)
class Past:
    """What of the last build still holds: its files that lie untouched, its units and the runs of its large files, and
    what is `fresh`."""

    made: Mapping[str, Made]
    units: Mapping[str, UnitKept]
    runs: Mapping[str, Runs]
    derived: Mapping[str, Derived]
    reads: Reads
    fresh: Freshness
    changed: Collection[str]


@dataclass(slots=True)
class Work:
    """Pieces of work, each to be done in whatever process, and what to do in this one with what it gave; `last`, what is done in
    this one when no other needs memory any more."""

    pieces: list[tuple[str, Callable[[], Any], Callable[[Any], None]]] = field(default_factory=list)
    last: list[Callable[[], None]] = field(default_factory=list)

    def add(self, piece: Callable[[], Any], taker: Callable[[Any], None], name: str = "") -> None:
        """One piece more. `name` is that of something that it makes: of what is of one entry, names end in its id."""
        self.pieces.append((name, piece, taker))

    def sort(self, ids: Iterable[str]) -> None:
        """What is of entries comes in the order of their ids, and before all else: so all that is made of an entry is made at
        nearly the same time, while it is still unpacked."""
        turns = {id_: turn for turn, id_ in enumerate(ids)}
        self.pieces.sort(key=lambda one: turns.get(one[0].rpartition(" ")[2], len(turns)))


Add = Callable[["Maker", Work], None]
"""Adds work of a sort."""


class Maker:
    """Makes one site. `past` is None where everything is made."""

    def __init__(
        self, commons: Commons, given: Given, facts: KeptFacts, folder: Sink, past: Past | None,
        options: Options,
    ) -> None:  # fmt: skip
        self.facts, self.folder, self.past = facts, folder, past
        self.jobs, self.timings = options.jobs or cores(), options.timings
        recorder = Recorder()
        self.commons = recorded(commons, facts, recorder)
        self.context = context(self.commons, replace(given, bodies=recorder.map(given.bodies, "body")))
        with recorder.reads() as shared:
            own = own_folder(commons.catalog.settings.root)
            render = renderer(self.commons, self.context, own / "templates" if own else None)
            render = renderer_away(render, away_of(commons, self.context))
        self.bench = Workbench(render, folder, recorder, self.timings, frozenset(shared), facts.naming)
        self._kept = 0
        self.product = Product(facts.heard)

    def site(self, digests: Mapping[str, str], entries: Add, search: Add, tell: Callable[[str], None]) -> Product:
        """Everything but the record of it all. `digests` are the sha256 of the site's own files by their path below its
        root; `search` adds the work of search, `entries`, where everything is made, what comes before all else."""
        if self.past is None:
            assemblies = self._all(digests, entries, search, tell)
        else:
            assemblies = self._again(self.past, digests, search, tell)
        with self.timings.stage("make what tells of files"):
            self._late(assemblies)
        self.facts.learn(self.facts.taken())
        self._count()
        return self.product

    def _all(
        self, digests: Mapping[str, str], entries: Add, search: Add, tell: Callable[[str], None]
    ) -> list[Assembly]:
        """Everything, side by side. What many pages ask about an entry is worked out before they do, and once."""
        tell("entries")
        work = Work()
        entries(self, work)
        with self.timings.stage("work out facts"):
            self._do(work)
        with self.timings.stage("plan"):
            work = Work()
            search(self, work)
            # Of those that are of no entry, pages come first: of them little is told while this process puts the search together.
            for units in units_of(self.commons, self.context):
                self._make(units, work)
            assemblies = list(assemblies_of(self.commons, digests))
            for assembly in assemblies:
                self._assemble(assembly, work)
            # Every page of an entry asks for them: worked out here, all processes share one.
            nearness_of(self.commons.plain)
            self.commons.plain.likeness.members()
        tell("pages")
        with self.timings.stage("make all"):
            work.sort(self.commons.plain.profiles)
            self._do(work)
        return assemblies

    def _again(
        self, past: Past, digests: Mapping[str, str], search: Add, tell: Callable[[str], None]
    ) -> list[Assembly]:
        """What no longer holds. Pages come first: somebody may be waiting to see one."""
        stage = self.timings.stage
        tell("pages")
        with stage("settle facts"):
            settle_facts(self.commons, self.context, past.changed)
            past.fresh.reconsider()
        with stage("make pages again"):
            self._make_again(chain.from_iterable(units_of(self.commons, self.context)), past)
        tell(DATA)
        with stage("search"):
            work = Work()
            search(self, work)
            self._do(work)
        with stage("plan data"):
            assemblies = list(assemblies_of(self.commons, digests))
        with stage("make data again"):
            for assembly in assemblies:
                self._assemble_again(assembly, past)
        return assemblies

    def _do(self, work: Work) -> None:
        def piece(number: int) -> tuple[Any, Learnt, Noted]:
            return work.pieces[number][1](), self.facts.taken(), self.timings.taken()

        self.facts.learn(self.facts.taken())
        noted = self.timings.taken()
        for number, (result, learnt, more) in side_by_side(piece, len(work.pieces), self.jobs):
            self.facts.learn(learnt)
            self.timings.add(more)
            work.pieces[number][2](result)
        for call in work.last:
            call()
        self.timings.add(noted)

    def _make(self, units: Sequence[Unit], work: Work) -> None:
        for name, piece in unit_pieces(units, self.bench):
            work.add(piece, self._take_units, name)

    def _take_units(self, made: Iterable[UnitMade]) -> None:
        for one in made:
            self.product.take_unit(one)

    def _make_again(self, units: Iterable[Unit], past: Past) -> None:
        """Those that surely have changed come first: what they read again may show that others hold."""
        fresh, nothing = past.fresh, UnitKept((), b"")
        waiting: Iterable[tuple[Unit, UnitKept]] = ((unit, past.units.get(unit.name, nothing)) for unit in units)
        while True:
            again: list[Unit] = []
            unsure: list[tuple[Unit, UnitKept]] = []
            for unit, known in waiting:
                if known is nothing or any(path not in past.made for path in known.paths):
                    again.append(unit)
                elif fresh.holds(known.reads):
                    self._keep(unit, known, past)
                elif fresh.is_stale(known.reads):
                    again.append(unit)
                else:
                    unsure.append((unit, known))
            if not again and not unsure:
                return
            if not again:
                unsure.sort(key=lambda one: len(one[1].reads))
                first = fresh.some_of_each_doubt([known.reads for _, known in unsure])
                again = [unsure[at][0] for at in first]
                unsure = [one for at, one in enumerate(unsure) if at not in first]
            self._make_all(again)
            waiting = unsure

    def _make_all(self, units: Sequence[Unit]) -> None:
        if len(units) >= MANY:
            work = Work()
            self._make(units, work)
            self._do(work)
        else:
            for unit in units:
                self._make_here(unit)

    def _make_here(self, unit: Unit) -> None:
        made = self.bench.unit(unit)
        self.facts.learn(self.facts.taken())
        self.product.take_unit(made)

    def _keep(self, unit: Unit, known: UnitKept, past: Past) -> None:
        self.product.units[unit.name] = known
        self.product.take([past.made[path] for path in known.paths])
        self._kept += 1

    def _assemble(self, assembly: Assembly, work: Work) -> None:
        target = Assembled(assembly, self.folder, self.product.heard)
        for name, piece in run_pieces(assembly, self.bench):
            work.add(piece, target.taker(self.product.take_assembled, self.facts.shelf), name)

    def _assemble_again(self, assembly: Assembly, past: Past) -> None:
        path = assembly.path
        if path not in past.runs or path not in past.made:
            work = Work()
            self._assemble(assembly, work)
            self._do(work)
            return
        target = patched(assembly, past.runs[path], past.fresh, self.facts, self.bench, self.folder)
        if target is None:
            self.product.runs[path] = past.runs[path]
            self.product.take([past.made[path]])
        else:
            self.product.take_assembled(target)

    def _count(self) -> None:
        product, count = self.product, self.timings.count
        count("files", len(product.made))
        count("files written", sum(one.written for one in product.made.values()))
        count("units", len(product.units))
        count("units that still held", self._kept)
        count("facts worked out", self.facts.count())

    def _late(self, assemblies: Iterable[Assembly]) -> None:
        """What tells of the files that were made before."""
        files = [self.product.made[one.path] for one in assemblies]
        told = export.downloads([(one.path, one.size, one.digest) for one in files], self.commons)
        extent = len(self.product.made), sum(one.size for one in self.product.made.values())
        context = replace(self.context, downloads=tuple(told), extent=extent)
        for unit in late_units_of(self.commons, context):
            self._make_here(unit)
