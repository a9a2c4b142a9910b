"""The bytes of a text and what a mail says they are come in; the text goes out. What a mail says is not always true."""

from __future__ import annotations

import codecs
import re

_KNOWN = re.compile(
    r"(?:utf-(?:8|16|32)(?:-[lb]e)?|ascii|iso8859-\d+|iso2022_\w+|cp\d+|koi8-[rut]|gb2312|gbk|gb18030|hz|big5(?:hkscs)?|"
    r"(?:euc|shift)_\w+|mac-\w+|tis-620|kz1048|ptcp154)\Z"
)
"""Names that Python gives to encodings of texts. Others it knows (`punycode`, `unicode_escape`) are none, or are slow."""
_ESCAPING = re.compile(r"utf-(?:16|32)|iso2022|hz")
"""Encodings whose bytes may look like UTF-8."""


def decoded(data: bytes, charset: str) -> tuple[str | None, bool]:
    """The text, or None where nobody can tell; and whether it is in another encoding than `charset` says."""
    name = _name(charset)
    for mark, marked in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _tried(data, marked), False
    if not _ESCAPING.match(name) and not data.isascii():
        # Hardly any text of another encoding is valid UTF-8 by chance.
        text = _tried(data, "utf-8")
        if text is not None:
            return text, name not in ("utf-8", "")
    text = _tried(data, name or "utf-8")
    if text is not None:
        return text, False
    return _tried(data, "cp1252"), True


def _name(charset: str) -> str:
    try:
        name = codecs.lookup(charset[:40].strip().strip("\"'")).name if charset else ""
    except (LookupError, ValueError, UnicodeError):
        return ""
    return name if _KNOWN.match(name) else ""


def _tried(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None
