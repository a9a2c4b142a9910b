"""A kind's declaration comes in; what the form's script must know of it goes out, as plain values for JSON.

The shapes are those of `theme/client/contribute/kinds.ts`. What is empty is left out, since every page of a form carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from auzolan.model.kinds import Declarations, Field, Kind, RelationType, every_field
from auzolan.model.text import fold
from auzolan.render.shared.naming import Speaker

_GAP = re.compile(r"\{[a-z_]+\}")


def kind_told(kind: Kind, said: Declarations, speaker: Speaker, folder: str) -> dict[str, Any]:
    """What the script knows of a kind. `folder` is where its files lie, with a slash at the end."""
    return {
        "name": kind.name,
        "folder": folder,
        "traits": list(kind.traits),
        "fields": [_field(field, speaker) for field in kind.fields.values()],
        "vocabularies": vocabularies_of(kind, said),
        "kinds": sorted(said.kinds),
    }


def vocabularies_of(kind: Kind, said: Declarations) -> list[str]:
    """The vocabularies from which an entry of the kind takes words, those with a sibling in their name (`principles-{set}`)
    in all their forms."""
    found: dict[str, None] = {}
    for field in every_field(kind.fields):
        if field.vocabulary in said.vocabularies:
            found[field.vocabulary] = None
        elif "{" in field.vocabulary:
            pattern = re.compile(_GAP.sub("[a-z0-9-]+", field.vocabulary))
            found.update(dict.fromkeys(name for name in said.vocabularies if pattern.fullmatch(name)))
    found.pop("relations", None)
    return list(found)


def other_names(said: Declarations, vocabularies: Iterable[str]) -> dict[str, dict[str, str]]:
    """Vocabulary → other name of a word, folded → the word: what `word_meant` understands beside the ids."""
    found: dict[str, dict[str, str]] = {}
    for name in vocabularies:
        names: dict[str, str] = {}
        for word in said.vocabularies[name].words.values():
            aliases = (alias for many in word.aliases.values() for alias in many)
            for other in (word.id, *word.label.values(), *aliases):
                names.setdefault(fold(other), word.id)
        found[name] = names
    return found


def _field(field: Field, speaker: Speaker) -> dict[str, Any]:
    examples = [field.example, *field.examples.values()] if isinstance(field.example, str) and field.essential else []
    told: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "label": speaker.label(field) if field.required else "",
        "many": field.many,
        "max": field.max,
        "items": field.max_items if field.many else 0,
        "required": field.required,
        "essential": field.essential,
        "examples": examples,
        "vocabulary": field.vocabulary,
        "to": list(field.to),
        "fields": [_field(part, speaker) for part in field.fields.values()],
    }
    return {key: value for key, value in told.items() if value}


def words_told(said: Declarations, vocabularies: Iterable[str], speaker: Speaker) -> dict[str, dict[str, str]]:
    """Vocabulary → word → its label, in the order of the vocabulary."""
    return {
        name: {word.id: speaker.plain(word.label) or word.id for word in said.vocabularies[name].words.values()}
        for name in vocabularies
    }


def relations_told(said: Declarations, speaker: Speaker) -> Mapping[str, Mapping[str, Any]]:
    """Every name a relation may be written under: its label, its forward type, and what the rules ask of it."""
    return {
        name: {
            "label": _relation_label(said.relation_types[forward], speaker, inverse=inverse) or name,
            "main": name in (forward, said.relation_types[forward].inverse),
            "forward": forward,
            "inverse": inverse,
            "derived": bool(said.relation_types[forward].derived_from),
            "symmetric": said.relation_types[forward].symmetric,
        }
        for name, (forward, inverse) in said.relation_names.items()
    }


def _relation_label(type_: RelationType, speaker: Speaker, *, inverse: bool) -> str:
    return speaker.plain(type_.inverse_label if inverse else type_.label)
