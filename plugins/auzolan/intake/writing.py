"""Plain values in the order of a declaration come in; the text of an entry's file, with comments, goes out.

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
from auzolan.model.text import reads_otherwise

_SHORT = re.compile(r"\w[\w .+/-]{0,38}\Z")
"""What may stand between brackets: readers of YAML disagree about colons and the like there."""
SCHEMA_LINE = "# yaml-language-server: $schema=../kinds/schemas/{kind}.schema.json\n"


def entry_text(kind: Kind, values: Mapping[str, Any], comments: Mapping[str, str] | None = None) -> str:
    """The file of an entry of `kind`. `values` hold texts, lists and mappings of texts, by field name; their order in the
    file is the declaration's. `comments` stand above the fields they are named by."""
    writer = YAML()
    writer.width = 110
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    tree = CommentedMap()
    for name in declared_order(kind.fields):
        if name in values:
            tree[name] = _node(values[name], kind.fields[name])
    for name, comment in (comments or {}).items():
        if name in tree:
            tree.yaml_set_comment_before_after_key(name, before=comment)
    buffer = io.StringIO()
    writer.dump(tree, buffer)
    return _without_blanks(SCHEMA_LINE.format(kind=kind.name) + buffer.getvalue(), kind)


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
    text = str(value)
    if "\n" in text:
        return LiteralScalarString(text.strip() + "\n")
    return DoubleQuotedScalarString(text) if reads_otherwise(text) else text
