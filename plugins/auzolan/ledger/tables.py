"""A large dictionary comes in, build after build nearly the same; what differs is written, and the whole read again, out of a
store.

The dictionary is kept in one piece, which is quick to read, and what has changed since, value by value, beside it; once
that is much, it is written in one piece again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.ledger.store import Store, Unusable, packed, unpacked

KIND = "table"
PATCH = "patch "
SHARE = 8
"""One part in so many may have changed before a table is written in one piece again."""
_GONE = packed(None)
_NONE = object()


def put_table(store: Store, name: str, new: Mapping[str, Any], old: Mapping[str, Any] | None) -> None:
    """Keeps `new`; `old` is what `get_table` gave, or None where nothing is kept. No value is None."""
    kind = PATCH + name
    if old is not None:
        rows = [(key, packed(value)) for key, value in new.items() if not _same(old.get(key, _NONE), value)]
        rows += [(key, _GONE) for key in old if key not in new]
        if (len(rows) + store.count(kind)) * SHARE <= len(new):
            store.put_packed(kind, rows)
            return
    store.drop_kind(kind)
    store.put(KIND, name, dict(new))


def get_table(store: Store, name: str) -> dict[str, Any]:
    """The dictionary; what came later stands behind. Raises Unusable where there is none."""
    found: dict[str, Any] | None = store.get(KIND, name)
    if found is None:
        raise Unusable(f"{name} is missing")
    for key, data in store.all(PATCH + name):
        if data == _GONE:
            found.pop(key, None)
        else:
            found[key] = unpacked(data)
    return found


def _same(one: object, other: object) -> bool:
    return one is other or one == other
