"""SHA256SUMS comes in; the files of a copy go out, each with its sha256, if all of their names may be written anywhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from auzolan.export.sums import PATH as _PATH
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import EDITION, FRESHNESS, Edition
from auzolan.model.zips import is_inside

SUMS = _PATH
MAX_SUMS = 256_000_000
"""Bytes of SHA256SUMS: of some two million files."""
MAX_PATH = 400
"""Bytes of a path below the copy's root."""
MAX_PART = 200
"""Bytes of a part of it."""
_LINE = re.compile(r"([0-9a-f]{64})  ([^\n]+)\Z", re.ASCII | re.DOTALL)
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE | re.ASCII)
"""What Windows takes for a device, whatever its ending."""


def files_of(data: bytes, edition: Edition) -> dict[str, str]:
    """Path → sha256 in hex, in the order of the paths. Raises Refused where these are not the edition's sums, and for a name
    that leads out of the copy, or means two files on one system and one on another."""
    if len(data) != edition.sums_size or hashlib.sha256(data).hexdigest() != edition.sums:
        raise Refused("sums", f"{SUMS} is not the one that the edition names", "fetch it again, or from another copy")
    files = listed(data)
    if len(files) != edition.files:
        many = f"{SUMS} names {len(files)} files, and the edition {edition.files}"
        raise Refused("sums", many, "ask those who made it")
    return files


def listed(data: bytes) -> dict[str, str]:
    """The same of any SHA256SUMS, whoever made it."""
    files: dict[str, str] = {}
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as problem:
        raise Refused("malformed", f"{SUMS} is not UTF-8", "ask those who made it") from problem
    if lines.pop():
        raise Refused("malformed", f"the last line of {SUMS} does not end", "ask those who made it")
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if not match:
            raise Refused("malformed", f"line {number} of {SUMS} is no checksum and name", "ask those who made it")
        if match[2] in files:
            raise Refused("malformed", f"line {number} of {SUMS} names a file twice", "ask those who made it")
        files[match[2]] = match[1]
    _refuse_names(files)
    return files


def is_statement(path: str) -> bool:
    """Whether a file belongs to the edition itself, beside what its sums name."""
    return path == SUMS or path.startswith((EDITION, FRESHNESS, "trust/"))


def _refuse_names(files: dict[str, str]) -> None:
    folded: dict[str, str] = {}
    for path in files:
        if not is_safe(path) or is_statement(path):
            shown = path.encode("unicode_escape").decode()[:200]
            raise Refused("path", f"a file may not be called `{shown}`", "ask those who made it")
        parts = path.split("/")
        # Folders too: `A/x` and `a/y` are one folder on some systems and two on others.
        for end in range(1, len(parts) + 1):
            name = "/".join(parts[:end]) + ("/" if end < len(parts) else "")
            other = folded.setdefault(unicodedata.normalize("NFC", name.rstrip("/")).casefold(), name)
            if other != name:
                raise Refused(
                    "case", f"`{name}` and `{other}` would be one file on some systems", "ask those who made it"
                )


def is_safe(path: str) -> bool:
    """Whether a file of this name lies in the folder that it is put into, on every system, and is nothing else than a file."""
    parts = path.split("/")
    return (
        is_inside(path)
        and path.isprintable()
        and len(path.encode("utf-8", "replace")) <= MAX_PATH
        and not any(
            part.startswith(".") or part.endswith((".", " ")) or any(sign in '<>"|?*' for sign in part)
            or len(part.encode("utf-8", "replace")) > MAX_PART or _DEVICES.match(part)
            for part in parts
        )
    )  # fmt: skip
