"""A text in which somebody answered a form comes in, an issue of a forge or a typed sheet; the entry that it makes goes out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.intake.inbox.asked import issues, paper
from auzolan.intake.inbox.asked.filled import text_of
from auzolan.intake.inbox.asked.issues import Found
from auzolan.intake.inbox.pieces import Desk, Piece

LEAST = 2
"""Questions that must be found in a text for it to be a form."""


def answered_in(text: str, shown: str, desk: Desk, *, tell: bool = False) -> list[Piece] | None:
    """The entry of a form, if it makes one; None where the text is no form. `tell`: it should be one, and what it lacks is told."""
    for read in (issues.answers_in, partial(paper.answers_in, in_mail=not tell)):
        found = read(text, desk.sheets, desk.kind)
        if len(found.answers) >= LEAST:
            return list(_piece(found, shown, desk))
    if tell:
        desk.say("N002", "no question of a kind was found in it", shown, "a form has a label and an answer: `Name: …`")
    return None


def _piece(found: Found, shown: str, desk: Desk) -> Iterator[Piece]:
    if len(found.kinds) > 1:
        names = " ".join(kind.name for kind in found.kinds)
        desk.say("N004", f"this may be of several kinds: {names}", shown, "--kind says which")
        return
    kind = found.kinds[0]
    said = text_of(
        kind, found.language, found.answers, desk.sheets, lambda words, hint: desk.say("N008", words, shown, hint)
    )
    if not said:
        desk.say("N002", "no question of the form is answered", shown, "ask what it is called, and what it does")
        return
    if found.unanswered:
        one = found.unanswered == 1
        lines = "a line answers" if one else f"{found.unanswered} lines answer"
        told = f"{lines} no question of the form and {'was' if one else 'were'} left out"
        desk.say("N009", told, shown, "look whether it matters")
    yield Piece(shown, said, kind.name)
