"""A seed and a number come in; a site of so many files, and an edition of it that one invented person has signed, go out."""

from __future__ import annotations

import datetime
import random
import subprocess
from pathlib import Path

from auzolan.export.sums import sums
from auzolan.mirror.comparing import paths_in
from auzolan.mirror.kept import kept, new_edition, new_list, sign_all
from auzolan.mirror.making import look_through, put
from auzolan.mirror.reading import digest_of
from auzolan.mirror.statements import Edition, Signer, plain_key
from bench.words import invented, language, prose

ID = "bench:commons"
DAY = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
LARGE = 5_000_000
"""Bytes of each of the few large files that a site has: data and source in one file each."""


class Site:
    """A site of `files` files below `folder`, and who signs it."""

    def __init__(self, folder: Path, files: int, seed: int) -> None:
        self.folder, self._chance = folder, random.Random(seed)
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
        """Makes the next edition, as `auzolan edition` does."""
        files = {path: digest_of(self.folder, path) for path in paths_in(self.folder)}
        self._put("SHA256SUMS", sums((path, found[0]) for path, found in files.items() if found).data)
        home = self.folder.parent
        if not kept(home).chain:
            key = plain_key(self._key.with_name("key.pub").read_text("utf-8"))
            assert key
            new_list(kept(home), ID, [Signer("anna", key)], [], 1, 1, DAY)
            sign_all(kept(home), self._key)
        last, site = kept(home).edition, look_through(self.folder)
        new_edition(kept(home), Edition(
            ID, "Bench", "", last.serial + 1 if last else 1, DAY, "", site.sums, site.sums_size, site.files, site.size,
            site.largest, last.digest if last else "", 36_500,
        ))  # fmt: skip
        sign_all(kept(home), self._key)
        put(kept(home), self.folder)
        made = kept(home).edition
        assert made
        return made
