"""A commons that was read, and what the last build kept, come in; the site, written, goes out, with all that it learnt.

Fresh, everything is made. Otherwise a unit is made again where something that it read is stale, and a part of a large
file likewise; all else stays as it lies there.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auzolan import export, index
from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.recording import Read, Recorder, recorded
from auzolan.ledger.store import own_folder
from auzolan.model.commons import Commons
from auzolan.model.pages import Assembly, File, Unit
from auzolan.pipeline.made import Assembled, Kept, PartMade, UnitMade, Work, Workbench, part_pieces, unit_pieces
from auzolan.pipeline.outputs import Given, context, documents_of, units_of
from auzolan.render.shared.context import Context
from auzolan.render.shared.environment import renderer
from auzolan.work import side_by_side
from auzolan.write import Folder, Made

SEGMENT = 500
"""Documents that are indexed in one piece."""
MANY = 4 * 40
"""Units from which on more processes than one are worth their start."""


@dataclass(slots=True)
class Product:
    """A site as it was made: every file, what each unit made and read, the parts of large files."""

    made: dict[str, Made]
    units: dict[str, UnitMade]
    parts: dict[str, list[PartMade]]


@dataclass(slots=True)
class Past:
    """What of the last build still holds: its files that lie untouched, its units and parts, what has become `stale`,
    and the bodies of articles."""

    made: Mapping[str, Made]
    units: Mapping[str, UnitMade]
    parts: Mapping[str, Sequence[PartMade]]
    stale: set[Read]


class Maker:
    """Makes one site. `past` is None where everything is made."""

    def __init__(
        self, commons: Commons, given: Given, facts: KeptFacts, folder: Folder, past: Past | None, jobs: int,
        tell: Callable[[str], None],
    ) -> None:  # fmt: skip
        self.recorder = Recorder()
        self.facts, self.folder, self.past, self.jobs, self.tell = facts, folder, past, jobs, tell
        self.commons = recorded(commons, facts, self.recorder)
        bodies = self.recorder.map(given.bodies, "body")
        self.context = context(self.commons, replace(given, bodies=bodies))
        self.bench = Workbench(renderer(self.commons, self.context, own_folder() / "templates"), folder, self.recorder, facts)
        self.product = Product({}, {}, {})

    def site(self, digests: Mapping[str, str], search: Callable[[Maker, Work], None]) -> Product:
        """Everything. `digests` are the sha256 of the site's own files by their path below its root; `search` adds the
        work of search."""
        work = Work()
        features = self.context.settings.features
        if "search" in features:
            self.tell("search")
            search(self, work)
        assemblies = list(export.assemblies(self.commons, digests=digests)) if "data" in features else []
        for assembly in assemblies:
            self._assembly(assembly, work)
        early = [unit for unit in units_of(self.commons, self.context) if not unit.late]
        self._units(early, work)
        self.tell("pages")
        for number, result in side_by_side(lambda n: self._piece(work, n), len(work.pieces), self.jobs_for(work)):
            given, facts = result
            self.facts.adopt(facts)
            work.takers[number](given)
        self._late(assemblies)
        return self.product

    def jobs_for(self, work: Work) -> int:
        """One process where there is little to do."""
        return self.jobs if len(work.pieces) > MANY // 40 else 1

    def take(self, files: Iterable[Made]) -> None:
        """Notes files that were made."""
        for made in files:
            self.product.made[made.path] = made if made.path not in self.product.made else self._twice(made)

    def _piece(self, work: Work, number: int) -> tuple[Any, dict[tuple[str, str], bytes]]:
        result = work.pieces[number]()
        return result, self.facts.taken()

    def _twice(self, made: Made) -> Made:
        from auzolan.write import collisions

        collisions([made.path, made.path])
        return made

    # Units

    def _units(self, units: Sequence[Unit], work: Work) -> None:
        again = list(self._again(units))
        for piece in unit_pieces(again, self.bench):
            work.add(piece, self._take_units)

    def _again(self, units: Iterable[Unit]) -> Iterator[Unit]:
        for unit in units:
            if self.past is not None and unit.name in self.past.units:
                known = self.past.units[unit.name]
                if known.reads.isdisjoint(self.past.stale) and all(one.path in self.past.made for one in known.files):
                    self._take_unit(known)
                    continue
            yield unit

    def _take_units(self, made: Sequence[UnitMade]) -> None:
        for one in made:
            self._take_unit(one)

    def _take_unit(self, made: UnitMade) -> None:
        self.product.units[made.name] = made
        self.take(made.files)

    def _late(self, assemblies: Sequence[Assembly]) -> None:
        """What tells of the files that were made before."""
        sizes = [(one.path, self.product.made[one.path]) for one in assemblies]
        downloads = export.downloads([(path, made.size, made.digest) for path, made in sizes], self.commons)
        late = replace(self.context, downloads=tuple(downloads))
        for unit in units_of(self.commons, late):
            if unit.late:
                self._take_unit(self.bench.unit(unit))

    # Large files

    def _assembly(self, assembly: Assembly, work: Work) -> None:
        past = self.past
        if past is None or assembly.path not in past.parts or assembly.path not in past.made:
            target = Assembled(assembly, self.folder)
            pieces = list(part_pieces(assembly, self.bench))
            waiting: dict[int, tuple[bytes, list[PartMade]]] = {}
            turn = [0]

            def taker(at: int) -> Callable[[Any], None]:
                def take(given: tuple[bytes, list[PartMade]]) -> None:
                    waiting[at] = given
                    while turn[0] in waiting:
                        target.add(*waiting.pop(turn[0]))
                        turn[0] += 1
                    if turn[0] == len(pieces):
                        self._whole(target)

                return take

            for at, piece in enumerate(pieces):
                work.add(piece, taker(at))
            if not pieces:
                self._whole(target)
            return
        self._patched(assembly, past)

    def _whole(self, target: Assembled) -> None:
        self.product.parts[target.assembly.path] = target.parts
        self.take([target.end()])

    def _patched(self, assembly: Assembly, past: Past) -> None:
        """A large file out of what of the old one still holds and what has changed."""
        path = assembly.path
        offset, known = 0, {}
        for part in past.parts[path]:
            known[part.key] = (offset, part)
            offset += part.size
        stale = past.stale
        same = len(known) == len(assembly.parts) and all(
            part.key == key and known[key][1].reads.isdisjoint(stale) for part, key in zip(assembly.parts, known, strict=True)
        )
        if same:
            self.product.parts[path] = list(past.parts[path])
            self.take([past.made[path]])
            return
        target = Assembled(assembly, self.folder)
        with (self.folder.output / path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as old:
            view = memoryview(old)
            for start, size, parts in _runs(assembly, known, stale, self.bench):
                if isinstance(start, bytes):
                    target.add(start, parts)
                else:
                    target.add(view[start : start + size], parts)
            view.release()
        self._whole(target)


def _runs(
    assembly: Assembly, known: Mapping[str, tuple[int, PartMade]], stale: set[Read], bench: Workbench
) -> Iterator[tuple[int | bytes, int, list[PartMade]]]:
    """Runs of bytes of the old file (offset, size), and new parts (their bytes), in order."""
    start, end, run = 0, 0, list[PartMade]()
    for part in assembly.parts:
        there = known.get(part.key)
        if there is not None and there[1].reads.isdisjoint(stale):
            offset, made = there
            if run and offset != end:
                yield start, end - start, run
                run = []
            if not run:
                start = offset
            end = offset + made.size
            run.append(made)
            continue
        if run:
            yield start, end - start, run
            run = []
        data, made = bench.part(part)
        yield data, len(data), [made]
    if run:
        yield start, end - start, run
