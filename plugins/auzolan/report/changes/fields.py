"""The values of an entry, before and after, come in; what changed, field by field, goes out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.kinds import Field
from auzolan.report.changes.difference import FieldChange

_NOTHING: Mapping[str, Any] = {}


def changed_fields(
    fields: Mapping[str, Field], old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """What differs between two states of the values of `fields`, in the order of their declaration. Relations of an entry
    are left out: they are of two entries, and told apart."""
    return tuple(
        change
        for name, field in fields.items()
        if field.type != "relation"
        for change in _of_field((field,), (), old.get(name), new.get(name), new or old)
    )


def _of_field(
    way: tuple[Field, ...], keys: tuple[str, ...], old: Any, new: Any, around: Mapping[str, Any]
) -> Iterator[FieldChange]:
    field = way[-1]
    if old == new:
        return
    if field.many == "list":
        yield from _of_list(way, keys, old or (), new or (), around)
    elif field.many == "keyed" and field.fields:
        old, new = old or _NOTHING, new or _NOTHING
        for key in dict.fromkeys((*old, *new)):
            yield from _of_one(way, (*keys, key), old.get(key), new.get(key), around)
    else:
        yield from _of_one(way, keys, old, new, around)


def _of_one(
    way: tuple[Field, ...], keys: tuple[str, ...], old: Any, new: Any, around: Mapping[str, Any]
) -> Iterator[FieldChange]:
    """One value: a group part by part where it was there before, a text language by language."""
    field = way[-1]
    if old == new:
        return
    if field.fields and isinstance(old, Mapping) and isinstance(new, Mapping):
        for name, sub in field.fields.items():
            yield from _of_field((*way, sub), keys, old.get(name), new.get(name), new)
    elif not field.fields and (isinstance(old, Mapping) or isinstance(new, Mapping)):
        was, now = old or _NOTHING, new or _NOTHING
        for key in dict.fromkeys((*was, *now)):
            if was.get(key) != now.get(key):
                yield FieldChange(way, (*keys, str(key)), was.get(key), now.get(key), around)
    elif field.name == "record" and field.fields:
        # Of what is there for the first time, or no more, each part is told: sources are what one looks for.
        whole = new if isinstance(new, Mapping) else old if isinstance(old, Mapping) else _NOTHING
        for name, sub in field.fields.items():
            before, after = (whole.get(name) if side is not None else None for side in (old, new))
            yield from _of_field((*way, sub), keys, before, after, whole)
    else:
        yield FieldChange(way, keys, old, new, around)


def _of_list(
    way: tuple[Field, ...], keys: tuple[str, ...], old: tuple[Any, ...], new: tuple[Any, ...], around: Mapping[str, Any]
) -> Iterator[FieldChange]:
    """Items are the same where they say the same, wherever in the list they stand. Of the rest, groups are compared in
    their order, as the same item that says something else; other values came or went."""
    gone, come = _left(old, new), _left(new, old)
    pairs = min(len(gone), len(come)) if way[-1].fields else 0
    for (_, was), (number, item) in zip(gone[:pairs], come[:pairs], strict=True):
        yield from _of_one(way, (*keys, str(number)), was, item, around)
    for number, item in gone[pairs:]:
        yield FieldChange(way, (*keys, str(number)) if way[-1].fields else keys, item, None, around)
    for number, item in come[pairs:]:
        yield FieldChange(way, (*keys, str(number)) if way[-1].fields else keys, None, item, around)


def _left(items: tuple[Any, ...], others: tuple[Any, ...]) -> list[tuple[int, Any]]:
    """The items with their numbers, less those that stand among `others` too, as often as they do there."""
    # Groups have no hash, and a stranger's list may be long: what is written of them tells them apart.
    rest = Counter(map(repr, others))
    left = []
    for number, item in enumerate(items, start=1):
        written = repr(item)
        if rest[written]:
            rest[written] -= 1
        else:
            left.append((number, item))
    return left
