"""A zip file that comes from anywhere comes in; its members that may be files of a site go out.

Names in it are only ever looked up, never opened as paths, and no more of it is in memory at once than a piece.
"""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections import Counter
from pathlib import Path

from auzolan.model.zips import is_folder, is_inside

MAX_FILE = 1_000_000_000
"""Bytes of one file, unpacked: a larger one is a bomb, or nothing that a page shows."""
MAX_DIRECTORY = 64_000_000
"""Bytes of the directory of the zip, which is read at once: enough for half a million files."""
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, NotImplementedError, RuntimeError, EOFError)
"""What `zipfile` raises where an archive is not what it says."""


class _Bounded(io.FileIO):
    """A file of which nobody reads very much at once: `zipfile` takes an archive's word for the size of its directory."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As every file's, but refused where it asks for more than a directory may have."""
        if size is None or size > MAX_DIRECTORY:
            raise zipfile.BadZipFile("its directory is too large")
        return super().read(size) or b""


def opened(path: Path) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo], int]:
    """The archive, its members by name, and how many were left out: their name leads out of the site or stands twice, or they are
    links, encrypted, or larger than MAX_FILE. Raises one of DAMAGED, or ValueError."""
    archive = zipfile.ZipFile(_Bounded(path))
    members = [one for one in archive.infolist() if not is_folder(one.filename)]
    often = Counter(one.filename for one in members)
    files = {one.filename: one for one in members if often[one.filename] == 1 and _is_shown(one)}
    return archive, files, len(members) - len(files)


def _is_shown(member: zipfile.ZipInfo) -> bool:
    mode = member.external_attr >> 16
    plain = not stat.S_IFMT(mode) or stat.S_ISREG(mode)
    # `orig_filename` holds what `filename` no longer shows: a NUL and all that follows it, a system's own separator.
    written = member.orig_filename
    encrypted = member.flag_bits & 1
    return plain and not encrypted and member.file_size <= MAX_FILE and is_inside(written) and written.isprintable()
