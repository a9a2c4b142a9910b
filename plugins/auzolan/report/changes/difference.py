"""What differs between two states of a commons, as plain values: nothing here is in any reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auzolan.check.alike import Pair
from auzolan.model.briefs import Brief
from auzolan.model.commons import Profile, Relation, Trust
from auzolan.model.entries import Catalog, EntryId
from auzolan.model.kinds import Field, Texts
from auzolan.report.record import Record


@dataclass(frozen=True, slots=True)
class Side:
    """One state. `profiles` and `relations` are of entries in whose files nothing is wrong; `files` are the ids that
    files stand for, also where they cannot be read; `records` are all findings; `mentions` who mentions an entry
    (ids, and `article/<slug>`)."""

    catalog: Catalog
    briefs: Mapping[EntryId, Brief]
    profiles: Mapping[EntryId, Profile]
    relations: tuple[Relation, ...]
    mentions: Mapping[EntryId, tuple[str, ...]]
    files: Mapping[EntryId, str]
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value of a field, `old` and `new`; None where there is or was none. `fields` lead to it from the entry down; `key`
    is the language, the source's name or the number in the list (from 1) where several stand side by side.
    `around` are the values beside the new one (else the old), by which a word's vocabulary is chosen."""

    fields: tuple[Field, ...]
    keys: tuple[str, ...]
    old: Any
    new: Any
    around: Mapping[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The dotted name of the field, from the entry down."""
        return ".".join(one.name for one in self.fields)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry or article (`article/<slug>` and its `language`) that is `added`, `changed`, `rewritten` (it says
    the same), `moved` (from the id `was`), `removed`, or `unreadable`: its file is there, and nobody can read it. `lines` are how many lines of an article's text
    came and went."""

    id: EntryId
    what: str
    kind: str
    path: str
    names: Texts
    fields: tuple[FieldChange, ...] = ()
    was: EntryId = ""
    language: str = ""
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A relation that is `added`, `ended` (it has an end now), `changed` or `removed` (nobody writes it any more).
    `old` is None where it is new, `new` where it is gone; `parts` name what changed in it."""

    what: str
    old: Relation | None
    new: Relation | None
    parts: tuple[str, ...] = ()

    @property
    def relation(self) -> Relation:
        """The relation as it is, or was."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Appears:
    """What comes to stand on the page of the entry `on`, whose own file nobody touched: a relation, or a mention by `by`."""

    on: EntryId
    relation: Relation | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class StateChange:
    """A state that is computed and comes out otherwise: of a relation, or of an entry's trust."""

    relation: tuple[Relation, Relation] | None = None
    entry: EntryId = ""
    lost: tuple[Trust, ...] = ()
    gained: tuple[Trust, ...] = ()


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text of an entry that lacks `missing` languages of the site; or was changed in some while it stays as it was in
    the languages `behind`."""

    id: EntryId
    field: Field
    missing: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LicenseDoubt:
    """`why`: `binds` (what is made of something under `license`, which asks for the same licence, is under `other`),
    `unknown` (`other`, "" or the id of the one without licence, cannot be judged) or `own` (the entry's own text, picture
    or article is under `license`, where the commons gives all away under `other`)."""

    id: EntryId
    why: str
    license: str
    other: str = ""
    to: EntryId = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. All lists are sorted; none has anything twice."""

    entries: tuple[EntryChange, ...] = ()
    relations: tuple[RelationChange, ...] = ()
    appears: tuple[Appears, ...] = ()
    states: tuple[StateChange, ...] = ()
    duplicates: tuple[Pair, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()
    licenses: tuple[LicenseDoubt, ...] = ()
    findings: tuple[Record, ...] = ()
    mended: tuple[Record, ...] = ()
    declarations: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    names: Mapping[EntryId, Texts] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not any((self.entries, self.relations, self.appears, self.states, self.duplicates, self.untranslated,
                        self.licenses, self.findings, self.mended, self.declarations, self.others))  # fmt: skip

    @property
    def errors(self) -> int:
        """How many findings that are new stop the build."""
        return sum(one.severity == "error" for one in self.findings)
