"""A large file in parts comes in; the file, written, goes out: of new parts, and of what still holds of an old one.

Parts are many and small, so they are remembered in runs. A run ends at a part that its key marks, so that a part more or
fewer changes one run, and the runs behind it stay as they are.
"""

from __future__ import annotations

import hashlib
import mmap
import zlib
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.fresh import Freshness, Numbers
from auzolan.ledger.named import Heard
from auzolan.ledger.shelf import Place, Shelf
from auzolan.model.pages import Assembly, Part, keys_of
from auzolan.pipeline.units import Workbench
from auzolan.write.made import Made, Sink, Streamed

MARK = 32
"""One part in so many ends a run."""
SOME = 4096
"""Parts whose keys are looked at in one go."""
RUNS = 12
"""Runs in one piece of work."""
Sizes = bytes
"""Sizes of parts, each an unsigned 32-bit number in the machine's own order."""


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that are made together, from `start` to before `end` in their file. `key` tells them from all its other runs."""

    key: bytes
    file: Sequence[Part]
    start: int
    end: int

    @property
    def parts(self) -> Sequence[Part]:
        """The parts. They are not kept: there are too many."""
        return self.file[self.start : self.end]


@dataclass(frozen=True, slots=True)
class RunMade:
    """What a run is: its key, the sizes of its parts in bytes, and what they read, by number in the process that made it."""

    key: bytes
    sizes: Sizes
    reads: Numbers


Told = tuple[bytes, Sizes, Numbers]
"""A run's key, the sizes of its parts, and what it read, by number."""


