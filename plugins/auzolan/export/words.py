"""Vocabularies come in; the values that an editor may accept for a word go out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auzolan.model.kinds import Declarations, Word
from auzolan.model.text import fold

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z", re.ASCII)
_YES, _NO = frozenset({"yes", "true", "on"}), frozenset({"no", "false", "off"})


def word_values(vocabulary: str, declarations: Declarations) -> list[object]:
    """All that may be written for a word of `vocabulary` (`principles-{set}` stands for every set): ids in the order of
    their vocabulary, then aliases. Empty where there is no such vocabulary."""
    if vocabulary == "relations":
        return as_yaml(_relation_names(declarations))
    matching = re.compile(re.sub(r"\\\{.*?\\\}", ".+", re.escape(vocabulary)) + r"\Z")
    names = [name for name in sorted(declarations.vocabularies) if matching.match(name)]
    words = [word for name in names for word in declarations.vocabularies[name].words.values()]
    return as_yaml([*(word.id for word in words), *_aliases(words)])


def _relation_names(declarations: Declarations) -> list[str]:
    types = [type_ for type_ in declarations.relation_types.values() if not type_.derived_from]
    forward = {type_.id for type_ in types}
    names = sorted(name for name, (type_, _) in declarations.relation_names.items() if type_ in forward)
    return [*names, *_aliases(types)]


def _aliases(words: Iterable[Word]) -> list[str]:
    """Aliases as declared, in small letters, and without accents: three ways that people type them."""
    written = [alias for word in words for language in sorted(word.aliases) for alias in word.aliases[language]]
    return [form for alias in written for form in (alias, alias.lower(), fold(alias))]


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
    if text.lower() in _YES:
        return (True,)
    if text.lower() in _NO:
        return (False,)
    if _NUMBER.match(text):
        return (float(text) if "." in text else int(text),)
    return ()
