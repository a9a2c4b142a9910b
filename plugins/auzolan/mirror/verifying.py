"""A copy comes in; whether it is authentic, how fresh it is, and every damaged, missing and foreign file of it go out."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auzolan.mirror.carriers.carrier import Carrier
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of
from auzolan.mirror.place import Place
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.refused import Refused
from auzolan.mirror.said import Noted, is_called_as_one, most_of
from auzolan.mirror.signatures import EDITIONS, LISTS, STILL_NEWEST, is_signed_by
from auzolan.mirror.state import State
from auzolan.mirror.statements import EDITION, FRESHNESS, SIGNATURE, TRUST, Signer
from auzolan.mirror.taking import HASHING, Tell, plain_files, side_by_side
from auzolan.mirror.told import READ_ME, beside
from auzolan.model.errors import AuzolanError


@dataclass(slots=True)
class Verified:
    """What was found. `proven` is None where `refused` says why the copy proves nothing; then its files are not looked at, since
    nothing says what they should be. `by_itself`: who may sign says the copy itself. Paths are sorted; `doubts` are sentences."""

    where: str
    by_itself: bool
    proven: Proven | None = None
    refused: Refused | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether it is authentic, and every file as it should be, and no other there."""
        return self.proven is not None and not (self.damaged or self.missing or self.foreign)


def verify(where: Path, carrier: Carrier, now: datetime.datetime, tell: Tell, pinned: str = "") -> Verified:
    """Of a mirror, by what it knows; of any other copy, by its own trust list, or the one that is `pinned`. `carrier` reads the copy."""
    state = Place(where).state() if where.is_dir() else None
    found = Verified(str(where), state is None and not pinned)
    noted = Noted(carrier.read)
    try:
        if state is not None:
            _is_pinned(state, pinned)
            _statements(state, carrier, found)
        found.proven = prove(noted, state.known if state else None, now, "" if state else pinned)
        sums = carrier.read(SUMS, min(found.proven.edition.sums_size, MAX_SUMS))
        if sums is None:
            raise Refused("missing", f"{SUMS} is missing", "repair it from another copy")
        found.files = files_of(sums, found.proven.edition)
    except Refused as problem:
        found.refused, found.proven = problem, None
    if found.proven is not None:
        _files(carrier, found, tell)
        if state is None:
            _signatures(found.proven, noted, found)
    if isinstance(carrier, Folder) and (found.proven is not None or state is not None):
        _foreign(carrier.folder, found, state)
    for paths in (found.damaged, found.missing, found.foreign):
        paths[:] = sorted(set(paths))
    return found


def _is_pinned(state: State, pinned: str) -> None:
    """A mirror's list may be held to any version that it has walked through."""
    known = {state.trust.digest, *(digest for path, digest in state.statements.items() if path in _lists(state))}
    if pinned and pinned not in known:
        raise Refused("trust", f"its trust list is not the one that was asked for ({pinned[:16]}…)",
                      "compare the sha256 with those who told it")  # fmt: skip


def _lists(state: State) -> set[str]:
    return {TRUST.format(version) for version in range(1, state.trust.version + 1)}


def _statements(state: State, carrier: Carrier, found: Verified) -> None:
    """A mirror knows by heart what they were."""
    for path, digest in state.statements.items():
        try:
            data = carrier.read(path, most_of(path))
        except (Refused, AuzolanError):
            found.damaged.append(path)
            continue
        if data is None:
            found.missing.append(path)
        elif hashlib.sha256(data).hexdigest() != digest:
            found.damaged.append(path)


def _signatures(proven: Proven, read: Noted, found: Verified) -> None:
    """Of a copy that nobody knows: every signature that is there should be one, also where there are enough without it."""
    _each(EDITION, proven.edition.data, EDITIONS, proven.trust.signers, read, found)
    before = None
    for trust in proven.chain:
        _each(TRUST.format(trust.version), trust.data, LISTS, (before or trust).signers, read, found)
        before = trust
    data = read.files.get(FRESHNESS)
    if data is not None:
        _each(FRESHNESS, data, STILL_NEWEST, (*proven.trust.signers, *proven.trust.machines), read, found)
        if not proven.stated:
            found.damaged.append(FRESHNESS)
    for path, wanted in beside([proven.trust]):
        try:
            there = read(path, most_of(path))
        except Refused:
            there = b""
        if there is not None and there != wanted and path == READ_ME:
            # Another version of Auzolan may say it in other words; but nobody has signed them.
            found.doubts.append(f"{path} is not in the words of this Auzolan: do not follow it unread")
        elif there is not None and there != wanted:
            found.damaged.append(path)


def _each(path: str, data: bytes, space: str, signers: Iterable[Signer], read: Noted, found: Verified) -> None:
    for one in signers:
        name = SIGNATURE.format(path, one.name)
        try:
            signature = read(name, most_of(name))
        except Refused:
            found.damaged.append(name)
            continue
        if signature is not None and not is_signed_by(one, data, space, signature):
            found.damaged.append(name)


def _files(carrier: Carrier, found: Verified, tell: Tell) -> None:
    assert found.proven is not None
    largest, done, sizes = found.proven.edition.largest, [0], [0]

    def look(path: str) -> None:
        done[0] += 1
        tell("verifying", done[0], len(found.files))
        whole, size = hashlib.sha256(), 0
        try:
            fetched = carrier.fetch(path, 0, largest)
            if fetched is None:
                found.missing.append(path)
                return
            for piece in fetched[1]:
                whole.update(piece)
                size += len(piece)
        except (Refused, AuzolanError):
            # A link, a folder, what is far too large, what the disk no longer reads: nothing of it is the file that was signed.
            found.damaged.append(path)
            return
        sizes[0] += size
        if whole.hexdigest() != found.files[path]:
            found.damaged.append(path)

    side_by_side(found.files, min(HASHING, carrier.workers), look)
    found.size = sizes[0]


def _foreign(folder: Path, found: Verified, state: State | None) -> None:
    """Files that nobody signed; where nothing is proven, those that cannot be a statement are not told."""
    mine = {SUMS, *(state.statements if state else ())}
    try:
        for path in plain_files(folder):
            if path in found.files or path in mine or (state is None and is_called_as_one(path)):
                continue
            if found.proven is not None or is_called_as_one(path):
                found.foreign.append(path)
    except OSError as problem:
        raise AuzolanError(f"{folder} cannot be read: {problem.strerror}") from problem
