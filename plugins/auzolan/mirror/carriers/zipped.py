"""A zip file that holds a copy comes in; its files go out. Nothing is unpacked beside it, and nothing believed that it says of itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from auzolan.load.files import printable
from auzolan.mirror.carriers.carrier import PIECE, Patience, bounded, endless, whole
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import EDITION
from auzolan.model.errors import AuzolanError
from auzolan.model.unzips import DAMAGED, opened


class Zipped:
    """A copy in one file: the site itself, or one folder that holds it."""

    workers = 2

    def __init__(self, path: Path, patience: Patience | None = None) -> None:
        """Raises AuzolanError where there is no such file."""
        try:
            self._zip, self.files, _ = opened(path)
        except (*DAMAGED, ValueError) as problem:
            raise AuzolanError(
                f"{path} cannot be read as a zip file: {printable(str(problem))[:200]}",
                "name a zip that holds a copy, a folder, or an address",
            ) from problem
        self.where, self._patience = str(path), patience
        tops = {name.partition("/")[0] for name in self.files}
        top = f"{next(iter(tops))}/" if len(tops) == 1 else ""
        # Whoever packs a folder by hand packs the folder.
        self.top = top if EDITION not in self.files and f"{top}{EDITION}" in self.files else ""

    def read(self, path: str, most: int) -> bytes | None:
        """As every carrier's."""
        return whole(self.fetch(path, 0, most))

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """As every carrier's. What comes before `start` is unpacked too, and thrown away."""
        member = self.files.get(self.top + path)
        if member is None:
            return None
        if member.file_size > most:
            raise endless(path, most)
        return start, bounded(self._pieces(member, start), path, start, most)

    def _pieces(self, member: zipfile.ZipInfo, start: int) -> Iterator[bytes]:
        try:
            with self._zip.open(member) as file:
                at = 0
                while piece := file.read(PIECE):
                    if self._patience is not None:
                        self._patience.left()
                    at += len(piece)
                    if at > start:
                        yield piece[max(0, len(piece) - (at - start)) :]
        except DAMAGED as problem:
            said = f"`{printable(member.filename)}` in {self.where} cannot be unpacked: {printable(str(problem))[:200]}"
            raise Refused("tampered", said, "take another copy") from problem

    def prepare(self, files: Mapping[str, str], most: int, total: int, into: Path) -> None:
        """Nothing: files are unpacked one by one."""

    def close(self) -> None:
        """Closes the archive."""
        self._zip.close()
