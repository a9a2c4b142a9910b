"""Pieces and the commons come in; files of entries and comments, and what became of each piece, go out.

First all are read, compared with what lies there and checked, then files are written one by one, each whole. What was imported once
is known by what it says, so that an import may be stopped and run again, or run twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from auzolan.check import check_entry, context_of
from auzolan.check.alike import families_of, pairs_of
from auzolan.check.duplicates import told_apart
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.commenting import Commenting
from auzolan.intake.inbox.fates import Candidate, Fate, Outcome
from auzolan.intake.inbox.pieces import AnyPiece, CommentPiece, LookPiece
from auzolan.intake.inbox.placing import Placing
from auzolan.model.briefs import Brief, brief_of, ids_of
from auzolan.model.diagnostics import Diagnostic, has_errors
from auzolan.model.entries import Catalog, EntryId
from auzolan.model.pages import File
from auzolan.write.folder import Folder

PASSES = 4
"""What is refused may be what something else names: so often all are looked at anew."""
Say = Callable[[str], object]


class Import:
    """One run. `replacing`: ids of entries in whose place a piece may be put; `hold`: the score (1 to 100) from which on a new entry
    that looks like another is not written, 0 writes all."""

    def __init__(
        self, catalog: Catalog, bases: Bases, *, replacing: Iterable[EntryId] = (), hold: int = 0, say: Say = lambda words: None
    ) -> None:  # fmt: skip
        self.catalog, self.hold, self.say = catalog, hold, say
        self.outcome = Outcome()
        self.placing = Placing(catalog, bases, self.outcome, replacing)
        self.commenting = Commenting(catalog, bases, self.outcome)

    def run(self, pieces: Iterable[AnyPiece], *, dry: bool = False) -> Outcome:
        """Does it all. Raises AuzolanError where something cannot be written."""
        candidates = [made for piece in pieces if (made := self._settled(piece)) is not None]
        self.say("checking")
        candidates = self._accepted(candidates)
        candidates = self._looked_alike(candidates)
        comments = self.commenting.accepted(self.placing.briefs | self._briefs(candidates))
        if not dry and candidates:
            folder = Folder(self.catalog.settings.directory)
            for number, one in enumerate(candidates):
                self.say(f"writing: {number:,} of {len(candidates):,}")
                folder.put(File(f"{one.kind.folder}/{one.entry.slug}.yaml", one.entry.source.encode()))
        if not dry and comments:
            content = Folder(self.catalog.settings.content)
            for file in comments:
                content.put(file)
        return self.outcome

    def told(self, finding: Diagnostic) -> None:
        """Keeps a finding of those who open what was sent. What cannot be opened is a piece that was refused."""
        self.outcome.findings.append(finding)
        if finding.severity == "error":
            self.outcome.fates.append(Fate(finding.location.path, "refused"))

    def _settled(self, piece: AnyPiece) -> Candidate | None:
        if isinstance(piece, CommentPiece):
            self.commenting.heard(piece)
            return None
        if isinstance(piece, LookPiece):
            return self.placing.looked(piece)
        return self.placing.settled(piece)

    def _briefs(self, candidates: Iterable[Candidate]) -> dict[EntryId, Brief]:
        default, said = self.catalog.settings.default_language, self.catalog.declarations
        return {one.entry.id: brief_of(one.entry, said, default) for one in candidates}

    def _undo(self, one: Candidate, what: str) -> None:
        self.outcome.fates[one.number] = self.outcome.fates[one.number]._replace(what=what)

    def _accepted(self, candidates: list[Candidate]) -> list[Candidate]:
        """Those in which the rules find no error; what they find is told."""
        for _ in range(PASSES):
            told = self._checked(candidates)
            wrong = {one.number for one, found in zip(candidates, told, strict=True) if has_errors(found)}
            for one, found in zip(candidates, told, strict=True):
                if one.number in wrong or not wrong:
                    self.outcome.findings += found
                    self.outcome.texts[one.piece.shown] = one.entry.source
                if one.number in wrong:
                    self._undo(one, "refused")
            candidates = [one for one in candidates if one.number not in wrong]
            if not wrong:
                return candidates
        for one in candidates:
            self._undo(one, "refused")
        return []

    def _checked(self, candidates: list[Candidate]) -> list[list[Diagnostic]]:
        entries = {one.entry.id: one.entry for one in candidates}
        briefs = self.placing.briefs | self._briefs(candidates)
        context = context_of(replace(self.catalog, entries=entries), briefs)
        return [check_entry(context, one.entry) for one in candidates]

    def _looked_alike(self, candidates: list[Candidate]) -> list[Candidate]:
        """Tells which new ones may be an entry that is there, or one another; those that score too much are held back."""
        said = self.catalog.declarations
        new = {one.entry.id: one for one in candidates if self.outcome.fates[one.number].what == "new"}
        briefs = self.placing.briefs | self._briefs(new.values())
        marks = {id_: brief.marks for id_, brief in briefs.items() if not brief.withdrawn}
        held: set[EntryId] = set()
        order = list(new)
        for pair in pairs_of(marks, families_of(said.kinds), told_apart(briefs, ids_of(briefs.values())), among=new):
            both = [id_ for id_ in (pair.one, pair.other) if id_ in new]
            later = max(both, key=order.index)
            other = pair.one if later == pair.other else pair.other
            holds = self.hold and pair.score >= self.hold and other not in held and later not in self.placing.replacing
            self.placing.tell("N007", f"{later} may be {other}: {', '.join(pair.reasons)} ({pair.score} of 100)", new[later].piece.shown,
                       f"it is held back: --hold 0 brings it in all the same, --replace {other} puts it there" if holds else "not_same_as says that they are two")  # fmt: skip
            if holds:
                held.add(later)
        for id_ in held:
            self._undo(new[id_], "held")
        return [one for one in candidates if one.entry.id not in held]
