"""Values of entries and articles come in; facets, each value with those that have it, go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auzolan.link.context import Linking, value_leaves
from auzolan.link.relations import expression_ids
from auzolan.model.commons import Facet, FacetValue, Story
from auzolan.model.kinds import Field, Texts


def link_facets(linking: Linking, listed: Iterable[str], stories: Mapping[str, Story]) -> dict[str, Facet]:
    """Every facet that has values, by id, in the order of the declarations. A facet is called by its vocabulary; inside
    a group of offers, say, by that group's field, since `offers` and `needs` share their words; else by its field."""
    found: dict[str, tuple[Field, Field, str, dict[str, tuple[Texts, dict[str, None]]]]] = {}
    declarations = linking.catalog.declarations
    documents: list[tuple[str, Mapping[str, Field], Mapping[str, Any]]] = [
        (id_, declarations.kinds[id_.split("/")[0]].fields, linking.values[id_]) for id_ in listed
    ]
    if declarations.article is not None:
        documents += [
            (f"article/{story.slug}", declarations.article.fields, values)
            for story in stories.values()
            for values in story.values.values()
        ]
    for id_, fields, values in documents:
        for field, value, around, top in value_leaves(fields, values):
            if not field.facet:
                continue
            vocabulary = field.vocabulary_for({k: v for k, v in around.items() if isinstance(v, str)})
            facet = _facet_id(field, top, vocabulary)
            for word, label in _words(linking, field, vocabulary, value):
                slot = found.setdefault(facet, (field, top, vocabulary, {}))[3]
                slot.setdefault(word, (label, {}))[1][id_] = None
    return {id_: _facet(linking, id_, *found[id_]) for id_ in _in_order(linking, found)}


def _facet_id(field: Field, top: Field, vocabulary: str) -> str:
    if field.type != "word":
        return field.name.replace("_", "-")
    if field is top or "{" in field.vocabulary:
        return vocabulary
    return top.name.replace("_", "-")


def _words(linking: Linking, field: Field, vocabulary: str, value: Any) -> Iterator[tuple[str, Texts]]:
    if field.type == "word":
        words = linking.catalog.declarations.vocabularies.get(vocabulary)
        word = words.words.get(value) if words else None
        if word is not None:
            yield word.id, word.label
    elif field.type == "license":
        for id_ in expression_ids(value):
            yield id_, {}
    elif field.type == "flag":
        yield ("yes" if value else "no"), {}
    elif isinstance(value, str):
        yield value, {}


def _facet(
    linking: Linking, id_: str, field: Field, top: Field, vocabulary: str,
    words: dict[str, tuple[Texts, dict[str, None]]],
) -> Facet:  # fmt: skip
    declared = linking.catalog.declarations.vocabularies.get(vocabulary)
    label = (
        declared.label
        if declared and "{" in field.vocabulary
        else field.label
        if field is top or not declared
        else top.label
    )
    values = tuple(
        FacetValue(word, text, tuple(sorted(members)))
        for word, (text, members) in sorted(words.items(), key=lambda item: (-len(item[1][1]), item[0]))
    )
    return Facet(id_, field.type, label, vocabulary, values)


def _in_order(linking: Linking, found: Mapping[str, object]) -> list[str]:
    """Facets in the order in which kinds declare them, each once; then the rest (templated vocabularies), by name."""
    declared: dict[str, None] = {}
    for kind in linking.catalog.declarations.kinds.values():
        for top in kind.fields.values():
            for field in (top, *top.fields.values()):
                if field.facet:
                    declared.setdefault(_facet_id(field, top, field.vocabulary))
    return [*(id_ for id_ in declared if id_ in found), *sorted(id_ for id_ in found if id_ not in declared)]
