"""Files come in; an output folder that holds just them, beside what is not ours, goes out."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File

RECORD = "SHA256SUMS"
_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)\Z")


class UnwritableOutput(AuzolanError):
    """The output folder cannot hold the site."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, how many of them were written, how many that are no longer part of it removed."""

    files: int
    written: int
    removed: int


def write(files: Iterable[File], output: Path) -> Written:
    """Writes what differs, and removes what an earlier build wrote (its record says so, by name and hash) and this one
    did not. Raises UnwritableOutput where two files would meet, a path leaves the folder, or the disk refuses."""
    before = recorded(output)
    now: set[str] = set()
    folded: dict[str, str] = {}
    written = 0
    with _told(output):
        output.mkdir(parents=True, exist_ok=True)
        base = output.resolve()
    for file in files:
        meets = folded.setdefault(unicodedata.normalize("NFC", file.path).casefold(), file.path)
        if meets != file.path or file.path in now:
            raise UnwritableOutput(f"`{file.path}` and `{meets}` would be one file", "rename one of the entries")
        now.add(file.path)
        with _told(output):
            written += _write(file, base)
    removed = sum(_remove(path, digest, base) for path, digest in before.items() if path not in now)
    return Written(len(now), written, removed)


@contextmanager
def _told(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise UnwritableOutput(f"{output} cannot be written: {reason}", "is the disk full?") from problem


def recorded(output: Path) -> dict[str, str]:
    """What the record in the output folder says is ours: path → sha256; nothing where there is no readable record."""
    try:
        lines = (output / RECORD).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_LINE.match(line) for line in lines)
    return {match[3]: match[2] for match in found if match and not match[1] and _is_inside(match[3])}


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    return not any(part in ("", ".", "..") or any(sign in part for sign in "\\:\0") for part in parts)


def _write(file: File, base: Path) -> bool:
    if not _is_inside(file.path):
        raise UnwritableOutput(f"`{file.path}` would lie outside the output folder")
    target = base / file.path
    for folder in target.parents:
        if folder == base:
            break
        if folder.is_symlink():
            raise UnwritableOutput(
                f"`{file.path}` would lie outside the output folder", f"`{folder.name}` in it is a symbolic link"
            )
    try:
        # A link in the output folder may lead out of it: it is neither read nor written through.
        if not target.is_symlink() and target.stat().st_size == len(file.data) and target.read_bytes() == file.data:
            return False
    except OSError:
        pass
    target.parent.mkdir(parents=True, exist_ok=True)
    # A reader, or a server, never meets half a file; and a killed build leaves none.
    handle, name = tempfile.mkstemp(prefix=".auzolan-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(file.data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _remove(path: str, digest: str, base: Path) -> bool:
    target = base / path
    try:
        if target.is_symlink() or not target.resolve().is_relative_to(base):
            return False
        if hashlib.sha256(target.read_bytes()).hexdigest() != digest:
            return False
        target.unlink()
        for folder in target.parents:
            if folder == base:
                break
            folder.rmdir()
    except OSError:
        return not target.exists()
    return True
