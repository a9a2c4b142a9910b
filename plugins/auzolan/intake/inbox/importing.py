"""Pieces and the commons come in; files of entries, and what became of each piece, go out.

First all are read, compared with what lies there and checked, then files are written one by one, each whole. What was imported once
is known by what it says, so that an import may be stopped and run again, or run twice.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from auzolan.check import check_entry, context_of
from auzolan.check.alike import families_of, pairs_of
from auzolan.check.duplicates import told_apart
from auzolan.intake.formatting import formatted
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.pieces import Piece
from auzolan.intake.inbox.settling import settle, was_there, with_answers
from auzolan.intake.slugs import slug_of
from auzolan.intake.tables.values import plain
from auzolan.intake.written import WrittenFile
from auzolan.load.decoding import decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.briefs import brief_of, briefs_of, ids_of
from auzolan.model.diagnostics import Diagnostic, Location, has_errors
from auzolan.model.entries import Catalog, Entry, EntryId
from auzolan.model.kinds import Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.pages import File
from auzolan.model.rules import finding
from auzolan.model.text import license_slug
from auzolan.write.folder import Folder

NAMESAKES = 50
"""Entries of one name, `mill-2` and so on, that are looked at."""
PASSES = 4
"""What is refused may be what something else names: so often all are looked at anew."""
Say = Callable[[str], object]


class Fate(NamedTuple):
    """What became of a piece: new, changed, same, known, conflict, held or refused. `entry` is its id ("" where it has none), `path`
    its file from the site's root, `text` what the piece says, `before` what lies there in a conflict, or lay there before a change."""

    shown: str
    what: str
    entry: EntryId = ""
    path: str = ""
    text: str = ""
    before: str = ""


@dataclass(slots=True)
class Outcome:
    """All that became of the pieces, in their order; `texts` are those that findings are about, by what they are shown as."""

    fates: list[Fate] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """How many pieces became what."""
        return Counter(fate.what for fate in self.fates)


class _Candidate(NamedTuple):
    """A piece that may be written: its kind, the entry that it would be, its number among the fates."""

    piece: Piece
    kind: Kind
    entry: Entry
    number: int


