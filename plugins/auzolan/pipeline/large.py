"""A large file in parts comes in; the file, written, goes out: of new parts, and of what still holds of an old one."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from auzolan.ledger.fresh import Freshness, Read
from auzolan.model.pages import Assembly, Part
from auzolan.pipeline.units import Workbench
from auzolan.write import Made, Sink, Streamed

PARTS = 400
"""Parts in one piece of work."""


@dataclass(frozen=True, slots=True)
class PartMade:
    """What one part of a large file is: its key, its size in bytes, and what it read."""

    key: str
    size: int
    reads: frozenset[Read]


@dataclass(frozen=True, slots=True)
class PartsBefore:
    """The parts of a large file of the last build, in order, and by key with their offsets."""

    made: list[PartMade]
    by_key: Mapping[str, tuple[int, PartMade]]


def parts_before(made: list[PartMade]) -> PartsBefore:
    """The same parts, with their offsets."""
    by_key, offset = {}, 0
    for part in made:
        by_key[part.key] = (offset, part)
        offset += part.size
    return PartsBefore(made, by_key)


class Assembled:
    """A large file that is being put together."""

    def __init__(self, assembly: Assembly, folder: Sink) -> None:
        self.assembly = assembly
        self.parts: list[PartMade] = []
        self._stream: Streamed = folder.stream(assembly.path)
        self._offsets: list[int] = []
        self._size = 0
        self._pieces, self._turn = 0, 0
        self._waiting: dict[int, tuple[bytes, list[PartMade]]] = {}

    def add(self, data: bytes | memoryview, parts: Sequence[PartMade]) -> None:
        """Some parts, one after the other in `data`."""
        for part in parts:
            self._offsets.append(self._size)
            self._size += part.size
        self.parts += parts
        self._stream.write(data)

    def taker(self, whole: Callable[[Assembled], None]) -> Callable[[tuple[bytes, list[PartMade]]], None]:
        """Who takes one more piece of work, whenever it comes; `whole` is called once all are here."""
        self._pieces += 1
        return partial(self._take, self._pieces - 1, whole)

    def _take(self, at: int, whole: Callable[[Assembled], None], piece: tuple[bytes, list[PartMade]]) -> None:
        self._waiting[at] = piece
        while self._turn in self._waiting:
            self.add(*self._waiting.pop(self._turn))
            self._turn += 1
        if self._turn == self._pieces:
            whole(self)

    def end(self) -> Made:
        """The file is whole."""
        if self.assembly.end is not None:
            self._stream.write(self.assembly.end(self._stream.read, self._offsets, self._size))
        return self._stream.end()


def part_pieces(assembly: Assembly, bench: Workbench) -> Iterator[Callable[[], tuple[bytes, list[PartMade]]]]:
    """The parts of a large file in runs, one at least."""
    for start in range(0, max(1, len(assembly.parts)), PARTS):
        yield partial(_made, assembly.parts[start : start + PARTS], bench)


def _made(parts: Sequence[Part], bench: Workbench) -> tuple[bytes, list[PartMade]]:
    made = [_part(part, bench) for part in parts]
    return b"".join([data for data, _ in made]), [part for _, part in made]


def _part(part: Part, bench: Workbench) -> tuple[bytes, PartMade]:
    begin = bench.timings.now()
    with bench.recorder.reads() as reads:
        data = part.make()
    bench.timings.note("part", part.key, begin)
    return data, PartMade(part.key, len(data), frozenset(reads))


def patched(
    assembly: Assembly, before: PartsBefore, fresh: Freshness, bench: Workbench, folder: Sink
) -> Assembled | None:
    """The file out of parts of the old one, which lies untouched in the folder, and new ones; None where it is the same."""
    if len(before.made) == len(assembly.parts) and all(
        part.key == made.key and fresh.holds(made.reads) for part, made in zip(assembly.parts, before.made, strict=True)
    ):
        return None
    target = Assembled(assembly, folder)
    with (
        (folder.output / assembly.path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as old,
        memoryview(old) as view,
    ):
        for start, end, parts in _runs(assembly, before, fresh):
            if end:
                with view[start:end] as run:
                    target.add(run, [before.by_key[part.key][1] for part in parts])
            else:
                target.add(*_made(parts, bench))
    return target


def _runs(assembly: Assembly, before: PartsBefore, fresh: Freshness) -> Iterator[tuple[int, int, list[Part]]]:
    """Parts that lie one after the other in the old file, from a start to an end; and new ones (0 to 0)."""
    start, end, run = 0, 0, list[Part]()
    for part in assembly.parts:
        offset, made = before.by_key.get(part.key, (0, None))
        holds = made is not None and fresh.holds(made.reads)
        if run and (not holds or offset != end):
            yield start, end, run
            run = []
        if made is not None and holds:
            start, end = (offset if not run else start), offset + made.size
            run.append(part)
        else:
            yield 0, 0, [part]
    if run:
        yield start, end, run
