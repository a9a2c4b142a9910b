"""What has changed, and who read what, come in; whether something that was made still holds goes out.

Some reads are *stale*: they give something else than in the last build. Of others it is known only when they are read
again: facts of entries that have changed, and what was derived from those. Such a read is *open*, until it is settled.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Mapping
from itertools import repeat
from typing import Any

Read = tuple[str, str]
"""What was read: its kind and its name (recording.py lists the kinds)."""
Numbers = bytes
"""Reads by their numbers in a Reads, each an unsigned 32-bit number in the machine's own order."""
DERIVED = "derived"
RELATED, ALIKE = "related", "alike"
OF_ALL = frozenset({RELATED, ALIKE})
"""What is remembered of an entry and follows from all: it may be another where the entry has not changed, and the same where it
has. That is known before anything is asked."""
ROW = 4096
"""Reads, or names, in a row."""
RECENT = 50_000
"""Reads whose numbers are at hand."""
BASE = frozenset(
    {
        "entry",
        "file",
        "story",
        "page",
        "kind",
        "word",
        "all",
        "counts",
        "has",
        "neighbours",
        "joined",
        *OF_ALL,
        "wants",
        "body",
        "comment",
        "image",
    }
)
"""Kinds of reads that are compared before anything is made. All others are facts, or derived."""
_NONE = -1
_SEPARATOR = "\0"


class Reads:
    """Reads by number: many read the same, and numbers are quick to compare. The numbers of a build hold in the next.

    A large site has millions of reads, of a few kinds and not so many names: kept are the names, and for each kind the numbers
    of its reads, in the order of the names."""

    def __init__(self, known: Iterable[Read] = ()) -> None:
        self._places: dict[str, int] = {}
        self._by_kind: dict[str, array[int]] = {}
        self._count = 0
        self._recent: dict[Read, int] = {}
        for read in known:
            self._number(read)

    def of(self, reads: Iterable[Read]) -> Numbers:
        """The numbers of some reads."""
        recent = self._recent
        if len(recent) >= RECENT:
            recent.clear()
        return array("I", [recent[read] if read in recent else self._number(read) for read in reads]).tobytes()

    def kinds(self) -> tuple[str, ...]:
        """All kinds of reads."""
        return tuple(self._by_kind)

    def number(self, read: Read) -> int | None:
        """The number of a read; None for one that nobody ever read."""
        numbers, place = self._by_kind.get(read[0], ()), self._places.get(read[1], _NONE)
        if place == _NONE or place >= len(numbers) or numbers[place] == _NONE:
            return None
        return numbers[place]

    def rows(self) -> dict[str, str | bytes | int]:
        """All of it, some thousand to a row, for a table: reads are only ever added, so that few rows change."""
        names = list(self._places)
        found: dict[str, str | bytes | int] = {"count": self._count}
        for start in range(0, len(names), ROW):
            found[f"names {start}"] = _SEPARATOR.join(names[start : start + ROW])
        for kind, numbers in self._by_kind.items():
            for start in range(0, len(numbers), ROW):
                found[f"kind {start} {kind}"] = numbers[start : start + ROW].tobytes()
        return found

    @classmethod
    def of_rows(cls, rows: Mapping[str, Any]) -> Reads:
        """The reads again."""
        made = cls()
        names: list[str] = []
        for row in sorted(rows, key=_start):
            sort, _, rest = row.partition(" ")
            if sort == "names":
                names += rows[row].split(_SEPARATOR)
            elif sort == "kind":
                made._by_kind.setdefault(rest.partition(" ")[2], array("i")).frombytes(rows[row])
        made._places = {name: place for place, name in enumerate(names)}
        made._count = rows.get("count", 0)
        return made

    def _number(self, read: Read) -> int:
        number = self.number(read)
        if number is None:
            kind, name = read
            place = self._places.setdefault(name, len(self._places))
            numbers = self._by_kind.setdefault(kind, array("i"))
            if place >= len(numbers):
                numbers.extend(repeat(_NONE, place + 1 - len(numbers)))
            number = numbers[place] = self._count
            self._count += 1
        self._recent[read] = number
        return number


def _start(row: str) -> int:
    return int(row.split(" ")[1]) if " " in row else 0


class Freshness:
    """Which reads still give what they gave."""

    def __init__(
        self, reads: Reads, stale: Iterable[Read], changed: Collection[str], derived: Mapping[str, Numbers]
    ) -> None:
        """`reads` are those of the last build, `changed` the entries (`kind/slug`) and articles (`article/slug`) that are
        other now, `derived` what each derived value was made of."""
        self._reads = reads
        self._stale: set[int] = {number for read in stale if (number := reads.number(read)) is not None}
        self._open: set[int] = {
            number
            for kind in reads.kinds()
            if kind not in BASE and kind != DERIVED
            for id_ in changed
            if (number := reads.number((kind, id_))) is not None
        }
        # What is in either, to be asked for at once.
        self._doubted = self._stale | self._open
        self._derived = derived
        self.reconsider()

    def reconsider(self) -> None:
        """Once facts are settled, fewer derived values are open: those alone that are made of what is stale or open still."""
        self._open.difference_update(_each(self._reads.of((DERIVED, name) for name in self._derived)))
        self._doubted = self._stale | self._open
        waiting = dict(self._derived)
        while now := [name for name, numbers in waiting.items() if not self.holds(numbers)]:
            # What is derived from something derived is open with it.
            derived = _each(self._reads.of((DERIVED, name) for name in now))
            self._open.update(derived)
            self._doubted.update(derived)
            for name in now:
                del waiting[name]

    def holds(self, numbers: Numbers) -> bool:
        """Whether nothing of this is stale, or open."""
        return self._doubted.isdisjoint(_each(numbers))

    def is_stale(self, numbers: Numbers) -> bool:
        """Whether some of this surely is stale."""
        return not self._stale.isdisjoint(_each(numbers))

    def some_of_each_doubt(self, many: Iterable[Numbers]) -> dict[int, None]:
        """The places of some of these that read, together, whatever of it all is stale or open: the first of each."""
        found: dict[int, None] = {}
        known: set[int] = set()
        for at, numbers in enumerate(many):
            if doubts := self._doubted.intersection(_each(numbers)) - known:
                found[at] = None
                known |= doubts
        return found

    def is_open(self, read: Read) -> bool:
        """Whether this must be read again to be known."""
        number = self._reads.number(read)
        return number is not None and number in self._doubted

    def settle(self, read: Read, same: bool) -> None:
        """An open read was read again."""
        number = self._reads.number(read)
        if number is not None and number in self._open:
            self._open.discard(number)
            if not same:
                self._stale.add(number)
            elif number not in self._stale:
                self._doubted.discard(number)


def _each(numbers: Numbers) -> memoryview[int]:
    return memoryview(numbers).cast("I")
