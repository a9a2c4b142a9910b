"""Paths and hashes come in; `SHA256SUMS` goes out, in the format that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auzolan.model.pages import File

PATH = "SHA256SUMS"
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r"})


def sums(files: Iterable[tuple[str, str]]) -> File:
    """The record of `files` (site-root-relative path, sha256 in hex), sorted by path; itself left out. A name with a
    backslash or a line break is escaped, and its line begins with a backslash, as GNU coreutils does it. ValueError for
    what is no hash and for a path that stands twice."""
    hashes: dict[str, str] = {}
    for path, digest in files:
        if not _SHA256.match(digest):
            raise ValueError(f"no sha256 in lower-case hex: {digest!r} of {path!r}")
        if path in hashes:
            raise ValueError(f"two files at {path!r}")
        hashes[path] = digest
    hashes.pop(PATH, None)
    return File(PATH, "".join([_line(path, digest) for path, digest in sorted(hashes.items())]).encode())


def _line(path: str, digest: str) -> str:
    escaped = path.translate(_ESCAPES) if "\\" in path or not path.isprintable() else path
    return f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n"
