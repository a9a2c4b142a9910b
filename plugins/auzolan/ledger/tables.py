"""A large dictionary comes in, build after build nearly the same; what differs is written, and the whole read again, out of a
store.

The dictionary is kept in one piece, which is quick to read (a very large one in some), and what has changed since, value by value,
beside it; once that is much, it is written in one piece again.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from auzolan.ledger.store import Store, Unusable, packed, unpacked

WHOLE = "table "
PATCH = "patch "
SHARE = 8
"""One part in so many may have changed before a table is written in one piece again."""
PIECE = 20_000
"""Values in a piece."""
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
    for part in (kind, WHOLE + name):
        store.drop_kind(part)
    values, pieces = iter(new.items()), max(1, -(-len(new) // PIECE))
    store.put_packed(
        WHOLE + name, ((f"{at:06}", packed((pieces, dict(islice(values, PIECE))))) for at in range(pieces))
    )


def get_table(store: Store, name: str) -> dict[str, Any]:
    """The dictionary; what came later stands behind. Raises Unusable where there is none."""
    pieces = [unpacked(data) for _, data in sorted(store.all(WHOLE + name))]
    if not pieces or len(pieces) != pieces[0][0]:
        raise Unusable(f"{name} is missing")
    found: dict[str, Any] = pieces[0][1]
    for _, more in pieces[1:]:
        found.update(more)
    for key, data in store.all(PATCH + name):
        if data == _GONE:
            found.pop(key, None)
        else:
            found[key] = unpacked(data)
    return found


def _same(one: object, other: object) -> bool:
    return one is other or one == other
