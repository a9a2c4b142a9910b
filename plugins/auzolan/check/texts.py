"""Texts: one line, not too long, in a language that exists, one script a word, no words of a template left in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from auzolan.check.context import Context, at, leaves, texts_in
from auzolan.check.prose_text import prose_problems
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.rules import finding

_PLACEHOLDER = re.compile(r"<[^<>\n]*>\Z")


def check_texts(context: Context) -> Iterator[Diagnostic]:
    """D004, D007, D008, D009, D011 and M001 to M007 for every text of entries, front matter and articles' bodies."""
    for entry in context.catalog.entries.values():
        is_example = entry.fields.text("example").lower() in ("true", "yes")
        yield from _texts(context.fields_of(entry), entry.fields, entry.path, not is_example)
    article = context.declarations.article
    for one in (*context.catalog.articles, *context.catalog.pages):
        if article is not None:
            yield from _texts(article.fields, one.fields, one.path, True)
        for code, line, column, message, hint in prose_problems(one.body):
            yield finding(code, message, Location(one.path, one.body_line + line - 1, column), hint)


def _texts(fields: Mapping[str, Field], tree: Tree, path: str, real: bool) -> Iterator[Diagnostic]:
    for field, node, _ in leaves(fields, tree):
        if real and isinstance(node, Scalar) and _PLACEHOLDER.match(node.text):
            yield at(
                "D007", f"`{node.text}` is a place to write in", path, node, "write what is true, without the < and >"
            )
        if field.type not in ("text", "prose") or field.to == ("source",):
            if isinstance(node, Scalar) and field.type != "url" and len(node.text) > field.max:
                yield _too_long(field, node, path)
            continue
        if isinstance(node, Tree):
            for language, key in node.keys.items():
                if not is_language(language):
                    yield at("D008", f"`{language}` is not the tag of a language", path, key,
                             "two or three letters: en, es, ca, fr, eu, pt-BR")  # fmt: skip
        for _, text in texts_in(node):
            yield from _text(field, text, path, real)


def _text(field: Field, text: Scalar, path: str, real: bool) -> Iterator[Diagnostic]:
    if field.type == "prose":
        for code, line, column, message, hint in prose_problems(text.text, field.max):
            # In a block scalar the text begins on the line after `|`; its columns are those of the text itself.
            where = text.line + line if text.block else text.line
            yield finding(code, message, Location(path, where, column if text.block else text.column), hint)
    elif "\n" in text.text:
        yield at("D009", f"`{field.name}` is one line, without breaks", path, text, "use `>-` or write it on one line")
    elif len(text.text) > field.max:
        yield _too_long(field, text, path)
    if real and field.essential and text.text == field.example:
        yield at(
            "D007", f"`{field.name}` still says what the example says", path, text, "write what is true of this entry"
        )
    if field.type == "text":
        mixed = mixed_word(text.text)
        if mixed:
            yield at("D011", f"`{mixed}` mixes letters of several scripts that look alike", path, text,
                     "type the word again with one keyboard")  # fmt: skip


def _too_long(field: Field, text: Scalar, path: str) -> Diagnostic:
    over = len(text.text) - field.max
    way_out = f"{over} too many" + (": what can wait for the description?" if field.type == "text" else "")
    return at("D004", f"`{field.name}` has {len(text.text)} characters; at most {field.max}", path, text, way_out)


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(Locale("en").languages)


@cache
def is_language(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag whose language CLDR knows (region and script only by form)."""
    base, *rest = tag.split("-")
    return (
        base.isascii()
        and base.isalpha()
        and base.islower()
        and base in _languages()
        and all(part.isalnum() and part.isascii() and 2 <= len(part) <= 8 for part in rest)
    )


_ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def mixed_word(text: str) -> str:
    """The first word that mixes Latin, Cyrillic or Greek letters, or ""."""
    if text.isascii():
        return ""
    for word in text.split():
        scripts = set()
        for character in word:
            if character.isalpha():
                name = unicodedata.name(character, "").split(" ", 1)[0]
                if name in _ALIKE:
                    scripts.add(name)
        if len(scripts) > 1:
            return word
    return ""
