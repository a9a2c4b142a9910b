"""What is handed on between those who open what was sent and those who settle what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Declarations, Kind
from auzolan.model.rules import finding

if TYPE_CHECKING:
    from auzolan.intake.inbox.asked.questions import Sheets


class Piece(NamedTuple):
    """The text of one entry, as YAML. `shown` tells people where it was found; `kind` is "" where nothing tells it; `slug` is ""
    where it is to be made of the name; `base` is the sha256 of the file that an edit began with, or its CRC-32 in eight signs, or ""."""

    shown: str
    text: str
    kind: str = ""
    slug: str = ""
    base: str = ""


class CommentPiece(NamedTuple):
    """The text of one comment, as Markdown with its head. `page` is "" where nothing tells it; `id` is "" where it is to be made of
    what the comment says."""

    shown: str
    text: str
    page: str = ""
    id: str = ""


class LookPiece(NamedTuple):
    """That the entry `kind/slug` is still correct, seen on the day `on` (2026-11-29), and `how`: a word of the kind's vocabulary."""

    shown: str
    kind: str
    slug: str
    on: str
    how: str

    @property
    def text(self) -> str:
        """As it was sent."""
        return f"Still correct: {self.kind}/{self.slug}\non: {self.on}\nhow: {self.how}\n"


AnyPiece = Piece | CommentPiece | LookPiece
"""What is found in what was sent."""


@dataclass(frozen=True)
class Desk:
    """What all who open something need: the declarations, the `kind` that somebody named (or None), what kinds are asked, who is
    told of findings, and the `page` that somebody named for comments which do not say theirs (or "")."""

    declarations: Declarations
    kind: Kind | None
    sheets: Sheets
    tell: Callable[[Diagnostic], None]
    page: str = ""

    def say(self, code: str, message: str, shown: str, hint: str = "", line: int = 0) -> None:
        """Tells a finding about what was found at `shown`."""
        self.tell(finding(code, message, Location(shown, line, 1 if line else 0), hint))
