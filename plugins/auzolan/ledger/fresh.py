"""What has changed, and who read what, come in; whether something that was made still holds goes out.

Some reads are *stale*: they give something else than in the last build. Of others it is known only when they are read
again: facts of entries that have changed, and what was derived from those. Such a read is *open*, until it is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

Read = tuple[str, str]
DERIVED = "derived"
BASE = frozenset(
    {"entry", "file", "story", "page", "kind", "word", "all", "counts", "has", "neighbours", "wants", "body"}
)
"""Kinds of reads that are compared before anything is made. All others are facts, or derived."""


class Freshness:
    """Which reads still give what they gave."""

    def __init__(
        self,
        stale: Iterable[Read],
        known: Iterable[Read],
        changed: Collection[str],
        derived: Mapping[str, Iterable[Read]],
    ) -> None:
        """`known` are all reads of the last build, `changed` the entries (`kind/slug`) and articles (`article/slug`) that
        are other now, `derived` what each derived value was made of."""
        self.stale: set[Read] = set(stale)
        self.open: set[Read] = {
            read for read in known if read[1] in changed and read[0] not in BASE and read[0] != DERIVED
        }
        waiting = dict(derived)
        found = True
        while found:
            # What is derived from something derived is open with it.
            now = [name for name, reads in waiting.items() if not self.holds(reads)]
            self.open.update((DERIVED, name) for name in now)
            for name in now:
                del waiting[name]
            found = bool(now)

    def holds(self, reads: Iterable[Read]) -> bool:
        """Whether nothing of this is stale, or open."""
        return self.stale.isdisjoint(reads) and self.open.isdisjoint(reads)

    def is_stale(self, reads: Iterable[Read]) -> bool:
        """Whether some of this surely is stale."""
        return not self.stale.isdisjoint(reads)

    def settle(self, read: Read, same: bool) -> None:
        """An open read was read again."""
        if read in self.open:
            self.open.discard(read)
            if not same:
                self.stale.add(read)
