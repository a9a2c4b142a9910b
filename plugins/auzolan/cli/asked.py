"""The query part of an address comes in, bytes as a browser (or anybody) sent them; a question that a reader of the search
files may be asked goes out, or the reason why none is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote_plus, unquote_to_bytes

LONGEST = 8192
"""Bytes of an address's query: all that the readers read of a question (400 letters) has 4,800 at most, in any script."""
PARAMETERS = 40
PAGE = 10
"""Results on one page: as many as the script shows at first, in the same place."""
PAGES = 100
OURS = frozenset({"q", "typed", "page"})
_BAD_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_BLANKS = "\t\n\r"


class Refused(Exception):
    """`args[0]` is the reason, one of render.doors.results.REFUSALS."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the words; whether other words may stand for unknown ones; which page of the results, from 1; and what else
    is given, in pairs: those that name a facet narrow the results."""

    words: str
    near: bool = True
    page: int = 1
    others: tuple[tuple[str, str], ...] = ()

    def address(self, *, near: bool | None = None, page: int = 1, without: tuple[str, str] | None = None) -> str:
        """The address of another answer to the same words, relative to this one's; `without` is a pair that it leaves out. Every
        character but letters and digits of ASCII is written with a percent sign."""
        typed = "" if (self.near if near is None else near) else "&typed=1"
        left = (pair for pair in self.others if pair != without)
        others = "".join(f"&{quote_plus(name)}={quote_plus(value)}" for name, value in left)
        return f"?q={quote_plus(self.words)}{typed}{others}" + (f"&page={page}" if page > 1 else "")


def asked_of(query: bytes) -> Asked | None:
    """The question in an address's query (the part after `?`), None where there is none. Of a parameter that comes twice, the
    first counts, as in the search script. Raises Refused."""
    if len(query) > LONGEST:
        raise Refused("long")
    parts = [part for part in query.split(b"&") if part]
    if len(parts) > PARAMETERS:
        raise Refused("many")
    given: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for part in parts:
        name, value = map(_text, (part.partition(b"=")[0], part.partition(b"=")[2]))
        if name in OURS:
            given.setdefault(name, value)
        else:
            others.append((name, value))
    words = given.get("q", "")
    said = [words, *(text for pair in others for text in pair)]
    if any(unicodedata.category(sign) == "Cc" and sign not in _BLANKS for text in said for sign in text):
        raise Refused("control")
    page = given.get("page", "1")
    if not (page.isascii() and page.isdigit() and len(page) < 4 and 1 <= int(page) <= PAGES):
        raise Refused("page")
    return Asked(words, "typed" not in given, int(page), tuple(others)) if words.strip() or others else None


def _text(written: bytes) -> str:
    if _BAD_PERCENT.search(written):
        raise Refused("encoding")
    try:
        return unquote_to_bytes(written.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Refused("encoding") from problem
