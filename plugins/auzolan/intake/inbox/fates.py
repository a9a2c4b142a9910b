"""What became of each piece that was sent, and what was found in it."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from auzolan.intake.inbox.pieces import Piece
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Entry, EntryId
from auzolan.model.kinds import Kind


class Fate(NamedTuple):
    """What became of a piece: new, changed, same, known, conflict, held or refused. `entry` is its id ("" where it has none), `path`
    its file from the site's root, `text` what the piece says, `before` what lies there in a conflict, or lay there before a change;
    `aside` is what a file of it is called, where it is no entry."""

    shown: str
    what: str
    entry: EntryId = ""
    path: str = ""
    text: str = ""
    before: str = ""
    aside: str = ""


@dataclass(slots=True)
class Outcome:
    """All that became of the pieces, in their order; `texts` are those that findings are about, by what they are shown as."""

    fates: list[Fate] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    def counts(self) -> Counter[str]:
        """How many pieces became what."""
        return Counter(fate.what for fate in self.fates)


class Candidate(NamedTuple):
    """A piece that may be written: its kind, the entry that it would be, its number among the fates."""

    piece: Piece
    kind: Kind
    entry: Entry
    number: int


def difference(fate: Fate) -> list[str]:
    """The lines of a unified diff between what lies there and what a piece says."""
    old, new = fate.before.splitlines(), fate.text.splitlines()
    return list(difflib.unified_diff(old, new, f"a/{fate.path}", f"b/{fate.path}", lineterm=""))
