"""What was written in a YAML file, as a tree of texts that each know their place.

Nodes are named tuples: an entry has some sixty of them, and of all values that nobody can change these are made, and
pickled, fastest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from auzolan.model.diagnostics import Location


class Scalar(NamedTuple):
    """A text as written (never coerced). `line` and `column` are 1-based; `width` is in code points.
    `block` tells a block scalar (`|` or `>`), whose text begins on the line after."""

    text: str
    line: int
    column: int
    width: int
    block: bool = False


class Sequence(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """Keys and nodes in the order of the file; `keys` holds each key with its own place."""

    items: dict[str, Node]
    keys: dict[str, Scalar]
    line: int
    column: int

    def get(self, *path: str) -> Node | None:
        """The node at `path`, or None where any step is missing or is no mapping."""
        node: Node | None = self
        for key in path:
            if not isinstance(node, Mapping):
                return None
            node = node.items.get(key)
        return node

    def text(self, *path: str) -> str:
        """The text at `path`, or "" where there is none."""
        node = self.get(*path)
        return node.text if isinstance(node, Scalar) else ""


Node = Scalar | Sequence | Mapping
EMPTY = Mapping({}, {}, 1, 1)


def place(path: str, node: Node) -> Location:
    """Where `node` stands in the file `path`."""
    width = node.width if isinstance(node, Scalar) else 1
    return Location(path, node.line, node.column, max(1, width))


def is_on_one_line(node: Node) -> bool:
    """Whether `node` is a text whose `width` is all of what is written. (A text over several lines has the width 1.)"""
    return isinstance(node, Scalar) and not node.block and (node.width > 1 or len(node.text) == 1)


def each(node: Node | None) -> Iterator[Node]:
    """The items of a list; a single value counts as a list of one."""
    if isinstance(node, Sequence):
        yield from node.items
    elif node is not None:
        yield node


def texts_in(node: Node) -> Iterator[tuple[str, Scalar]]:
    """The texts of a text or prose value with their languages ("" for a plain one)."""
    if isinstance(node, Scalar):
        yield "", node
    elif isinstance(node, Mapping):
        for language, item in node.items.items():
            if isinstance(item, Scalar):
                yield language, item


def plain(node: Node) -> Any:
    """What a node says, as texts, lists and dicts, without where it stands."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(item) for key, item in node.items.items()}
