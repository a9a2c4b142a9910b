"""An entry's file comes in; what it said earlier goes out, from the history that git keeps: what an edit began with, and whether
something was imported once and improved or taken away since."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.git import answer, ask, prefix_of
from auzolan.model.errors import AuzolanError

MOST = 60
"""Versions of a file that are looked at, the newest first."""


def is_of(digest: str, text: str) -> bool:
    """Whether the digest, the sha256 or the CRC-32 in hexadecimal, is that of the text. The shorter one is what a form can reckon
    in any browser; whoever sends another says no more than that an edit began with another version."""
    data = text.encode()
    return digest == (f"{zlib.crc32(data):08x}" if len(digest) == 8 else hashlib.sha256(data).hexdigest())


class Bases:
    """The versions of the files of one commons."""

    def __init__(self, root: Path, revision: str = "") -> None:
        """`revision`: the one that somebody says edits began with. Raises AuzolanError where git does not know it."""
        self.root = root
        self._prefix: str | None = None
        self._known: dict[str, list[str]] = {}
        self.revision = revision
        if revision and (
            revision.startswith("-") or not answer(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
        ):
            raise AuzolanError(f"git knows no revision `{revision}`", "a tag, a branch or a commit: --base v3")

    def named(self, path: str) -> str | None:
        """What the file at `path` (from the root) said in the revision that somebody named; None without one."""
        return self._at(self.revision, path) if self.revision else None

    def of(self, path: str, digest: str) -> str | None:
        """The version of the file that this digest tells."""
        for text in self.versions(path):
            if is_of(digest, text):
                return text
        return None

    def versions(self, path: str) -> Iterator[str]:
        """What the file said, the newest first, as far as it was committed."""
        if path not in self._known and not (self.root / path).exists() and path not in self._gone:
            self._known[path] = []
        if path not in self._known:
            told = answer(self.root, "log", f"-{MOST}", "--format=%H", "--", path) or ""
            texts = (self._at(revision, path) for revision in told.split())
            self._known[path] = [text for text in texts if text is not None]
        yield from self._known[path]

    def are_whole(self, path: str) -> bool:
        """Whether git has the file, with all that it ever said."""
        count = len(list(self.versions(path)))
        return 0 < count < MOST and (answer(self.root, "rev-parse", "--is-shallow-repository") or "").strip() == "false"

    @cached_property
    def _gone(self) -> frozenset[str]:
        """All paths that a file was ever taken away from: asked once, since git looks through all commits for one path too."""
        names = ("-z", "--no-renames", "--diff-filter=D", "--name-only", "--relative")
        committed = answer(self.root, "log", *names, "--format=", "--", ".") or ""
        since = answer(self.root, "diff", *names, "HEAD", "--", ".") or ""
        return frozenset(path.strip("\n") for path in f"{committed}\0{since}".split("\0"))

    def _at(self, revision: str, path: str) -> str | None:
        if self._prefix is None:
            self._prefix = prefix_of(self.root)
        said = ask(self.root, "cat-file", "blob", f"{revision}:{self._prefix}{path}")
        if said is None or said.returncode or len(said.stdout) > MAX_BYTES:
            return None
        text, findings = decode(said.stdout, path)
        return None if findings else text
