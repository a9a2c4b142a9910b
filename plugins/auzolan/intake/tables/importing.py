"""A table, its mapping and the commons come in; files of entries, and what became of each row, go out.

First everything is read, looked at and compared, then files are written one by one, each remembered as soon as it lies there:
an import that is stopped anywhere goes on when it is run again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auzolan.intake.slugs import slug_of
from auzolan.intake.tables.decide import decide
from auzolan.intake.tables.doubles import doubles
from auzolan.intake.tables.plans import TableMapping
from auzolan.intake.tables.reading import Table
from auzolan.intake.tables.rows import look_at
from auzolan.intake.tables.state import Known, State, hash_of
from auzolan.intake.tables.values import Said, Words, said_by
from auzolan.intake.writing import edited_text, entry_text
from auzolan.load.decoding import MAX_BYTES
from auzolan.load.yaml_text import read_yaml
from auzolan.model.briefs import briefs_of, ids_of
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Catalog, Entry
from auzolan.model.marks import Marks
from auzolan.model.nodes import plain
from auzolan.model.pages import File
from auzolan.model.rules import finding
from auzolan.model.text import is_slug
from auzolan.write.folder import Folder

TOGETHER = 500
"""Rows that are looked at in one go."""
Say = Callable[[str], object]


class Accepted(NamedTuple):
    """A row that can be an entry: its line, who it is, the name its file is made of, its values and its marks."""

    line: int
    id: str
    named: str
    values: Mapping[str, Any]
    marks: Marks


@dataclass(slots=True)
class Outcome:
    """What became of the rows. `new`, `changed` and `same` are entries; `gone` were imported once, and people took them away;
    `held` were not written because they look too much like others; `refused` cannot be entries. `skipped`: reason → rows.
    `written` are paths from the site's root."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    held: int = 0
    refused: int = 0
    kept_fields: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    findings: list[Diagnostic] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    first: str = ""
    """The text of the first new entry."""


