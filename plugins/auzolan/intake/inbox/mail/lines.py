"""The text of an entry as a mail carried it comes in; as it was sent goes out, as far as that can be told."""

from __future__ import annotations

import re
from typing import Any

from auzolan.load.decoding import MAX_BYTES
from auzolan.load.yaml_text import read_yaml
from auzolan.model.nodes import plain

_BEGINS = re.compile(r"(?:[A-Za-z_][\w-]*:(?:\s|\Z)|- |#|\Z)")
"""How a line begins that no mail program made."""
_INDENT = re.compile(r"(?m)^[ \xa0]+")
NARROW = 60
"""Characters: no mail program breaks a line that is shorter than this with the next word in it."""


def mended(text: str) -> tuple[str, bool]:
    """The text with line ends and indents as files have them; and whether broken lines had to be joined for it to be readable.
    What can be read as it is stays as it is."""
    plain = tidied(text)
    if len(plain) > MAX_BYTES:
        return plain, False
    joined = _joined(plain)
    if joined == plain:
        return plain, False
    now, then = values_of(joined), values_of(plain)
    # Some broken lines can be read as they are, and are no less broken.
    return (joined, then is None) if now is not None and then in (None, now) else (plain, False)


def tidied(text: str) -> str:
    """The text with line ends and indents as files have them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip("\n")
    return _INDENT.sub(lambda indent: " " * len(indent[0]), plain) + "\n"


def reads(text: str) -> bool:
    """Whether a text can be read as an entry's file."""
    return values_of(text) is not None


def values_of(text: str) -> Any:
    """What a file says, as plain values; None where it cannot be read."""
    if len(text) > MAX_BYTES:
        return None
    tree, findings = read_yaml(text, "")
    return None if tree is None or findings else plain(tree)


def _joined(text: str) -> str:
    lines: list[list[str]] = []
    before = ""
    for line in text.rstrip("\n").split("\n"):
        first = line.split(" ", 1)[0]
        if lines and line[:1].strip() and len(before) + 1 + len(first) > NARROW and not _BEGINS.match(line):
            lines[-1] += [" ", line.rstrip()]
        else:
            lines.append([line.rstrip()])
        before = line
    return "\n".join("".join(parts) for parts in lines) + "\n"
