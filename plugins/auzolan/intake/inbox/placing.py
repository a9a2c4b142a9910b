"""A piece and the commons come in; which entry's file it is, and whether it may be that, goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from auzolan.intake.formatting import formatted
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.fates import Candidate, Fate, Outcome
from auzolan.intake.inbox.pieces import LookPiece, Piece
from auzolan.intake.inbox.settling import settle, settle_look, was_there, with_answers
from auzolan.intake.slugs import slug_of
from auzolan.intake.written import WrittenFile
from auzolan.load import files
from auzolan.load.decoding import decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.briefs import briefs_of, ids_of
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Catalog, Entry, EntryId
from auzolan.model.kinds import Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import plain
from auzolan.model.rules import finding
from auzolan.model.text import license_slug

NAMESAKES = 50
"""Entries of one name, `mill-2` and so on, that are looked at."""


class Placing:
    """Finds a place for one piece after the other. `there` are the entries of the commons and of the pieces so far; `replacing` are ids
    in whose place a piece may be put."""

    def __init__(self, catalog: Catalog, bases: Bases, outcome: Outcome, replacing: Iterable[EntryId]) -> None:
        self.catalog, self.bases, self.outcome = catalog, bases, outcome
        self.replacing = frozenset(replacing)
        self.briefs = briefs_of(catalog)
        self.ids = ids_of(self.briefs.values())
        self.there = dict(catalog.entries)
        self.folder = files.relative(catalog.settings.directory, catalog.settings.root)

    def tell(self, code: str, message: str, shown: str, hint: str) -> None:
        self.outcome.findings.append(finding(code, message, Location(shown), hint))

    def _end(self, piece: Piece, what: str, id_: EntryId = "", before: str = "") -> None:
        self.outcome.fates.append(Fate(piece.shown, what, id_, self._path(id_), piece.text, before))

    def _path(self, id_: EntryId) -> str:
        kind, _, slug = id_.partition("/")
        known = self.catalog.declarations.kinds.get(kind)
        return f"{self.folder}/{known.folder}/{slug}.yaml" if known else ""

    def settled(self, piece: Piece) -> Candidate | None:
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
            self.tell(
                "N004",
                "nothing tells which kind of entry this is",
                piece.shown,
                "--kind cooperative, or its first line",
            )
            self._end(piece, "refused")
            return None
        return self._placed(piece, kind, tree) if piece.slug else self._named(piece, kind, tree)

    def looked(self, piece: LookPiece) -> Candidate | None:
        """Somebody's look at an entry as a line more in its record; else None, and what became of it."""
        id_ = f"{piece.kind}/{piece.slug}"
        there, kind = self.there.get(id_), self.catalog.declarations.kinds.get(piece.kind)
        code, told, way_out, what = (
            "N003",
            f"there is no entry {id_} that could be correct",
            "look for it by its name",
            "refused",
        )
        if id_ in self.ids and there is None:
            code, told, way_out, what = "N005", f"{id_} is {self.ids[id_]} today", "say it of that one", "conflict"
        elif id_ in self.briefs and self.briefs[id_].withdrawn:
            code, told, way_out, what = "N005", f"{id_} was withdrawn", "nothing of it can be correct", "conflict"
        elif there is not None and kind is not None:
            settled = settle_look(kind, there, piece.on, piece.how, self.bases)
            if settled.what == "edit":
                tree = read_yaml(settled.text, piece.shown)[0] or there.fields
                edit = Piece(piece.shown, settled.text, piece.kind, piece.slug)
                return self._candidate(edit, kind, tree, id_, settled.text, "changed", there.source)
            code, told = "N005", f"{id_} cannot be changed line by line"
            way_out, what = f'write `- {{on: "{piece.on}", how: {piece.how}}}` below `verified:` by hand', settled.what
        if what in ("refused", "conflict"):
            self.tell(code, told, piece.shown, way_out)
        path = self._path(id_) if there is not None else ""
        self.outcome.fates.append(
            Fate(piece.shown, what, id_, path, piece.text, "", f"still-{piece.kind}-{piece.slug}.txt")
        )
        return None

    def _only_kind(self, slug: str) -> str:
        """The kind of the only entry of that slug."""
        found = [entry.kind for entry in self.there.values() if slug and entry.slug == slug]
        return found[0] if len(found) == 1 else ""

    def _placed(self, piece: Piece, kind: Kind, tree: Tree) -> Candidate | None:
        """A piece that says which file it is."""
        id_ = f"{kind.name}/{piece.slug}"
        there = self.there.get(id_)
        if there is None:
            return self._begun(piece, kind, tree, id_)
        if there.id in self.briefs and self.briefs[there.id].withdrawn and id_ not in self.replacing:
            self.tell("N005", f"{id_} was withdrawn", piece.shown, "who asked for it must agree: --replace " + id_)
            self._end(piece, "conflict", id_)
            return None
        settled = settle(kind, there, piece.text, plain(tree), self.bases, piece.base, id_ in self.replacing)
        if settled.guessed and settled.what == "edit":
            self.tell("N009", f"nobody said what the edit of {id_} began with, and the version nearest to it was taken", piece.shown,
                       "read the difference before you commit it")  # fmt: skip
        if settled.what == "edit":
            edited, _ = read_yaml(settled.text, piece.shown)
            return self._candidate(piece, kind, edited or tree, id_, settled.text, "changed", there.source)
        if settled.what != "conflict":
            self._end(piece, settled.what, id_)
            return None
        if id_ not in self.catalog.entries:
            self.tell(
                "N006", f"an earlier piece is {id_} too, and says otherwise", piece.shown, "import the right one alone"
            )
        else:
            fields = ", ".join(f"`{name}`" for name in settled.fields)
            both = f": both sides changed {fields}" if fields else ""
            self.tell("N005", f"{id_} is there already, and says otherwise{both}", piece.shown,
                       f"--replace {id_} puts this in its place; --base says from which revision on it was edited")  # fmt: skip
        self._end(piece, "conflict", id_, there.source)
        return None

    def _begun(self, piece: Piece, kind: Kind, tree: Tree, id_: EntryId) -> Candidate | None:
        """A piece for a file that is not there, unless something else says that it may not be."""
        if id_ in self.replacing:
            return self._candidate(piece, kind, tree, id_, piece.text, "new")
        path = self._path(id_)
        if id_ in self.ids:
            self.tell("N005", f"{id_} is {self.ids[id_]} today", piece.shown, "say it of that one")
        elif (self.catalog.settings.root / path).exists():
            self.tell("N005", f"{path} is there and cannot be read", piece.shown, "mend that file first")
        elif was_there(plain(tree), self.bases.versions(path)):
            self.tell(
                "N005",
                f"{id_} was here once, and somebody took it away",
                piece.shown,
                f"--replace {id_} brings it back",
            )
        else:
            return self._candidate(piece, kind, tree, id_, piece.text, "new")
        self._end(piece, "conflict", id_)
        return None

    def _named(self, piece: Piece, kind: Kind, tree: Tree) -> Candidate | None:
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
        self.tell("N005", f"there are {NAMESAKES} entries of that name", piece.shown, "write the file by hand")
        self._end(piece, "refused")
        return None

    def _answered(self, piece: Piece, kind: Kind, tree: Tree, there: Entry) -> Candidate | None:
        """The answers of a form for an entry that is there."""
        text = with_answers(kind, there, plain(tree))
        if text == there.source:
            self._end(piece, "same", there.id)
            return None
        if text is None:
            self.tell(
                "N005", f"{there.id} cannot be changed line by line", piece.shown, "write the answers into it by hand"
            )
            self._end(piece, "conflict", there.id, there.source)
            return None
        edited = read_yaml(text, piece.shown)[0] or tree
        return self._candidate(piece, kind, edited, there.id, text, "changed", there.source)

    def _candidate(
        self, piece: Piece, kind: Kind, tree: Tree, id_: EntryId, text: str, what: str, before: str = ""
    ) -> Candidate:  # fmt: skip
        slug = id_.partition("/")[2]
        if what == "new":
            file = WrittenFile(self.catalog.settings.root / self._path(id_), piece.shown, kind.fields, False)
            text = formatted(file, text.encode()).data.decode()
            tree = read_yaml(text, piece.shown)[0] or tree
        entry = Entry(id_, kind.name, slug, piece.shown, tree, hashlib.sha256(text.encode()).hexdigest(), text)
        self.there[id_] = replace(entry, path=self._path(id_))
        self._end(piece, what, id_, before)
        return Candidate(piece, kind, entry, len(self.outcome.fates) - 1)
