"""The folder `editions/` of a commons comes in; the trust list, the editions that it holds, and what waits for signatures go
out, and new ones in.

It lies beside `directory/` and is committed with it: `trust/1.json`, `trust/2.json`, …, `7/edition.json`, each with its
signatures beside it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auzolan.mirror.reading import reader
from auzolan.mirror.signatures import EDITIONS, LISTS, public_key, sign, who_signed
from auzolan.mirror.statements import (
    EDITION,
    MAX_STATEMENT,
    MAX_VERSIONS,
    SIGNATURE,
    TRUST,
    Edition,
    Signer,
    Trust,
    edition_data,
    edition_of,
    plain_key,
    trust_data,
    trust_of,
)
from auzolan.model.errors import AuzolanError

FOLDER = "editions"
PARTS = "parts"
"""Below it: a folder for the editions of each part. The trust list is one for all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a commons keeps of its editions. `chain` are the versions of its trust list that enough people have signed, the last
    one in force; `waiting` is the next one, which still waits for signatures. `edition` is the newest: of the whole, or of the part whose
    editions lie `below` (`parts/country-es-0123abcd/`)."""

    folder: Path
    below: str = ""
    chain: tuple[Trust, ...] = ()
    waiting: Trust | None = None
    edition: Edition | None = None

    @property
    def trust(self) -> Trust:
        """The trust list in force. Raises AuzolanError where there is none yet."""
        if self.chain:
            return self.chain[-1]
        if self.waiting:
            raise AuzolanError("the trust list still waits for signatures", "auzolan edition sign --key FILE")
        raise AuzolanError("nobody may sign editions of this commons yet",
                           "say who may: auzolan edition trust --signer anna=anna.pub")  # fmt: skip

    @property
    def judges(self) -> Trust | None:
        """The list by which the waiting one is judged: the one before, or, of the first, itself."""
        return self.chain[-1] if self.chain else self.waiting

    def place(self, edition: Edition) -> str:
        """Where an edition lies below the folder."""
        return f"{self.below}{edition.serial}/{EDITION}"

    def signed_edition(self) -> list[str]:
        """Who has signed the newest edition, of those who may."""
        if self.edition is None or not self.chain:
            return []
        place = self.place(self.edition)
        return who_signed(self.edition.data, place, EDITIONS, self.trust.signers, reader(self.folder))

    def signed_list(self) -> list[str]:
        """Who has signed the list that waits, of those who may."""
        if self.waiting is None or self.judges is None:
            return []
        place = TRUST.format(self.waiting.version)
        return who_signed(self.waiting.data, place, LISTS, self.judges.signers, reader(self.folder))

    def statements(self) -> list[tuple[str, bytes]]:
        """The files that a copy of the newest edition carries, by their paths in it, from the trust list to the edition's
        signatures: those of people who may sign alone."""
        found: list[tuple[str, bytes]] = []
        before: Trust | None = None
        for trust in self.chain:
            path = TRUST.format(trust.version)
            found.append((path, trust.data))
            found += self._signatures(path, path, (before or trust).signers)
            before = trust
        if self.edition is not None:
            found.append((EDITION, self.edition.data))
            found += self._signatures(self.place(self.edition), EDITION, self.trust.signers)
        return found

    def _signatures(self, place: str, path: str, signers: Iterable[Signer]) -> list[tuple[str, bytes]]:
        read = reader(self.folder)
        told = ((one.name, read(SIGNATURE.format(place, one.name), MAX_STATEMENT)) for one in signers)
        return [(SIGNATURE.format(path, name), data) for name, data in told if data is not None]


def kept(root: Path, part: str = "") -> Kept:
    """What the commons in the folder `root` keeps, of its whole or of the part whose folder is called so. Raises Refused where a file of
    it is no statement."""
    found = Kept(root / FOLDER, f"{PARTS}/{part}/" if part else "")
    read = reader(found.folder)
    for version in range(1, MAX_VERSIONS + 1):
        path = TRUST.format(version)
        data = read(path, MAX_STATEMENT)
        if data is None:
            break
        found = replace(found, waiting=trust_of(data, f"{FOLDER}/{path}"))
        assert found.waiting is not None and found.judges is not None
        if len(found.signed_list()) < found.judges.threshold:
            break
        found = replace(found, chain=(*found.chain, found.waiting), waiting=None)
    places = (found.folder / found.below).glob("*/")
    serials = [int(one.name) for one in places if one.name.isdecimal() and one.name.isascii()]
    path = f"{found.below}{max(serials, default=0)}/{EDITION}"
    if serials and (data := read(path, MAX_STATEMENT)) is not None:
        found = replace(found, edition=edition_of(data, f"{FOLDER}/{path}"))
    return found


def kept_parts(root: Path) -> list[Kept]:
    """The same of each part that has editions."""
    folders = sorted(path.name for path in (root / FOLDER / PARTS).glob("*/"))
    return [found for name in folders if (found := kept(root, name)).edition is not None]


def new_list(
    kept_: Kept, site: str, signers: Sequence[Signer], machines: Sequence[Signer], threshold: int, serial: int,
    now: datetime.datetime,
) -> Trust:  # fmt: skip
    """Writes the next version of the trust list, in place of one that still waits. Raises Refused for a list by which one person
    would count as two, AuzolanError where nothing can be written."""
    version = len(kept_.chain) + 1
    before = kept_.chain[-1].parts if kept_.chain else {}
    parts = {
        one.edition.part.name: one.edition.serial
        for one in kept_parts(kept_.folder.parent)
        if one.edition and one.edition.part
    }
    trust = Trust(site, version, now, threshold, tuple(signers), tuple(machines), serial, {**before, **parts})
    trust = trust_of(trust_data(trust), "the new list")
    path = TRUST.format(version)
    _drop(kept_.folder, f"{path}.*.sig")
    write(kept_.folder, [(path, trust.data)])
    return trust


def new_edition(kept_: Kept, edition: Edition) -> None:
    """Writes an edition. Raises AuzolanError."""
    path = kept_.place(edition)
    data = edition_data(edition)
    edition_of(data, path)  # what nobody could read is never written
    _drop(kept_.folder, f"{path}.*.sig")
    write(kept_.folder, [(path, data)])


def sign_all(kept_: Kept, key: Path) -> list[str]:
    """Signs whatever waits for this key's signature, editions of parts too: the names of the files that were written. Raises
    AuzolanError where the key belongs to nobody who may sign."""
    public = plain_key(public_key(key))
    if public is None:
        raise AuzolanError(f"{key} is no ed25519 key", "make one: ssh-keygen -t ed25519 -f FILE")
    made: list[str] = []
    told = kept_.judges.signers if kept_.waiting and kept_.judges else ()
    known = name_of(public, told)
    if kept_.waiting and known and known not in kept_.signed_list():
        made.append(SIGNATURE.format(TRUST.format(kept_.waiting.version), known))
        write(kept_.folder, [(made[-1], sign(kept_.waiting.data, LISTS, key))])
        # A list that has just come into force may be what the edition waited for.
        kept_ = kept(kept_.folder.parent)
    name = name_of(public, kept_.trust.signers) if kept_.chain else ""
    for one in (kept_, *kept_parts(kept_.folder.parent)) if name else ():
        if one.edition and name not in one.signed_edition():
            made.append(SIGNATURE.format(one.place(one.edition), name))
            write(one.folder, [(made[-1], sign(one.edition.data, EDITIONS, key))])
    if not known and not name:
        _unknown(public, kept_)
    return made


def name_of(public: str, signers: Iterable[Signer]) -> str:
    """What the owner of a key is called; "" where it is nobody's."""
    return next((one.name for one in signers if one.key == public), "")


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files below a folder, each whole or not at all. Raises AuzolanError."""
    try:
        for path, data in files:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            unfinished = target.with_name(target.name + ".new")
            unfinished.write_bytes(data)
            unfinished.replace(target)
    except OSError as problem:
        raise AuzolanError(f"{folder} cannot be written: {problem.strerror}") from problem


def _unknown(public: str, kept_: Kept) -> None:
    if any(name_of(public, one.machines) for one in (kept_.chain[-1:] or ((kept_.waiting,) if kept_.waiting else ()))):
        raise AuzolanError(
            "this key is a machine's: it may only say that an edition is the newest", "auzolan edition fresh --key FILE"
        )
    kept_.trust  # noqa: B018 — says what is missing where there is no list at all
    raise AuzolanError("this key is nobody's whom the trust list names", "auzolan edition status tells who may sign")


def _drop(folder: Path, pattern: str) -> None:
    try:
        for path in folder.glob(pattern):
            path.unlink()
    except OSError as problem:
        raise AuzolanError(f"{folder} cannot be written: {problem.strerror}") from problem
