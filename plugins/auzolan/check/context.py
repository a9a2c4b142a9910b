"""A catalog comes in; what several rules need to know of it goes out, worked out once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog, Entry
from auzolan.model.kinds import Declarations, Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, Sequence, place
from auzolan.model.rules import finding
from auzolan.model.values import former_ids_of, is_withdrawn

MANY = 500
"""Words among which every one is compared with a wrong one; among more, only NEAR before it and as many after it."""
NEAR = 50


@dataclass(frozen=True, slots=True)
class Context:
    """The catalog, with every id that a reference may lead to (`ids`, former ones included → today's id) and the
    entries that were withdrawn."""

    catalog: Catalog
    ids: Mapping[str, str]
    withdrawn: frozenset[str]

    @property
    def declarations(self) -> Declarations:
        """All declarations."""
        return self.catalog.declarations

    def fields_of(self, entry: Entry) -> Mapping[str, Field]:
        """What an entry of this kind may say."""
        return self.declarations.kinds[entry.kind].fields


def context_of(catalog: Catalog) -> Context:
    """The context of `catalog`."""
    ids: dict[str, str] = {}
    for entry in catalog.entries.values():
        for former in former_ids_of(entry):
            ids.setdefault(former, entry.id)
    ids.update((id_, id_) for id_ in catalog.entries)
    known = catalog.declarations.vocabularies
    withdrawn = frozenset(entry.id for entry in catalog.entries.values() if is_withdrawn(entry, known))
    return Context(catalog, ids, withdrawn)


def at(code: str, message: str, path: str, node: Node, hint: str = "") -> Diagnostic:
    """A finding at `node` of the file `path`."""
    return finding(code, message, place(path, node), hint)


def nearest(word: str, known: list[str]) -> str:
    """ "did you mean `x`?" for the nearest of `known`, or "" where none is near."""
    if len(known) > MANY:
        # Comparing takes its time for each: a file full of wrong ids must not make a large commons wait.
        ordered = sorted(known)
        here = bisect_left(ordered, word.lower())
        known = ordered[max(0, here - NEAR) : here + NEAR]
    near = get_close_matches(word[:100].lower(), known, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else ""


def leaves(fields: Mapping[str, Field], tree: Tree) -> Iterator[tuple[Field, Node, Tree]]:
    """Every written value with its field and the mapping it stands in: items of lists one by one, sub-fields after
    the group they stand in. Unknown keys, wrong shapes and items beyond `max_items` are passed over (`check/fields.py`
    tells them)."""
    for name, node in tree.items.items():
        field = fields.get(name)
        if field is None:
            continue
        for item in _items(field, node):
            yield field, item, tree
            if field.fields and isinstance(item, Tree):
                yield from leaves(field.fields, item)


def _items(field: Field, node: Node) -> Iterator[Node]:
    if field.many == "list" and isinstance(node, Sequence):
        yield from node.items[: field.max_items or None]
    elif field.many == "keyed" and isinstance(node, Tree):
        yield from islice(node.items.values(), field.max_items or None)
    else:
        yield node


def texts_in(node: Node) -> Iterator[tuple[str, Scalar]]:
    """The texts of a text or prose value with their languages ("" for a plain one)."""
    if isinstance(node, Scalar):
        yield "", node
    elif isinstance(node, Tree):
        for language, item in node.items.items():
            if isinstance(item, Scalar):
                yield language, item
