"""Plain values come in; JSON text goes out: an item on a line, or indented for people. And large files in parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from auzolan.model.pages import Each, Part

T = TypeVar("T")

_ENCODE = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def dumps(value: object) -> str:
    """`value` as JSON on one line that is also safe inside a script element."""
    return _ENCODE(value).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def pretty(value: object, margin: str = "\n") -> str:
    """`value` as `json.dumps(value, ensure_ascii=False, indent=1)` writes it, in a quarter of the time."""
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        told = (f"{_ENCODE(key)}: {pretty(item, inner)}" for key, item in value.items())
        return "{" + inner + f",{inner}".join(told) + margin + "}"
    if isinstance(value, (list, tuple)) and value:
        return "[" + inner + f",{inner}".join([pretty(item, inner) for item in value]) + margin + "]"
    return _ENCODE(value)


def json_list(key: str, line: Callable[[bytes, T], bytes], items: Sequence[tuple[str, T]]) -> Iterator[Sequence[Part]]:
    """The parts of a member of a JSON object, after a first one: a list with an item a line. Each item comes with the
    name of its part; `line` makes the line behind what stands before it: a comma, save before the first."""
    if not items:
        yield [constant(f"{key} []", f',\n"{key}": []')]
        return
    name, item = items[0]
    yield [constant(f"{key} [", f',\n"{key}": [\n'), Part(f"{key} first {name}", partial(line, b"", item))]
    yield Each(lambda one: f"{key} {one[0]}", lambda one: line(b",\n", one[1]), items[1:])
    yield [constant(f"{key} ]", "\n]")]


def whole_list(key: str, lines: Iterable[str]) -> str:
    """The same list from its finished lines."""
    told = ",\n".join(lines)
    return f',\n"{key}": [\n{told}\n]' if told else f',\n"{key}": []'


def constant(key: str, text: str) -> Part:
    """A part that is always the same under its key."""
    data = text.encode()
    return Part(key, lambda: data)


def short_hash(data: bytes) -> str:
    """Tells one content from another in the key of a part: 128 bits of its sha256 in hex."""
    return hashlib.sha256(data).hexdigest()[:32]
