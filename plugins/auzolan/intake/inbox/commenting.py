"""Comments that people sent come in; those that may be written, and what became of each, go out.

They are judged by the rules that hold for every comment (`load/comments.py`, `check/comments.py`), beside those that lie there. A
comment is never edited by another: a text under a name that is taken is a conflict, and one that somebody took away stays away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from auzolan.check import context_of
from auzolan.check.comments import check_comments
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.fates import Fate, Outcome
from auzolan.intake.inbox.pieces import CommentPiece
from auzolan.load import files
from auzolan.load.comments import MAX_BYTES, comment_of
from auzolan.model.briefs import Brief
from auzolan.model.comments import DATE, FOLDER
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic, Location, has_errors
from auzolan.model.entries import Catalog, Comment, EntryId
from auzolan.model.nodes import plain
from auzolan.model.pages import File
from auzolan.model.rules import finding

PASSES = 4
"""Whoever is refused may be whom somebody else answers: so often the comments to a page are looked at anew."""


class _Candidate(NamedTuple):
    """A comment that may be written: the bytes of its file, its number among the fates."""

    comment: Comment
    data: bytes
    number: int


class Commenting:
    """Finds out what becomes of one comment after the other."""

    def __init__(self, catalog: Catalog, bases: Bases, outcome: Outcome) -> None:
        self.catalog, self.bases, self.outcome = catalog, bases, outcome
        self.candidates: list[_Candidate] = []
        self.content = files.relative(catalog.settings.content, catalog.settings.root)

    def heard(self, piece: CommentPiece) -> None:
        """Takes a comment; what becomes of it is among the fates from now on, and is settled by `accepted`."""
        refusal = self._refusal(piece)
        if refusal:
            self._tell("N010", *refusal, piece.shown)
            self._end(piece, "refused")
            return
        data = f"{piece.text.rstrip()}\n".encode("utf-8", "surrogatepass")
        comment, findings = comment_of(data[: MAX_BYTES + 1], piece.page, piece.id, piece.shown)
        if comment is None or findings:
            self.outcome.findings += findings
            self.outcome.texts[piece.shown] = piece.text
            self._end(piece, "refused")
            return
        if not piece.id:
            piece = piece._replace(id=_name_of(comment))
            comment = replace(comment, id=piece.id)
        what, before = self._settled(piece, comment)
        self._end(piece, what, before)
        if what == "new":
            self.candidates.append(_Candidate(comment, data, len(self.outcome.fates) - 1))

    def accepted(self, briefs: Mapping[EntryId, Brief]) -> list[File]:
        """The files, from the content's folder on, of the comments in which the rules find no error. `briefs` are those of all entries
        that there will be."""
        pages: dict[str, list[_Candidate]] = {}
        for one in self.candidates:
            pages.setdefault(one.comment.page, []).append(one)
        fine = [one for page, candidates in pages.items() for one in self._fine(page, candidates, briefs)]
        fine.sort(key=lambda one: one.number)
        return [File(f"{FOLDER}/{one.comment.page}/{one.comment.id}.md", one.data) for one in fine]

    def _refusal(self, piece: CommentPiece) -> tuple[str, str] | None:
        settings = self.catalog.settings
        if not settings.comments or "articles" not in settings.features:
            return (
                "this is a comment, and this commons takes none",
                "AUZOLAN_COMMENTS = True in the settings takes them",
            )
        if not piece.page:
            return "nothing tells to which page this is a comment", "--page tools/nextcloud"
        return None

    def _settled(self, piece: CommentPiece, comment: Comment) -> tuple[str, str]:
        """What becomes of a comment that can be read: new, same, known or conflict; and what lies there in a conflict."""
        earlier = [one.comment for one in self.candidates if one.comment.page == piece.page]
        there = [*self.catalog.comments.get(piece.page, ()), *earlier]
        if any(_is_same(comment, other) for other in there):
            return "same", ""
        path = self._path(piece)
        versions = [comment_of(text.encode(), piece.page, piece.id, path)[0] for text in self.bases.versions(path)]
        lies_there = (self.catalog.settings.root / path).exists()
        if lies_there and any(version is not None and _is_same(comment, version) for version in versions):
            return "known", ""
        if any(one.id == piece.id for one in earlier):
            self._tell("N006", f"an earlier piece is {piece.page}/{piece.id} too, and says otherwise",
                       "import the right one alone", piece.shown)  # fmt: skip
            return "conflict", ""
        if lies_there:
            self._tell("N005", f"{path} is there already, and says otherwise",
                       "a comment is not edited: save this one under another name, or delete that one first", piece.shown)  # fmt: skip
            return "conflict", self._text(path)
        if versions:
            self._tell("N005", f"{path} was here once, and somebody took it away",
                       "should it come back, put the file there by hand", piece.shown)  # fmt: skip
            return "conflict", ""
        return "new", ""

    def _fine(self, page: str, candidates: list[_Candidate], briefs: Mapping[EntryId, Brief]) -> list[_Candidate]:
        for _ in range(PASSES):
            # New ones come after those that are there: they are the ones that are too many.
            comments = (*self.catalog.comments.get(page, ()), *(one.comment for one in candidates))
            catalog = replace(self.catalog, entries={}, comments={page: comments})
            told: dict[str, list[Diagnostic]] = {one.comment.path: [] for one in candidates}
            for found, _ in check_comments(context_of(catalog, briefs)):
                if found.location.path in told:
                    told[found.location.path].append(found)
            wrong = [one for one in candidates if has_errors(told[one.comment.path])]
            for one in wrong or candidates:
                self.outcome.findings += told[one.comment.path]
                self.outcome.texts[one.comment.path] = one.data.decode("utf-8", "replace")
            self._refuse(wrong)
            if not wrong:
                return candidates
            candidates = [one for one in candidates if one not in wrong]
        self._refuse(candidates)
        return []

    def _refuse(self, candidates: list[_Candidate]) -> None:
        for one in candidates:
            self.outcome.fates[one.number] = self.outcome.fates[one.number]._replace(what="refused")

    def _end(self, piece: CommentPiece, what: str, before: str = "") -> None:
        path = self._path(piece) if piece.page and piece.id else ""
        name = f"{piece.id}.md" if piece.id else ""
        aside = f"content/{FOLDER}/{piece.page}/{name}" if path else name
        self.outcome.fates.append(Fate(piece.shown, what, "", path, piece.text, before, aside))

    def _tell(self, code: str, message: str, hint: str, shown: str) -> None:
        self.outcome.findings.append(finding(code, message, Location(shown), hint))

    def _path(self, piece: CommentPiece) -> str:
        return f"{self.content}/{FOLDER}/{piece.page}/{piece.id}.md"

    def _text(self, path: str) -> str:
        data, _ = files.read(self.catalog.settings.root / path, self.catalog.settings.root, MAX_BYTES)
        return data.decode("utf-8", "replace")


def _is_same(one: Comment, other: Comment) -> bool:
    return (plain(one.fields), one.body.rstrip()) == (plain(other.fields), other.body.rstrip())


def _name_of(comment: Comment) -> str:
    """A name that the same comment gets each time: its day, and a mark of what it says."""
    told = comment.fields.text(DATE)
    day = told if partial_date(told) else "comment"
    return f"{day}-{hashlib.sha256(repr((plain(comment.fields), comment.body.rstrip())).encode('utf-8', 'replace')).hexdigest()[:6]}"
