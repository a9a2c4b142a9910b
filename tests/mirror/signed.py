"""Names and files come in; a commons that signs editions of them, as its people would, goes out. Keys are made once."""

from __future__ import annotations

import datetime
import functools
import hashlib
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from auzolan.export.sums import sums
from auzolan.mirror.proving import versions_of
from auzolan.mirror.signatures import EDITIONS, LISTS, STILL_NEWEST, sign
from auzolan.mirror.statements import (
    EDITION,
    FRESHNESS,
    SIGNATURE,
    TRUST,
    Edition,
    Freshness,
    Signer,
    Trust,
    edition_data,
    edition_of,
    freshness_data,
    plain_key,
    trust_data,
    trust_of,
)
from auzolan.mirror.told import beside

SITE = "example:commons"
DAY = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
PEOPLE = ("anna", "berta", "carla")
FILES: Mapping[str, bytes] = {
    "index.html": b"<!doctype html><html lang=en><head><title>Home</title></head><body><h1>Home</h1></body></html>",
    "404.html": b"<!doctype html><html lang=en><head><title>?</title></head><body><h1>No such page</h1></body></html>",
    "tools/oven.html": b"<h1>Oven</h1>" * 20,
    "static/style.css": b"body { color: black }\n" * 100,
    "data/all.json": b'{"entries": []}\n' * 3000,
    "pages/café & co.html": "<h1>Café</h1>".encode(),
    "empty.txt": b"",
}
Signatures = dict[str, bytes]


@functools.cache
def key(name: str) -> Path:
    """The private key of somebody, made when it is first asked for."""
    place = Path(tempfile.mkdtemp(prefix="auzolan-keys-")) / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", place], check=True)
    return place


def signer(name: str, key_of: str = "") -> Signer:
    """Somebody, with her own key or somebody else's."""
    public = plain_key(key(key_of or name).with_name(f"{key_of or name}.pub").read_text("utf-8"))
    assert public
    return Signer(name, public)


@functools.cache
def signed(data: bytes, space: str, name: str) -> bytes:
    """Somebody's signature, made once."""
    return sign(data, space, key(name))


def signatures(path: str, data: bytes, space: str, names: Iterable[str]) -> Signatures:
    """Signatures by their paths: of `anna`, or of `anna:mallory`, which is mallory's in anna's place."""
    pairs = (name.partition(":") for name in names)
    return {SIGNATURE.format(path, name): signed(data, space, other or name) for name, _, other in pairs}


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS of these files."""
    return sums((path, hashlib.sha256(data).hexdigest()) for path, data in files.items()).data


def edition_with(files: Mapping[str, bytes], serial: int, **other: object) -> Edition:
    """An edition of these files, as it is read; `other` are fields that it has otherwise."""
    listed = sums_of(files)
    made = Edition(
        SITE, "Our commons", "", serial, DAY, "", hashlib.sha256(listed).hexdigest(),
        len(listed), len(files), sum(map(len, files.values())), max(map(len, files.values())), "", 90,
    )  # fmt: skip
    return edition_of(edition_data(replace(made, **other)))  # type: ignore[arg-type]


@dataclass
class Commons:
    """People who sign, and what they have signed: `said` are the files of the trust list. Editions are dated `days` after DAY."""

    people: Sequence[str] = PEOPLE
    threshold: int = 2
    machines: Sequence[str] = ("box",)
    site: str = SITE
    trust: Trust = field(init=False)
    said: Signatures = field(default_factory=dict)
    before: str = ""

    def __post_init__(self) -> None:
        self.trust = self._listed(Trust(self.site, 1, DAY, self.threshold, tuple(map(signer, self.people)), tuple(map(signer, self.machines))),
                                  self.people[: self.threshold])  # fmt: skip

    def _listed(self, trust: Trust, by: Iterable[str]) -> Trust:
        trust = trust_of(trust_data(trust), "trust")
        ((path, data),) = versions_of([trust])
        self.said |= {path: data, **signatures(path, data, LISTS, by)}
        return trust

    def change(
        self,
        people: Sequence[str],
        threshold: int = 2,
        serial: int = 1,
        by: Iterable[str] = (),
        machines: Sequence[str] = ("box",),
    ) -> None:
        """A new version of the trust list, signed by those of the version before."""
        old = self.trust
        self.trust = self._listed(
            replace(old, version=old.version + 1, threshold=threshold, serial=serial, signers=tuple(map(signer, people)),
                    machines=tuple(map(signer, machines)), date=old.date + datetime.timedelta(days=1)),
            list(by) or [one.name for one in old.signers[: old.threshold]],
        )  # fmt: skip
        self.people, self.threshold = people, threshold

    def edition(self, files: Mapping[str, bytes], serial: int, days: int = 0, **other: object) -> Edition:
        """An edition of these files."""
        date = DAY + datetime.timedelta(days=days)
        return edition_with(files, serial, **{"site": self.site, "date": date, "previous": self.before, **other})

    def statements(self, edition: Edition, by: Iterable[str] = ()) -> Signatures:
        """What a copy of an edition carries beside its files."""
        names = list(by) or list(self.people[: self.threshold])
        return {
            **self.said,
            **dict(beside([self.trust])),
            EDITION: edition.data,
            **signatures(EDITION, edition.data, EDITIONS, names),
        }

    def copy(
        self,
        folder: Path,
        files: Mapping[str, bytes] = FILES,
        serial: int = 1,
        days: int = 0,
        by: Iterable[str] = (),
        **other: object,
    ) -> Edition:
        """Writes a whole copy, in place of what lies there."""
        edition = self.edition(files, serial, days, **other)
        write(folder, {**files, "SHA256SUMS": sums_of(files), **self.statements(edition, by)})
        self.before = edition.digest
        return edition

    def fresh(self, folder: Path, of: Edition, days: int, by: Iterable[str] = ("box",), **other: object) -> None:
        """Says that the edition is the newest, so many days after DAY."""
        said = Freshness(self.site, of.serial, of.digest, DAY + datetime.timedelta(days=days))
        data = freshness_data(replace(said, **other))  # type: ignore[arg-type]
        put(folder, {FRESHNESS: data, **signatures(FRESHNESS, data, STILL_NEWEST, by)})


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that holds just these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            path.unlink()
    put(folder, files)


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files into a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def list_path(version: int) -> str:
    """Where a version of the trust list lies."""
    return TRUST.format(version)
