"""A vocabulary and what somebody wrote come in; the word that is meant goes out."""

from __future__ import annotations

from collections.abc import Mapping

from auzolan.model.kinds import Field, Vocabulary, Word
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.text import fold


def word_meant(vocabulary: Vocabulary | None, written: str) -> Word | None:
    """The word of that id, else the one that has `written` as a label or an alias in any language, whatever its case
    and accents; None where no word is meant."""
    if vocabulary is None or not written:
        return None
    if written in vocabulary.words:
        return vocabulary.words[written]
    wanted = fold(written)
    for word in vocabulary.words.values():
        names = [word.id, *word.label.values(), *(alias for aliases in word.aliases.values() for alias in aliases)]
        if any(fold(name) == wanted for name in names):
            return word
    return None


def word_id(vocabulary: Vocabulary | None, written: str) -> str:
    """The id of the word that is meant; `written` itself where none is."""
    word = word_meant(vocabulary, written)
    return word.id if word else written


def siblings_of(fields: Mapping[str, Field], vocabularies: Mapping[str, Vocabulary], around: Tree) -> dict[str, str]:
    """The texts beside a value, words as their ids: they fill a vocabulary's name such as `principles-{set}`."""
    found: dict[str, str] = {}
    for name, node in around.items.items():
        if isinstance(node, Scalar):
            field = fields.get(name)
            known = vocabularies.get(field.vocabulary) if field is not None and field.type == "word" else None
            found[name] = word_id(known, node.text)
    return found


def vocabulary_of(
    field: Field, fields: Mapping[str, Field], vocabularies: Mapping[str, Vocabulary], around: Tree
) -> Vocabulary | None:
    """The vocabulary of a value of `field`, which is one of `fields` and stands in `around`: what stands beside it
    matters only where the vocabulary's name says so."""
    name = field.vocabulary
    if "{" in name:
        name = field.vocabulary_for(siblings_of(fields, vocabularies, around))
    return vocabularies.get(name)
