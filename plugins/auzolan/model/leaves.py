"""The fields of a kind and what an entry or article says come in; every single value of them goes out, by the type of
its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Sequence, each

Leaf = tuple[Field, Node, Tree]
"""A written value, its field, and the mapping it stands in."""

Leaves = Mapping[str, list[Leaf]]
"""Type of a field → the values of such fields, in the order of the file."""


def leaves_of(fields: Mapping[str, Field], tree: Tree) -> Leaves:
    """Every written value: items of lists one by one, groups and what stands in them. Unknown keys and items beyond
    `max_items` are passed over, and what has a wrong shape is one value, as it stands (`check/fields.py` tells them)."""
    found: dict[str, list[Leaf]] = {}
    _gather(fields, tree, found)
    return found


def _gather(fields: Mapping[str, Field], tree: Tree, found: dict[str, list[Leaf]]) -> None:
    for name, node in tree.items.items():
        field = fields.get(name)
        if field is None:
            continue
        here = found.get(field.type)
        if here is None:
            here = found[field.type] = []
        many, inner = field.many, field.fields
        items: Iterable[Node] = (node,)
        if many:
            if many == "list" and isinstance(node, Sequence):
                items = node.items[: field.max_items or None]
            elif many == "keyed" and isinstance(node, Tree):
                items = islice(node.items.values(), field.max_items or None)
        for item in items:
            here.append((field, item, tree))
            if inner and isinstance(item, Tree):
                _gather(inner, item, found)


def order_in(field: Field, node: Node) -> list[tuple[str, ...]]:
    """The keys of what stands under keys of its own in a value of `field`, in the order in which they are written: it is the
    order in which pages number sources. (That of a group's parts says nothing, and lists keep theirs.)"""
    if field.many == "keyed" and isinstance(node, Tree):
        below = [keys for item in node.items.values() for keys in _orders(field.fields, item)]
        return [tuple(node.items), *below]
    return [keys for item in each(node) for keys in _orders(field.fields, item)]


def _orders(fields: Mapping[str, Field], node: Node) -> list[tuple[str, ...]]:
    if not isinstance(node, Tree):
        return []
    parts = ((field, node.items.get(name)) for name, field in fields.items())
    return [keys for field, part in parts if part is not None for keys in order_in(field, part)]
