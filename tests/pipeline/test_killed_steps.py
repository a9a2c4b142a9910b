"""Builds that are killed just before a step, each in its turn: the next one makes the site as if nothing had happened.

AUZOLAN_KILLS takes so many steps instead of a few.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import sys

import pytest
from tests.pipeline.grown import Grown
from tests.pipeline.test_killed import STATES, ended, expected, holds, site  # noqa: F401 — two of them are fixtures

KILLS = int(os.environ.get("AUZOLAN_KILLS", "3"))
STEPS = frozenset({"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"})
"""What Python's audit tells of that may change something on the disk."""
NEVER = 1 << 60


class Countdown:
    """Counts the steps of a process and of those that it forks; the one that is about to do the last is killed."""

    def __init__(self, last: int) -> None:
        self._last = last
        self._count = mmap.mmap(-1, 8)  # which forked processes share

    @property
    def count(self) -> int:
        """How many steps there were."""
        return int(struct.unpack("q", self._count[:8])[0])

    def build(self, commons: Grown) -> int:
        """Builds in a process of its own; its exit status, negative where it was killed itself."""
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            status = 70
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                sys.addaudithook(self._step)
                status = 2 if commons.build().refused else 0
            finally:
                os._exit(status)
        return ended(pid)

    def _step(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in STEPS or (event == "open" and not _writes(arguments)):
            return
        count = self.count + 1
        self._count[:8] = struct.pack("q", count)
        if count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


@pytest.mark.parametrize("state", [1, 3], ids=["what has changed", "everything"])
def test_killed_before_a_step(site: Grown, expected: list[dict[str, str]], state: int) -> None:  # noqa: F811
    counting = Countdown(NEVER)
    site.become(STATES[state])
    assert counting.build(site) == 0
    whole = counting.count
    assert whole > 50
    # The end is where most is at stake; of the many files before it, some stand for all.
    steps = sorted({*range(1, whole, max(1, 2 * whole // KILLS)), *range(max(1, whole - KILLS), whole + 1)})
    for number, step in enumerate(steps):
        site.become(STATES[0])
        assert not site.build().refused
        site.become(STATES[state])
        Countdown(step).build(site)
        after = (2, 0, state)[number % 3]
        site.become(STATES[after])
        try:
            holds(site, expected[after])
        except AssertionError as problem:
            raise AssertionError(f"killed before step {step} of {whole}, then version {after}: {problem}") from problem
