"""Packed values come in; they lie on disk while a build runs, and go out wherever in it they are asked for.

A large commons does not fit into memory in the shape in which it is worked on. What was made of one file, or of one entry, is
put down until somebody asks; a process that is forked after that asks the same file, so nothing is handed over or copied.
"""

from __future__ import annotations

import io
import os
import pickle
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from auzolan.ledger.store import unpacked

V = TypeVar("V")
Place = int
"""Where a value lies: its offset and, in the lower bits, its length."""
ROOM = 4 << 20
"""So many bytes stay in memory before they are written."""
MOST = 2_000
"""Values that a Shelved keeps unpacked."""
_BITS = 32


class Shelf:
    """Bytes by the place where they were put. One process puts; those forked from it may get what was put before."""

    def __init__(self, folder: Path | None = None) -> None:
        """The file lies in `folder`, or where that cannot be, where temporary files lie; it has no name there, so that nothing
        is left behind by a build that is killed."""
        self._folder = folder
        self._file: BinaryIO | None = None
        self._written = 0
        self._late = bytearray()
        self._room = ROOM
        self.numbers: dict[str, int] = {}

    def number(self, ids: Iterable[str]) -> list[int]:
        """The numbers of ids; those that were never numbered get the next ones."""
        numbers = self.numbers
        return [numbers.setdefault(id_, len(numbers)) for id_ in ids]

    def put(self, values: Iterable[bytes]) -> list[Place]:
        """Puts values down."""
        places: list[Place] = []
        for data in values:
            places.append((self._written + len(self._late)) << _BITS | len(data))
            self._late += data
        if len(self._late) >= self._room:
            self._write()
        return places

    def settle(self) -> bool:
        """Puts all that is there onto the disk, so that the process that forked this one may get it (`heard`); a file is made where
        there was none. Whether that could be."""
        self._write()
        return not self._late

    def told(self, value: object) -> tuple[bytes, int]:
        """A value as bytes, in which this shelf and what stands on it is only named; for `heard` in the process that forked
        this one. Nothing may be late."""
        out = io.BytesIO()
        pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = lambda one: True if one is self else None  # type: ignore[method-assign]
        pickler.dump((self.numbers, value))
        return out.getvalue(), self._written

    def heard(self, told: tuple[bytes, int]) -> Any:
        """The value again. What the other process put is on this shelf from now on."""
        data, self._written = told
        unpickler = pickle.Unpickler(io.BytesIO(data))
        unpickler.persistent_load = lambda _: self  # type: ignore[method-assign]
        self.numbers, value = unpickler.load()
        return value

    def get(self, place: Place) -> bytes:
        """What was put there."""
        offset, length = place >> _BITS, place & ((1 << _BITS) - 1)
        if offset >= self._written:
            return bytes(self._late[offset - self._written : offset - self._written + length])
        assert self._file is not None
        return _read(self._file, offset, length)

    def close(self) -> None:
        """Lets go of the file."""
        if self._file is not None:
            self._file.close()

    def _write(self) -> None:
        """Where the disk has no room, all that is not on it stays in memory."""
        try:
            if self._file is None:
                self._file = _unnamed(self._folder)
            self._file.seek(self._written)
            if self._file.write(self._late) < len(self._late):
                raise OSError("there is no more room")
        except OSError:
            self._room *= 1 << 20
        else:
            self._written += len(self._late)
            self._late = bytearray()


def _unnamed(folder: Path | None) -> BinaryIO:
    import tempfile  # a build that finds nothing changed needs no file

    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=folder, buffering=0)
        except OSError:
            pass
    return tempfile.TemporaryFile(buffering=0)


def _read(file: BinaryIO, offset: int, length: int) -> bytes:
    if hasattr(os, "pread"):
        # The place in the file is shared with every process that was forked, so none is to move it.
        return os.pread(file.fileno(), length, offset)
    file.seek(offset)
    return file.read(length)


class Shelved(Mapping[str, V]):
    """Values by id; each is unpacked when it is asked for, and the last ones once. Ids are numbered by their shelf, so that of each
    value eight bytes are at hand. They come in the order in which they are numbered."""

    def __init__(self, shelf: Shelf, most: int = MOST) -> None:
        """Of so many the unpacked value is kept."""
        self._shelf, self._most = shelf, most
        self._places = array("Q")
        self._count = 0
        self._live: dict[str, V] = {}

    def put(self, values: Mapping[str, bytes]) -> None:
        """Puts down packed values by id; one that was there is replaced. None is empty."""
        places = self._shelf.put(values.values())
        numbers = self._shelf.number(values)
        if len(self._places) < len(self._shelf.numbers):
            self._places.extend(repeat(_NOWHERE, len(self._shelf.numbers) - len(self._places)))
        for number, place in zip(numbers, places, strict=True):
            self._count += self._places[number] == _NOWHERE
            self._places[number] = place
        for id_ in values if self._live else ():
            self._live.pop(id_, None)

    def packed(self, id_: str) -> bytes | None:
        """A value as it was put; None where there is none."""
        place = self._place(id_)
        return None if place == _NOWHERE else self._shelf.get(place)

    def rows(self) -> Iterator[tuple[str, bytes]]:
        """All values as they were put, by the order of their ids: so a store takes them fastest."""
        return ((id_, self._shelf.get(self._place(id_))) for id_ in sorted(self))

    def __getitem__(self, id_: str) -> V:
        if id_ in self._live:
            return self._live[id_]
        data = self.packed(id_)
        if data is None:
            raise KeyError(id_)
        value: Any = unpacked(data)
        if len(self._live) >= self._most:
            self._live.clear()
        self._live[id_] = value
        found: V = value
        return found

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, place in zip(self._shelf.numbers, self._places, strict=False) if place != _NOWHERE)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, id_: object) -> bool:
        return self._place(id_) != _NOWHERE

    def _place(self, id_: object) -> Place:
        number = self._shelf.numbers.get(id_, len(self._places))  # type: ignore[call-overload]
        return self._places[number] if number < len(self._places) else _NOWHERE


_NOWHERE: Place = 0
"""A value that is not empty lies in no such place."""
