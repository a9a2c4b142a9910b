"""A place where a copy lies comes in; a mirror that has the same copy goes out, if that one is authentic and not older.

First what is said about the copy, then its list of files, then the files that differ: nothing is fetched for an edition that
nobody signed. The mirror turns to the new copy when all of it is there.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auzolan.load.files import printable
from auzolan.mirror.carriers.carrier import Carrier
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of, listed
from auzolan.mirror.place import Place, refusals
from auzolan.mirror.proving import Proven, prove, walk
from auzolan.mirror.refused import Refused
from auzolan.mirror.said import Noted, most_of, statements_of
from auzolan.mirror.state import State
from auzolan.mirror.statements import TRUST
from auzolan.mirror.taking import Source, Tell, take


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found. `first`: nothing was known before, so that somebody should compare the trust list. `changed`: the mirror has
    another copy now, or would have. Files: `fetched`, of so many bytes; `linked` to those of the copy before; `found` of a run that
    was ended. `warnings` are sentences."""

    proven: Proven
    first: bool = False
    changed: bool = False
    fetched: int = 0
    fetched_bytes: int = 0
    linked: int = 0
    found: int = 0
    warnings: tuple[str, ...] = ()


def sync(
    place: Place, carrier: Carrier, now: datetime.datetime, *, pinned: str = "", keep: int = 0, dry_run: bool = False,
    tell: Tell = lambda what, done, of: None,
) -> Synced:  # fmt: skip
    """Brings the mirror to the edition that the carrier has. `pinned` is the sha256 of a version of the trust list that was told by
    other ways. Raises Refused where that edition is not to be taken, AuzolanError where nothing can be said or written."""
    if dry_run:
        return _sync(place, carrier, now, pinned, keep, True, tell)
    place.make()
    with place.alone():
        return _sync(place, carrier, now, pinned, keep, False, tell)


def _sync(
    place: Place, carrier: Carrier, now: datetime.datetime, pinned: str, keep: int, dry_run: bool, tell: Tell
) -> Synced:
    state = place.state()
    if not dry_run:
        place.tidy(state)
    tell("reading what is said about the copy", 0, 0)
    noted = Noted(carrier.read)
    proven = prove(noted, state.known if state else None, now, "" if state else pinned)
    old = _statements(place, state)
    if state and pinned:
        _is_pinned(pinned, proven, old)
    if state and TRUST.format(1) not in old:
        _read_first_lists(noted, state)
    statements = statements_of(proven, noted, old)
    told = Synced(proven, state is None, warnings=_warnings(proven, now))
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in statements.items()}
    if state and hashes == state.statements and place.current(state).is_dir():
        if not dry_run:
            place.sweep()
            place.save(replace(state, looked=now, newest=max(proven.newest, state.newest), origin=_origin(carrier)))
        return told
    sums = _sums(carrier, proven, place, state)
    files = files_of(sums, proven.edition)
    before, known = _before(place, state)
    if dry_run:
        differ = sum(known.get(path) != digest for path, digest in files.items())
        return replace(told, changed=True, fetched=differ, linked=len(files) - differ)
    counts = take(Source(carrier, proven.edition, files, before, known), place.staging, place.incoming, tell)
    with refusals(place.root):
        for path, data in {SUMS: sums, **statements}.items():
            (place.staging / path).parent.mkdir(exist_ok=True)
            (place.staging / path).write_bytes(data)
    kept = [state.copy, *state.kept][:keep] if state else []
    edition = proven.edition
    new = State(
        _origin(carrier), proven.trust, edition.serial, edition.digest, proven.trust.version, proven.newest,
        place.free_name(edition.serial, edition.digest), now, now, tuple(kept), hashes, edition.site,
    )  # fmt: skip
    tell("turning to the new copy", 0, 0)
    place.switch(new, place.staging)
    return replace(told, changed=True, fetched=counts.fetched, fetched_bytes=counts.fetched_bytes, linked=counts.linked,
                   found=counts.found)  # fmt: skip


def _origin(carrier: Carrier) -> str:
    return printable(carrier.where)[:4_000]


def _statements(place: Place, state: State | None) -> dict[str, bytes]:
    """Those of the current copy that are as they were."""
    if state is None or not place.current(state).is_dir():
        return {}
    folder = Folder(place.current(state))
    found = {}
    for path, digest in state.statements.items():
        try:
            data = folder.read(path, most_of(path))
        except Refused:
            continue
        if data is not None and hashlib.sha256(data).hexdigest() == digest:
            found[path] = data
    return found


def _is_pinned(pinned: str, proven: Proven, old: Mapping[str, bytes]) -> None:
    """Held to all versions of the list, also to those that were known already: so a timer may go on naming the first."""
    known = [hashlib.sha256(data).hexdigest() for path, data in old.items()
             if path in {TRUST.format(version) for version in range(1, proven.trust.version + 1)}]  # fmt: skip
    if pinned not in [*known, *(one.digest for one in proven.chain)]:
        raise Refused("trust", f"its trust list is not the one that was asked for ({pinned[:16]}…)",
                      "compare the sha256 with those who told it")  # fmt: skip


def _read_first_lists(noted: Noted, state: State) -> None:
    """Lists that are older than the known one, where this mirror has lost them: its readers may know no other. They count if
    they lead to the known one."""
    before = dict(noted.files)
    try:
        chain = walk(noted, None)
    except Refused:
        chain = ()
    if state.trust.digest not in [one.digest for one in chain]:
        noted.files = before


def _sums(carrier: Carrier, proven: Proven, place: Place, state: State | None) -> bytes:
    size = proven.edition.sums_size
    if size > MAX_SUMS:
        raise Refused("endless", f"its list of files has {size:,} bytes", "ask those who made it")
    if state and state.edition == proven.edition.digest and place.current(state).is_dir():
        try:
            data = Folder(place.current(state)).read(SUMS, size)
        except Refused:
            data = None
        if data is not None and hashlib.sha256(data).hexdigest() == proven.edition.sums:
            return data
    data = carrier.read(SUMS, size)
    if data is None:
        raise Refused("missing", f"{SUMS} is not there", "take another copy")
    return data


def _before(place: Place, state: State | None) -> tuple[Path | None, dict[str, str]]:
    """The current copy, and what it should hold: only a hint where to look, since every byte is read."""
    if state is None or not place.current(state).is_dir():
        return None, {}
    folder = place.current(state)
    try:
        return folder, listed(Folder(folder).read(SUMS, MAX_SUMS) or b"")
    except Refused:
        return None, {}


def _warnings(proven: Proven, now: datetime.datetime) -> tuple[str, ...]:
    told = list(proven.passed_over)
    if not proven.is_fresh(now):
        days = proven.age(now).days
        told.append(
            f"it is authentic, but nobody has said for {days:,} days that it is the newest; it calls itself fresh for "
            f"{proven.edition.fresh_days:,}. Is there a newer one elsewhere?"
        )
    return tuple(told)
