"""The bytes of a table come in; which encoding they are in, and what stands between the cells, goes out."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from auzolan.model.errors import AuzolanError

SNIFFED = 65_536
"""Bytes, or characters, at the beginning by which both are told."""
DELIMITERS = ",;\t|"


class UnusableTable(AuzolanError):
    """The file cannot be read as a table at all."""


def known_encoding(encoding: str) -> str:
    """An encoding that somebody named. Raises UnusableTable."""
    try:
        "".encode(encoding)
        codecs.getincrementaldecoder(encoding)(errors="replace").decode(b"ab", final=True)
    except (LookupError, TypeError, UnicodeError, AttributeError, AssertionError):
        raise UnusableTable(f"`{encoding}` is not an encoding of texts", "utf-8, utf-16, latin-1, cp1252 …") from None
    return encoding


def encoding_of(path: Path) -> tuple[str, str]:
    """What the bytes are, and what a person is told of it: a mark says so, or they are no UTF-8."""
    with path.open("rb") as file:
        begin = file.read(SNIFFED)
        for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                           (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
            if begin.startswith(mark):
                return name, "" if name == "utf-8-sig" else f"it is read as {name.upper()}"
        # Every second byte of a Latin text in UTF-16 is 0.
        even, odd = begin[::2].count(0), begin[1::2].count(0)
        if max(even, odd) > len(begin) // 8 and min(even, odd) * 8 < max(even, odd):
            name = "utf-16-le" if odd > even else "utf-16-be"
            return name, f"it has no mark, and is read as {name.upper()}: --encoding says otherwise"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while begin:
                decoder.decode(begin)
                begin = file.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252", "it is not UTF-8, and is read as Windows-1252 (Latin-1): --encoding says otherwise"
    return "utf-8", ""


def delimiter_of(begin: str) -> str:
    """What stands most often in the first row, outside of quotes."""
    row = re.sub(r'"(?:[^"]|"")*"?', "", begin.lstrip("\r\n").splitlines()[0] if begin.strip() else "")
    return max(DELIMITERS, key=row.count)
