"""What was read comes in where it was read; it goes out, by number, where the build remembers it.

A page tells some dozens of reads, most of which others tell too. So each process numbers those that it meets, and names each once.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable

from auzolan.ledger.fresh import Numbers, Read, Reads

MOST = 50_000
"""Reads that a process numbers before it begins anew."""
Named = tuple[int, int, tuple[Read, ...]]
"""A process, a number that it gave, and what it calls by this and by those that follow."""

NOTHING: Named = (0, 0, ())
"""No process names anything."""


class Naming:
    """Numbers that a process gives to what it reads."""

    def __init__(self) -> None:
        self._numbers: dict[Read, int] = {}
        self._told = 0
        self._process = os.getpid()

    def of(self, reads: Iterable[Read]) -> Numbers:
        """The numbers of some reads, in this process."""
        self._begin_in_a_fork()
        numbers = self._numbers
        return array("I", [numbers.setdefault(read, len(numbers)) for read in reads]).tobytes()

    def taken(self) -> Named:
        """The names of those that were numbered since this was last asked."""
        self._begin_in_a_fork()
        first, names = self._told, tuple(self._numbers)[self._told :]
        if len(self._numbers) < MOST:
            self._told = len(self._numbers)
        else:
            self._begin()
        return self._process, first, names

    def _begin_in_a_fork(self) -> None:
        if self._process != os.getpid():
            self._process = os.getpid()
            self._begin()

    def _begin(self) -> None:
        self._numbers = {}
        self._told = 0


class Heard:
    """What processes named, one after the other, as numbers of a Reads."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._known: dict[int, array[int]] = {}
        self._last: array[int] = array("I")

    def hear(self, named: Named) -> None:
        """What one process named; what it tells next is heard with this."""
        process, first, names = named
        self._last = self._known.setdefault(process, array("I"))
        del self._last[first:]
        self._last.frombytes(self.reads.of(names))

    def of(self, numbers: Numbers) -> Numbers:
        """What that process numbered so."""
        last = self._last
        return array("I", [last[number] for number in memoryview(numbers).cast("I")]).tobytes()
