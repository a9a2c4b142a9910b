"""Units, large files in parts and pieces of search come in; files in the output folder go out, made side by side.

What is made here is decided before (`build.py`); how it is divided over processes changes no byte of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.recording import Read, Recorder
from auzolan.model.pages import Assembly, File, Page, Part, Unit
from auzolan.write import Folder, Made, Stream

FEW = 40
"""Units in one piece of work: enough that handing it over costs nothing, few enough that no process waits at the end."""
PARTS = 400
Render = Callable[[Page], bytes]


@dataclass(frozen=True, slots=True)
class UnitMade:
    """What one unit made: its files, and what it read."""

    name: str
    files: tuple[Made, ...]
    reads: frozenset[Read]


@dataclass(frozen=True, slots=True)
class PartMade:
    """What one part of a large file is: its key, its size in bytes, and what it read."""

    key: str
    size: int
    reads: frozenset[Read]


@dataclass(slots=True)
class Workbench:
    """What every process needs to make something: how to render, where to put it, who listens to what is read."""

    render: Render
    folder: Folder
    recorder: Recorder
    facts: KeptFacts

    def unit(self, unit: Unit) -> UnitMade:
        """Makes a unit, and writes its files."""
        with self.recorder.reads() as reads:
            files = tuple(
                self.folder.put(one if isinstance(one, File) else File(one.path, self.render(one)))
                for one in unit.make()
            )
        return UnitMade(unit.name, files, frozenset(reads))

    def part(self, part: Part) -> tuple[bytes, PartMade]:
        """Makes a part."""
        with self.recorder.reads() as reads:
            data = part.make()
        return data, PartMade(part.key, len(data), frozenset(reads))


@dataclass(slots=True)
class Kept:
    """A large file of the last build that lies untouched in the output folder: its parts by key, with their offsets."""

    path: str
    parts: Mapping[str, tuple[int, PartMade]]
    order: Sequence[str]


class Assembled:
    """A large file that is being put together out of parts that come in order."""

    def __init__(self, assembly: Assembly, folder: Folder) -> None:
        self.assembly = assembly
        self.parts: list[PartMade] = []
        self._stream: Stream = folder.stream(assembly.path)
        self._offsets: list[int] = []
        self._size = 0

    def add(self, data: bytes | memoryview, parts: Iterable[PartMade]) -> None:
        """Some parts, one after the other in `data`."""
        for part in parts:
            self._offsets.append(self._size)
            self._size += part.size
            self.parts.append(part)
        self._stream.write(data)

    def end(self) -> Made:
        """The file is whole."""
        if self.assembly.end is not None:
            self._stream.write(self.assembly.end(self._stream.read, self._offsets, self._size))
        return self._stream.end()


@dataclass(slots=True)
class Work:
    """Numbered pieces of work, each to be done in whatever process, and what to do in this one with what it gave."""

    pieces: list[Callable[[], Any]] = field(default_factory=list)
    takers: list[Callable[[Any], None]] = field(default_factory=list)

    def add(self, piece: Callable[[], Any], taker: Callable[[Any], None]) -> None:
        """One piece more."""
        self.pieces.append(piece)
        self.takers.append(taker)


def unit_pieces(units: Sequence[Unit], bench: Workbench) -> Iterator[Callable[[], list[UnitMade]]]:
    """Units in runs of a few."""
    for start in range(0, len(units), FEW):
        run = units[start : start + FEW]
        yield lambda run=run: [bench.unit(unit) for unit in run]  # type: ignore[misc]


def part_pieces(assembly: Assembly, bench: Workbench) -> Iterator[Callable[[], tuple[bytes, list[PartMade]]]]:
    """The parts of a large file in runs."""
    for start in range(0, len(assembly.parts), PARTS):
        run = assembly.parts[start : start + PARTS]
        yield lambda run=run: _parts(run, bench)  # type: ignore[misc]


def _parts(run: Sequence[Part], bench: Workbench) -> tuple[bytes, list[PartMade]]:
    made = [bench.part(part) for part in run]
    return b"".join(data for data, _ in made), [part for _, part in made]
