"""The bytes of a mail come in; the entries and comments that it carries go out, in its text or attached.

Nothing else of it is read: who wrote it, to whom and when stays in the mail. It is counted before it is parsed, since the parser of
the library takes the square of much that strangers can write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from email import message_from_bytes, policy
from email.message import Message

from auzolan.intake.inbox.asked.answered import answered_in
from auzolan.intake.inbox.asked.still import looks_in
from auzolan.intake.inbox.mail.addressed import ASK, addressed
from auzolan.intake.inbox.mail.charsets import decoded
from auzolan.intake.inbox.mail.flowed import unflowed
from auzolan.intake.inbox.mail.html import text_of
from auzolan.intake.inbox.mail.letters import best_of
from auzolan.intake.inbox.pieces import AnyPiece, Desk

MAX_MAIL = 12_000_000
MAX_TEXT = 300_000
"""Bytes of the text of a mail: three times as much as an entry may have."""
MAX_ATTACHED = 600_000
"""Bytes of all texts that are attached."""
MAX_PARTS = 100
MAX_NESTED = 20
MAX_HEADER = 4_000
"""Bytes of a header that tells what a part is."""
MAX_HEADERS = 300_000
MAX_LINES = 400_000
"""Lines, times how deeply parts may be nested in one another: the parser compares each line with each boundary."""
_NESTS = re.compile(rb"(?im)^content-type:[ \t\r\n]*(?:multipart|message)/")
_TELLS = re.compile(rb"(?im)^content-[a-z-]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*")
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, ArithmeticError, OSError)
"""What the library raises for mails that are none."""
Opener = Callable[[str, bytes, str], Iterator[AnyPiece]]
"""(name, bytes, how it is shown) of an attachment → its entries."""
_SILENT = re.compile(
    r"image/|application/(?:pgp-signature|pkcs7-signature|x-pkcs7-signature)|text/calendar|text/(?:x-)?vcard|message/"
)


def pieces_in(data: bytes, shown: str, desk: Desk, opened: Opener) -> Iterator[AnyPiece]:
    """The entries in a mail. `opened` looks into attachments."""
    refused = _refused(data)
    if refused:
        desk.say("N001", refused, shown, ASK)
        return
    try:
        parts = [part for part in message_from_bytes(data, policy=policy.compat32).walk() if not part.is_multipart()]
        parts = parts[: MAX_PARTS + 1]
        told = [_Part(part) for part in parts]
    except _BROKEN:
        desk.say("N001", "the mail cannot be read", shown, ASK)
        return
    if len(parts) > MAX_PARTS:
        desk.say("N001", f"the mail has more than {MAX_PARTS} parts", shown, ASK)
        return
    yield from _Mail(told, shown, desk, opened).pieces()


def _refused(data: bytes) -> str:
    if len(data) > MAX_MAIL:
        return f"the mail has more than {MAX_MAIL:,} bytes"
    nested = sum(1 for _ in _NESTS.finditer(data))
    if nested > MAX_NESTED:
        return "the mail nests more parts in one another than mails have"
    if data.count(b"\n") * (nested + 1) > MAX_LINES:
        return "the mail has more lines than are read"
    ends = re.search(rb"\r?\n\r?\n", data)
    if (ends.start() if ends else len(data)) > MAX_HEADERS:
        return "the mail's head is too long"
    if any(len(header[0]) > MAX_HEADER for header in _TELLS.finditer(data)):
        return "a line in the mail that tells what it holds is too long"
    return ""


class _Part:
    """What is asked of a part, while errors of the library are caught."""

    def __init__(self, part: Message) -> None:
        self.type = part.get_content_type()
        self.name = str(part.get_filename("") or "")
        self.attached = part.get_content_disposition() == "attachment"
        self.charset = str(part.get_content_charset("") or "")
        self.flowed = str(part.get_param("format", "") or "").lower() == "flowed"
        self.delsp = str(part.get_param("delsp", "") or "").lower() == "yes"
        payload = part.get_payload(decode=True)
        self.data = payload if isinstance(payload, bytes) else b""


class _Mail:
    def __init__(self, parts: list[_Part], shown: str, desk: Desk, opened: Opener) -> None:
        self.shown, self.desk, self.opened = shown, desk, opened
        self.told = self.has_letters = False
        text = [
            part for part in parts if part.type in ("text/plain", "text/html") and not part.attached and not part.name
        ]
        self.plain = self._within([part for part in text if part.type == "text/plain"])
        self.html = self._within([part for part in text if part.type == "text/html"])
        self.others = [part for part in parts if part not in text]
        self.attached = 0

    def _within(self, parts: list[_Part]) -> list[_Part]:
        if sum(len(part.data) for part in parts) <= MAX_TEXT:
            return parts
        self._tell("N001", f"the text of the mail has more than {MAX_TEXT:,} bytes", False)
        return []

    def pieces(self) -> Iterator[AnyPiece]:
        """Entries of the text, then attachments; a text in which somebody answered a form is looked at where there are none."""
        found = False
        for piece in self._letters():
            found = True
            yield piece
        for number, part in enumerate(self.others, 1):
            for piece in self._attached(part, number):
                found = True
                yield piece
        if found or self.has_letters:
            return
        for part in self.plain or self.html:
            text = self._text(part, quiet=True)
            own = _own_words(text[0]) if text is not None else ""
            pieces: Sequence[AnyPiece] | None = looks_in(own, self.shown, self.desk)
            if pieces is None:
                pieces = answered_in(own, self.shown, self.desk)
            if pieces is not None:
                yield from pieces
                return
        if not self.told:
            hint = "an entry stands between `----- directory/… -----` and `----- end -----`, or is attached as a file"
            self.desk.say("N002", "there is no entry in this mail", self.shown, hint)

    def _letters(self) -> Iterator[AnyPiece]:
        for parts in (self.plain, self.html):
            count = 0
            for part in parts:
                texts = self._text(part)
                for letter in best_of(texts) if texts else ():
                    count += 1
                    self.told = self.has_letters = True
                    piece = addressed(letter, count, self.shown, self.desk)
                    if piece is not None:
                        yield piece
            if count:
                return

    def _text(self, part: _Part, quiet: bool = False) -> list[str] | None:
        """The ways in which a part can be read, the likeliest first; None where it cannot."""
        text, other = decoded(part.data, part.charset)
        if text is None:
            self._tell("N001", "a text in the mail is in no encoding that could be told", quiet)
            return None
        if other and not quiet and "--" in text:
            self.desk.say(
                "N009", "a text in the mail is not in the encoding that it says", self.shown, "look at its accents"
            )
        if part.type == "text/html":
            return [text_of(text)]
        return [unflowed(text, part.delsp), text] if part.flowed else [text]

    def _tell(self, code: str, message: str, quiet: bool) -> None:
        self.told = True
        if not quiet:
            self.desk.say(code, message, self.shown, ASK)

    def _attached(self, part: _Part, number: int) -> Iterator[AnyPiece]:
        shown = f"{self.shown} (attachment {number})"
        if part.type in ("application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
            self._tell("N001", "the mail is encrypted", self.told)
        elif part.type == "application/ms-tnef":
            self.told = True
            self.desk.say("N002", "an attachment is a winmail.dat, which only Outlook reads", shown, ASK)
        elif _SILENT.match(part.type) and not part.attached:
            return
        else:
            self.told = self.told or part.attached
            self.attached += 0 if part.type.startswith(("image/", "audio/", "video/")) else len(part.data)
            if self.attached > MAX_ATTACHED:
                self.desk.say(
                    "N001", f"more than {MAX_ATTACHED:,} bytes are attached", shown, "save it, and import the file"
                )
                return
            yield from self.opened(_named(part), part.data, shown)


def _named(part: _Part) -> str:
    if "." in part.name:
        return part.name
    endings = {"text/yaml": ".yaml", "application/yaml": ".yaml", "application/x-yaml": ".yaml", "text/x-yaml": ".yaml",
               "text/plain": ".txt", "text/markdown": ".md", "application/json": ".json", "application/zip": ".zip"}  # fmt: skip
    return (part.name or "attachment") + endings.get(part.type, "")


_SIGNATURE = re.compile(r"(?m)^(?:-- ?|_{8,}|-{4,} ?Original.*|Sent from .{1,60}|On .{1,200} wrote:)\r?$")


def _own_words(text: str) -> str:
    """What the sender wrote: no quoted mail, no signature."""
    ends = _SIGNATURE.search(text)
    text = text[: ends.start()] if ends else text
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
