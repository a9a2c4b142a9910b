"""Paths that somebody names come in; the entries in what lies there go out, one by one, folders in the order of their names.

Nothing that lies there is changed, moved or followed out of its folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from auzolan.intake.inbox import zips
from auzolan.intake.inbox.asked import issues
from auzolan.intake.inbox.asked.answered import answered_in
from auzolan.intake.inbox.asked.still import looks_in
from auzolan.intake.inbox.bundles import MANIFEST, MAX_MANIFEST, bases_in
from auzolan.intake.inbox.mail import mails
from auzolan.intake.inbox.mail.addressed import addressed
from auzolan.intake.inbox.mail.charsets import decoded
from auzolan.intake.inbox.mail.letters import letters_in
from auzolan.intake.inbox.mail.lines import mended, reads, tidied
from auzolan.intake.inbox.mail.mboxes import mails_in
from auzolan.intake.inbox.pieces import AnyPiece, CommentPiece, Desk, Piece
from auzolan.intake.inbox.targets import Target, kind_in, remark_of, slug_in, target_of
from auzolan.load.comments import is_comment, is_comment_name
from auzolan.load.files import printable, scan
from auzolan.load.yaml_text import read_yaml
from auzolan.model.errors import AuzolanError

MAX_ISSUES = 20_000_000
MAX_TEXT = 400_000
_HEAD = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2}")
_A_MAIL = re.compile(rb"(?im)^(?:message-id|received|mime-version|return-path|delivered-to|date|from):")
_IS_MBOX = re.compile(rb"From \S+ .{6,60}\d\d:\d\d")
_MBOX = (".mbox", ".mbx")
_HINT = "mails (.eml, .mbox), saved forms (.yaml), issues (.md, .json), typed forms (.txt), bundles (a folder, a .zip)"
Tell = Callable[[int, int], object]
"""(files opened, files in all)"""


class _Item(NamedTuple):
    path: Path
    shown: str
    inside: str


def pieces_at(paths: Sequence[Path], desk: Desk, tell: Tell = lambda done, all_: None) -> Iterator[AnyPiece]:
    """The entries at the paths. Raises AuzolanError for a path at which nothing is."""
    folders = [_items(path, desk) for path in paths]
    count, done = sum(map(len, folders)), 0
    for items in folders:
        bases: dict[Target, str] = {}
        for item in items:
            if PurePosixPath(item.inside).name == MANIFEST:
                bases |= _manifest(item, desk)
        for item in items:
            tell(done, count)
            done += 1
            if PurePosixPath(item.inside).name != MANIFEST:
                for piece in _opened(item, desk):
                    yield _with_base(piece, bases)


def _items(path: Path, desk: Desk) -> list[_Item]:
    shown = printable(path.as_posix())
    if path.is_symlink() or not path.exists():
        what = "a symbolic link" if path.is_symlink() else "not there"
        raise AuzolanError(f"{shown} is {what}", "name files or folders: " + _HINT)
    if path.is_dir():
        return [
            _Item(Path(item.path), printable(f"{path.as_posix()}/{item.inside}"), item.inside)
            for item in scan(path, Path(), desk.tell)
        ]
    if not path.is_file():
        raise AuzolanError(f"{shown} is no file", "name files or folders: " + _HINT)
    return [_Item(path, shown, "/".join(path.absolute().parts[-4:]))]


def _opened(item: _Item, desk: Desk) -> Iterator[AnyPiece]:
    try:
        with item.path.open("rb") as file:
            begin = file.readline(200)
        if item.path.suffix.lower() in _MBOX or _IS_MBOX.match(begin):
            for number, mail in mails_in(item.path):
                yield from mails.pieces_in(mail, f"{item.shown}#{number}", desk, _Opener(desk).mailed)
            return
        data = _read(item.path, max(mails.MAX_MAIL, zips.MAX_ZIP) + 1)
    except OSError as problem:
        desk.say("F007", f"the file cannot be read: {problem.strerror}", item.shown)
        return
    yield from _Opener(desk).file(item.inside, data, item.shown)


def _manifest(item: _Item, desk: Desk) -> Mapping[Target, str]:
    try:
        return bases_in(_read(item.path, MAX_MANIFEST + 1), item.shown, desk)
    except OSError as problem:
        desk.say("F007", f"the file cannot be read: {problem.strerror}", item.shown)
        return {}


def _read(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _with_base(piece: AnyPiece, bases: Mapping[Target, str]) -> AnyPiece:
    if not isinstance(piece, Piece):
        return piece
    base = bases.get(Target(piece.kind, piece.slug), "")
    return piece._replace(base=base) if base else piece


class _Opener:
    """Opens one file, and what is packed in it. `depth`: so often it was a file within a file."""

    def __init__(self, desk: Desk, depth: int = 0) -> None:
        self.desk, self.depth = desk, depth

    def mailed(self, name: str, data: bytes, shown: str) -> Iterator[AnyPiece]:
        """What was attached to a mail. A folder in its name is none of ours."""
        if self.depth < 2:
            yield from _Opener(self.desk, self.depth + 1).file(PurePosixPath(name.replace("\\", "/")).name, data, shown)

    def file(self, name: str, data: bytes, shown: str) -> Iterator[AnyPiece]:
        """The entries in a file that is called `name`, its folder before it where it has one."""
        ending = PurePosixPath(name).suffix.lower()
        if ending == ".eml" or (ending not in _OPENED and _HEAD.match(data) and _A_MAIL.search(data[:20_000])):
            yield from mails.pieces_in(data, shown, self.desk, self.mailed)
        elif ending == ".zip":
            yield from self._zip(data, shown)
        elif ending in _OPENED:
            text = self._text(data, shown, MAX_ISSUES if ending == ".json" else MAX_TEXT)
            if text is not None:
                yield from _OPENED[ending](self, name, text, shown)
        else:
            what = "a mail of Outlook's own" if ending == ".msg" else "nothing that an entry can be in"
            self.desk.say("N002", f"this is {what}", shown, "save it as .eml" if ending == ".msg" else _HINT)

    def _text(self, data: bytes, shown: str, most: int) -> str | None:
        if len(data) > most:
            self.desk.say("N001", f"the file has more than {most:,} bytes", shown, "an entry has 100,000 at most")
            return None
        text, _ = decoded(data, "utf-8")
        if text is None or "\0" in text:
            self.desk.say(
                "N001", "the file is no text, or in no encoding that could be told", shown, "save it as UTF-8"
            )
            return None
        return text.replace("\r\n", "\n")

    def _zip(self, data: bytes, shown: str) -> Iterator[AnyPiece]:
        if self.depth:
            self.desk.say(
                "N001", "a zip is attached to a mail, or lies within another", shown, "unpack it, and name the folder"
            )
            return
        inner = _Opener(self.desk, 2)
        files = zips.files_in(data, shown, self.desk)
        bases: dict[Target, str] = {}
        for file in files:
            if PurePosixPath(file.path).name == MANIFEST:
                bases |= bases_in(file.data, f"{shown}/{file.path}", self.desk)
        for file in files:
            if PurePosixPath(file.path).name != MANIFEST:
                for piece in inner.file(file.path, file.data, f"{shown}/{file.path}"):
                    yield _with_base(piece, bases)

    def yaml(self, name: str, text: str, shown: str) -> Iterator[AnyPiece]:
        """A saved form: its place in a bundle, its first line or its name tell which entry it is."""
        target = target_of("/".join(PurePosixPath(name).parts[-2:]), self.desk.declarations)
        said, joined = mended(text)
        kind = target.kind if target else kind_in(said, self.desk.declarations)
        if not kind and self.desk.kind is not None:
            kind = self.desk.kind.name
        if joined:
            self.desk.say("N009", "broken lines were joined again", shown, "read it through")
        yield Piece(shown, said, kind, target.slug if target else slug_in(PurePosixPath(name).name))

    def plain(self, name: str, text: str, shown: str) -> Iterator[AnyPiece]:
        """A text: entries and comments as a mail carries them, one of them itself (share sheets name it .txt), or a typed form."""
        letters = letters_in(text)
        for number, letter in enumerate(letters, 1):
            piece = addressed(letter, number, shown, self.desk)
            if piece is not None:
                yield piece
        if letters:
            return
        remark = remark_of("/".join(PurePosixPath(name).parts[-4:]))
        if remark is not None or is_comment(text):
            id_ = slug_in(PurePosixPath(name).name)
            yield CommentPiece(shown, tidied(text), *(remark or (self.desk.page, id_ if is_comment_name(id_) else "")))
            return
        looks = looks_in(text, shown, self.desk)
        if looks is not None:
            yield from looks
        elif kind_in(text, self.desk.declarations) or self._is_entry(text):
            yield from self.yaml(name, text, shown)
        else:
            yield from answered_in(text, shown, self.desk, tell=True) or ()

    def _is_entry(self, text: str) -> bool:
        """Whether a text is laid out as an entry: fields by their names, as no form has them."""
        if not reads(text):
            return False
        tree, _ = read_yaml(text, "")
        names = set(tree.items) if tree is not None else set()
        known = (set(kind.fields) for kind in self.desk.declarations.kinds.values())
        return {"name", "summary"} <= names and any(names <= fields for fields in known)

    def json(self, name: str, text: str, shown: str) -> Iterator[AnyPiece]:
        """Issues, as a forge gives them to programs."""
        try:
            for number, body in issues.bodies_in(text):
                yield from answered_in(body, f"{shown}#{number}" if number else shown, self.desk) or ()
        except ValueError:
            self.desk.say("N001", "this is no JSON of a forge's issues", shown, "the answer of its API, as it came")


_OPENED: dict[str, Callable[[_Opener, str, str, str], Iterator[AnyPiece]]] = {
    ".yaml": _Opener.yaml,
    ".yml": _Opener.yaml,
    ".txt": _Opener.plain,
    ".text": _Opener.plain,
    ".md": _Opener.plain,
    ".markdown": _Opener.plain,
    ".json": _Opener.json,
}
"""By a file's ending."""