class Import:
    """One run. `hold`: the score (1 to 100) from which on a row that looks like another entry is not written; 0 writes all."""

    def __init__(
        self, table: Table, mapping: TableMapping, catalog: Catalog, state: State, *, hold: int = 0, dry: bool = False,
        say: Say = lambda words: None,
    ) -> None:  # fmt: skip
        self.table, self.mapping, self.catalog, self.state = table, mapping, catalog, state
        self.hold, self.dry, self.say = hold, dry, say
        self.briefs = briefs_of(catalog)
        self.ids = ids_of(self.briefs.values())
        self.outcome = Outcome()
        self.kind = mapping.kind
        self.origins = dict(self._origins())
        prefix = f"{self.kind.name}/"
        self.taken = {id_.removeprefix(prefix) for id_ in self.ids if id_.startswith(prefix)}
        self.taken |= {known.entry.removeprefix(prefix) for known in state.known.values()}
        self.numbers: dict[str, int] = {}
        # A file that cannot be read is no entry, and somebody's all the same.
        folder = catalog.settings.directory / self.kind.folder
        self.taken |= {path.stem.lower() for path in folder.glob("*.yaml")}

    def run(self) -> Outcome:
        """Does it all. Raises AuzolanError where something cannot be written."""
        accepted = list(self._accepted())
        new = [row for row in accepted if self._entry_of(row) is None and row.id not in self.state.known]
        held = self._tell_doubles(new)
        folder = None if self.dry else Folder(self.catalog.settings.directory)
        try:
            for number, row in enumerate(accepted):
                if not number % 100:
                    self.say(f"{'comparing' if self.dry else 'writing'}: {number:,} of {len(accepted):,}")
                if row.line in held:
                    self.outcome.held += 1
                else:
                    self._put(row, folder)
        finally:
            if not self.dry:
                self.state.close()
        return self.outcome

    def _origins(self) -> Iterator[tuple[str, Entry]]:
        """The entries of this table by who they are there, wherever people moved them since."""
        for entry in self.catalog.entries.values():
            id_ = entry.fields.text("record", "origin", "id")
            from_ = entry.fields.text("record", "origin", "from")
            if id_ and from_ == self.mapping.origin and entry.kind == self.kind.name:
                yield id_, entry

    def _entry_of(self, row: Accepted) -> Entry | None:
        known = self.state.known.get(row.id)
        now = self.ids.get(known.entry) if known else None
        return self.origins.get(row.id) or (self.catalog.entries.get(now) if now else None)

    def _accepted(self) -> Iterator[Accepted]:
        words = Words(self.catalog.declarations)
        lines: dict[str, int] = {}
        waiting: list[tuple[Said, str, str]] = []
        before = len(self.outcome.findings)
        for row in self.table.rows(self._tell_row):
            self.outcome.rows += 1
            why = next((one for one in self.mapping.skip if one.holds(row.cells)), None)
            if why is not None:
                name = self.table.header[why.column]
                self.outcome.skipped[why.why or f"{name}: {row.cells[why.column] or '(empty)'}"] += 1
                continue
            id_ = next((" ".join(text.split()) for text, _ in self.mapping.id.of(row.cells)), "")
            if not id_ or id_ in lines:
                where = Location(self.table.shown, row.line, next(iter(self._id_cells()), 0))
                self._refuse(
                    finding("B003", f"`{id_}` is the row in line {lines[id_]} too", where, "each row has an id of its own")
                    if id_ else finding("B003", "the row has no id", where, "who is it, in the next edition of this table?")
                )  # fmt: skip
                continue
            lines[id_] = row.line
            named = next((text for text, _ in self.mapping.slug.of(row.cells)), id_)
            waiting.append((said_by(row, self.mapping, words), id_, named))
            if len(waiting) == TOGETHER:
                self.say(f"reading: {self.outcome.rows:,} rows")
                yield from self._looked(waiting)
                waiting = []
        yield from self._looked(waiting)
        # What the reader told of rows that it could not give is refused too.
        unread = [
            one for one in self.outcome.findings[before:] if one.code in ("B001", "B002") and not one.location.column
        ]
        self.outcome.rows += len(unread)
        self.outcome.refused += len(unread)

    def _id_cells(self) -> list[int]:
        return [part + 1 for part in self.mapping.id.parts if isinstance(part, int)]

    def _tell_row(self, told: Diagnostic) -> None:
        self.outcome.findings.append(told)

    def _refuse(self, told: Diagnostic) -> None:
        self.outcome.refused += 1
        self.outcome.findings.append(told)

    def _looked(self, waiting: list[tuple[Said, str, str]]) -> Iterator[Accepted]:
        rows = [(said, self._slug(named, ())) for said, _, named in waiting]
        looked = look_at(rows, self.mapping, self.catalog, self.briefs, self.table.shown)
        for (said, id_, named), one in zip(waiting, looked, strict=True):
            self.outcome.findings += one.findings
            if one.values is None:
                self.outcome.refused += 1
            else:
                yield Accepted(said.row.line, id_, named, one.values, one.marks)

    def _slug(self, named: str, taken: set[str] | tuple[()]) -> str:
        """A name that is a slug already stays as it is: `agpl-3.0-only`."""
        lower = named.lower()
        return (
            lower if is_slug(lower) and lower not in taken else slug_of(named, taken, self.numbers if taken else None)
        )

    def _tell_doubles(self, new: list[Accepted]) -> set[int]:
        """The lines of the rows that are held back."""
        self.say("comparing with what is there")
        kinds = self.catalog.declarations.kinds
        own = {row.line: row.marks for row in new}
        held: set[int] = set()
        for line, told, score in doubles(own, self.kind, kinds, self.briefs, self.table.shown, self.hold):
            self.outcome.findings.append(told)
            if self.hold and score >= self.hold:
                held.add(line)
        return held

    def _put(self, row: Accepted, folder: Folder | None) -> None:
        entry = self._entry_of(row)
        known = self.state.known.get(row.id)
        if entry is not None and self.briefs[entry.id].withdrawn:
            self.outcome.gone += 1
        elif entry is not None:
            self._change(row, entry, known, folder)
        elif known is not None:
            self.outcome.gone += 1
            self.outcome.findings.append(
                finding("B007", f"it was {known.entry}, which somebody took away", Location(self.table.shown, row.line, 0),
                        "it is not written again")
            )  # fmt: skip
        else:
            self._begin(row, folder)

    def _begin(self, row: Accepted, folder: Folder | None) -> None:
        slug = self._slug(row.named, self.taken)
        # Writing YAML is most of the work, and a dry run shows one.
        text = "" if self.dry and self.outcome.first else entry_text(self.kind, row.values)
        if len(text.encode()) > MAX_BYTES:
            self._refuse(finding("Y006", f"its entry would have more than {MAX_BYTES:,} bytes",
                                 Location(self.table.shown, row.line, 0), "map fewer columns"))  # fmt: skip
            return
        self.taken.add(slug)
        self.outcome.new += 1
        self.outcome.first = self.outcome.first or text
        self._write(slug, text, folder)
        if folder is not None:
            wrote = {name: hash_of(value) for name, value in row.values.items()}
            self.state.keep(row.id, Known(f"{self.kind.name}/{slug}", wrote))

    def _change(self, row: Accepted, entry: Entry, known: Known | None, folder: Folder | None) -> None:
        decision = decide(self.kind, entry, row.values, known)
        text = (
            edited_text(self.kind, entry.source, entry.fields, decision.changes) if decision.changes else entry.source
        )
        kept = decision.kept
        if text is None or not _says(text, entry, decision.changes):
            # A person laid it out, or wrote a note within it: it is theirs.
            kept = tuple(name for name in self.kind.fields if name in decision.changes or name in kept)
            decision = decision._replace(changes={}, known=known or Known(entry.id, {}))
        for name in kept:
            self.outcome.kept_fields += 1
            self.outcome.findings.append(
                finding("B007", f"`{name}` of {entry.id} was written by somebody else, and the row says otherwise",
                        Location(self.table.shown, row.line, 0), f"what they wrote stays: see {entry.path}")
            )  # fmt: skip
        if decision.changes and text is not None:
            self.outcome.changed += 1
            self._write(entry.slug, text, folder)
        else:
            self.outcome.same += 1
        if folder is not None:
            self.state.keep(row.id, decision.known)

    def _write(self, slug: str, text: str, folder: Folder | None) -> None:
        settings = self.catalog.settings
        path = f"{self.kind.folder}/{slug}.yaml"
        if folder is not None:
            folder.put(File(path, text.encode()))
        self.outcome.written.append(f"{settings.directory.relative_to(settings.root).as_posix()}/{path}")


def _says(text: str, entry: Entry, changes: Mapping[str, Any]) -> bool:
    """Whether an edited file says what it said, but for the changes."""
    tree, findings = read_yaml(text, entry.path)
    wanted = {name: plain(node) for name, node in entry.fields.items.items()} | dict(changes)
    return not findings and tree is not None and plain(tree) == {k: v for k, v in wanted.items() if v is not None}
