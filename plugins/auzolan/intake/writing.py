"""Plain values in the order of a declaration come in; the text of an entry's file, with comments, goes out, new or edited.

The only module that makes YAML; `mending.py` and `ordering.py` change files that are there, at a place or by the line.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from auzolan.intake.ordering import declared_order
from auzolan.intake.spacing import trimmed
from auzolan.intake.written import WrittenFile, understood
from auzolan.model.kinds import Field, Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.text import reads_otherwise

_SHORT = re.compile(r"\w[\w .+/-]{0,38}\Z")
"""What may stand between brackets: readers of YAML disagree about colons and the like there."""
_COMMENT = re.compile(r"(?m)(?:^|\s)#")
SCHEMA_LINE = "# yaml-language-server: $schema=../kinds/schemas/{kind}.schema.json\n"


def entry_text(kind: Kind, values: Mapping[str, Any], comments: Mapping[str, str] | None = None) -> str:
    """The file of an entry of `kind`. `values` hold texts, lists and mappings of texts, by field name; their order in the
    file is the declaration's. `comments` stand above the fields they are named by."""
    writer = _writer()
    tree = CommentedMap()
    for name in declared_order(kind.fields):
        if name in values:
            tree[name] = _node(values[name], kind.fields[name])
    for name, comment in (comments or {}).items():
        if name in tree:
            tree.yaml_set_comment_before_after_key(name, before=comment)
    return _without_blanks(SCHEMA_LINE.format(kind=kind.name) + _dumped(writer, tree), kind)


def edited_text(kind: Kind, source: str, tree: Tree, changes: Mapping[str, Any]) -> str | None:
    """The file of an entry, `source`, which was read as `tree`, with other values for some of its fields; None takes a field
    away. Every line of other fields stays as it is, comments too. None where that cannot be done: the file is not laid out in
    lines, or a comment stands within what would be replaced."""
    lines = source.split("\n")
    keys = list(tree.keys.values())
    if any(key.column != 1 for key in keys) or len({key.line for key in keys}) < len(keys):
        return None
    starts = [key.line - 1 for key in keys]
    for key, start, end in reversed(list(zip(keys, starts, [*starts[1:], len(lines)], strict=True))):
        if key.text not in changes:
            continue
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        if _COMMENT.search("\n".join(lines[start:end])):
            return None
        lines[start:end] = _field_lines(kind, key.text, changes[key.text])
    added = [name for name in kind.fields if name in changes and name not in tree.items and changes[name] is not None]
    # What is said comes first, how it is known last.
    place = next((at for at, line in enumerate(lines) if line.startswith("record:")), -1)
    if place < 0:
        place = len("\n".join(lines).rstrip().split("\n"))
    while place and lines[place - 1].startswith("#"):
        place -= 1
    lines[place:place] = [line for name in added for line in _field_lines(kind, name, changes[name])]
    return "\n".join(lines)


def commented_text(values: Mapping[str, Any], comments: Mapping[str, str], head: str = "") -> str:
    """Any mapping of texts, lists and mappings as YAML (in what is no entry, truth values too). `comments` stand above what their dotted paths name (items of lists by
    their number), `head` above all."""
    tree = _node(values, None)
    _comment(tree, "", comments)
    return "".join(f"# {line}".rstrip() + "\n" for line in head.splitlines()) + _dumped(_writer(), tree)


def _comment(node: Any, path: str, comments: Mapping[str, str], indent: int = 0) -> None:
    if isinstance(node, CommentedMap):
        for key, item in node.items():
            here = f"{path}.{key}" if path else str(key)
            if here in comments:
                node.yaml_set_comment_before_after_key(key, before=comments[here], indent=indent)
            _comment(item, here, comments, indent + (4 if isinstance(item, CommentedSeq) else 2))
    elif isinstance(node, CommentedSeq):
        for number, item in enumerate(node):
            _comment(item, f"{path}.{number}", comments, indent)


def _field_lines(kind: Kind, name: str, value: Any) -> list[str]:
    if value is None:
        return []
    return _dumped(_writer(), CommentedMap({name: _node(value, kind.fields[name])})).rstrip("\n").split("\n")


def _writer() -> YAML:
    writer = YAML()
    writer.width = 110
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def _dumped(writer: YAML, tree: CommentedMap) -> str:
    buffer = io.StringIO()
    writer.dump(tree, buffer)
    return buffer.getvalue()


def _without_blanks(text: str, kind: Kind) -> str:
    """The text without the blanks that ruamel.yaml leaves where it breaks a line."""
    file = WrittenFile(Path(), f"{kind.name}.yaml", kind.fields, False)
    said, _ = understood(file, text)
    return trimmed(file, said).text if said is not None else text


def _node(value: Any, field: Field | None) -> Any:
    if isinstance(value, Mapping):
        made = CommentedMap()
        if field is not None and field.many == "keyed":
            for key, item in value.items():
                made[key] = _node(item, replace(field, many=""))
            return made
        inner = field.fields if field else {}
        # What is declared comes in the order of its declaration, as `auzolan fmt` has it; all else as it is given.
        declared = [name for name in declared_order(inner) if name in value]
        for key in dict.fromkeys([*declared, *value]):
            made[key] = _node(value[key], inner.get(key))
        return made
    if isinstance(value, list | tuple):
        sequence = CommentedSeq(_node(item, field) for item in value)
        if all(isinstance(item, str) and _SHORT.match(item) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, bool):
        return value
    text = str(value)
    if "\n" in text:
        return LiteralScalarString(text.strip() + "\n")
    return DoubleQuotedScalarString(text) if reads_otherwise(text) else text
