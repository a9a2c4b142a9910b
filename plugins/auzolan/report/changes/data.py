"""A difference comes in; plain values for programs go out, in nobody's language: ids, names of fields, values as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Reference, Relation, SourceRef, Trust
from auzolan.model.dates import PartialDate
from auzolan.report.changes.difference import Difference, RelationChange
from auzolan.report.record import plain

FORMAT = "auzolan-diff/1"


def data(difference: Difference, base: str, head: str) -> dict[str, Any]:
    """The document of `--format json`."""
    return {
        "format": FORMAT,
        "base": base,
        "head": head,
        "empty": difference.is_empty,
        "errors": difference.errors,
        "entries": [
            {
                "id": one.id, "what": one.what, "kind": one.kind, "path": one.path, "name": dict(one.names),
                "was": one.was, "language": one.language,
                "lines": {"added": one.lines[0], "removed": one.lines[1]},
                "fields": [
                    {"field": change.path, "keys": list(change.keys), "old": _value(change.old), "new": _value(change.new)}
                    for change in one.fields
                ],
            }
            for one in difference.entries
        ],
        "relations": [_relation_change(one) for one in difference.relations],
        "appears": [
            {"on": one.on, "relation": _relation(one.relation) if one.relation else None, "by": one.by}
            for one in difference.appears
        ],
        "states": [
            {"relation": _relation(one.relation[1]), "old": one.relation[0].state, "new": one.relation[1].state}
            if one.relation else
            {"entry": one.entry, "lost": [_trust(word) for word in one.lost], "gained": [_trust(word) for word in one.gained]}
            for one in difference.states
        ],
        "duplicates": [
            {"one": one.one, "other": one.other, "score": one.score, "reasons": list(one.reasons)}
            for one in difference.duplicates
        ],
        "licenses": [
            {"id": one.id, "why": one.why, "license": one.license, "other": one.other, "to": one.to, "type": one.type}
            for one in difference.licenses
        ],
        "translations": [
            {"id": one.id, "field": one.field.name, "missing": list(one.missing), "behind": list(one.behind)}
            for one in difference.untranslated
        ],
        "findings": plain(difference.findings),
        "mended": plain(difference.mended),
        "declarations": list(difference.declarations),
        "others": list(difference.others),
    }  # fmt: skip


def _relation_change(one: RelationChange) -> dict[str, Any]:
    old, new = (_relation(side) if side else None for side in (one.old, one.new))
    return {"what": one.what, "old": old, "new": new, "parts": list(one.parts)}


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "type": one.type, "subject": _value(one.subject), "object": _value(one.object), "state": one.state,
        "since": _value(one.since), "until": _value(one.until), "as_of": _value(one.as_of), "ended": one.ended,
        "stated_by": list(one.stated_by), "reported_by": list(one.reported_by),
    }  # fmt: skip


def _trust(one: Trust) -> dict[str, Any]:
    return {"word": one.word, "count": one.count, "on": _value(one.on), "how": one.how}


def _value(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Reference):
        return value.entry or {"name": dict(value.name), "url": value.url}
    if isinstance(value, SourceRef):
        return {"entry": value.entry, "source": value.key}
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return value