@dataclass(frozen=True, slots=True)
class RunKept:
    """A run as it is remembered: the sizes of its parts, what they read, by number, and where it begins in its file."""

    sizes: Sizes
    reads: Numbers
    offset: int


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of a file by their keys, in their order. `parts` tells the parts, in their order, from all others."""

    parts: bytes
    by_key: Mapping[bytes, RunKept]


def runs_of(parts: Sequence[Part]) -> Iterator[Run]:
    """The runs of a file."""
    start, keys = 0, list[str]()
    for at, part_key in enumerate(keys_of(parts), 1):
        keys.append(part_key)
        if at == len(parts) or zlib.crc32(_bytes(part_key)) % MARK == 0:
            yield Run(hashlib.blake2b(_bytes("\0".join(keys)), digest_size=16).digest(), parts, start, at)
            start, keys = at, []


def _runs_as_before(parts: Sequence[Part], before: Runs) -> Iterator[Run]:
    """The runs of a file whose parts are those of before."""
    start = 0
    for key, run in before.by_key.items():
        end = start + len(memoryview(run.sizes).cast("I"))
        yield Run(key, parts, start, end)
        start = end


def _told(parts: Sequence[Part]) -> bytes:
    """Tells parts, in their order, from all others."""
    told, keys = hashlib.blake2b(digest_size=16), keys_of(parts)
    while some := list(islice(keys, SOME)):
        told.update(_bytes("\0".join([*some, ""])))
    return told.digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


class Assembled:
    """A large file that is being put together."""

    def __init__(self, assembly: Assembly, folder: Sink, heard: Heard, told: bytes = b"") -> None:
        """`told` is what tells its parts from all others, where that is known."""
        self.assembly, self._told = assembly, told
        self._runs: dict[bytes, RunKept] = {}
        self._heard = heard
        self._stream: Streamed = folder.stream(assembly.path)
        self._offsets = array("Q")
        self._size = 0
        self._pieces, self._turn = 0, 0
        self._waiting: dict[int, tuple[Place, list[Told]]] = {}

    def add(self, data: bytes | memoryview, runs: Iterable[Told]) -> None:
        """Some runs, one after the other in `data`."""
        for key, sizes, reads in runs:
            self._runs[key] = RunKept(sizes, reads, self._size)
            for size in memoryview(sizes).cast("I"):
                self._offsets.append(self._size)
                self._size += size
        self._stream.write(data)

    def add_made(self, data: bytes, runs: Iterable[RunMade]) -> None:
        """Some runs that were made now."""
        self.add(data, self._numbered(runs))

    def _numbered(self, runs: Iterable[RunMade]) -> list[Told]:
        return [(run.key, run.sizes, self._heard.of(run.reads)) for run in runs]

    def taker(self, whole: Callable[[Assembled], None], shelf: Shelf) -> Callable[[tuple[bytes, list[RunMade]]], None]:
        """Who takes one more piece of work, whenever it comes; `whole` is called once all are here. What comes too early waits on
        the shelf: it may be most of the file."""
        self._pieces += 1
        return partial(self._take, self._pieces - 1, whole, shelf)

    def _take(
        self, at: int, whole: Callable[[Assembled], None], shelf: Shelf, piece: tuple[bytes, list[RunMade]]
    ) -> None:
        data, runs = piece
        if at == self._turn:
            self.add_made(data, runs)
            self._turn += 1
        else:
            self._waiting[at] = shelf.put([data])[0], self._numbered(runs)
        while self._turn in self._waiting:
            place, told = self._waiting.pop(self._turn)
            self.add(shelf.get(place), told)
            self._turn += 1
        if self._turn == self._pieces:
            whole(self)

    @property
    def runs(self) -> Runs:
        """The runs of the file, once it is whole."""
        return Runs(self._told or _told(self.assembly.parts), self._runs)

    def end(self) -> Made:
        """The file is whole."""
        if self.assembly.end is not None:
            self._stream.write(self.assembly.end(self._stream.read, self._offsets, self._size))
        return self._stream.end()


def run_pieces(assembly: Assembly, bench: Workbench) -> Iterator[tuple[str, Callable[[], tuple[bytes, list[RunMade]]]]]:
    """The runs of a large file, some in a piece of work with the key of its last part; one piece at least."""
    runs = list(runs_of(assembly.parts))
    for start in range(0, max(1, len(runs)), RUNS):
        some = runs[start : start + RUNS]
        yield some[-1].parts[-1].key if some else "", partial(_made, some, bench)


def _made(runs: Sequence[Run], bench: Workbench) -> tuple[bytes, list[RunMade]]:
    data: list[bytes] = []
    made: list[RunMade] = []
    for run in runs:
        begin = bench.timings.now()
        with bench.recorder.reads() as reads:
            parts = run.parts
            pieces = [part.make() for part in parts]
        data += pieces
        made.append(RunMade(run.key, array("I", map(len, pieces)).tobytes(), bench.naming.of(reads)))
        bench.timings.note("run of parts", parts[0].key, begin)
    return b"".join(data), made


def patched(
    assembly: Assembly, known: Runs, fresh: Freshness, facts: KeptFacts, bench: Workbench, folder: Sink
) -> Assembled | None:
    """The file out of runs of the old one, which lies untouched in the folder, and new ones; None where it is the same."""
    parts = assembly.parts
    told = _told(parts)
    runs = list(_runs_as_before(parts, known) if told == known.parts else runs_of(parts))
    before = known.by_key
    held = {run.key for run in runs if run.key in before and fresh.holds(before[run.key].reads)}
    if len(held) == len(before) and [run.key for run in runs] == list(before):
        return None
    target = Assembled(assembly, folder, facts.heard, told)
    with (
        (folder.output / assembly.path).open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as old,
        memoryview(old) as view,
    ):
        for start, end, keys in _stretches(runs, before, held):
            if isinstance(keys, Run):
                made = _made([keys], bench)
                facts.learn(facts.taken())
                target.add_made(*made)
            else:
                with view[start:end] as stretch:
                    target.add(stretch, [(key, before[key].sizes, before[key].reads) for key in keys])
    return target


def _stretches(
    runs: Sequence[Run], before: Mapping[bytes, RunKept], held: Collection[bytes]
) -> Iterator[tuple[int, int, Run | list[bytes]]]:
    """Runs that lie one after the other in the old file, from a start to an end; and new ones, each for itself."""
    start, end, keys = 0, 0, list[bytes]()
    for run in runs:
        holds = run.key in held
        offset = before[run.key].offset if holds else 0
        if keys and not (holds and offset == end):
            yield start, end, keys
            keys = []
        if not holds:
            yield 0, 0, run
            continue
        if not keys:
            start = offset
        keys.append(run.key)
        end = offset + sum(memoryview(before[run.key].sizes).cast("I"))
    if keys:
        yield start, end, keys
