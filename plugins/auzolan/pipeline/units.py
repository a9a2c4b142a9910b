"""Units come in; their files, written, and what each read, go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from auzolan.ledger.fresh import Numbers, Read
from auzolan.ledger.named import Naming
from auzolan.ledger.recording import Recorder
from auzolan.model.pages import File, Page, Unit
from auzolan.timings import Timings
from auzolan.write.made import Made, Sink

FEW = 40
"""Units in one piece of work: enough that handing it over costs nothing, few enough that no process waits at the end."""


@dataclass(frozen=True, slots=True)
class UnitMade:
    """What one unit made: its files, and what it read, by number in the process that made it."""

    name: str
    files: tuple[Made, ...]
    reads: Numbers


@dataclass(frozen=True, slots=True)
class UnitKept:
    """A unit as it is remembered: the paths of its files, and what it read, by number."""

    paths: tuple[str, ...]
    reads: Numbers


@dataclass(frozen=True, slots=True)
class Workbench:
    """What every process needs to make something: how to render, where to put it, who listens to what is read, and what was
    read for that which all pages have in common: every unit read this too."""

    render: Callable[[Page], bytes]
    folder: Sink
    recorder: Recorder
    timings: Timings
    shared: frozenset[Read]
    naming: Naming

    def unit(self, unit: Unit) -> UnitMade:
        """Makes a unit, and writes its files."""
        begin = self.timings.now()
        with self.recorder.reads() as reads:
            files = tuple(
                [
                    self.folder.put(one if isinstance(one, File) else File(one.path, self.render(one)))
                    for one in unit.make()
                ]
            )
        self.timings.note("unit", unit.name, begin)
        return UnitMade(unit.name, files, self.naming.of(self.shared | reads))


def unit_pieces(units: Sequence[Unit], bench: Workbench) -> Iterator[tuple[str, Callable[[], list[UnitMade]]]]:
    """Units in runs of a few, each run with the name of its first."""
    for start in range(0, len(units), FEW):
        yield units[start].name, partial(_made, units, start, bench)


def _made(units: Sequence[Unit], start: int, bench: Workbench) -> list[UnitMade]:
    return [bench.unit(unit) for unit in units[start : start + FEW]]
