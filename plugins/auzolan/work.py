"""Numbered pieces of work come in; what each gave goes out, made side by side in forked processes.

A fork has everything that the process had in memory, so nothing is handed over but the number of a piece. It is safe only
while one thread runs: whoever calls this sees to that (`Helper` forks before other threads begin). Where there is no
fork, everything is made in this process, one piece after the other.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from auzolan.model.errors import AuzolanError
from auzolan.pipes import NUMBER, Inbox, Outbox, received, send, widen, written

T = TypeVar("T")


class LostWorker(AuzolanError):
    """A process that worked for the build ended before its work was done."""


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a fork is to be had here, and safe."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def side_by_side(piece: Callable[[int], T], count: int, jobs: int) -> Iterator[tuple[int, T]]:
    """(number, what `piece(number)` gave) for every number below `count`, in the order in which they are done. Pieces are
    begun in the order of their numbers. Raises what a piece raises; LostWorker where a process is killed."""
    jobs = min(jobs, count) if can_fork() else 1
    if jobs <= 1:
        for number in range(count):
            yield number, piece(number)
        return
    with _Crew(piece, count, jobs) as crew:
        yield from crew.results()


def elsewhere(make: Callable[[], T]) -> T:
    """What `make` gives, made in a process of its own, so that whatever memory that takes goes with it; in this process where
    there is no fork. Raises what it raises."""
    if not can_fork():
        return make()
    with _Crew(lambda _: make(), 1, 1) as crew:
        (found,) = crew.results()
    result: T = found[1]
    return result


def in_order(results: Iterator[tuple[int, T]]) -> Iterator[T]:
    """What the pieces gave, in the order of their numbers; what comes too early waits."""
    waiting: dict[int, T] = {}
    turn = 0
    for number, result in results:
        waiting[number] = result
        while turn in waiting:
            yield waiting.pop(turn)
            turn += 1


class _Crew:
    """Forked processes that take the numbers of pieces out of one pipe and put what they made into one of their own."""

    def __init__(self, piece: Callable[[int], Any], count: int, jobs: int) -> None:
        self._count = count
        self._numbers, self._giving = os.pipe()
        os.set_blocking(self._numbers, False)
        os.set_blocking(self._giving, False)
        self._next = 0
        self._give()
        self._pipes: dict[int, int] = {}
        sys.stdout.flush()
        sys.stderr.flush()
        master = os.getpid()
        for _ in range(jobs):
            reading, writing = os.pipe()
            widen(writing)
            pid = _forked()
            if pid == 0:
                os.close(reading)
                if self._giving >= 0:
                    os.close(self._giving)
                for pipe in self._pipes.values():
                    # Who writes into a pipe that nobody reads any more must learn of it.
                    os.close(pipe)
                _work(piece, self._numbers, writing, master)
            os.close(writing)
            os.set_blocking(reading, False)
            self._pipes[pid] = reading

    def _give(self) -> None:
        """Puts numbers into the pipe while there is room; closed once all are in it, so that workers see the end."""
        while self._next < self._count and self._giving >= 0:
            try:
                os.write(self._giving, NUMBER.pack(self._next))
            except BlockingIOError:
                return
            except BrokenPipeError:  # nobody is left to take them, which `results` sees
                break
            self._next += 1
        if self._giving >= 0:
            os.close(self._giving)
            self._giving = -1

    def __enter__(self) -> _Crew:
        os.close(self._numbers)
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if self._giving >= 0:
            os.close(self._giving)
        for pid, pipe in self._pipes.items():
            os.close(pipe)
            if problem is not None:
                os.kill(pid, signal.SIGTERM)  # nobody wants what it makes; files it left unfinished are cleared later
        for pid in self._pipes:
            os.waitpid(pid, 0)

    def results(self) -> Iterator[tuple[int, Any]]:
        done = 0
        with selectors.DefaultSelector() as selector:
            for pipe in self._pipes.values():
                selector.register(pipe, selectors.EVENT_READ, Inbox(pipe))
            while done < self._count:
                if not selector.get_map():
                    raise LostWorker(
                        "a part of the build was ended from outside", "is there enough memory? --jobs 1 needs less"
                    )
                for key, _ in selector.select():
                    if not key.data.read():
                        # It found no more to do; or it was ended, and then a result is missing in the end.
                        selector.unregister(key.fileobj)
                    for number, result, problem in key.data.taken():
                        if problem is not None:
                            raise problem
                        done += 1
                        self._give()
                        yield number, result


def _forked() -> int:
    """A fork, in which an interrupt from the keyboard waits: what Python does around a fork would swallow it. The new process hears
    of one when it says so (`_hear_interrupts`)."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    pid = os.fork()
    if pid:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


