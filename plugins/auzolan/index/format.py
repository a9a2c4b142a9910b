"""Bytes flow in and out: the small parts that every shard is written with.

A shard is a line of script that hands a name and one string to one function; the string is the format's version, a
dot, and zlib's deflate in 85 signs. Numbers are LEB128: seven bits a byte, the low ones first.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from auzolan.model.errors import AuzolanError

VERSION = 6
"""Of the format; a reader that meets another one says so and stops."""
SMALL = 1000
"""Below this many documents an index is three files: one page load more costs more than the bytes."""
DIGEST = 8
"""Bytes of a digest at the head of a shard."""
LARGEST = 16_000_000
"""Bytes that a reader unpacks of one file, and that its words may have when they are written out. A file of ours has a tenth."""
MOST_DOCUMENTS = 1_000_000
"""Of an index that a reader takes for one: a header may say anything, and who asks for no word is shown them all."""
MOST_NUMBER = 2**53
"""No number of a header is larger; the browser's are whole up to here."""

Payload = bytes | Sequence[bytes]
"""Of a shard; what is unlike is in parts, each of which is packed by a code of its own."""

T = TypeVar("T")

# The header may come before the client's script: then its calls wait in a list.
PRELUDE = (
    "self.AUZOLAN_SHARD=self.AUZOLAN_SHARD||function(name,text)"
    "{(AUZOLAN_SHARD.early=AUZOLAN_SHARD.early||[]).push([name,text])};\n"
)
_CALL = re.compile(r'^AUZOLAN_SHARD\("([a-z]+/[A-Za-z0-9-]+(?:/[0-9]+)?)","([0-9]+)\.([^"\n]*)"\);$', re.M)
_THEIRS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
"""The signs of Python's base85, in order."""
_OURS = bytes(sign for sign in range(ord("#"), ord("z")) if chr(sign) not in "<\\")
"""Ours: what stands in a script as it is, and in a page too; a reader knows each by its number."""
_SIGNS = re.compile("[#-;=-[\\]-y]*")
_TO_OURS, _TO_THEIRS = bytes.maketrans(_THEIRS, _OURS), bytes.maketrans(_OURS, _THEIRS)

_HALF = re.compile(r"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")


class UnreadableShards(AuzolanError):
    """The search files are missing, damaged, of two ages, or of a format that this reader does not know."""


def script(shards: Mapping[str, Payload]) -> bytes:
    """The file that hands over `shards` (name → payload), in the order given. Level 9 of zlib takes half as long again
    as level 6 and saves a two-thousandth."""
    lines = [PRELUDE] if any(name.startswith("h/") for name in shards) else []
    for name, payload in shards.items():
        text = base64.b85encode(_packed(payload)).translate(_TO_OURS).decode("ascii")
        lines.append(f'AUZOLAN_SHARD("{name}","{VERSION}.{text}");\n')
    return "".join(lines).encode("ascii")


def _packed(payload: Payload) -> bytes:
    parts = [payload] if isinstance(payload, bytes) else payload
    packer = zlib.compressobj(6)
    # Each part ends a block of deflate: blocks have their own codes, and what has no pattern is kept as it is.
    packed = [data for part in parts[:-1] for data in (packer.compress(part), packer.flush(zlib.Z_BLOCK))]
    return b"".join([*packed, *map(packer.compress, parts[-1:]), packer.flush()])


def shards_of(data: bytes) -> dict[str, bytes]:
    """The shards (name → payload) in one file. Raises UnreadableShards."""
    found: dict[str, bytes] = {}
    for name, version, text in _CALL.findall(data.decode("ascii", "replace")):
        if version != str(VERSION):
            raise UnreadableShards(
                f"The search files have format {version}; this reader knows format {VERSION}.",
                "Build the site again, or use the version of Auzolan that built it.",
            )
        left = LARGEST - sum(map(len, found.values()))
        found[name] = _unpack(name, text, left)
    return found


def _unpack(name: str, text: str, most: int) -> bytes:
    try:
        unpacker = zlib.decompressobj()
        if not _SIGNS.fullmatch(text):
            raise ValueError("it has signs of no shard")
        # 0 would be no limit.
        payload = unpacker.decompress(base64.b85decode(text.encode("ascii").translate(_TO_THEIRS)), max(1, most))
    except (ValueError, zlib.error) as reason:
        raise UnreadableShards(f"The search file {name} is damaged: {reason}.", "Build the site again.") from reason
    if not unpacker.eof:
        raise UnreadableShards(f"The search file {name} is cut short or too large.", "Build the site again.")
    return payload


def understood(read: Callable[[], T], what: str) -> T:
    """What `read` makes of a payload. Raises UnreadableShards, of `what`, where that is not what it should be: JSON may say
    anything, nested without end and with numbers that are none."""
    try:
        return read()
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as reason:
        raise UnreadableShards(f"{what} is damaged.", "Build the site again.") from reason


def json_in(payload: bytes) -> Any:
    """What a payload says in JSON. Raises ValueError, also of numbers that JSON has not, and of halves of letters, which nobody
    could write out again."""

    def no_number(written: str) -> None:
        raise ValueError(written)

    told = payload.decode("utf-8")
    if _HALF.search(told):
        raise ValueError("half a letter")
    return json.loads(told, parse_constant=no_number)


def digest(parts: Iterable[str]) -> bytes:
    """`DIGEST` bytes that stand for a list of strings."""
    return hashlib.sha256("\n".join(parts).encode("utf-8")).digest()[:DIGEST]


def name_of(first: str) -> int:
    """The number by which a shard is called whose first word is `first`. It stays when other shards come or go; that two
    words of one index share a number is less likely than one in a million, and noticed."""
    name = 0
    for byte in first.encode("utf-8"):
        name = (name * 257 + byte + 1) % (2**44 - 17)  # a prime; the browser's numbers are whole up to 2⁵³
    return name


@functools.lru_cache(maxsize=1 << 15)
def varint(number: int) -> bytes:
    """A number of 0 or more in LEB128."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def text(written: str) -> bytes:
    """A text in UTF-8, after the number of its bytes."""
    data = written.encode("utf-8")
    return varint(len(data)) + data


class Bytes:
    """A payload being read from the front. Raises UnreadableShards at its end, or where a number is too long."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        part = self._data[self._at : self._at + count]
        if len(part) < count:
            raise UnreadableShards("A search file ends too early.", "Build the site again.")
        self._at += count
        return part

    def rest(self) -> bytes:
        """All that is left."""
        return self.take(len(self._data) - self._at)

    def number(self) -> int:
        """The next number in LEB128, at most 2⁵³ as in the browser."""
        number, shift = 0, 0
        while shift < 53:
            byte = self.take(1)[0]
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                return number
            shift += 7
        raise UnreadableShards("A number in a search file is too long.", "Build the site again.")

    def numbers(self, count: int) -> list[int]:
        """The next `count` numbers."""
        return [self.number() for _ in range(count)]

    def text(self) -> str:
        """The next text after the number of its bytes."""
        return self.take(self.number()).decode("utf-8", "replace")
