"""A mirror or a copy comes in; its files as a server shows them go out: those that were signed, and no others.

A mirror may turn to a new copy at any moment: whoever shows it looks whether it has.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.carriers.zipped import Zipped
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of
from auzolan.mirror.place import Place
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.reading import Unreadable, open_plain
from auzolan.mirror.refused import Refused
from auzolan.mirror.said import is_called_as_one
from auzolan.mirror.state import STATE
from auzolan.mirror.taking import Tell, plain_files
from auzolan.mirror.verifying import verify
from auzolan.model.errors import AuzolanError

MAX_SHOWN = 4_000_000_000
"""Bytes of a file, at most: what is larger was not signed."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What is shown. `files` has the sha256 of each by its path, "" of statements, which are not named by the edition. `verified` is when every
    byte was read; `left_out` are files that are not as they were signed."""

    carrier: Folder | Zipped
    proven: Proven
    files: Mapping[str, str]
    verified: datetime.datetime
    left_out: tuple[str, ...] = field(default=())

    def size(self, path: str) -> int | None:
        """Bytes of a file; None where it is not there, or no plain file."""
        if path not in self.files:
            return None
        if isinstance(self.carrier, Zipped):
            member = self.carrier.files.get(self.carrier.top + path)
            return member.file_size if member else None
        try:
            opened = open_plain(self.carrier.folder, path)
        except (Refused, Unreadable):
            return None
        if opened is None:
            return None
        try:
            return os.fstat(opened).st_size
        finally:
            os.close(opened)

    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        """The file from a byte on. Raises Refused or AuzolanError where it is not there any more."""
        found = self.carrier.fetch(path, start, MAX_SHOWN)
        if found is None:
            raise Refused("missing", f"`{path}` is not there", "auzolan mirror repair")
        return found[1]


def stamp(where: Path) -> tuple[int, int] | None:
    """Something that is another after a mirror has turned to a new copy."""
    try:
        told = (where / STATE).stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino


def shown(where: Path, now: datetime.datetime, tell: Tell) -> Copy:
    """The copy, proven. A mirror's is believed to be as it was when it came; any other is read whole first. Raises Refused where it is
    not authentic, AuzolanError where it cannot be read."""
    place = Place(where)
    state = place.state() if where.is_dir() else None
    if state is not None:
        place.link(state)
        folder = Folder(place.current(state))
        proven = prove(folder.read, state.known, now)
        sums = folder.read(SUMS, min(proven.edition.sums_size, MAX_SUMS))
        files = files_of(sums or b"", proven.edition)
        return Copy(folder, proven, {**files, **dict.fromkeys((SUMS, *state.statements), "")}, state.synced)
    carrier = Folder(where) if where.is_dir() else Zipped(where)
    found = verify(where, carrier, now, tell)
    if found.refused is not None or found.proven is None:
        raise found.refused or Refused("no-edition", "it proves nothing", "auzolan serve shows any site")
    wrong = {*found.damaged, *found.missing}
    names = (
        list(plain_files(where))
        if isinstance(carrier, Folder)
        else [one.removeprefix(carrier.top) for one in carrier.files]
    )
    said = {path: "" for path in names if is_called_as_one(path) and path not in wrong}
    files = {path: digest for path, digest in found.files.items() if path not in wrong}
    return Copy(carrier, found.proven, {**files, **said}, now, tuple(sorted(wrong)))


def shown_again(where: Path, now: datetime.datetime) -> Copy | None:
    """A mirror's copy after it has turned; None where that cannot be said at this moment: then the one before goes on."""
    try:
        return shown(where, now, lambda *_: None)
    except AuzolanError:
        return None
