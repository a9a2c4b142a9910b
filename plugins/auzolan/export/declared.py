"""Declarations come in; what may be said goes out as plain values: kinds, vocabularies, types of relations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auzolan.export import plain as p
from auzolan.model.kinds import Declarations, Field, Kind, RelationType, Vocabulary, Word


def declared(said: Declarations) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Lists by their key in everything.json, each sorted by name."""
    kinds = [*said.kinds.values(), *([said.article] if said.article else [])]
    yield "kinds", [_kind(kind) for kind in sorted(kinds, key=lambda kind: kind.name)]
    yield "vocabularies", [_vocabulary(said.vocabularies[name]) for name in sorted(said.vocabularies)]
    yield "relation_types", [_relation_type(said.relation_types[name]) for name in sorted(said.relation_types)]


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "folder": kind.folder,
        "label": p.texts(kind.label),
        "label_plural": p.texts(kind.label_plural),
        "describes": p.texts(kind.describes),
        "traits": list(kind.traits),
        "schema_org": kind.schema_org,
        "fields": [_field(field) for field in kind.fields.values()],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "many": field.many,
        "required": field.required,
        "vocabulary": field.vocabulary,
        "to": list(field.to),
        "label": p.texts(field.label),
        "help": p.texts(field.help),
        "maps": p.plain(field.maps),
        "fields": [_field(inner) for inner in field.fields.values()],
    }


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": vocabulary.name,
        "label": p.texts(vocabulary.label),
        "describes": p.texts(vocabulary.describes),
        "source": p.plain(vocabulary.source),
        "words": [_word(vocabulary.words[id_]) for id_ in sorted(vocabulary.words)],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "id": word.id,
        "label": p.texts(word.label),
        "definition": p.texts(word.definition),
        "aliases": p.plain(word.aliases),
        "broader": word.broader,
        "same_as": p.plain(word.same_as),
        "url": word.url,
    }


def _relation_type(type_: RelationType) -> dict[str, Any]:
    return {
        **_word(type_),
        "inverse": type_.inverse,
        "inverse_label": p.texts(type_.inverse_label),
        "symmetric": type_.symmetric,
        "from": list(type_.subjects),
        "to": list(type_.objects),
        "same_kind": type_.same_kind,
        "acyclic": type_.acyclic,
        "derived_from": type_.derived_from,
    }