def _hear_interrupts() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _work(piece: Callable[[int], Any], numbers: int, results: int, master: int) -> None:
    """The whole life of a worker. It never returns: nothing of the process that forked it may run here. Where that is gone,
    it takes no more pieces."""
    status = 1
    try:
        _hear_interrupts()
        # What was there before the fork stays; what is made and let go here must not pile up.
        gc.freeze()
        gc.enable()
        with Outbox(results) as out:
            while os.getppid() == master and (mark := out.sent_until(numbers)):
                number = NUMBER.unpack(mark)[0]
                try:
                    told: tuple[int, Any, BaseException | None] = (number, piece(number), None)
                except Exception as problem:
                    told = (number, None, _portable(problem))
                out.put(written(told))
                if told[2] is not None:
                    break
        status = 0
    finally:
        os._exit(status)


def _portable(problem: Exception) -> Exception:
    """The problem, where a pipe can carry it, else its words."""
    try:
        pickle.loads(pickle.dumps(problem))
    except Exception:
        return RuntimeError(f"{type(problem).__name__}: {problem}")
    return problem


class Helper:
    """A process forked now, while one thread runs, that does one thing later: `finish(given)`, told through a pipe.

    Pelican starts threads and is imported late; what was read before it began stays here, and workers are forked
    from here. `finish` is called with `tell`, a function whose words reach the one who waits."""

    def __init__(self, finish: Callable[[Any, Callable[[str], None]], Any]) -> None:
        asking, self._asking = os.pipe()
        answers, answering = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self._pid = _forked()
        if self._pid == 0:
            os.close(self._asking)
            os.close(answers)
            _help(finish, asking, answering)
        os.close(asking)
        os.close(answering)
        self._answers = os.fdopen(answers, "rb")

    def ask(self, given: object, tell: Callable[[str], None]) -> Any:
        """What `finish(given)` gave. Raises what it raised; LostWorker where the helper was killed."""
        try:
            with os.fdopen(self._asking, "wb") as out:
                self._asking = -1
                send(out, (given,))
        except BrokenPipeError:
            pass  # it has ended; what it said before is read all the same
        try:
            while (told := received(self._answers)) is not None:
                word, value = told
                if word == "tell":
                    tell(value)
                elif word == "raise":
                    raise value
                else:
                    return value
            raise LostWorker("the build was ended from outside", "is there enough memory?")
        except BaseException:
            os.kill(self._pid, signal.SIGTERM)  # it is not to go on alone; its workers end when it does
            raise
        finally:
            self.drop()

    def drop(self) -> None:
        """Lets the process end, asked or not."""
        if not self._answers.closed:
            if self._asking >= 0:
                os.close(self._asking)
                self._asking = -1
            self._answers.close()
            os.waitpid(self._pid, 0)


def _help(finish: Callable[[Any, Callable[[str], None]], Any], asking: int, answering: int) -> None:
    """The whole life of a helper. Where nobody asks, because the other side ended, it ends."""
    status = 1
    try:
        _hear_interrupts()
        with os.fdopen(asking, "rb") as questions, os.fdopen(answering, "wb") as out:
            asked = received(questions)
            if asked is not None:
                try:
                    send(out, ("give", finish(asked[0], lambda words: send(out, ("tell", words)))))
                except Exception as problem:
                    send(out, ("raise", _portable(problem)))
        status = 0
    finally:
        os._exit(status)
