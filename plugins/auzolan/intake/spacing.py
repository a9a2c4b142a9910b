"""The bytes of an entry or article come in; the same words go out without what nobody sees: blanks at the ends of lines,
letters stored in two parts, a byte-order mark.

Left alone: the ends of lines in a block of text (`|`, `>`), where a blank is part of what is said, and in Markdown, where two
are a line break; tabs before a key, since nobody knows how many blanks they stand for (Y001 tells them).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from auzolan.intake.written import Text, WrittenFile, understood
from auzolan.model.nodes import Mapping, Node, Scalar, each, plain

_HEADER = re.compile(r"[|>][-+]?(\d?)[-+]?\s*(?:#.*)?\Z")

_UNTIDY = re.compile(rb"[ \t]$|\r|\A\xef\xbb\xbf|\n\n\Z", re.MULTILINE)
"""What may be there to be mended: blanks before the end of a line, line ends of other sorts, a byte-order mark, empty lines."""


@dataclass(frozen=True, slots=True)
class Spaced:
    """The text, and what was mended, in words."""

    text: str
    what: tuple[str, ...]


def is_tidy(data: bytes) -> bool:
    """Whether nothing can be mended in a file that holds `data`: most files, and they need not be read for that."""
    if _UNTIDY.search(data) or not data.endswith(b"\n"):
        return False
    try:
        return data.isascii() or unicodedata.is_normalized("NFC", data.decode())
    except UnicodeDecodeError:
        return False


def spaced(file: WrittenFile, said: Text) -> Spaced:
    """`said.text` with its spacing mended, as far as that does not change what the file says."""
    what: tuple[str, ...] = ()
    normal = unicodedata.normalize("NFC", said.text)
    if normal != said.text and (now := _if_the_same(file, said, normal)) is not None:
        said, what = now, ("letters in their normal form (NFC)",)
    bare = trimmed(file, said)
    return Spaced(bare.text, (*what, *bare.what))


def trimmed(file: WrittenFile, said: Text) -> Spaced:
    """`said.text` without blanks at the ends of lines and empty lines at its end, as far as that changes nothing it says."""
    text, count = _trimmed(said.text, said, file.is_article)
    if text == said.text or _if_the_same(file, said, text) is None:
        return Spaced(said.text, ())
    what = f"blanks at the end of {count} {'line' if count == 1 else 'lines'}" if count else "the end of the file"
    return Spaced(text, (what,))


def as_bytes(text: str, before: bytes) -> tuple[bytes, tuple[str, ...]]:
    """`text` as a file that was `before`: lines end as its first one did. And what of the bytes alone was mended."""
    what = []
    if before.startswith(codecs.BOM_UTF8):
        what.append("a byte-order mark")
    first, found, _ = before.partition(b"\n")
    returns = bool(found) and first.endswith(b"\r")
    if before.count(b"\r\n") not in (0, before.count(b"\n")):
        what.append("line ends of two sorts")
    return (text.replace("\n", "\r\n") if returns else text).encode(), tuple(what)


def _trimmed(text: str, said: Text, is_article: bool) -> tuple[str, int]:
    """Lines of fields without blanks at their end, one line end at the end of the file; and how many lines had some."""
    lines = text.split("\n")
    blocks = _lines_of_blocks(lines, said.tree)
    count = 0
    for index in range(said.first - 1, min(said.end - 1, len(lines))):
        bare = lines[index].rstrip(" \t")
        if bare != lines[index] and index not in blocks:
            lines[index] = bare
            count += 1
    if not is_article and len(lines) - 1 not in blocks:
        while len(lines) > 1 and not lines[-1] and not lines[-2]:
            lines.pop()
    if lines[-1]:
        lines.append("")
    return "\n".join(lines), count


def _lines_of_blocks(lines: list[str], tree: Mapping) -> set[int]:
    """The 0-based numbers of all lines that belong to a block of text. Where an indentation is told by a number, all do."""
    found: set[int] = set()
    for block in _blocks(tree):
        header = _HEADER.search(lines[block.line - 1][block.column - 1 :])
        if header is None or header[1]:
            return set(range(len(lines)))
        inner = 0
        for index in range(block.line, len(lines)):
            line = lines[index]
            indent = len(line) - len(line.lstrip(" "))
            if line.strip(" "):
                inner = inner or indent
                if indent < inner or not inner:
                    break
            found.add(index)
    return found


def _blocks(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node] if node.block else []
    inner = node.items.values() if isinstance(node, Mapping) else each(node)
    return [block for one in inner for block in _blocks(one)]


def _if_the_same(file: WrittenFile, said: Text, text: str) -> Text | None:
    """What `text` says in place of `said.text`, or None where that is not the same."""
    now, _ = understood(file, text)
    return now if now is not None and words_of(now) == words_of(said) else None


def words_of(said: Text) -> tuple[object, str]:
    """All that a file says, whatever the order of its keys."""
    return plain(said.tree), unicodedata.normalize("NFC", said.body).rstrip("\n")
