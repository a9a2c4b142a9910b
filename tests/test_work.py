"""Work side by side: everything comes back whole, however large, late or broken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from auzolan import pipes, work
from auzolan.work import LostWorker, in_order, side_by_side

LARGE = bytes(range(256)) * (1 << 13)  # 2 MiB: more than a pipe holds


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers of other tests may run in threads here, and stand still: whoever is forked never looks at them."""
    if not hasattr(os, "fork"):
        pytest.skip("there is no fork")
    monkeypatch.setattr(work, "can_fork", lambda: True)


def all_of(piece: Callable[[int], Any], count: int, jobs: int) -> list[Any]:
    return list(in_order(side_by_side(piece, count, jobs)))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_everything_comes_back_whole(jobs: int) -> None:
    assert all_of(lambda number: (number, LARGE[: number * 150_000]), 14, jobs) == [
        (number, LARGE[: number * 150_000]) for number in range(14)
    ]
    assert all_of(lambda number: number, 0, jobs) == []


def test_workers_go_on_while_nobody_reads() -> None:
    """The reader is busy with the first result until all pieces are begun, though a pipe holds a few of them at most."""
    reading, writing = os.pipe()

    def piece(number: int) -> bytes:
        os.write(writing, b".")
        return LARGE

    results = side_by_side(piece, 6, 2)
    first = next(results)
    begun = b""
    while len(begun) < 6:
        begun += os.read(reading, 6)
    assert [first[1], *(data for _, data in results)] == [LARGE] * 6
    os.close(reading)
    os.close(writing)


def test_what_a_worker_keeps_back_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "WAITING", 1000)
    results = side_by_side(lambda number: LARGE, 8, 2)
    first = next(results)
    time.sleep(0.2)
    assert [first[1], *(data for _, data in results)] == [LARGE] * 8


def test_numbers_that_come_late_wait_for_no_result_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that finds no number sends what it kept back: else both would wait for the other."""

    def give_one(crew: Any) -> None:
        if crew._next < crew._count:
            os.write(crew._giving, pipes.NUMBER.pack(crew._next))
            crew._next += 1
        elif crew._giving >= 0:
            os.close(crew._giving)
            crew._giving = -1

    monkeypatch.setattr(work._Crew, "_give", give_one)
    assert all_of(lambda number: LARGE, 6, 2) == [LARGE] * 6


def test_what_a_piece_raises_is_raised() -> None:
    def piece(number: int) -> bytes:
        if number == 3:
            raise KeyError("three")
        return LARGE

    with pytest.raises(KeyError, match="three"):
        all_of(piece, 10, 2)


def test_an_interrupt_during_a_fork_is_heard() -> None:
    """Python passes over what is raised while it forks."""
    code = """
import os, signal
from auzolan.work import side_by_side
signal.signal(signal.SIGINT, signal.default_int_handler)
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
try:
    list(side_by_side(lambda number: number, 4, 2))
except KeyboardInterrupt:
    print("heard")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("heard\n", "", 0)


def test_what_no_pipe_can_carry_is_told_in_words() -> None:
    class Odd(Exception):
        def __reduce__(self) -> Any:
            raise TypeError("not to be packed")

    def piece(number: int) -> bytes:
        raise Odd("so it is")

    with pytest.raises(RuntimeError, match="Odd: so it is"):
        all_of(piece, 2, 2)


def test_a_worker_that_is_killed_is_missed() -> None:
    def piece(number: int) -> bytes:
        if number == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        return LARGE

    with pytest.raises(LostWorker):
        all_of(piece, 40, 2)
