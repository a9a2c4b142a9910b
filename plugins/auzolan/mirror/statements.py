"""What is signed about a commons: the edition (what a copy holds), the trust list (who may sign), and that an edition is
still the newest. Bytes come in, values go out, and back.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auzolan.mirror.partial import part_in
from auzolan.mirror.strict import Fields, fields_of, moment_text, written
from auzolan.model.parts import Part

EDITION = "edition.json"
FRESHNESS = "freshness.json"
TRUST = "trust/{}.json"
"""Where the versions of the trust list lie in a copy, from 1 on; the highest is in force."""
ALLOWED = "trust/allowed_signers"
SIGNATURE = "{}.{}.sig"
"""Beside what is signed: its path, the signer's name."""
MAX_STATEMENT = 1_000_000
"""Bytes of an edition, a trust list or a statement of freshness."""
MAX_SITE = 600
"""Signs of the id of a site: a part's begins with that of the whole."""
MAX_SIGNERS = 50
MAX_VERSIONS = 1_000
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\Z", re.ASCII)
_KEYS = {"ssh-ed25519": 1, "sk-ssh-ed25519@openssh.com": 2}
"""Types of keys that may sign, and of how many parts each is behind its type."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who may sign: a name of small letters, digits and hyphens, and an OpenSSH public key without its comment."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Trust:
    """Who may sign editions of the commons `site`, and how many must. `machines` may only say that an edition is the newest.
    Editions under this list have serials from `serial` on, those of a part from the one that `parts` has by its name. `data` are the
    bytes that are signed."""

    site: str
    version: int
    date: datetime.datetime
    threshold: int
    signers: tuple[Signer, ...]
    machines: tuple[Signer, ...] = ()
    serial: int = 1
    parts: Mapping[str, int] = field(default_factory=dict)
    data: bytes = field(default=b"", compare=False)

    @property
    def digest(self) -> str:
        """The sha256 by which two people tell each other that they mean the same list."""
        return hashlib.sha256(self.data).hexdigest()

    def least(self, part: Part | None) -> int:
        """The lowest serial that an edition under this list may have: of the whole, or of a part."""
        return self.parts.get(part.name, 1) if part else self.serial


@dataclass(frozen=True, slots=True)
class Edition:
    """What a copy holds. `sums` and `sums_size` are the sha256 and the size of SHA256SUMS, which names all `files`; these are of
    `size` bytes together, the largest of `largest`. `previous` is the sha256 of the edition before, "" of the first. Of a partial
    edition `part` tells of what it is one; `site` is then the part's, `name` and `address` are those of the whole. `withdrawn` are ids.
    `program` is what built it, with its version.
    `fresh_days` is the age until which it calls itself fresh. `changed` counts entries by CHANGES, and is empty where nobody knows;
    `thanks` are the names that those who changed them chose. `data` are the bytes that are signed."""

    site: str
    name: str
    address: str
    serial: int
    date: datetime.datetime
    commit: str
    sums: str
    sums_size: int
    files: int
    size: int
    largest: int
    previous: str
    fresh_days: int
    program: str = ""
    withdrawn: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    thanks: tuple[str, ...] = ()
    part: Part | None = None
    data: bytes = field(default=b"", compare=False)

    @property
    def digest(self) -> str:
        """The sha256 of the edition's file."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def home(self) -> str:
        """The id of the commons whose people sign it: of the whole, where it is a part."""
        return self.part.of if self.part else self.site

    @property
    def called(self) -> str:
        """`edition 7 of Our commons`, or of which part of it."""
        told = f" (a part: {self.part.words()})" if self.part else ""
        return f"edition {self.serial} of {self.name}{told}"


@dataclass(frozen=True, slots=True)
class Freshness:
    """That the edition of this serial and sha256 was the newest at `date`."""

    site: str
    serial: int
    edition: str
    date: datetime.datetime
    data: bytes = field(default=b"", compare=False)


def trust_of(data: bytes, where: str) -> Trust:
    """Raises Refused for what is no trust list, and for one by which one person could count as two."""
    fields = fields_of(data, where, "auzolan-trust/1")
    signers, machines = _signers(fields, "signers"), _signers(fields, "machines")
    everybody = (*signers, *machines)
    if len({one.name for one in everybody}) < len(everybody):
        fields.wrong("a name stands twice")
    if len({one.key for one in everybody}) < len(everybody):
        fields.wrong("a key stands twice")
    threshold = fields.number("threshold", 1, MAX_SIGNERS)
    if threshold > len(signers):
        fields.wrong(f"{threshold} must sign, and only {len(signers)} may")
    return Trust(fields.text("site", 200), fields.number("version", 1, MAX_VERSIONS), fields.moment("date"), threshold,
                 signers, machines, fields.number("serial", 1), fields.numbers("parts"), data)  # fmt: skip


