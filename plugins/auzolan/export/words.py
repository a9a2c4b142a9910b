"""Vocabularies come in; the words that an editor may accept go out."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from auzolan.model.kinds import Declarations
from auzolan.model.text import fold

ID_SHAPED = "^[a-z0-9-]+$"
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})


def known_words(vocabulary: str, declarations: Declarations, only: Container[str] | None = None) -> list[object]:
    """All of the shape of an id that means a word of `vocabulary` (or one of the words in `only`): ids in the order of the
    vocabulary, then labels and aliases that look like one. `principles-{set}` stands for every set. Empty where there is no
    such vocabulary."""
    matching = re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(vocabulary)) + r"\Z")
    names = [name for name in sorted(declarations.vocabularies) if matching.match(name)]
    words = [
        word
        for name in names
        for word in declarations.vocabularies[name].words.values()
        if only is None or word.id in only
    ]
    labels = [word.label[language] for word in words for language in sorted(word.label)]
    aliases = [alias for word in words for language in sorted(word.aliases) for alias in word.aliases[language]]
    others = [fold(text) for text in (*labels, *aliases)]
    return as_yaml([*(word.id for word in words), *(text for text in others if re.match(ID_SHAPED, text))])


def relation_words(declarations: Declarations) -> list[object]:
    """The names under which a relation may be written; those that follow from a field may not be."""
    types = declarations.relation_types
    names = declarations.relation_names
    return [name for name in sorted(names) if not types[names[name][0]].derived_from]


def as_yaml(texts: Iterable[str]) -> list[object]:
    """`texts`, each once, and what YAML readers take them for: `no` is false to some, `4` a number to all."""
    values: list[object] = []
    seen: set[tuple[type, object]] = set()
    for text in texts:
        for value in (text, *_taken_for(text)):
            if (type(value), value) not in seen:
                seen.add((type(value), value))
                values.append(value)
    return values


def _taken_for(text: str) -> tuple[object, ...]:
    if text in _YES:
        return (True,)
    if text in _NO:
        return (False,)
    if _NUMBER.match(text):
        return (float(text) if "." in text else int(text),)
    return ()
