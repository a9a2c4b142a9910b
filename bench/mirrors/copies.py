"""A seed and a number come in; a site of so many files, and an edition of it that one invented person has signed, go out."""

from __future__ import annotations

import datetime
import hashlib
import random
import subprocess
from pathlib import Path

from auzolan.export.sums import sums
from auzolan.mirror.signatures import EDITIONS, LISTS, sign
from auzolan.mirror.statements import (
    EDITION,
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
from auzolan.mirror.told import beside
from bench.words import invented, language, prose

DAY = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
LARGE = 5_000_000
"""Bytes of each of the few large files that a site has: data and source in one file each."""


class Site:
    """A site of `files` files below `folder`, and who signs it."""

    def __init__(self, folder: Path, files: int, seed: int) -> None:
        self.folder, self._chance, self._serial = folder, random.Random(seed), 0
        self._words = language(invented(self._chance, 3_000))
        self._key = folder.with_name("key")
        if not self._key.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", self._key], check=True)
        for number in range(files - 3):
            self._put(f"{number % 40:02}/{number}.html", self._page())
        for name in ("data/everything.json", "data/everything.csv", "data/source.zip"):
            self._put(name, self._chance.randbytes(LARGE))

    def _page(self) -> bytes:
        text = prose(self._chance, self._words, (60,) * self._chance.randint(3, 40))
        return f"<!doctype html><html lang=en><title>x</title><body>{text}</body></html>".encode()

    def _put(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)

    def edit(self, files: int) -> int:
        """Writes so many pages anew, and one of the large files; gives their bytes."""
        pages = sorted(self.folder.glob("*/*.html"))
        changed = 0
        for path in self._chance.sample(pages, files - 1):
            data = self._page()
            path.write_bytes(data)
            changed += len(data)
        self._put("data/everything.csv", self._chance.randbytes(LARGE))
        return changed + LARGE

    def sign(self) -> Edition:
        """Makes the next edition."""
        self._serial += 1
        hashes: dict[str, str] = {}
        sizes: list[int] = []
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and not name.startswith(("trust/", EDITION, "SHA256SUMS")):
                data = path.read_bytes()
                hashes[name] = hashlib.sha256(data).hexdigest()
                sizes.append(len(data))
        listed = sums(hashes.items()).data
        key = plain_key(self._key.with_name("key.pub").read_text("utf-8"))
        assert key
        trust = Trust("bench:commons", 1, DAY, 1, (Signer("anna", key),))
        made = Edition(
            "bench:commons", "Bench", "", self._serial, DAY, "", hashlib.sha256(listed).hexdigest(), len(listed), len(sizes),
            sum(sizes), max(sizes), "", 36_500,
        )  # fmt: skip
        path, data = TRUST.format(1), trust_data(trust)
        trust = trust_of(data, path)
        said = {"SHA256SUMS": listed, path: data, EDITION: edition_data(made), **dict(beside([trust]))}
        said[SIGNATURE.format(path, "anna")] = sign(data, LISTS, self._key)
        said[SIGNATURE.format(EDITION, "anna")] = sign(said[EDITION], EDITIONS, self._key)
        for name, statement in said.items():
            self._put(name, statement)
        return edition_of(said[EDITION])
