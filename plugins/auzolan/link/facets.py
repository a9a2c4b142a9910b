"""Values of entries and articles come in; facets, each value with those that have it, go out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from auzolan.model.commons import Facet, FacetValue
from auzolan.model.facets import Words, facet_id
from auzolan.model.kinds import Declarations, Field, Texts, every_field


def link_facets(declarations: Declarations, members: Iterable[tuple[str, Words]]) -> dict[str, Facet]:
    """Every facet that has values, by id, in the order in which kinds declare them, then those of templated vocabularies,
    by name. `members` are ids of entries (`kind/slug`) and articles (`article/slug`) with their words."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for id_, words in members:
        for facet, word in words:
            found.setdefault(facet, {}).setdefault(word, {})[id_] = None
    declared = _declared(declarations)
    named = [*(id_ for id_ in declared if id_ in found), *sorted(id_ for id_ in found if id_ not in declared)]
    return {id_: _facet(declarations, id_, *_origin(declarations, declared, id_), found[id_]) for id_ in named}


def _declared(declarations: Declarations) -> dict[str, tuple[Field, Field]]:
    """Facet → the field that declares it first, and the outermost field above that."""
    kinds = [*declarations.kinds.values(), *([declarations.article] if declarations.article else [])]
    found: dict[str, tuple[Field, Field]] = {}
    for kind in kinds:
        for top in kind.fields.values():
            for field in every_field({top.name: top}):
                if field.facet and "{" not in field.vocabulary:
                    found.setdefault(facet_id(field, top, field.vocabulary), (field, top))
    return found


def _origin(declarations: Declarations, declared: Mapping[str, tuple[Field, Field]], id_: str) -> tuple[Field, Field]:
    if id_ in declared:
        return declared[id_]
    for kind in declarations.kinds.values():
        for top in kind.fields.values():
            for field in every_field({top.name: top}):
                pattern = re.sub(r"\\\{.*?\\\}", ".+", re.escape(field.vocabulary))
                if field.facet and "{" in field.vocabulary and re.fullmatch(pattern, id_):
                    return field, top
    raise KeyError(id_)


def _facet(
    declarations: Declarations, id_: str, field: Field, top: Field, words: Mapping[str, Mapping[str, None]]
) -> Facet:
    vocabulary = id_ if "{" in field.vocabulary else field.vocabulary
    declared = declarations.vocabularies.get(vocabulary)
    if declared and "{" in field.vocabulary:
        label = declared.label
    else:
        label = field.label if field is top or not declared else top.label
    known = declared.words if declared and field.type == "word" else {}

    def label_of(word: str) -> Texts:
        return known[word].label if word in known else {}

    values = tuple(
        FacetValue(word, label_of(word), tuple(sorted(members)))
        for word, members in sorted(words.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return Facet(id_, field.type, label, vocabulary, values, field.related)
