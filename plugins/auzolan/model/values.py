"""What was written, as plain typed values. Nothing here raises: what cannot be read is None, and `check/` tells why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.commons import Reference
from auzolan.model.dates import partial_date
from auzolan.model.entries import Entry
from auzolan.model.kinds import Field, Vocabulary
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, each
from auzolan.model.text import is_slug, language_tag
from auzolan.model.words import vocabulary_of, word_id

ENTRY_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z0-9]+(?:[.-][a-z0-9]+)*\Z", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?\Z", re.ASCII)
FLAGS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}


def number(text: str) -> int | float | None:
    """A whole or decimal number: `120`, `41.3825`, `-0.5`."""
    if not _NUMBER.match(text):
        return None
    value = float(text)
    return int(text) if "." not in text else (value if math.isfinite(value) else None)


def flag(text: str) -> bool | None:
    """`true`, `false`, `yes` or `no`, in any case."""
    return FLAGS.get(text.lower())


def is_withdrawn(entry: Entry, known: Mapping[str, Vocabulary]) -> bool:
    """Whether the entry was withdrawn: then it says nothing else, anywhere."""
    return word_id(known.get("statuses"), entry.fields.text("status")) == "withdrawn"


def is_example(entry: Entry) -> bool:
    """Whether the entry only shows how to write one."""
    return flag(entry.fields.text("example")) is True


def former_ids_of(entry: Entry) -> Iterator[str]:
    """The ids that the entry had before."""
    for node in each(entry.fields.get("former_ids")):
        if isinstance(node, Scalar) and is_entry_id(node.text):
            yield node.text


def is_entry_id(text: str) -> bool:
    """Whether an entry may be called so: a kind, a slash, a name that a file may have."""
    return bool(ENTRY_ID.match(text)) and is_slug(text.partition("/")[2])


Vocabularies = Mapping[str, Vocabulary]


def values_of(fields: Mapping[str, Field], tree: Tree, language: str, known: Vocabularies) -> dict[str, Any]:
    """The values of `tree` by field name, in the order of the declaration; shapes as in `model.commons.Profile`, words
    as their ids. `language` is what a text that names none is written in; `known` are the vocabularies."""
    values: dict[str, Any] = {}
    written = tree.items
    for name, field in fields.items():
        if name not in written:
            continue
        node = written[name]
        if field.many == "list":
            read = [_value(field, item, language, known, fields, tree) for item in each(node)]
            items = tuple(value for value in read if value not in (None, "", {}))
            if items:
                values[name] = items
        elif field.many == "keyed":
            if isinstance(node, Tree):
                named = ((key, _value(field, item, language, known, fields, tree)) for key, item in node.items.items())
                values[name] = {key: value for key, value in named if value is not None}
        else:
            value = _value(field, node, language, known, fields, tree)
            if value not in (None, "", {}):
                values[name] = value
    return values


def _value(
    field: Field, node: Node, language: str, known: Vocabularies, fields: Mapping[str, Field], around: Tree
) -> Any:
    """The value of one `node` of `field`, which is one of `fields` and stands in `around`."""
    if field.fields:
        return values_of(field.fields, node, language, known) if isinstance(node, Tree) else None
    if field.type in ("text", "prose") and field.to != ("source",):
        return texts_of(node, language)
    if field.type == "reference":
        return reference_of(node, language)
    if field.type == "identifier":
        return (
            {key: n.text for key, n in node.items.items() if isinstance(n, Scalar)} if isinstance(node, Tree) else None
        )
    if not isinstance(node, Scalar):
        return None
    match field.type:
        case "word":
            return word_id(vocabulary_of(field, fields, known, around), node.text)
        case "date":
            return partial_date(node.text)
        case "number":
            return number(node.text)
        case "flag":
            return flag(node.text)
        case "country" | "region":
            return node.text.upper()
        case "language":
            return language_tag(node.text)
    return node.text


def texts_of(node: Node | None, language: str) -> dict[str, str]:
    """A text by language; a plain one is in `language`."""
    if isinstance(node, Scalar):
        return {language: node.text} if node.text else {}
    if isinstance(node, Tree):
        return {tag: item.text for tag, item in node.items.items() if isinstance(item, Scalar) and item.text}
    return {}


def reference_of(node: Node | None, language: str) -> Reference | None:
    """`kind/slug`, or `{name, url}` for what is not listed yet."""
    if isinstance(node, Scalar):
        return Reference(node.text) if ENTRY_ID.match(node.text) else None
    if isinstance(node, Tree):
        names = texts_of(node.get("name"), language)
        return Reference(None, names, node.text("url")) if names else None
    return None


Leaf = tuple[Field, Any, Mapping[str, Any], Field]
"""A single value: its field, the value, the mapping it stands in, and the outermost field above it."""


def value_leaves(
    fields: Mapping[str, Field], values: Mapping[str, Any], outer: Field | None = None
) -> Iterator[Leaf]:  # fmt: skip
    """Every single value."""
    for name, value in values.items():
        field = fields.get(name)
        if field is None:
            continue
        top = outer or field
        items = value if isinstance(value, tuple) else tuple(value.values()) if field.many == "keyed" else (value,)
        for item in items:
            if field.fields:
                yield from value_leaves(field.fields, item, top)
            else:
                yield field, item, values, top
