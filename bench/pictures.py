"""Numbers come in; grey pictures as PNG go out, the same bytes for the same number."""

from __future__ import annotations

import random
import struct
import zlib

WIDTH, HEIGHT = 240, 160


def picture(number: int) -> bytes:
    """A PNG of noise, about 38 KB: stored, not packed, so that every zlib writes the same bytes."""
    noise = random.Random(number).randbytes(WIDTH * HEIGHT)
    rows = b"".join(b"\0" + noise[row * WIDTH : (row + 1) * WIDTH] for row in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
