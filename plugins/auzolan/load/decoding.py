"""The bytes of a file come in; its text goes out, and findings for all that is no text or hides what it says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import finding

MAX_BYTES = 100_000


def decode(data: bytes, path: str, limit: int = MAX_BYTES) -> tuple[str, list[Diagnostic]]:
    """The text of a file, or "" with findings where it is too large, is not UTF-8 or holds refused characters.
    Of `data`, one byte more than `limit` is enough."""
    if len(data) > limit:
        return "", [
            finding("Y006", f"the file has more than {limit:,} bytes, and no more are read", Location(path),
                    "move long prose into an article and mention the entry there")
        ]  # fmt: skip
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # Places are counted without the byte-order mark, which the decoder drops first.
        read = bytes(problem.object)
        before = read[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return "", [
            finding("Y008", f"byte 0x{read[problem.start]:02X} is not UTF-8", Location(path, line, column),
                    "save the file as UTF-8")
        ]  # fmt: skip
    text = text.replace("\r\n", "\n")
    refused = list(refused_characters(text, path))
    return ("" if refused else text), refused


def refused_characters(text: str, path: str) -> Iterator[Diagnostic]:
    """A finding for each place (at most one a line) with a character that hides text or breaks pages and feeds."""
    if text.replace("\n", "").isprintable() and (
        text.isascii() or not (_BLANK_LETTER.search(text) or _PERHAPS_PILED.search(text))
    ):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if _PERHAPS_PILED.search(line) and (piled := _first_piled(line)):
            yield finding(
                "Y009", f"more than {MOST_MARKS} marks stand on one letter", Location(path, number, piled),
                "keep those that belong there",
            )  # fmt: skip
            continue
        if line.isprintable() and not _BLANK_LETTER.search(line):
            continue
        for column, character in enumerate(line, start=1):
            if _is_refused(character, line, column - 1):
                name = unicodedata.name(character, "a control character")
                yield finding(
                    "Y009", f"U+{ord(character):04X} ({name.lower()}) is not allowed", Location(path, number, column),
                    "delete it; it is invisible, so select the letters around it and type them again",
                )  # fmt: skip
                break


def _first_piled(line: str) -> int:
    """The 1-based column of the first mark that is one too many on its letter, or 0."""
    run = 0
    for column, character in enumerate(line, start=1):
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            return column
    return 0


MOST_MARKS = 30
"""Marks on one letter, as Unicode's Stream-Safe Text Format has it (UAX #15): no language needs more, and putting them in
their order takes the square of their number."""
_PERHAPS_PILED = re.compile(rf"[^\w\s!-~]{{{MOST_MARKS + 1}}}")
"""Marks are no letters; whether these are marks is looked at one by one."""
_JOINERS = "\u200c\u200d"
_BLANK_LETTER = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
"""Letters and marks by their category, blank by their look."""


def _is_refused(character: str, line: str, index: int) -> bool:
    if _BLANK_LETTER.match(character):
        return True
    if character.isprintable() or character in "\t\xa0\u202f\u2009\u3000\xad":
        return False
    if character in _JOINERS:
        # Persian, Hindi and others need the joiners between two of their letters; elsewhere they only hide text.
        around = line[max(0, index - 1) : index] + line[index + 1 : index + 2]
        return len(around) < 2 or around.isascii()
    if unicodedata.category(character) == "Cn":
        # A letter newer than this Python is a letter all the same; a non-character never becomes one.
        return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")
