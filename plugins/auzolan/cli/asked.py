"""The query part of an address comes in, bytes as a browser (or anybody) sent them; a question that a reader of the search
files may be asked goes out, or the reason why none is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote_to_bytes

LONGEST = 4096
"""Bytes of an address's query: all that the readers read of a question (200 letters) has less than 2,500, in any script."""
PARAMETERS = 20
PAGE = 20
"""Results on one page."""
PAGES = 50
_BAD_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_BLANKS = "\t\n\r"


class Refused(Exception):
    """`args[0]` is the reason, one of render.doors.results.REFUSALS."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the words; whether other words may stand for unknown ones; which page of the results, from 1."""

    words: str
    near: bool = True
    page: int = 1

    def address(self, *, near: bool | None = None, page: int = 1) -> str:
        """The address of another answer to the same words, relative to this one's. Every character but letters and digits of
        ASCII is written with a percent sign."""
        typed = "" if (self.near if near is None else near) else "&typed=1"
        return f"?q={quote_plus(self.words)}{typed}" + (f"&page={page}" if page > 1 else "")


def asked_of(query: bytes) -> Asked | None:
    """The question in an address's query (the part after `?`), None where there is none. Of a parameter that comes twice, the
    first counts, as in the search script; unknown ones are passed over. Raises Refused."""
    if len(query) > LONGEST:
        raise Refused("long")
    parts = [part for part in query.split(b"&") if part]
    if len(parts) > PARAMETERS:
        raise Refused("many")
    given: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition(b"=")
        given.setdefault(_text(name), _text(value))
    words = given.get("q", "")
    if any(unicodedata.category(sign) == "Cc" and sign not in _BLANKS for sign in words):
        raise Refused("control")
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 4 and 1 <= int(page) <= PAGES):
        raise Refused("page")
    return Asked(words, "typed" not in given, int(page)) if words.strip() else None


def _text(written: bytes) -> str:
    if _BAD_PERCENT.search(written):
        raise Refused("encoding")
    try:
        return unquote_to_bytes(written.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Refused("encoding") from problem
