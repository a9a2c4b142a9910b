"""What an entry or article says comes in; the values by which it is sorted, its facets, go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.kinds import Declarations, Field
from auzolan.model.text import expression_ids
from auzolan.model.values import value_leaves

Words = tuple[tuple[str, str], ...]
"""The (facet, value) pairs that an entry or article has, each once, in the order in which it says them."""


def facet_words(declarations: Declarations, fields: Mapping[str, Field], values: Mapping[str, Any]) -> Words:
    """What facets these values of an entry or article have. A facet is called by its vocabulary; inside a group of offers,
    say, by that group's field, since `offers` and `needs` share their words; else by its field."""
    found: dict[tuple[str, str], None] = {}
    for field, value, around, top in value_leaves(fields, values):
        if field.facet:
            vocabulary = field.vocabulary_for({k: v for k, v in around.items() if isinstance(v, str)})
            facet = facet_id(field, top, vocabulary)
            found.update(((facet, word), None) for word in _words(declarations, field, vocabulary, value))
    return tuple(found)


def facet_id(field: Field, top: Field, vocabulary: str) -> str:
    """What the facet of a field is called, `top` being the outermost field above it."""
    if field.type != "word":
        return field.name.replace("_", "-")
    if field is top or "{" in field.vocabulary:
        return vocabulary
    return top.name.replace("_", "-")


def _words(declarations: Declarations, field: Field, vocabulary: str, value: Any) -> Iterator[str]:
    if field.type == "word":
        words = declarations.vocabularies.get(vocabulary)
        if words is not None and value in words.words:
            yield words.words[value].id
    elif field.type == "license":
        yield from expression_ids(value)
    elif field.type == "flag":
        yield "yes" if value else "no"
    elif isinstance(value, str):
        yield value
