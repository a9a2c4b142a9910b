"""Sorted items and changes to them flow in, runs flow out: the stretches from which one shard each is published.

A run ends where enough bytes have come together and the word there has a certain checksum. Where it ends thus depends
on where it began and on its own items alone, so that after a change the runs soon end where they ended before. What fills a run
by itself, as the postings of a common word do, has one to itself: whoever looks for its neighbours need not load it. Values of
facets are fewer and longer: a run has those of one facet, and any may end it.
"""

from __future__ import annotations

import bisect
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from auzolan.index.facets import beginning_in
from auzolan.index.making.store import Store

Item = tuple[Any, ...]
"""Whatever begins with its word."""
Size = Callable[[Item], int]


class Cutter:
    """Takes items one by one and keeps a run as soon as it is whole: from `size` bytes on, one word in `milestone` may
    end it. The rarer the milestones, the rarer does a change move one. With `size` 0 a run never ends by itself."""

    def __init__(self, keep: Callable[[list[Item]], None], size_of: Size, size: int, milestone: int) -> None:
        self._keep = keep
        self._size_of = size_of
        self._size = size
        self._milestone = milestone
        self._items: list[Item] = []
        self._bytes = 0

    @property
    def is_between(self) -> bool:
        """Whether a run has just ended."""
        return not self._items

    def take(self, item: Item) -> None:
        """The next item."""
        facet, size = beginning_in(item[0]), self._size_of(item)
        is_large = size >= self._size
        if self._size and self._items and (is_large or facet != beginning_in(self._items[0][0])):
            self.end()
        self._items.append(item)
        self._bytes += size
        if self._size and self._bytes >= self._size:
            is_milestone = bool(facet) or is_large or zlib.crc32(item[0].encode("utf-8")) % self._milestone == 0
            if is_milestone or self._bytes >= 4 * self._size:
                self.end()

    def end(self) -> None:
        """Ends the run."""
        if self._items:
            self._keep(self._items)
            self._items, self._bytes = [], 0


def rewrite(
    store: Store,
    sort: str,
    cutter: Cutter,
    changes: Mapping[str, Item | None],
    moved: Callable[[Item], Item | None] | None = None,
) -> None:
    """Brings the runs of `sort` up to date: `changes` gives words their new items, None where they vanish; all other
    items go through `moved`, if it is given. Only runs that change are read and written."""
    firsts = store.firsts(sort)
    by_run: dict[int, dict[str, Item | None]] = {}
    for word, item in changes.items():
        by_run.setdefault(max(0, bisect.bisect_right(firsts, word) - 1), {})[word] = item
    at = 0
    while at < max(1, len(firsts)):
        if at not in by_run and moved is None:
            at += 1
            continue
        # From a changed run on, until a run ends where one ended before.
        while True:
            old = store.run(sort, firsts[at]) if firsts else []
            if firsts:
                store.drop_run(sort, firsts[at])
            for item in _patched(old, by_run.get(at, {}), moved):
                cutter.take(item)
            at += 1
            if at >= len(firsts) or (cutter.is_between and at not in by_run and moved is None):
                break
    cutter.end()


def _patched(
    old: Iterable[Item], changes: Mapping[str, Item | None], moved: Callable[[Item], Item | None] | None
) -> Iterator[Item]:
    kept = (item for item in old if item[0] not in changes)
    still = (item for item in map(moved, kept) if item) if moved else kept
    if not changes:
        return iter(still)
    return iter(sorted([*still, *(item for item in changes.values() if item)], key=lambda item: item[0]))
