"""The cells of a row come in; the texts that one value of an entry is made of go out: what a mapping says, ready to be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auzolan.model.kinds import Kind


@dataclass(frozen=True, slots=True)
class Condition:
    """A cell is one of `these` (or none of them, where `negated`). `why` is for people."""

    column: int
    these: frozenset[str]
    negated: bool
    why: str = ""

    def holds(self, cells: tuple[str, ...]) -> bool:
        """Whether a row is so."""
        return (cells[self.column] in self.these) != self.negated


@dataclass(frozen=True, slots=True)
class Value:
    """One leaf. `parts` are texts and numbers of columns, counted from 0; or there are `options`, of which the first counts
    that gives something. `words`: what is written, folded to lower case → what is said; None: as it is written."""

    parts: tuple[str | int, ...] = ()
    options: tuple[Value, ...] = ()
    split: str = ""
    join: str = ""
    words: Mapping[str, tuple[str, ...]] | None = None
    leave: bool = False
    cut: str = ""
    when: tuple[Condition, ...] = ()

    def of(self, cells: tuple[str, ...]) -> list[tuple[str, int]]:
        """The texts that a row gives, each with the number of the cell that it comes from, counted from 1 (0: none)."""
        if not all(condition.holds(cells) for condition in self.when):
            return []
        for option in self.options:
            found = option.of(cells)
            if found:
                return found
        columns = [part for part in self.parts if isinstance(part, int)]
        if not self.parts or not all(cells[column] for column in columns):
            return []
        text = "".join(cells[part] if isinstance(part, int) else part for part in self.parts)
        cell = columns[0] + 1 if columns else 0
        pieces = (piece.strip() for piece in (text.split(self.split) if self.split else [text]))
        said = dict.fromkeys(one for piece in pieces for one in self._said(piece) if one)
        return [(self.join.join(said), cell)] if self.join and said else [(one, cell) for one in said]

    def _said(self, piece: str) -> tuple[str, ...]:
        if self.cut:
            piece = piece.rstrip(self.cut).strip()
        if self.words is None:
            return (piece,)
        return self.words.get(piece.lower(), () if self.leave else (piece,))


Plan = Value | dict[str, "Plan"] | list["Plan"]
"""What a field is made of: a leaf, or the same for its parts by name, or items of a list."""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How rows become entries of `kind`. `fields` are plans by field, `record` among them where the kind has one."""

    path: str
    kind: Kind
    origin: str
    id: Value
    slug: Value
    skip: tuple[Condition, ...]
    fields: Mapping[str, Plan]
