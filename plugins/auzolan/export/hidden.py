"""Values of entries come in; what of their places may be published goes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auzolan.model.kinds import Declarations, Field
from auzolan.model.text import fold

HIDDEN = "hidden"
_SAFE_WHERE_HIDDEN = frozenset({"country", "region", "precision", "role"})


@dataclass(frozen=True, slots=True)
class Way:
    """A field that is a place, or leads to places (`inner`). `hidden` are the folded names under which a place may have
    been written as hidden; `plain` are the words that are none of them."""

    name: str
    many: str
    inner: tuple[Way, ...]
    hidden: frozenset[str] = field(default_factory=frozenset)
    plain: frozenset[str] = field(default_factory=frozenset)


def ways_to_places(fields: Mapping[str, Field], said: Declarations) -> tuple[Way, ...]:
    """The fields among `fields` in which places stand, in the order of declaration."""
    found = []
    for name, one in fields.items():
        if one.type == "place":
            found.append(Way(name, one.many, (), *_names(one, said)))
        elif one.fields and one.type != "relation" and (inner := ways_to_places(one.fields, said)):
            found.append(Way(name, one.many, inner))
    return tuple(found)


def _names(place: Field, said: Declarations) -> tuple[frozenset[str], frozenset[str]]:
    if "precision" not in place.fields:
        return frozenset(), frozenset()
    vocabulary = said.vocabularies.get(place.fields["precision"].vocabulary)
    words = vocabulary.words if vocabulary else {}
    word = words.get(HIDDEN)
    names = [*word.label.values(), *(alias for aliases in word.aliases.values() for alias in aliases)] if word else []
    hidden = frozenset({HIDDEN, *map(fold, names)})
    return hidden, frozenset(id_ for id_ in words if fold(id_) not in hidden)


def without_hidden(values: Mapping[str, Any], ways: tuple[Way, ...]) -> Mapping[str, Any]:
    """`values`; of a hidden place only what is safe to know, also where `hidden` was written as another of its names."""
    there = [way for way in ways if values.get(way.name) is not None]
    if not there:
        return values
    kept = dict(values)
    for way in there:
        value = kept[way.name]
        if way.many == "list":
            kept[way.name] = tuple([_item(item, way) for item in value])
        elif way.many == "keyed":
            kept[way.name] = {key: _item(item, way) for key, item in value.items()}
        else:
            kept[way.name] = _item(value, way)
    return kept


def _item(item: Mapping[str, Any], way: Way) -> Mapping[str, Any]:
    if way.inner:
        return without_hidden(item, way.inner)
    written = item.get("precision")
    if not written or written in way.plain or (written != HIDDEN and fold(written) not in way.hidden):
        return item
    return {key: HIDDEN if key == "precision" else item[key] for key in item if key in _SAFE_WHERE_HIDDEN}


def places_of(values: Mapping[str, Any], ways: tuple[Way, ...]) -> Iterator[Mapping[str, Any]]:
    """The places among `values`, in their order."""
    for way in ways:
        value = values.get(way.name)
        if value is None:
            continue
        items = value.values() if way.many == "keyed" else value if way.many == "list" else (value,)
        for item in items:
            if way.inner:
                yield from places_of(item, way.inner)
            else:
                yield item
