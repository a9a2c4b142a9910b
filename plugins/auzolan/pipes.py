"""Things go into a pipe in one process, and come out whole in another.

Neither need wait for the other: what nobody has taken yet waits in an Outbox, what came in part waits in an Inbox.
"""

from __future__ import annotations

import os
import pickle
import select
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO

NUMBER = struct.Struct("<i")
"""How a number of a piece of work goes through a pipe."""
_LENGTH = struct.Struct("<q")
WIDTH = 1 << 20
"""Bytes that a pipe holds: Linux grants everybody as many."""
WAITING = 16 << 20
"""Bytes that wait in a worker before it waits for who reads them."""


def widen(pipe: int) -> None:
    """Lets a pipe hold what several pieces gave, where that can be: this process has things of its own to do, and no worker is to
    wait for it meanwhile."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, WIDTH)


class Outbox:
    """What a worker has made, on its way into a pipe. Who reads it may be busy for a while, and the worker is not to stand still
    meanwhile: so much waits here until the next piece is made."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._late = bytearray()
        os.set_blocking(pipe, False)

    def __enter__(self) -> Outbox:
        return self

    def __exit__(self, problem: object, *_: object) -> None:
        if problem is None:
            self._write(0)

    def put(self, data: bytes) -> None:
        """Sends it, or keeps it for a while."""
        self._late += data
        self._write(WAITING)

    def sent_until(self, numbers: int) -> bytes:
        """The next number, or b"" where there will be none. Whoever gives them may wait for what is still here."""
        while True:
            try:
                return os.read(numbers, NUMBER.size)
            except BlockingIOError:
                _, free, _ = select.select((numbers,), (self._pipe,) if self._late else (), ())
                if free:
                    self._write(WAITING)

    def _write(self, waiting: int) -> None:
        """Writes until nobody takes more and no more than this is left."""
        while self._late:
            try:
                with memoryview(self._late) as late:
                    written = os.write(self._pipe, late)
            except BlockingIOError:
                if len(self._late) <= waiting:
                    return
                select.select((), (self._pipe,), ())
            else:
                del self._late[:written]


class Inbox:
    """What came out of a worker's pipe, be it in the middle of something."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._data = bytearray()

    def read(self) -> bool:
        """Takes what is in the pipe; False where its end is."""
        data = os.read(self._pipe, WIDTH)
        self._data += data
        return bool(data)

    def taken(self) -> Iterator[Any]:
        """What came whole."""
        begin = 0
        while len(self._data) >= begin + _LENGTH.size:
            end = begin + _LENGTH.size + _LENGTH.unpack_from(self._data, begin)[0]
            if len(self._data) < end:
                break
            with memoryview(self._data) as data:
                told = pickle.loads(data[begin + _LENGTH.size : end])
            begin = end
            yield told
        del self._data[:begin]


def written(told: object) -> bytes:
    data = pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def send(out: BinaryIO, told: object) -> None:
    out.write(written(told))
    out.flush()


def received(pipe: BinaryIO) -> Any:
    """The next thing that the other side sent; None where it ended, be it in the middle of that."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    data = pipe.read(length)
    return pickle.loads(data) if len(data) == length else None
