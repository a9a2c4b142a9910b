"""A letter, a text between two lines that say which file it is, comes in; the piece that it is goes out, or a finding that says why
it is none."""

from __future__ import annotations

from auzolan.intake.inbox.mail.letters import Letter
from auzolan.intake.inbox.pieces import CommentPiece, Desk, Piece
from auzolan.intake.inbox.targets import remark_of, shown_path, target_of

ASK = "ask for the file that the form saves, or for the text as plain text"


def addressed(letter: Letter, number: int, shown: str, desk: Desk) -> Piece | CommentPiece | None:
    """The entry or the comment that is the `number`th letter of what was found at `shown`."""
    target, remark = target_of(letter.path, desk.declarations), remark_of(letter.path)
    if target is None and remark is None:
        desk.say("N003", f"`{shown_path(letter.path)}` is no place for an entry or a comment", f"{shown} ({number})",
                 "`directory/<folder of a kind>/<name>.yaml`, `content/comments/<folder>/<page>/<name>.md`")  # fmt: skip
        return None
    where = f"{shown} [{'/'.join(target or remark or ())}]"
    if not letter.whole:
        what = "entry" if target else "comment"
        desk.say("N001", f"the {what} has no end: the line `----- end -----` is missing", where, f"it was cut: {ASK}")
        return None
    if letter.joined:
        desk.say("N009", "a mail program broke lines, which were joined again", where, "read it through")
    if target is not None:
        return Piece(where, letter.text, target.kind, target.slug, letter.began)
    return CommentPiece(where, letter.text, *remark) if remark else None
