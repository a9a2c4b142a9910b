"""A row and a mapping come in; what the row says goes out, as the tree of an entry whose places are numbers of its nodes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from auzolan.intake.tables.plans import Plan, TableMapping, Value
from auzolan.intake.tables.reading import Row
from auzolan.model.kinds import Declarations, Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, Sequence
from auzolan.model.text import fold

ROOT = 1
"""The number of the entry itself."""


@dataclass(slots=True)
class Said:
    """What a row says. Each node of `tree` has the row's line and a number as its column: `cells` tells for each number the
    cell that it comes from, counted from 1 (0: the mapping itself), and the field."""

    row: Row
    tree: Tree
    cells: list[tuple[int, str]] = field(default_factory=list)

    def without(self, numbers: frozenset[int]) -> Said:
        """The same without the nodes of these numbers, and without what is empty then."""
        kept = _without(self.tree, numbers)
        return Said(self.row, kept if isinstance(kept, Tree) else self.tree._replace(items={}, keys={}), self.cells)


class Words:
    """The words of all vocabularies by each of their names, folded: looked up once a value of thousands of rows."""

    def __init__(self, declarations: Declarations) -> None:
        self._vocabularies = declarations.vocabularies
        self._by_name: dict[str, dict[str, str]] = {}

    def meant(self, vocabulary: str, written: str) -> str:
        """The id of the word that is meant, or `written`."""
        known = self._vocabularies.get(vocabulary)
        if known is None or written in known.words:
            return written
        if vocabulary not in self._by_name:
            names = self._by_name[vocabulary] = {}
            for word in known.words.values():
                aliases = (alias for some in word.aliases.values() for alias in some)
                for name in (word.id, *word.label.values(), *aliases):
                    names.setdefault(fold(name), word.id)
        return self._by_name[vocabulary].get(fold(written), written)


def said_by(row: Row, mapping: TableMapping, words: Words) -> Said:
    """What the row says, by the mapping."""
    made = Said(row, Tree({}, {}, row.line, ROOT), [(0, ""), (0, "")])
    maker = _Maker(row, words, made.cells)
    tree = maker.group(dict(mapping.fields), mapping.kind.fields, ROOT)
    made.tree = tree if tree is not None else made.tree
    return made


class _Maker:
    def __init__(self, row: Row, words: Words, cells: list[tuple[int, str]]) -> None:
        self.row, self.words, self.cells = row, words, cells

    def number(self, cell: int, path: str) -> int:
        self.cells.append((cell, path))
        return len(self.cells) - 1

    def group(self, plans: Mapping[str, Plan], fields: Mapping[str, Field], number: int) -> Tree | None:
        items: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        # In the order of the declaration, as an entry is written.
        for name in [*(name for name in fields if name in plans), *(name for name in plans if name not in fields)]:
            node = self.field(plans[name], fields.get(name))
            if node is not None:
                items[name] = node
                keys[name] = Scalar(name, self.row.line, node.column, len(name))
        return Tree(items, keys, self.row.line, number) if items else None

    def field(self, plan: Plan, declared: Field | None) -> Node | None:
        path = declared.path if declared else ""
        if isinstance(plan, list):
            number = self.number(0, path)
            items = [item for one in plan for item in self.items(one, declared)]
            return Sequence(tuple(items), self.row.line, number) if items else None
        if declared is not None and declared.many == "list":
            number = self.number(0, path)
            items = self.items(plan, declared)
            return Sequence(tuple(items), self.row.line, number) if items else None
        if isinstance(plan, dict) and declared is not None and declared.many == "keyed":
            number = self.number(0, path)
            named = {key: self.items(item, declared) for key, item in plan.items()}
            kept = {key: item[0] for key, item in named.items() if item}
            keys = {key: Scalar(key, self.row.line, item.column, len(key)) for key, item in kept.items()}
            return Tree(kept, keys, self.row.line, number) if kept else None
        return next(iter(self.items(plan, declared)), None)

    def items(self, plan: Plan, declared: Field | None) -> list[Node]:
        path = declared.path if declared else ""
        if isinstance(plan, Value):
            said = {self.written(text, declared): cell for text, cell in plan.of(self.row.cells)}
            return [
                Scalar(text, self.row.line, self.number(cell, path), len(text)) for text, cell in said.items() if text
            ]
        if isinstance(plan, dict):
            number = self.number(0, path)
            inner = declared.fields if declared and declared.fields else {}
            group = self.group(plan, inner, number)
            return [group] if group is not None else []
        return [item for one in plan for item in self.items(one, declared)]

    def written(self, text: str, declared: Field | None) -> str:
        """The text as an entry writes it: on one line, unless it is prose; a word by its id, a code in capitals."""
        text = unicodedata.normalize("NFC", text)
        if declared is None or declared.type != "prose":
            text = " ".join(text.split())
        if declared is None:
            return text
        if declared.type == "word" and "{" not in declared.vocabulary:
            return self.words.meant(declared.vocabulary, text)
        if declared.type in ("country", "region"):
            return text.upper() if len(text) <= 6 else text
        return text


def _without(node: Node, numbers: frozenset[int]) -> Node | None:
    if node.column in numbers:
        return None
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Sequence):
        items = tuple(kept for item in node.items if (kept := _without(item, numbers)) is not None)
        return node._replace(items=items) if items else None
    named = {name: kept for name, item in node.items.items() if (kept := _without(item, numbers)) is not None}
    return Tree(named, {name: node.keys[name] for name in named}, node.line, node.column) if named else None
