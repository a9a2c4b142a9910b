"""Texts: one line, not too long, in a language that exists, one script a word, no words of a template left in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.check.prose_text import prose_problems
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar, texts_in
from auzolan.model.rules import finding

_TO_SOURCE = ("source",)
_PLACEHOLDER = re.compile(r"<[^<>\n]*>\Z")


def check_texts(context: Context, document: Document) -> Iterator[Diagnostic]:
    """D004, D007, D008, D009, D011 and M001 to M007 for every text of entries, front matter and articles' bodies."""
    # The example entry may say what an example says; articles have no such flag.
    real = document.article is not None or not document.is_example
    path = document.path
    for type_, leaves in document.leaves.items():
        is_text = type_ in ("text", "prose")
        for field, node, _ in leaves:
            if isinstance(node, Scalar):
                written = node.text
                if real and written.startswith("<") and _PLACEHOLDER.match(written):
                    yield at("D007", f"`{written}` is a place to write in", path, node,
                             "write what is true, without the < and >")  # fmt: skip
                if is_text and field.to != _TO_SOURCE:
                    yield from _text(field, node, path, real)
                elif len(written) > field.max and type_ != "url":
                    yield _too_long(field, node, path)
            elif is_text and isinstance(node, Tree) and field.to != _TO_SOURCE:
                for language, key in node.keys.items():
                    if not is_language(language):
                        yield at("D008", f"`{language}` is not the tag of a language", path, key,
                                 "two or three letters: en, es, ca, fr, eu, pt-BR")  # fmt: skip
                for _, text in texts_in(node):
                    yield from _text(field, text, path, real)
    if document.article is not None:
        start = document.article.body_line - 1
        for code, line, column, message, hint in prose_problems(document.article.body):
            yield finding(code, message, Location(path, start + line, column), hint)


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
    if real and field.essential and text.text in (field.example, *field.examples.values()):
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


@lru_cache(1024)
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
