"""The bytes of a zip come in; the files in it go out, as bundles have them. It is looked at whole before a byte is unpacked."""

from __future__ import annotations

import io
import struct

from auzolan.intake.copies import Most, UnusableCopy, packed_files
from auzolan.intake.inbox.pieces import Desk
from auzolan.model.pages import File

MAX_ZIP = 20_000_000
MOST = Most(2_000, 30_000_000, 2_000_000)
MAX_RECORDS = 500_000
"""Bytes of the list of its files, which the library reads before anybody can count them."""
_END = struct.Struct("<4s4x2H2LH")


def files_in(data: bytes, shown: str, desk: Desk) -> list[File]:
    """The files, sorted by name; none where the zip may not be unpacked, which is told."""
    if len(data) > MAX_ZIP:
        desk.say("N001", f"the zip has more than {MAX_ZIP:,} bytes", shown, "unpack it, and name the folder")
        return []
    if not _is_short(data):
        desk.say("N001", "the zip holds more files than a bundle, or is none", shown, "unpack it, and name the folder")
        return []
    try:
        return list(packed_files(io.BytesIO(data), "the zip", MOST))
    except UnusableCopy as problem:
        desk.say("N001", str(problem), shown, problem.hint or "ask for its files one by one")
        return []


def _is_short(data: bytes) -> bool:
    """Whether the record that ends a zip tells of few files."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if at < 0 or len(data) < at + _END.size:
        return False
    _, _, count, size, _, _ = _END.unpack_from(data, at)
    return bool(count <= MOST.files and size <= MAX_RECORDS)
