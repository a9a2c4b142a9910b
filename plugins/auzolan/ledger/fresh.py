"""What has changed, and who read what, come in; whether something that was made still holds goes out.

Some reads are *stale*: they give something else than in the last build. Of others it is known only when they are read
again: facts of entries that have changed, and what was derived from those. Such a read is *open*, until it is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

Read = tuple[str, str]
"""What was read: its kind and its name (recording.py lists the kinds)."""
Numbers = tuple[int, ...]
"""Reads by their numbers in a Reads."""
DERIVED = "derived"
ROW = 4096
"""Reads in a row."""
BASE = frozenset(
    {"entry", "file", "story", "page", "kind", "word", "all", "counts", "has", "neighbours", "wants", "body"}
)
"""Kinds of reads that are compared before anything is made. All others are facts, or derived."""


class Reads:
    """Reads by number: many read the same, and numbers are quick to compare. The numbers of a build hold in the next."""

    def __init__(self, known: Iterable[Read] = ()) -> None:
        self._numbers: dict[Read, int] = {read: number for number, read in enumerate(known)}

    def of(self, reads: Iterable[Read]) -> Numbers:
        """The numbers of some reads."""
        known = self._numbers
        return tuple([known.setdefault(read, len(known)) for read in reads])

    def all(self) -> list[Read]:
        """All reads, in the order of their numbers."""
        return list(self._numbers)

    def rows(self) -> dict[str, list[Read]]:
        """All reads, some thousand to a row, for a table: reads are only ever added, and those of the last rows alone."""
        every = self.all()
        return {str(start): every[start : start + ROW] for start in range(0, len(every), ROW)}

    @classmethod
    def of_rows(cls, rows: Mapping[str, list[Read]]) -> Reads:
        """The reads again."""
        return cls(read for start in sorted(rows, key=int) for read in rows[start])

    def number(self, read: Read) -> int | None:
        """The number of a read; None for one that nobody ever read."""
        return self._numbers.get(read)


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
            for number, (kind, id_) in enumerate(reads.all())
            if id_ in changed and kind not in BASE and kind != DERIVED
        }
        self._derived = derived
        self.reconsider()

    def reconsider(self) -> None:
        """Once facts are settled, fewer derived values are open: those alone that are made of what is stale or open still."""
        self._open.difference_update(self._reads.of((DERIVED, name) for name in self._derived))
        waiting = dict(self._derived)
        while now := [name for name, numbers in waiting.items() if not self.holds(numbers)]:
            # What is derived from something derived is open with it.
            self._open.update(self._reads.of((DERIVED, name) for name in now))
            for name in now:
                del waiting[name]

    def holds(self, numbers: Numbers) -> bool:
        """Whether nothing of this is stale, or open."""
        return self._stale.isdisjoint(numbers) and self._open.isdisjoint(numbers)

    def is_stale(self, numbers: Numbers) -> bool:
        """Whether some of this surely is stale."""
        return not self._stale.isdisjoint(numbers)

    def is_open(self, read: Read) -> bool:
        """Whether this must be read again to be known."""
        number = self._reads.number(read)
        return number is not None and (number in self._open or number in self._stale)

    def settle(self, read: Read, same: bool) -> None:
        """An open read was read again."""
        number = self._reads.number(read)
        if number is not None and number in self._open:
            self._open.discard(number)
            if not same:
                self._stale.add(number)
