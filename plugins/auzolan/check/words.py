"""Words: each is one of its vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.check.context import Context, at, leaves, nearest
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Field, every_field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.text import fold
from auzolan.model.words import siblings_of, word_meant


def check_words(context: Context) -> Iterator[Diagnostic]:
    """V001 and V002 for every word of entries and front matter. Relation types are `check/relations.py`'s."""
    for entry in context.catalog.entries.values():
        yield from _words(context, context.fields_of(entry), entry.fields, entry.path)
    article = context.declarations.article
    for one in (*context.catalog.articles, *context.catalog.pages):
        if article is not None:
            yield from _words(context, article.fields, one.fields, one.path)


def _words(context: Context, fields: Mapping[str, Field], tree: Tree, path: str) -> Iterator[Diagnostic]:
    vocabularies = context.declarations.vocabularies
    known = {field.path: field.fields for field in every_field(fields) if field.fields}
    for field, node, around in leaves(fields, tree):
        if field.type != "word" or field.vocabulary == "relations" or not isinstance(node, Scalar) or not node.text:
            continue
        siblings = siblings_of(known.get(field.path.rpartition(".")[0], fields), vocabularies, around)
        vocabulary = vocabularies.get(field.vocabulary_for(siblings))
        if vocabulary is None or node.text in vocabulary.words:
            continue
        meant = word_meant(vocabulary, node.text)
        if meant:
            yield at("V002", f'"{node.text}" is another name for `{meant.id}`', path, node, f"write `{meant.id}`")
            continue
        hint = nearest(fold(node.text).replace(" ", "-"), list(vocabulary.words))
        if not hint:
            listed = list(vocabulary.words)
            hint = "known: " + " ".join(listed[:30]) + (" …" if len(listed) > 30 else "")
        yield at("V001", f'"{node.text}" is not a word of `{vocabulary.name}`', path, node, hint)
