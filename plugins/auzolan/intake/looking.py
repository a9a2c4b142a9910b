"""The text of an entry's file and somebody's look at the entry come in; the text with a look more in its record goes out.

As the form on the site writes it (`theme/client/contribute/still.ts`, `edit.ts`): the last of `record.verified`, in lines of its own,
every other byte as it is. What is written is read again: where it says anything else than before and that look, nothing is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from auzolan.intake.writing import edited_text
from auzolan.load.yaml_text import read_yaml
from auzolan.model.entries import Entry
from auzolan.model.kinds import Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Sequence, plain
from auzolan.model.text import reads_otherwise

RECORD, VERIFIED = "record", "verified"


def looks_of(values: Any) -> list[Any]:
    """The looks at an entry, by its plain values; one that stands without a list is a list of one."""
    record = values.get(RECORD) if isinstance(values, Mapping) else None
    told = record.get(VERIFIED) if isinstance(record, Mapping) else None
    return told if isinstance(told, list) else [] if told is None else [told]


def with_look(kind: Kind, entry: Entry, look: Mapping[str, str]) -> str | None:
    """The file of `entry` with `look` ({on, how}) as the last of its record. Of more than the kind takes, the oldest goes. None where
    that cannot be done without touching more."""
    field = kind.fields[RECORD].fields.get(VERIFIED) if RECORD in kind.fields else None
    values = plain(entry.fields)
    record = values.get(RECORD, {})
    if field is None or not isinstance(record, dict):
        return None
    before = looks_of(values)
    kept = before[1 - field.max_items :] if field.max_items else before
    wanted = {**values, RECORD: {**record, VERIFIED: [*kept, dict(look)]}}
    text = _in_lines(entry, look, len(before) - len(kept))
    if text is None or _said(text) != wanted:
        text = edited_text(kind, entry.source, entry.fields, {RECORD: wanted[RECORD]})
    return text if text is not None and _said(text) == wanted else None


def _said(text: str) -> Any:
    tree, told = read_yaml(text, "")
    return None if tree is None or told else plain(tree)


def _in_lines(entry: Entry, look: Mapping[str, str], leaving: int) -> str | None:
    """The text with lines more, and without those of the first `leaving` looks; None where they do not stand in lines."""
    lines = entry.source.rstrip("\n").split("\n")
    key, record = entry.fields.keys.get(RECORD), entry.fields.get(RECORD)
    if key is None:
        return "\n".join([*lines, f"{RECORD}:", *_lines(2, look)]) + "\n"
    if not isinstance(record, Tree) or not record.keys or not _opens(lines, key.line, RECORD):
        return None
    inner = {name.text: name for name in record.keys.values()}
    indent = min(name.column for name in inner.values()) - 1
    end = _end_of(lines, key.line, [one.line for one in entry.fields.keys.values()], 0)
    if VERIFIED not in inner:
        lines[end:end] = _lines(indent, look)
        return "\n".join(lines) + "\n"
    verified = inner[VERIFIED]
    items = record.items[VERIFIED]
    if not isinstance(items, Sequence) or not items.items or not _opens(lines, verified.line, VERIFIED):
        return None
    end = min(end, _end_of(lines, verified.line, [one.line for one in inner.values()], indent))
    starts = [item.line - 1 for item in items.items]
    dash = re.match(r" *(?=- )", lines[starts[0]])
    if dash is None:
        return None
    lines[end:end] = _item(len(dash[0]), look)
    if leaving:
        del lines[starts[0] : starts[leaving] if leaving < len(starts) else end]
    return "\n".join(lines) + "\n"


def _opens(lines: list[str], line: int, name: str) -> bool:
    """Whether a line has the name of a field and, but for a comment, nothing else: what it says stands below."""
    return bool(re.match(rf" *{name}:\s*(?:#.*)?\Z", lines[line - 1]))


def _end_of(lines: list[str], line: int, keys: list[int], indent: int) -> int:
    """Where the lines of the field end whose key stands in `line`: before the next of `keys`, and what is said above that."""
    end = min((one - 1 for one in keys if one > line), default=len(lines))
    while end > line and re.match(rf"\s*\Z| {{0,{indent}}}#", lines[end - 1]):
        end -= 1
    return end


def _lines(indent: int, look: Mapping[str, str]) -> list[str]:
    return [f"{' ' * indent}{VERIFIED}:", *_item(indent + 2, look)]


def _item(indent: int, look: Mapping[str, str]) -> list[str]:
    first, *others = (
        f"{name}: {json.dumps(value) if reads_otherwise(value) else value}" for name, value in look.items()
    )
    return [f"{' ' * indent}- {first}", *(f"{' ' * indent}  {other}" for other in others)]
