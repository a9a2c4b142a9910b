"""Files come in, from several processes and in any order; one zip file that holds them all, sorted, goes out.

Each process appends what it makes to one file of its own in a temporary folder: however many files a site has, the disk
holds as many as there are processes, and memory none of them.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from auzolan.model.pages import File
from auzolan.write.archive import Packed
from auzolan.write.made import Made, UnwritableOutput, Written, collisions, refusals
from auzolan.write.ours import RECORD

_SPOOL = ".auzolan-spool-"
"""How the folder of a spool is called; its process and some letters follow."""


class Spool:
    """What a build writes into that makes one zip file: as `write.Folder`. Nothing of an earlier build is known here."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.before: Mapping[str, Made] = {}
        self._own: tuple[int, BinaryIO] | None = None
        with refusals(output):
            output.parent.mkdir(parents=True, exist_ok=True)
            _clear(output.parent)
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_SPOOL}{os.getpid()}-", dir=output.parent))

    def put(self, file: File) -> Made:
        """Keeps a file. Raises UnwritableOutput where the disk refuses."""
        with refusals(self.output):
            process, out = self._mine()
            at = out.tell()
            out.write(file.data)
            out.flush()
        return Made(file.path, hashlib.sha256(file.data).hexdigest(), len(file.data), at, True, process)

    def stream(self, path: str) -> SpoolStream:
        """A file that comes in pieces."""
        with refusals(self.output):
            return SpoolStream(self, path, self._folder / f"large-{hashlib.sha256(path.encode()).hexdigest()[:16]}")

    def close(self) -> None:
        """Ends this process' file."""
        if self._own is not None and self._own[0] == os.getpid():
            self._own[1].close()
        self._own = None

    def drop(self) -> None:
        """Deletes what was kept."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def pack(self, made: Iterable[Made], day: datetime.date | None) -> Written:
        """Writes the zip file. `day` is the date of every file in it."""
        files = sorted(made, key=lambda one: one.path)
        collisions(one.path for one in files)
        open_: dict[int, BinaryIO] = {}
        try:
            with refusals(self.output), Packed(self.output, day) as packed:
                for one in files:
                    if one.process not in open_:
                        open_[one.process] = self._path(one.process).open("rb")
                    open_[one.process].seek(one.time)
                    packed.add(one.path, open_[one.process].read(one.size))
        finally:
            for file in open_.values():
                file.close()
        return Written(len(files), len(files) if packed.changed else 0, 0)

    def _mine(self) -> tuple[int, BinaryIO]:
        process = os.getpid()
        if self._own is None or self._own[0] != process:
            self._own = process, self._path(process).open("ab")
        return self._own

    def _path(self, process: int) -> Path:
        return self._folder / str(process)


def _clear(folder: Path) -> None:
    """Deletes the spools of builds that were ended."""
    for spool in folder.glob(f"{_SPOOL}*-*"):
        process = spool.name.removeprefix(_SPOOL).partition("-")[0]
        ended = Path("/proc/self").exists() and not Path(f"/proc/{process}").exists()
        if process.isdecimal() and ended and not spool.is_symlink():
            shutil.rmtree(spool, ignore_errors=True)


class SpoolStream:
    """A file that is being written: as `write.Stream`."""

    def __init__(self, spool: Spool, path: str, place: Path) -> None:
        self._spool, self._path, self._place = spool, path, place
        self._out = place.open("w+b")

    def write(self, piece: bytes | memoryview) -> None:
        """Adds a piece."""
        with refusals(self._spool.output):
            self._out.write(piece)

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes of what was written, from an offset."""
        self._out.seek(offset)
        found = self._out.read(size)
        self._out.seek(0, os.SEEK_END)
        return found

    def end(self) -> Made:
        """The file is whole. Of the large files of a site, one after the other is in memory."""
        with refusals(self._spool.output):
            self._out.seek(0)
            data = self._out.read()
            self.drop()
        return self._spool.put(File(self._path, data))

    def drop(self) -> None:
        """Gives the file up."""
        self._out.close()
        self._place.unlink(missing_ok=True)


def replaceable(output: Path) -> None:
    """Raises UnwritableOutput where what lies there is no site that was packed."""
    if not os.path.lexists(output):
        return
    try:
        with zipfile.ZipFile(output) as there:
            is_site = RECORD in there.namelist()
    except (OSError, zipfile.BadZipFile, ValueError):
        is_site = False
    if not is_site:
        raise UnwritableOutput(
            f"{output} is there already, and is no packed site", "move it away, or name another file"
        )
