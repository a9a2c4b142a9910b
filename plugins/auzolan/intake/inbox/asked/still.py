"""A text that says that entries are still correct comes in; what it says of each goes out.

`theme/client/contribute/still.ts: statement` writes it where the file of an entry is too long for a mail:

    Still correct: cooperative/our-bakery
    on: 2026-11-29
    how: website
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auzolan.intake.inbox.pieces import Desk, LookPiece
from auzolan.model.dates import partial_date

MOST = 200
_LINE = r"[ \t\xa0]*(?:\n[ \t\xa0]*){1,3}"
_BEGINS = re.compile(r"(?m)^[ \t\xa0]*Still correct:[ \t\xa0]*(?P<entry>[^\n]{0,200})")
_GOES_ON = re.compile(
    rf"{_LINE}on:[ \t\xa0]*(?P<on>\d{{4}}-\d\d-\d\d){_LINE}how:[ \t\xa0]*(?P<how>[a-z0-9-]{{1,64}})[ \t\xa0]*(?:\n|\Z)"
)
_ID = re.compile(r"([a-z0-9-]{1,64})/([a-z0-9-]{1,64})\Z")


def looks_in(text: str, shown: str, desk: Desk) -> list[LookPiece] | None:
    """What a text says of entries, up to MOST; None where it says nothing of the kind. What is half said is told."""
    text = text.replace("\r\n", "\n")
    if "Still correct:" not in text or not _BEGINS.search(text):
        return None
    return list(_looks(text, shown, desk))


def _looks(text: str, shown: str, desk: Desk) -> Iterator[LookPiece]:
    for number, begin in enumerate(_BEGINS.finditer(text), 1):
        if number > MOST:
            desk.say("N001", f"it says of more than {MOST} entries that they are correct", shown, "send the rest apart")
            return
        entry, more = _ID.match(begin["entry"].strip(" \t\xa0")), _GOES_ON.match(text, begin.end())
        if entry is None or more is None or partial_date(more["on"]) is None:
            desk.say("N001", "it says that an entry is still correct, but not which, on which day and how one knows", f"{shown} ({number})",
                     "three lines: `Still correct: tool/saw`, `on: 2026-11-29`, `how: website`")  # fmt: skip
        else:
            yield LookPiece(f"{shown} [{entry[0]}]", entry[1], entry[2], more["on"], more["how"])
