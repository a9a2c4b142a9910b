"""An output folder comes in; what in it is ours, by the records and journals of earlier builds, goes out, or away."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from auzolan.model.zips import is_inside
from auzolan.write.made import Made, Written, collisions

RECORD = "SHA256SUMS"
Wrote = tuple[str, str]
"""What a build wrote, or was about to write: a path, and the sha256 of the file. Of one path there may be several, one from
each build."""
NOTE = "record"
"""Where among a user's notes on an output folder the sha256 of its record stands; while it is replaced, of both."""
JOURNAL = "journal-"
"""How the journals of the processes of a build begin; the process follows."""
_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)\Z")


def settle(made: Mapping[str, Made], before: Iterable[Wrote], output: Path) -> Written:
    """The end of a build: what earlier builds wrote (`before`) and this one did not make is removed. The old record stays
    until that is done: should the build be killed, it tells what was to go. Raises UnwritableOutput where two files would
    be one."""
    collisions(made)
    removed = remove((one for one in before if one[0] not in made and one[0] != RECORD), output)
    return Written(len(made), sum(one.written for one in made.values()), removed)


def recorded(output: Path, notes: Path | None, was: Mapping[str, Made] | None = None) -> list[Wrote]:
    """What the last build left (`was`, as far as it is remembered), and what the record in the output folder says is ours.
    Anybody may put a list of sums into a folder: it counts only where `notes`, which are this user's own, say that the
    last build wrote it."""
    was = was or {}
    record, known = output / RECORD, [(path, one.digest) for path, one in was.items()]
    try:
        digest = _digest(record) if notes is not None and not record.is_symlink() else ""
        if notes is None or digest not in _noted(notes) or (RECORD in was and digest == was[RECORD].digest):
            return known  # of a record of what is known anyway, no line is read
        return [*_ours(record.read_text("utf-8").splitlines()), *known]
    except (OSError, UnicodeDecodeError):
        return known


def is_unfinished(notes: Path) -> bool:
    """Whether the last build into this folder did not come to its end."""
    return any(path.is_file() for path in notes.glob(f"{JOURNAL}*"))


def journalled(notes: Path, output: Path) -> list[Wrote]:
    """What builds that did not finish may have written. Their unfinished files go."""
    found: list[Wrote] = []
    for journal in sorted(path for path in notes.glob(f"{JOURNAL}*") if path.is_file()):
        try:
            lines = journal.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        ours = _ours(lines)
        found += ours
        leftover = f".auzolan-{journal.name.removeprefix(JOURNAL)}"
        for folder in {os.path.dirname(path) for path, _ in ours}:  # noqa: PTH120
            if not (output / folder).resolve().is_relative_to(output.resolve()):
                continue
            for path in (output / folder).glob(f"{leftover}*"):
                with suppress(OSError):
                    path.unlink()
    return found


def expect(notes: Path, digest: str) -> None:
    """A record with this sha256 is about to take the place of the old one: either is ours, whichever lies there."""
    with suppress(OSError):
        _note(notes, [*_noted(notes), digest])


def finished(notes: Path, output: Path) -> None:
    """A build came to its end: its record is noted as ours, and its journals go."""
    with suppress(OSError):
        _note(notes, [_digest(output / RECORD)])
    for journal in notes.glob(f"{JOURNAL}*"):
        with suppress(OSError):
            journal.unlink()


def _noted(notes: Path) -> list[str]:
    try:
        return (notes / NOTE).read_text("ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def _note(notes: Path, digests: Iterable[str]) -> None:
    """In one move: a note that is half written would make all that was written somebody else's."""
    notes.mkdir(parents=True, exist_ok=True)
    (notes / f"{NOTE}.new").write_text("".join(f"{digest}\n" for digest in digests), "ascii")
    (notes / f"{NOTE}.new").replace(notes / NOTE)


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def remove(before: Iterable[Wrote], output: Path) -> int:
    """Removes files that earlier builds wrote, each only where it still is what one of them wrote. How many are gone."""
    base = output.resolve()
    digests: dict[str, set[str]] = {}
    for path, digest in before:
        digests.setdefault(path, set()).add(digest)
    return sum(_remove(path, known, base) for path, known in digests.items())


def _ours(lines: Iterable[str]) -> list[Wrote]:
    found = (_LINE.match(line) for line in lines)
    return [(match[3], match[2]) for match in found if match and not match[1] and is_inside(match[3])]


def _remove(path: str, digests: Collection[str], base: Path) -> bool:
    target = base / path
    removed = False
    with suppress(OSError):
        if target.is_symlink() or not target.resolve().is_relative_to(base):
            return False
        if target.exists():
            if hashlib.sha256(target.read_bytes()).hexdigest() not in digests:
                return False
            target.unlink()
            removed = True
        for folder in target.parents:
            if folder == base:
                break
            folder.rmdir()
    return removed
