"""Words: each is one of its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.check.context import Context, Layout, at
from auzolan.check.document import Document
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Field, every_field
from auzolan.model.nodes import Scalar
from auzolan.model.text import fold
from auzolan.model.words import vocabulary_of, word_meant


def check_words(context: Context, document: Document) -> Iterator[Diagnostic]:
    """V001 and V002 for every word of entries and front matter. Relation types are `check/relations.py`'s."""
    vocabularies = context.declarations.vocabularies
    for field, node, around in document.leaves.get("word", ()):
        if field.vocabulary == "relations" or not isinstance(node, Scalar) or not node.text:
            continue
        beside = _fields_beside(field, document.layout) if "{" in field.vocabulary else {}
        vocabulary = vocabulary_of(field, beside, vocabularies, around)
        if vocabulary is None or node.text in vocabulary.words:
            continue
        meant = word_meant(vocabulary, node.text)
        if meant:
            yield at("V002", f'"{node.text}" is another name for `{meant.id}`', document.path, node,
                     f"write `{meant.id}`", meant.id)  # fmt: skip
            continue
        hint = document.hints.nearest(fold(node.text).replace(" ", "-"), vocabulary.words)
        if not hint:
            listed = list(vocabulary.words)
            hint = "known: " + " ".join(listed[:30]) + (" …" if len(listed) > 30 else "")
        yield at("V001", f'"{node.text}" is not a word of `{vocabulary.name}`', document.path, node, hint)


def _fields_beside(field: Field, layout: Layout | None) -> Mapping[str, Field]:
    """The fields of the group that `field` stands in."""
    fields = layout.fields if layout else {}
    group = field.path.rpartition(".")[0]
    return next((one.fields for one in every_field(fields) if one.fields and one.path == group), fields)
