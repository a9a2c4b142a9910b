"""The lines of a file and what its kind declares come in; the same lines go out in the order of the declaration.

Lines are moved, never written anew: whatever a key says, its quotes, its breaks and the comments above it stay as they are, and go
with it. (Libraries that keep comments hang them on the key before, and write every value anew.)

- The order is the declaration's; `record` comes last. Names of one's own (sources, languages, registers) stay in theirs, and
  so do keys that are not declared, after those that are.
- A comment above a key, in its column, belongs to it, with the empty lines between. What stands above the first key, up to an
  empty line or the line for editors, is the file's; what stands below the last one stays at the end.
- What is written between braces is put in order within its line; where it goes over several, it is left, and that is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auzolan.intake.braces import permuted
from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar
from auzolan.model.nodes import Sequence as Items

_DASHES = re.compile(r" *(?:- +)+\Z")
_KEEPS = re.compile(r"[|>]\d?\+")
_FOR_EDITORS = "# yaml-language-server:"


def declared_order(fields: Mapping[str, Field]) -> list[str]:
    """The names of `fields` in the order in which a file says them: what is said first, how it is known last."""
    return sorted(fields, key=lambda name: name == "record")


@dataclass(slots=True)
class Ordered:
    """The lines in order, and the 1-based lines where something stands that could not be put in order."""

    lines: list[str]
    left: list[int] = field(default_factory=list)


def ordered(
    lines: Sequence[str], tree: Tree, fields: Mapping[str, Field], first: int, end: int, *, braces: bool = True
) -> Ordered:
    """All `lines` of a file, those of its fields in order: they stand in the lines from `first` to before `end` (1-based), and
    `tree` is what they say. Without `braces`, all that stands between them is left."""
    start, stop = first - 1, min(end - 1, len(lines))
    order = _Order(lines)
    put = order.mapping(tree, fields, start, stop)
    within, undone = list(lines), []
    # From the last to the first, so that no place moves before it is reached. The lines stay as long as they are.
    for node, wanted in reversed(order.flows):
        line = _in_line(within, node, wanted) if braces else None
        if line is None:
            undone.append(node.line)
        else:
            within[node.line - 1] = line
    if within != list(lines):
        put = _Order(lines, within).mapping(tree, fields, start, stop)
    return Ordered([*within[:start], *put, *within[stop:]], sorted({*order.left, *undone}))


def _in_line(lines: Sequence[str], node: Tree, wanted: Sequence[int]) -> str | None:
    """The line of a mapping between braces with its items in the order `wanted`, or None where that cannot be."""
    keys = list(node.keys.values())
    if any(key.line != node.line for key in keys):
        return None
    return permuted(lines[node.line - 1], node.column - 1, [key.column - 1 for key in keys], wanted)


class _Order:
    """One file. Lines are numbered from 0 here, and `stop` is the first that does not belong any more."""

    def __init__(self, lines: Sequence[str], within: Sequence[str] | None = None) -> None:
        """`lines` are those that the places are of; `within`, where they are given, those that are put in order for them."""
        self.lines = lines
        self.within = lines if within is None else within
        self.left: list[int] = []
        self.flows: list[tuple[Tree, list[int]]] = []
        """The mappings between braces whose order is another, with the one that they should have."""

    def mapping(self, tree: Tree, fields: Mapping[str, Field] | None, start: int, stop: int) -> list[str]:
        """The lines of a mapping. Without `fields`, its names are free, and only what they say is put in order."""
        keys = list(tree.keys.values())
        raw = list(self.within[start:stop])
        if not keys:
            return raw
        names = list(tree.keys)
        known = {name: number for number, name in enumerate(declared_order(fields or {}))}
        rank = [_rank(name, known) if fields is not None else (0, 0) for name in names]
        wanted = sorted(range(len(keys)), key=lambda number: (rank[number], number))
        if not self._is_block(tree):
            if wanted != list(range(len(keys))):
                self.flows.append((tree, wanted))
            return raw
        at = [key.line - 1 for key in keys]
        column = tree.column - 1
        prefix = self.lines[at[0]][:column]
        in_list = bool(_DASHES.match(prefix))
        if any(key.column - 1 != column for key in keys) or (prefix.strip() and not in_list):
            self.left.append(tree.line)
            return raw
        values = list(tree.items.values())
        leads = [at[0] if in_list else self._lead(at[0], start, column, gaps=False)]
        for value, above, number in zip(values, at, at[1:], strict=False):
            leads.append(self._lead(number, above + 1, column, keeps=self._keeps(value)))
        foot = self._foot(at[-1] + 1, stop, column, self._keeps(values[-1]))
        ends = [*leads[1:], foot]
        comments = [list(self.within[lead:number]) for lead, number in zip(leads, at, strict=True)]
        bodies = [
            self._value(value, (fields or {}).get(name), number, end)
            for name, value, number, end in zip(names, values, at, ends, strict=True)
        ]
        head, tail = list(self.within[start : leads[0]]), list(self.within[foot:stop])
        if wanted[0] != 0 and in_list:
            if comments[wanted[0]]:
                # Above the hyphen it would be said of the whole item.
                self.left.append(at[wanted[0]] + 1)
                wanted = list(range(len(keys)))
            else:
                bodies[0][0] = " " * column + bodies[0][0][column:]
                bodies[wanted[0]][0] = prefix + bodies[wanted[0]][0][column:]
        if wanted[0] != 0:
            while comments[wanted[0]] and not comments[wanted[0]][0]:
                # No empty line begins a mapping; it still stands between the two keys.
                comments[0].insert(0, comments[wanted[0]].pop(0))
        return [*head, *(line for number in wanted for line in (*comments[number], *bodies[number])), *tail]

    def _value(self, node: Node, field_: Field | None, start: int, stop: int) -> list[str]:
        """The lines of a key and what it says; in order, where that is a group, or a list or names of groups."""
        raw = list(self.within[start:stop])
        if field_ is None or not field_.fields or isinstance(node, Scalar):
            return raw
        if isinstance(node, Tree):
            if field_.many != "keyed":
                return self._below(node, field_.fields, start, stop)
            return self._named(node, field_, start, stop)
        return self._items(node, field_.fields, start, stop)

    def _below(self, node: Tree, fields: Mapping[str, Field], start: int, stop: int) -> list[str]:
        if not self._is_block(node):
            return self._brace(node, fields, start, stop)
        if not node.keys or node.line - 1 <= start:
            return list(self.within[start:stop])
        return [self.within[start], *self.mapping(node, fields, start + 1, stop)]

    def _brace(self, node: Tree, fields: Mapping[str, Field], start: int, stop: int) -> list[str]:
        """Lines as they are; where the order between the braces is another, that is noted, outer ones first."""
        self.mapping(node, fields, start, stop)
        for name, value in node.items.items():
            inner = fields.get(name)
            if inner is not None and inner.fields:
                self._value(value, inner, start, stop)
        return list(self.within[start:stop])

    def _named(self, node: Tree, field_: Field, start: int, stop: int) -> list[str]:
        """The lines of a key below which names of one's own stand, each with a group."""
        if not self._is_block(node):
            for value in node.items.values():
                if isinstance(value, Tree):
                    self._brace(value, field_.fields, start, stop)
            return list(self.within[start:stop])
        one = Field(field_.name, field_.type, fields=field_.fields)
        at = [key.line - 1 for key in node.keys.values()]
        if at[0] <= start or at != sorted(set(at)):
            return list(self.within[start:stop])
        put = list(self.within[start : at[0]])
        for value, number, end in zip(node.items.values(), at, [*at[1:], stop], strict=True):
            put += self._value(value, one, number, end)
        return put

    def _items(self, node: Items, fields: Mapping[str, Field], start: int, stop: int) -> list[str]:
        """The lines of a key below which a list of groups stands."""
        trees = [item for item in node.items if isinstance(item, Tree) and item.keys]
        if len(trees) != len(node.items) or self.lines[node.line - 1][node.column - 1 : node.column] != "-":
            for tree in trees:
                self._brace(tree, fields, start, stop)
            return list(self.within[start:stop])
        at = [tree.line - 1 for tree in trees]
        if not at or at[0] <= start or at != sorted(set(at)):
            return list(self.within[start:stop])
        column = node.column - 1
        tops = [self._lead(number, above + 1, column) for above, number in zip([start, *at], at, strict=False)]
        put = list(self.within[start : tops[0]])
        for tree, number, top, end in zip(trees, at, tops, [*tops[1:], stop], strict=True):
            put += self.within[top:number]
            put += (
                self.mapping(tree, fields, number, end)
                if self._is_block(tree)
                else self._brace(tree, fields, number, end)
            )
        return put

    def _is_block(self, tree: Tree) -> bool:
        return self.lines[tree.line - 1][tree.column - 1 : tree.column] not in ("{", "?")

    def _lead(self, number: int, floor: int, column: int, gaps: bool = True, keeps: bool = False) -> int:
        """Where the comments above line `number` begin: those in `column`, and with `gaps` empty lines among them."""
        top = number
        while top > floor and (self._is_comment(top - 1, column) or (gaps and not self.lines[top - 1].strip())):
            top -= 1
        while keeps and top < number and not self.lines[top].strip():
            top += 1
        return top

    def _foot(self, floor: int, stop: int, column: int, keeps: bool) -> int:
        """Where the comments and empty lines at the end of a mapping begin."""
        return self._lead(stop, floor, column, keeps=keeps)

    def _is_comment(self, number: int, column: int) -> bool:
        line = self.lines[number]
        return line[:column].strip() == "" and line[column : column + 1] == "#" and not line.startswith(_FOR_EDITORS)

    def _keeps(self, node: Node) -> bool:
        """Whether empty lines after `node` belong to its text."""
        while not isinstance(node, Scalar):
            inner = list(node.items.values()) if isinstance(node, Tree) else list(node.items)
            if not inner:
                return False
            node = inner[-1]
        return node.block and bool(_KEEPS.match(self.lines[node.line - 1][node.column - 1 :]))


def _rank(name: str, known: Mapping[str, int]) -> tuple[int, int]:
    """Declared names in their order, then others, then the record."""
    if name == "record":
        return 2, 0
    return (0, known[name]) if name in known else (1, 0)
