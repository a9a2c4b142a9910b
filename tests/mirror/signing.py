"""Names come in; keys of theirs go out, and copies of a small site whose statements they have signed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.mirror.signed import DAY, edition_with, signatures, signed, signer
from tests.mirror.signed import key as key_of
from tests.mirror.signed import sums_of as sums

from auzolan.mirror.signatures import EDITIONS, LISTS, STILL_NEWEST
from auzolan.mirror.statements import (
    EDITION,
    FRESHNESS,
    TRUST,
    Edition,
    Freshness,
    Trust,
    freshness_data,
    trust_data,
)

SITE = "example.org,2026:commons"
PAGES = {"index.html": b"<p>Home</p>\n", "tools/nextcloud.html": b"<p>Nextcloud</p>\n", "data/everything.json": b"{}\n"}


def trust(*names: str, threshold: int = 1, version: int = 1, machines: Iterable[str] = (), **more: Any) -> Trust:
    """A trust list."""
    made = Trust(SITE, version, DAY, threshold, tuple(map(signer, names)), tuple(map(signer, machines)), **more)
    return replace(made, data=trust_data(made))


def edition(pages: Mapping[str, bytes] = PAGES, serial: int = 1, **more: Any) -> Edition:
    """An edition of a site."""
    return edition_with(pages, serial, **{"site": SITE, "name": "Commons", **more})


@dataclass
class Copy:
    """The files of a copy, by their paths."""

    files: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: str, most: int) -> bytes | None:
        """As `mirror.signatures.Read`."""
        return self.files.get(path)

    def list_(self, one: Trust, *names: str) -> Copy:
        """Adds a version of the trust list, signed by these."""
        return self._put(TRUST.format(one.version), one.data, LISTS, names)

    def edition(self, one: Edition, *names: str, pages: Mapping[str, bytes] = PAGES) -> Copy:
        """Adds an edition and its site, signed by these."""
        self.files |= {**pages, "SHA256SUMS": sums(pages)}
        return self._put(EDITION, one.data, EDITIONS, names)

    def fresh(self, one: Edition, date: datetime.datetime, *names: str, **more: Any) -> Copy:
        """Adds a statement that the edition was the newest at a moment."""
        said = replace(Freshness(SITE, one.serial, one.digest, date), **more)
        return self._put(FRESHNESS, freshness_data(said), STILL_NEWEST, names)

    def write(self, folder: Path) -> Path:
        """All of it in a folder."""
        for path, data in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return folder

    def _put(self, path: str, data: bytes, namespace: str, names: Iterable[str]) -> Copy:
        self.files |= {path: data, **signatures(path, data, namespace, names)}
        return self


__all__ = ["DAY", "Copy", "edition", "key_of", "signed", "signer", "sums", "trust"]
