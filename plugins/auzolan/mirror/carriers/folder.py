"""A folder comes in; its plain files go out. No link in it is followed, wherever it lies: anybody may have put it there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from auzolan.mirror.carriers.carrier import PIECE, Patience, bounded, endless, whole
from auzolan.mirror.reading import open_plain, unreadable
from auzolan.model.errors import AuzolanError


class Folder:
    """A copy in a folder: a stick, a disk of the network."""

    workers = 2

    def __init__(self, folder: Path, patience: Patience | None = None) -> None:
        """Raises AuzolanError where there is none."""
        if not folder.is_dir():
            raise AuzolanError(f"there is no folder {folder}", "name one that holds a copy, or an address")
        self.folder, self.where, self._patience = folder, str(folder), patience

    def read(self, path: str, most: int) -> bytes | None:
        """As every carrier's."""
        return whole(self.fetch(path, 0, most))

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """As every carrier's."""
        opened = open_plain(self.folder, path)
        if opened is None:
            return None
        file: BinaryIO = os.fdopen(opened, "rb", buffering=0)
        if os.fstat(opened).st_size > most:
            file.close()
            raise endless(path, most)
        file.seek(start)
        return start, bounded(self._pieces(path, file), path, start, most)

    def _pieces(self, path: str, file: BinaryIO) -> Iterator[bytes]:
        with file:
            while True:
                if self._patience is not None:
                    self._patience.left()
                try:
                    piece = file.read(PIECE)
                except OSError as problem:
                    raise unreadable(self.folder / path, problem) from problem
                if not piece:
                    return
                yield piece

    def prepare(self, files: Mapping[str, str], most: int, total: int, into: Path) -> None:
        """Nothing: files are read one by one."""

    def close(self) -> None:
        """Nothing is held open."""
