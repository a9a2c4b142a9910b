"""A name and data come in; a member of a zip archive goes out, and of all members the archive's directory.

The format is PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5. The standard library's `zipfile` reads what is made here, but
writes no member that is packed already: and that is what lets an archive be put together from the parts of an older one.
"""

from __future__ import annotations

import datetime
import stat
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auzolan.model.pages import Read

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR = struct.Struct("<4sIQI")
_SMALL, _LARGE = 20, 45
"""The version of the format that a reader must know: 4.5 for sizes, offsets and counts of 64 bits."""
_UNIX = 3 << 8
"""Who made it, whatever the machine: only under Unix has the mode a meaning."""
_MODE = (stat.S_IFREG | 0o644) << 16
_FULL, _MANY = 0xFFFFFFFF, 0xFFFF
"""What stands where a number does not fit: the number itself is then in the extra field, or in the longer end."""
_EXTRA = 1
_USUAL = 128
"""Bytes that a member's name and extra field take, together, save in few."""
_UTF8 = 0x800
_EARLIEST = 1 << 5 | 1  # 1 January 1980
STORED, DEFLATED = 0, 8


def is_inside(name: str) -> bool:
    """Whether a file of this name stays in the folder it is put into, on every system."""
    parts = name.split("/")
    return not any(part in ("", ".", "..") or any(sign in part for sign in "\\:\0") for part in parts)


def is_folder(name: str) -> bool:
    """Whether a member of this name is a folder. `ZipInfo.is_dir` fails where it has no name at all (Python 3.11)."""
    return name.endswith("/")


def member(name: str, data: bytes, day: datetime.date | None, deflate: bool = True) -> bytes:
    """One file: its local header, then its data, deflated where that is asked for and smaller. The same input gives the
    same bytes. `day` is its time, midnight; a zip knows none before 1980."""
    method, packed = STORED, data
    if deflate:
        smaller = _deflated(data)
        if len(smaller) < len(data):
            method, packed = DEFLATED, smaller
    return header(name, day, method, zlib.crc32(data), len(packed), len(data)) + packed


def _deflated(data: bytes) -> bytes:
    # Most files are small, and zlib's time then goes into clearing tables for 32 KB: it gets a window (a power of two, and
    # 262 bytes of it look ahead) and tables that are just large enough, and finds the same.
    bits = max(9, min(zlib.MAX_WBITS, (len(data) + 262).bit_length()))
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -bits, bits - 7)
    return squeezer.compress(data) + squeezer.flush()


def header(name: str, day: datetime.date | None, method: int, crc: int, packed: int, size: int) -> bytes:
    """The local header of a member whose data take `packed` bytes in the archive and `size` outside."""
    written = name.encode()
    large = packed >= _FULL or size >= _FULL
    extra = struct.pack("<2H2Q", _EXTRA, 16, size, packed) if large else b""
    sizes = (_FULL, _FULL) if large else (packed, size)
    date = (day.year - 1980) << 9 | day.month << 5 | day.day if day and 1980 <= day.year < 2108 else _EARLIEST
    version, flags = _LARGE if large else _SMALL, 0 if name.isascii() else _UTF8
    told = _LOCAL.pack(b"PK\x03\x04", version, flags, method, 0, date, crc, *sizes, len(written), len(extra))
    return told + written + extra


def directory(read: Read, offsets: Sequence[int], start: int) -> Iterator[bytes]:
    """What ends an archive, piece by piece: a record for each member, told from the local header at its offset, and
    where the records are. `start` is where all this will stand: the size of the archive so far."""
    length = 0
    for offset in offsets:
        record = _record(read, offset)
        length += len(record)
        yield record
    count = len(offsets)
    if count >= _MANY or length >= _FULL or start >= _FULL:
        made = _UNIX | _LARGE
        yield _END_64.pack(b"PK\x06\x06", _END_64.size - 12, made, _LARGE, 0, 0, count, count, length, start)
        yield _LOCATOR.pack(b"PK\x06\x07", 0, start + length, 1)
    few, short, near = min(count, _MANY), min(length, _FULL), min(start, _FULL)
    yield _END.pack(b"PK\x05\x06", 0, 0, few, few, short, near, 0)


def _record(read: Read, offset: int) -> bytes:
    start = read(offset, _LOCAL.size + _USUAL)
    told = _LOCAL.unpack_from(start)
    _, version, flags, method, time, date, crc, packed, size, named, more = told
    follows = start[_LOCAL.size :] if named + more <= _USUAL else read(offset + _LOCAL.size, named + more)
    wide = follows[named + 4 : named + more]
    if offset >= _FULL:
        version = _LARGE
        wide += offset.to_bytes(8, "little")
    extra = struct.pack("<2H", _EXTRA, len(wide)) + wide if wide else b""
    return _CENTRAL.pack(
        b"PK\x01\x02", _UNIX | version, version, flags, method, time, date, crc, packed, size, named, len(extra),
        0, 0, 0, _MODE, min(offset, _FULL),
    ) + follows[:named] + extra  # fmt: skip
