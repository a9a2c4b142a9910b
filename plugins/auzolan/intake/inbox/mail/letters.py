"""The text of a mail comes in; the entries and comments in it go out, each between two lines that say which file it is.

`theme/client/contribute/sending.ts: letter` writes them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from auzolan.intake.inbox.mail.lines import mended, reads, tidied
from auzolan.load.comments import is_comment

MAX_LETTERS = 200
_PROSE = ".md"
_LINE = re.compile(
    r"(?P<quote>[>| \t\xa0]{0,40})(?:- )?[-–—]{2,20}[ \xa0]{0,4}(?P<what>[^\s-][^\r\n]{0,290}?)[ \xa0]{0,4}[-–—]{2,20}\s*\Z"
)
_BROKEN = re.compile(
    r"(?m)^([> ]{0,20}-{3,9}) ?\r?\n[> ]{0,20}([^\s>-]\S{0,200}\.(?:ya?ml|md)(?: #\w{8})? -{3,9}) ?\r?$"
)
_BROKEN_LATE = re.compile(
    r"(?m)^([> ]{0,20}-{3,9} \S{1,200}\.(?:ya?ml|md)(?: #\w{8})?) ?\r?\n[> ]{0,20}((?:#\w{8} )?-{3,9}) ?\r?$"
)
_BEGAN = re.compile(r"(?P<path>\S.*?)[ \xa0]{1,4}#(?P<began>[0-9a-fA-F]{8})\Z")
_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"


class Letter(NamedTuple):
    """One file: the path and the text as they were sent. `whole` is False where the line that ends it is missing; `joined` tells
    that lines which a mail program broke were joined; `began` is the checksum of the text that an edit began with, or ""."""

    path: str
    text: str
    whole: bool
    joined: bool
    began: str = ""


def letters_in(text: str) -> list[Letter]:
    """The files in a text, in order. What is quoted of an earlier mail counts only where nothing else is there. Up to
    MAX_LETTERS."""
    if "--" not in text and "—" not in text and "––" not in text:
        return []
    if _SIGNED in text:
        text = re.sub(r"(?m)^- (?=-)", "", text)
    text = _BROKEN.sub(r"\1 \2", text)
    text = _BROKEN_LATE.sub(r"\1 \2", text)
    found: list[tuple[bool, Letter]] = []
    lines = text.replace("\r\n", "\n").split("\n")
    at = 0
    while at < len(lines) and len(found) < MAX_LETTERS:
        told = _mark(lines[at])
        at += 1
        if told is None or told[1] == "end":
            continue
        quote, path = told
        stated = _BEGAN.match(path)
        path, began = (stated["path"], stated["began"].lower()) if stated else (path, "")
        inner: list[str] = []
        whole = False
        while at < len(lines):
            ends = _mark(lines[at])
            if ends is not None:
                whole = ends[1] == "end"
                at += whole
                break
            inner.append(_unquoted(lines[at], quote))
            at += 1
        said = "\n".join(inner)
        # Lines of a comment are prose: where they break changes nothing.
        said, joined = (tidied(said), False) if path.endswith(_PROSE) else mended(said)
        found.append((">" in quote or "|" in quote, Letter(path, said, whole, joined, began)))
    own = [letter for quoted, letter in found if not quoted]
    return own or [letter for _, letter in found]


def best_of(texts: list[str]) -> list[Letter]:
    """The files in that reading of a text, of several, in which all can be read; else in the first that has any."""
    read = [letters for text in texts if (letters := letters_in(text))]
    fine = [found for found in read if all(one.whole and not one.joined and _reads(one) for one in found)]
    # What was stuffed with blanks, and what lost some, can be read too: the form indents by twos.
    return min(fine, key=lambda found: sum(map(_odd, found)), default=read[0] if read else [])


def _reads(letter: Letter) -> bool:
    return is_comment(letter.text) if letter.path.endswith(_PROSE) else reads(letter.text)


def _odd(letter: Letter) -> int:
    return sum((len(line) - len(line.lstrip(" "))) % 2 for line in letter.text.split("\n"))


def _mark(line: str) -> tuple[str, str] | None:
    """What stands before the dashes of a marking line, and what between them: a path, or `end`."""
    if len(line) > 400 or ("--" not in line and "—" not in line and "–" not in line):
        return None
    told = _LINE.match(line)
    if told is None:
        return None
    what = told["what"].strip()
    if what.lower() == "end":
        return told["quote"], "end"
    return (told["quote"], what) if "/" in what or what.endswith((".yaml", ".yml", _PROSE)) else None


def _unquoted(line: str, quote: str) -> str:
    depth = quote.count(">") + quote.count("|")
    for _ in range(depth):
        line = re.sub(r"\A ?[>|] ?", "", line, count=1)
    return line
