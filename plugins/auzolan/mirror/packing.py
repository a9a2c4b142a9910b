"""A copy comes in; the same in one file goes out, always of the same bytes; and what either takes on a stick."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from auzolan.mirror.names import is_statement
from auzolan.mirror.reading import digest_of, reader
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import EDITION, MAX_STATEMENT, Edition, edition_of
from auzolan.model.errors import AuzolanError
from auzolan.write.archive import Packed
from auzolan.write.made import refusal

ENDINGS = (".zip", ".tar.gz")
CLUSTER = 128 * 1024
"""Bytes of the smallest piece that a large stick, as it is sold, gives to a file (exFAT, FAT32)."""
SLOW_BYTES, SLOW_FILES = 5_000_000, 25
"""Bytes and files a second that a cheap stick of USB 2 takes: a guess on the safe side, told with whatever is reckoned by it. Each file
costs writes of its own, to the folder and to the table of clusters."""
MAX_FILE = 1_000_000_000
"""Bytes of one file that is packed: they are in memory at once."""


def pack(copy: Path, files: Iterable[str], edition: Edition, archive: Path, tell: Callable[[int], None]) -> None:
    """Writes the files of a copy into a zip or tar.gz, whole or not at all. A file's time in it is the edition's. Raises
    AuzolanError."""
    if archive.name.endswith(".zip"):
        read = reader(copy)
        with Packed(archive, edition.date.date()) as packed:
            for done, path in enumerate(sorted(files)):
                tell(done)
                data = read(path, MAX_FILE)
                if data is None:
                    raise _missing(copy, path)
                packed.add(path, data)
    elif archive.name.endswith(".tar.gz"):
        _tar(copy, sorted(files), int(edition.date.timestamp()), archive, tell)
    else:
        raise AuzolanError(
            f"{archive.name} is neither a zip nor a tar.gz", "name a file that ends in " + " or ".join(ENDINGS)
        )


def _tar(copy: Path, files: Iterable[str], time: int, archive: Path, tell: Callable[[int], None]) -> None:
    read = reader(copy)
    unfinished = None
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".auzolan-", suffix=".tar.gz", dir=archive.parent)
        unfinished = Path(name)
        # No name and no time of its own: they would make each archive another one.
        with (
            os.fdopen(handle, "wb") as out,
            gzip.GzipFile("", "wb", 6, out, 0) as squeezed,
            tarfile.open(fileobj=squeezed, mode="w", format=tarfile.PAX_FORMAT) as tar,
        ):
            for done, path in enumerate(files):
                tell(done)
                data = read(path, MAX_FILE)
                if data is None:
                    raise _missing(copy, path)
                _add(tar, path, data, time)
        unfinished.chmod(0o644)
        unfinished.replace(archive)
    except OSError as problem:
        raise refusal(archive, problem) from problem
    finally:
        if unfinished is not None:
            with suppress(OSError):
                unfinished.unlink()


def _add(tar: tarfile.TarFile, path: str, data: bytes, time: int) -> None:
    one = tarfile.TarInfo(path)
    one.size, one.mtime, one.mode = len(data), time, 0o644
    tar.addfile(one, io.BytesIO(data))


def _missing(copy: Path, path: str) -> AuzolanError:
    return AuzolanError(f"`{path}` is gone from {copy}", "build it again, or take another copy")


def edition_in(copy: Path) -> Edition:
    """The edition that lies in a folder, whoever signed it. Raises AuzolanError where there is none."""
    data = reader(copy)(EDITION, MAX_STATEMENT) if copy.is_dir() else None
    if data is None:
        raise AuzolanError(f"{copy} holds no edition", "auzolan edition make, or put")
    return edition_of(data)


def statements_in(copy: Path) -> list[str]:
    """The files of a copy that belong to its edition and not to the site, SHA256SUMS with them."""
    found = (path.relative_to(copy).as_posix() for path in (*copy.glob("*"), *copy.glob("trust/*")) if path.is_file())
    return sorted(path for path in found if is_statement(path))


def whole(copy: Path, files: dict[str, str], tell: Callable[[int], None]) -> None:
    """Raises Refused where a file is not what the edition says: nothing damaged is handed on."""
    for done, (path, digest) in enumerate(files.items()):
        tell(done)
        found = digest_of(copy, path)
        if found is None or found[0] != digest:
            raise Refused(
                "tampered",
                f"`{path}` of {copy} is not what its edition says",
                "auzolan mirror repair, or build it again",
            )


def on_stick(sizes: Iterable[int], folders: int, cluster: int = CLUSTER) -> int:
    """Bytes that files of these sizes, and their folders, take where each takes whole clusters."""
    return (sum(-(-size // cluster) for size in sizes) + folders) * cluster


@dataclass(frozen=True, slots=True)
class Carried:
    """What a copy is on a stick: `files` of `size` bytes together, which take `taken` bytes there; `seconds` is about how long a slow
    stick takes to write them."""

    files: int
    size: int
    taken: int

    @property
    def seconds(self) -> float:
        """By SLOW_BYTES and SLOW_FILES."""
        return self.size / SLOW_BYTES + self.files / SLOW_FILES


def carried(copy: Path, paths: Iterable[str]) -> Carried:
    """What the files of a copy in a folder are on a stick; those that are not there are left out. Nothing is read."""
    there = [path for path in paths if (copy / path).is_file()]
    sizes = [(copy / path).stat().st_size for path in there]
    return Carried(len(there), sum(sizes), on_stick(sizes, folders_of(there)))


def folders_of(files: Iterable[str]) -> int:
    """In how many folders these lie, the root counted."""
    return len({str(parent) for path in files for parent in PurePosixPath(path).parents})
