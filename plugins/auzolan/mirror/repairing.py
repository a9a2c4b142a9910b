"""A damaged copy and a second one come in; the first goes out whole, and what of it could not be had.

Only what is damaged or missing is taken, from wherever it can be had: who gives it does not matter, since every file is known
by its hash.
"""

from __future__ import annotations

import datetime
import hashlib
import shutil
from collections.abc import Mapping
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

from auzolan.mirror.carriers.carrier import Carrier
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of
from auzolan.mirror.place import Place, put, refusals
from auzolan.mirror.proving import Known, Proven, prove, walk
from auzolan.mirror.refused import Refused
from auzolan.mirror.said import Noted, most_of, statements_of
from auzolan.mirror.state import State
from auzolan.mirror.statements import EDITION, MAX_STATEMENT, TRUST, Edition, edition_of
from auzolan.mirror.taking import Tell, fetched, look_at, side_by_side
from auzolan.mirror.told import beside
from auzolan.mirror.verifying import Verified, verify


@dataclass(slots=True)
class Repaired:
    """What was done. `after` is what a look at the whole copy found then; `failed` says by path why a file could not be had."""

    after: Verified
    mended: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)


def repair(
    where: Path, other: Carrier, now: datetime.datetime, tell: Tell, *, pinned: str = "", remove_foreign: bool = False
) -> Repaired:
    """Mends a mirror's current copy, or a copy in a folder. Raises Refused where nothing says what the copy should be, AuzolanError
    where nothing can be read or written."""
    place = Place(where)
    state = place.state()
    copy = place.current(state) if state else where
    with place.alone() if state else nullcontext(), refusals(where), ExitStack() as then:
        copy.mkdir(parents=True, exist_ok=True)
        incoming = place.incoming if state else where / ".incoming"
        incoming.mkdir(exist_ok=True)
        then.callback(shutil.rmtree, incoming, ignore_errors=True)
        done = Repaired(verify(where, Folder(copy), now, tell, pinned))
        if done.after.is_whole:
            return done
        _statements(copy, state, other, now, pinned, done)
        found = verify(where, Folder(copy), now, tell, pinned)
        if found.refused is not None:
            raise found.refused
        _files(copy, found, other, incoming, done, tell)
        done.after = verify(where, Folder(copy), now, tell, pinned)
        for path in list(done.after.foreign) if remove_foreign else ():
            _remove(copy / path)
            done.removed.append(path)
            done.after.foreign.remove(path)
    done.mended.sort()
    return done


def _files(copy: Path, found: Verified, other: Carrier, incoming: Path, done: Repaired, tell: Tell) -> None:
    assert found.proven is not None
    largest = found.proven.edition.largest
    wanted = {path: found.files[path] for path in (*found.damaged, *found.missing) if path in found.files}
    if wanted:
        other.prepare(wanted, largest, found.proven.edition.size, incoming)
    count = [0]

    def mend(path: str) -> None:
        try:
            _clear(copy, path)
            fetched(other, path, wanted[path], largest, incoming, copy, lambda size: None)
            done.mended.append(path)
        except Refused as problem:
            done.failed[path] = str(problem)
        count[0] += 1
        tell("mending", count[0], len(wanted))

    side_by_side(wanted, other.workers, mend)


def _clear(copy: Path, path: str) -> None:
    """Nothing lies at this path any more, and folders alone on the way there: a link would lead what is written elsewhere."""
    place = copy
    for part in path.split("/")[:-1]:
        place /= part
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            place.unlink()
            return
    _remove(copy / path)


def _remove(target: Path) -> None:
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


def _statements(
    copy: Path, state: State | None, other: Carrier, now: datetime.datetime, pinned: str, done: Repaired
) -> None:
    if state is not None:
        for path, data in _known_statements(copy, state, other, done).items():
            _place(copy, path, data, done)
        edition = Folder(copy).read(EDITION, most_of(EDITION))
        if edition is not None:
            _sums(copy, edition_of(edition), other, done)
        return
    before = done.after
    theirs, read = _theirs(copy, before, other, now, pinned)
    if theirs is None:
        return
    for path, data in statements_of(theirs, read, {}).items():
        mine = look_at(copy, path, most_of(path))
        wanted = before.proven is None or path in before.damaged or (mine is None and path.startswith("trust/"))
        if wanted and (mine is None or mine[0] != hashlib.sha256(data).hexdigest()):
            _place(copy, path, data, done)
    _sums(copy, theirs.edition, other, done)


def _known_statements(copy: Path, state: State, other: Carrier, done: Repaired) -> Mapping[str, bytes]:
    """Those of a mirror that are not as they were; it knows their hashes, and some by heart."""
    by_heart = {TRUST.format(state.trust.version): state.trust.data, **dict(beside([state.trust]))}
    found: dict[str, bytes] = {}
    for path, digest in state.statements.items():
        mine = look_at(copy, path, most_of(path))
        if mine is not None and mine[0] == digest:
            continue
        data = by_heart.get(path)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            with suppress(Refused):
                data = other.read(path, most_of(path))
        if data is None:
            done.failed[path] = f"`{path}` is not there"
        elif hashlib.sha256(data).hexdigest() != digest:
            done.failed[path] = f"`{path}` says something else there: `auzolan mirror sync` takes the newest"
        else:
            found[path] = data
    return found


def _theirs(
    copy: Path, before: Verified, other: Carrier, now: datetime.datetime, pinned: str
) -> tuple[Proven | None, Noted]:
    """What the other copy proves to whoever trusts this one's list, if it is of the same edition."""
    read = Noted(other.read)
    mine = Folder(copy)
    known = None
    if before.proven is not None:
        known = Known(before.proven.trust)
    elif not pinned:
        try:
            known = Known(walk(mine.read, None)[-1])
        except Refused as problem:
            raise Refused(problem.threat, f"nothing in this copy says any more who may sign it: {problem}",
                          "ask those who sign for the sha256 of their trust list, and name it: --trust") from problem  # fmt: skip
    try:
        theirs = prove(read, known, now, pinned)
        if known is not None:  # the copy carries all versions, and whoever reads it may know the first alone
            walk(read, None)
    except Refused:
        if before.proven is None:
            raise
        return None, read
    if before.proven is not None:
        return (theirs if before.proven.edition.digest == theirs.edition.digest else None), read
    sums, edition = look_at(copy, SUMS, MAX_SUMS), look_at(copy, EDITION, MAX_STATEMENT)
    if not (sums and sums[0] == theirs.edition.sums) and not (edition and edition[0] == theirs.edition.digest):
        raise Refused("mix-and-match", "the other copy is not of the edition that this one was, as far as can be told",
                      "sync a mirror from it instead: auzolan mirror sync")  # fmt: skip
    return theirs, read


def _sums(copy: Path, edition: Edition, other: Carrier, done: Repaired) -> None:
    mine = look_at(copy, SUMS, MAX_SUMS)
    if mine is not None and mine[0] == edition.sums:
        return
    data = other.read(SUMS, min(edition.sums_size, MAX_SUMS))
    if data is None:
        raise Refused("missing", f"{SUMS} is not there", "take another copy")
    files_of(data, edition)
    _place(copy, SUMS, data, done)


def _place(copy: Path, path: str, data: bytes, done: Repaired) -> None:
    _clear(copy, path)
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    put(copy / path, data)
    done.mended.append(path)
