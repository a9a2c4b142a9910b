"""What a row says now, what an import wrote earlier and what lies there come in; what is to be written goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from auzolan.intake.tables.state import Known, hash_of
from auzolan.model.entries import Entry
from auzolan.model.kinds import Kind
from auzolan.model.nodes import plain


class Decision(NamedTuple):
    """`changes` of fields (None: it is taken away); fields whose value in the row is another than a person's, who is right
    (`kept`); and what to remember."""

    changes: Mapping[str, Any]
    kept: tuple[str, ...]
    known: Known


def decide(kind: Kind, entry: Entry, values: Mapping[str, Any], known: Known | None) -> Decision:
    """A field is written where it is as an earlier import wrote it, or where neither a person nor an import ever wrote it.
    What is remembered of a field that a person changed stays: it is theirs, until they write again what the row says."""
    wrote = dict(known.wrote) if known else {}
    changes: dict[str, Any] = {}
    kept: list[str] = []
    for name in kind.fields:
        node = entry.fields.items.get(name)
        there = None if node is None else plain(node)
        wanted = values.get(name)
        if there == wanted:
            if wanted is not None:
                wrote[name] = hash_of(wanted)
            else:
                wrote.pop(name, None)
        elif wanted is None:
            if name in wrote and hash_of(there) == wrote[name]:
                changes[name] = None
                del wrote[name]
        elif (there is None and name not in wrote) or (there is not None and wrote.get(name) == hash_of(there)):
            changes[name] = wanted
            wrote[name] = hash_of(wanted)
        else:
            kept.append(name)
    return Decision(changes, tuple(kept), Known(entry.id, wrote))
