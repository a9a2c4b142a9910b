"""The text of an entry's file and what a program has seen come in; the text with a line more in its `record` goes out.

The rest stays byte for byte. What is written is read again: where it says anything else than before and that line, nothing is.
"""

from __future__ import annotations

import re

from auzolan.load.yaml_text import read_yaml
from auzolan.model.entries import Entry
from auzolan.model.nodes import Mapping, plain

LINKED_FROM = "linked_from"
_PLAIN = re.compile(r"https?://[!-~]+\Z")


def with_linked_from(entry: Entry, url: str, on: str) -> str | None:
    """The file of `entry` with `record.linked_from: {url, on}`, a new line below `record:`. None where that cannot be done: there
    is no record in lines of its own, or it has such a line."""
    record = entry.fields.get("record")
    key = entry.fields.keys.get("record")
    if not isinstance(record, Mapping) or key is None or LINKED_FROM in record.items or not _PLAIN.match(url):
        return None
    lines = entry.source.split("\n")
    if any(sign in url for sign in '"\\') or not re.match(r"record:\s*(?:#.*)?\r?\Z", lines[key.line - 1]):
        return None
    first = min(record.keys.values(), key=lambda one: one.line, default=None)
    if first is None or first.line <= key.line:
        return None
    end = "\r" if lines[key.line - 1].endswith("\r") else ""
    lines.insert(key.line, f'{" " * (first.column - 1)}{LINKED_FROM}: {{url: "{url}", on: "{on}"}}{end}')
    text = "\n".join(lines)
    tree, told = read_yaml(text, entry.path)
    if tree is None or told:
        return None
    now = plain(tree)
    before = plain(entry.fields)
    assert isinstance(before, dict) and isinstance(before["record"], dict)
    before["record"][LINKED_FROM] = {"url": url, "on": on}
    return text if now == before else None