class Import:
    """One run. `replacing`: ids of entries in whose place a piece may be put; `hold`: the score (1 to 100) from which on a new entry
    that looks like another is not written, 0 writes all."""

    def __init__(
        self, catalog: Catalog, bases: Bases, *, replacing: Iterable[EntryId] = (), hold: int = 0, say: Say = lambda words: None
    ) -> None:  # fmt: skip
        self.catalog, self.bases, self.hold, self.say = catalog, bases, hold, say
        self.replacing = frozenset(replacing)
        self.briefs = briefs_of(catalog)
        self.ids = ids_of(self.briefs.values())
        self.there = dict(catalog.entries)
        self.outcome = Outcome()
        settings = catalog.settings
        self.folder = settings.directory.relative_to(settings.root).as_posix()

    def run(self, pieces: Iterable[Piece], *, dry: bool = False) -> Outcome:
        """Does it all. Raises AuzolanError where something cannot be written."""
        candidates = [made for piece in pieces if (made := self._settled(piece)) is not None]
        self.say("checking")
        candidates = self._accepted(candidates)
        candidates = self._looked_alike(candidates)
        if not dry and candidates:
            folder = Folder(self.catalog.settings.directory)
            for number, one in enumerate(candidates):
                self.say(f"writing: {number:,} of {len(candidates):,}")
                folder.put(File(f"{one.kind.folder}/{one.entry.slug}.yaml", one.entry.source.encode()))
        return self.outcome

    def told(self, finding: Diagnostic) -> None:
        """Keeps a finding of those who open what was sent. What cannot be opened is a piece that was refused."""
        self.outcome.findings.append(finding)
        if finding.severity == "error":
            self.outcome.fates.append(Fate(finding.location.path, "refused"))

    def _tell(self, code: str, message: str, shown: str, hint: str) -> None:
        self.outcome.findings.append(finding(code, message, Location(shown), hint))

    def _end(self, piece: Piece, what: str, id_: EntryId = "", before: str = "") -> None:
        self.outcome.fates.append(Fate(piece.shown, what, id_, self._path(id_), piece.text, before))

    def _path(self, id_: EntryId) -> str:
        kind, _, slug = id_.partition("/")
        known = self.catalog.declarations.kinds.get(kind)
        return f"{self.folder}/{known.folder}/{slug}.yaml" if known else ""

    def _settled(self, piece: Piece) -> _Candidate | None:
        """The piece as something to be written; else None, and what became of it."""
        text, findings = decode(piece.text.encode("utf-8", "surrogatepass"), piece.shown)
        tree = None
        if not findings:
            tree, findings = read_yaml(text, piece.shown)
        if tree is None or findings:
            self.outcome.texts[piece.shown] = piece.text
            self.outcome.findings += findings
            self._end(piece, "refused")
            return None
        piece = piece._replace(text=text)
        kind = self.catalog.declarations.kinds.get(piece.kind or self._only_kind(piece.slug))
        if kind is None:
            self._tell(
                "N004",
                "nothing tells which kind of entry this is",
                piece.shown,
                "--kind cooperative, or its first line",
            )
            self._end(piece, "refused")
            return None
        return self._placed(piece, kind, tree) if piece.slug else self._named(piece, kind, tree)

    def _only_kind(self, slug: str) -> str:
        """The kind of the only entry of that slug."""
        found = [entry.kind for entry in self.there.values() if slug and entry.slug == slug]
        return found[0] if len(found) == 1 else ""

    def _placed(self, piece: Piece, kind: Kind, tree: Tree) -> _Candidate | None:
        """A piece that says which file it is."""
        id_ = f"{kind.name}/{piece.slug}"
        there = self.there.get(id_)
        if there is None:
            return self._begun(piece, kind, tree, id_)
        if there.id in self.briefs and self.briefs[there.id].withdrawn and id_ not in self.replacing:
            self._tell("N005", f"{id_} was withdrawn", piece.shown, "who asked for it must agree: --replace " + id_)
            self._end(piece, "conflict", id_)
            return None
        settled = settle(kind, there, piece.text, plain(tree), self.bases, piece.base, id_ in self.replacing)
        if settled.guessed and settled.what == "edit":
            self._tell("N009", f"nobody said what the edit of {id_} began with, and the version nearest to it was taken", piece.shown,
                       "read the difference before you commit it")  # fmt: skip
        if settled.what == "edit":
            edited, _ = read_yaml(settled.text, piece.shown)
            return self._candidate(piece, kind, edited or tree, id_, settled.text, "changed", there.source)
        if settled.what != "conflict":
            self._end(piece, settled.what, id_)
            return None
        if id_ not in self.catalog.entries:
            self._tell(
                "N006", f"an earlier piece is {id_} too, and says otherwise", piece.shown, "import the right one alone"
            )
        else:
            fields = ", ".join(f"`{name}`" for name in settled.fields)
            both = f": both sides changed {fields}" if fields else ""
            self._tell("N005", f"{id_} is there already, and says otherwise{both}", piece.shown,
                       f"--replace {id_} puts this in its place; --base says from which revision on it was edited")  # fmt: skip
        self._end(piece, "conflict", id_, there.source)
        return None

    def _begun(self, piece: Piece, kind: Kind, tree: Tree, id_: EntryId) -> _Candidate | None:
        """A piece for a file that is not there, unless something else says that it may not be."""
        if id_ in self.replacing:
            return self._candidate(piece, kind, tree, id_, piece.text, "new")
        path = self._path(id_)
        if id_ in self.ids:
            self._tell("N005", f"{id_} is {self.ids[id_]} today", piece.shown, "say it of that one")
        elif (self.catalog.settings.root / path).exists():
            self._tell("N005", f"{path} is there and cannot be read", piece.shown, "mend that file first")
        elif was_there(plain(tree), self.bases.versions(path)):
            self._tell(
                "N005",
                f"{id_} was here once, and somebody took it away",
                piece.shown,
                f"--replace {id_} brings it back",
            )
        else:
            return self._candidate(piece, kind, tree, id_, piece.text, "new")
        self._end(piece, "conflict", id_)
        return None

    def _named(self, piece: Piece, kind: Kind, tree: Tree) -> _Candidate | None:
        """A piece whose file is to be named by what it is called: the first name that is free, unless one is just this entry."""
        values = plain(tree)
        named = (
            tree.text("name") or next(iter(plain(tree).get("name", {}).values()), "")
            if isinstance(values, dict)
            else ""
        )
        spdx = license_slug(tree.text("spdx_id").removeprefix("LicenseRef-")) if kind.name == "license" else ""
        taken: set[str] = set()
        for _ in range(NAMESAKES):
            slug = spdx if spdx and not taken else slug_of(str(named), taken)
            taken.add(slug)
            id_ = f"{kind.name}/{slug}"
            path = self._path(id_)
            there = self.there.get(id_)
            if there is not None and plain(there.fields) == values:
                self._end(piece, "same", id_)
                return None
            if there is not None and id_ in self.replacing:
                return self._answered(piece, kind, tree, there)
            if was_there(values, self.bases.versions(path)):
                self._end(piece, "known", id_)
                return None
            if there is None and id_ not in self.ids and not (self.catalog.settings.root / path).exists():
                return self._candidate(piece, kind, tree, id_, piece.text, "new")
        self._tell("N005", f"there are {NAMESAKES} entries of that name", piece.shown, "write the file by hand")
        self._end(piece, "refused")
        return None

    def _answered(self, piece: Piece, kind: Kind, tree: Tree, there: Entry) -> _Candidate | None:
        """The answers of a form for an entry that is there."""
        text = with_answers(kind, there, plain(tree))
        if text == there.source:
            self._end(piece, "same", there.id)
            return None
        if text is None:
            self._tell(
                "N005", f"{there.id} cannot be changed line by line", piece.shown, "write the answers into it by hand"
            )
            self._end(piece, "conflict", there.id, there.source)
            return None
        edited = read_yaml(text, piece.shown)[0] or tree
        return self._candidate(piece, kind, edited, there.id, text, "changed", there.source)

    def _candidate(
        self, piece: Piece, kind: Kind, tree: Tree, id_: EntryId, text: str, what: str, before: str = ""
    ) -> _Candidate:  # fmt: skip
        slug = id_.partition("/")[2]
        if what == "new":
            file = WrittenFile(self.catalog.settings.root / self._path(id_), piece.shown, kind.fields, False)
            text = formatted(file, text.encode()).data.decode()
            tree = read_yaml(text, piece.shown)[0] or tree
        entry = Entry(id_, kind.name, slug, piece.shown, tree, hashlib.sha256(text.encode()).hexdigest(), text)
        self.there[id_] = replace(entry, path=self._path(id_))
        self._end(piece, what, id_, before)
        return _Candidate(piece, kind, entry, len(self.outcome.fates) - 1)

    def _undo(self, one: _Candidate, what: str) -> None:
        self.outcome.fates[one.number] = self.outcome.fates[one.number]._replace(what=what)

    def _accepted(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Those in which the rules find no error; what they find is told."""
        for _ in range(PASSES):
            told = self._checked(candidates)
            wrong = {one.entry.id for one, found in zip(candidates, told, strict=True) if has_errors(found)}
            for one, found in zip(candidates, told, strict=True):
                if one.entry.id in wrong or not wrong:
                    self.outcome.findings += found
                    self.outcome.texts[one.piece.shown] = one.entry.source
                if one.entry.id in wrong:
                    self._undo(one, "refused")
            candidates = [one for one in candidates if one.entry.id not in wrong]
            if not wrong:
                return candidates
        for one in candidates:
            self._undo(one, "refused")
        return []

    def _checked(self, candidates: list[_Candidate]) -> list[list[Diagnostic]]:
        default, said = self.catalog.settings.default_language, self.catalog.declarations
        entries = {one.entry.id: one.entry for one in candidates}
        briefs = self.briefs | {id_: brief_of(entry, said, default) for id_, entry in entries.items()}
        context = context_of(replace(self.catalog, entries=entries), briefs)
        return [check_entry(context, one.entry) for one in candidates]

    def _looked_alike(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Tells which new ones may be an entry that is there, or one another; those that score too much are held back."""
        default, said = self.catalog.settings.default_language, self.catalog.declarations
        new = {one.entry.id: one for one in candidates if self.outcome.fates[one.number].what == "new"}
        briefs = self.briefs | {id_: brief_of(one.entry, said, default) for id_, one in new.items()}
        marks = {id_: brief.marks for id_, brief in briefs.items() if not brief.withdrawn}
        held: set[EntryId] = set()
        order = list(new)
        for pair in pairs_of(marks, families_of(said.kinds), told_apart(briefs, ids_of(briefs.values())), among=new):
            both = [id_ for id_ in (pair.one, pair.other) if id_ in new]
            later = max(both, key=order.index)
            other = pair.one if later == pair.other else pair.other
            holds = self.hold and pair.score >= self.hold and other not in held and later not in self.replacing
            self._tell("N007", f"{later} may be {other}: {', '.join(pair.reasons)} ({pair.score} of 100)", new[later].piece.shown,
                       f"it is held back: --hold 0 brings it in all the same, --replace {other} puts it there" if holds else "not_same_as says that they are two")  # fmt: skip
            if holds:
                held.add(later)
        for id_ in held:
            self._undo(new[id_], "held")
        return [one for one in candidates if one.entry.id not in held]


def difference(fate: Fate) -> list[str]:
    """The lines of a unified diff between what lies there and what a piece says."""
    old, new = fate.before.splitlines(), fate.text.splitlines()
    return list(difflib.unified_diff(old, new, f"a/{fate.path}", f"b/{fate.path}", lineterm=""))