def trust_data(trust: Trust) -> bytes:
    """The bytes of a trust list."""
    parts = {"parts": dict(sorted(trust.parts.items()))} if trust.parts else {}
    return written(
        {"format": "auzolan-trust/1", "site": trust.site, "version": trust.version, "date": moment_text(trust.date),
         "threshold": trust.threshold, "serial": trust.serial, **parts,
         "signers": [{"name": one.name, "key": one.key} for one in trust.signers],
         "machines": [{"name": one.name, "key": one.key} for one in trust.machines]}
    )  # fmt: skip


def edition_of(data: bytes, where: str = EDITION) -> Edition:
    """Raises Refused for what is no edition."""
    fields = fields_of(data, where, "auzolan-edition/1")
    sums, files = fields.group("sums"), fields.group("files")
    edition = Edition(
        fields.text("site", MAX_SITE), fields.text("name", 200), fields.text("address", otherwise=""),
        fields.number("serial", 1), fields.moment("date"), fields.text("commit", 100, otherwise=""),
        sums.digest("sha256"), sums.number("size"), files.number("number"), files.number("size"),
        files.number("largest"), fields.digest("previous", empty=True), fields.number("fresh_days", 1, 36_500),
        fields.text("program", 100, otherwise=""), fields.texts("withdrawn", 100_000, 200), fields.by_name("notes", 100, 20_000),
        fields.numbers("changed", CHANGES), fields.texts("thanks", 1_000, 200),
        part_in(fields.group("part")) if fields.has("part") else None, data,
    )  # fmt: skip
    if edition.part and edition.part.site != edition.site:
        fields.wrong(f"`site` is not that of the part, which is {edition.part.site}")
    if edition.largest > edition.size:
        files.wrong("`largest` is more than all of them")
    return edition


CHANGES = ("new", "edited", "gone")
"""How many entries came, were edited, and went since the edition before."""


def edition_data(edition: Edition) -> bytes:
    """The bytes of an edition."""
    told: dict[str, Any] = {
        "format": "auzolan-edition/1", "site": edition.site, "name": edition.name, "address": edition.address,
        "serial": edition.serial, "date": moment_text(edition.date), "commit": edition.commit,
        "sums": {"sha256": edition.sums, "size": edition.sums_size},
        "files": {"number": edition.files, "size": edition.size, "largest": edition.largest},
        "previous": edition.previous, "fresh_days": edition.fresh_days, "program": edition.program,
        "changed": dict(edition.changed), "notes": dict(edition.notes), "thanks": list(edition.thanks),
        "withdrawn": list(edition.withdrawn),
    }  # fmt: skip
    if edition.part:
        told["part"] = edition.part.told()
    return written(told)


def freshness_of(data: bytes, where: str = FRESHNESS) -> Freshness:
    """Raises Refused for what is no such statement."""
    fields = fields_of(data, where, "auzolan-freshness/1")
    return Freshness(fields.text("site", MAX_SITE), fields.number("serial", 1), fields.digest("edition"), fields.moment("date"), data)  # fmt: skip


def freshness_data(freshness: Freshness) -> bytes:
    """The bytes of a statement of freshness."""
    return written(
        {"format": "auzolan-freshness/1", "site": freshness.site, "serial": freshness.serial,
         "edition": freshness.edition, "date": moment_text(freshness.date)}
    )  # fmt: skip


def is_name(text: str) -> bool:
    """Whether a signer may be called so: it is part of file names, on every system."""
    return bool(_NAME.match(text))


def plain_key(text: str) -> str | None:
    """An OpenSSH public key (a line of a `.pub` file) without its comment, if it is of a type that may sign."""
    parts = text.split()
    if len(parts) < 2 or parts[0] not in _KEYS:
        return None
    try:
        blob = base64.b64decode(parts[1], validate=True)
        told = list(_strings(blob))
    except (binascii.Error, ValueError, struct.error):
        return None
    if len(told) != 1 + _KEYS[parts[0]] or told[0] != parts[0].encode() or len(told[1]) != 32:
        return None
    return f"{parts[0]} {base64.b64encode(blob).decode()}"


def _strings(blob: bytes) -> list[bytes]:
    found, at = list[bytes](), 0
    while at < len(blob):
        (size,) = struct.unpack_from(">I", blob, at)
        if at + 4 + size > len(blob):
            raise ValueError
        found.append(blob[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def _signers(fields: Fields, name: str) -> tuple[Signer, ...]:
    found = []
    for one in fields.groups(name, MAX_SIGNERS):
        called, key = one.text("name", 32), one.text("key")
        if not is_name(called):
            one.wrong("a name has small letters, digits and hyphens alone")
        if plain_key(key) != key:
            one.wrong(f"the key of {called} is no ed25519 key of OpenSSH")
        found.append(Signer(called, key))
    return tuple(found)
