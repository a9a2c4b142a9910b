"""A store and the ids that have changed come in; facts of entries go out, remembered from build to build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from auzolan.ledger.store import Store, packed, unpacked

MOST = 50_000
"""Live facts in memory; beyond that, all are let go, and unpacked or worked out again when they are asked for."""
FEW = 64
"""From so many look-ups of one name on, all facts of that name are fetched at once."""
KIND = "fact "


class KeptFacts:
    """Facts by name and id. Those of `changed` ids are worked out anew; `store` is None where nothing is remembered."""

    def __init__(self, store: Store | None, changed: Collection[str]) -> None:
        self._store, self._changed = store, changed
        self._live: dict[tuple[str, str], Any] = {}
        self._new: dict[tuple[str, str], bytes] = {}
        self._fetched: dict[str, dict[str, bytes]] = {}
        self._asked: dict[str, int] = {}

    def get(self, name: str, id_: str, otherwise: object) -> Any:
        """A fact's value, or `otherwise`."""
        key = (name, id_)
        if key in self._live:
            return self._live[key]
        if key in self._new:
            value = unpacked(self._new[key])
        elif self._store is None or id_ in self._changed:
            return otherwise
        else:
            data = self._stored(name, id_)
            if data is None:
                return otherwise
            value = unpacked(data)
        self._keep(key, value)
        return value

    def before(self, name: str, id_: str) -> Any:
        """What the fact was in the last build, or None."""
        return None if self._store is None else self._store.get(KIND + name, id_)

    def put(self, name: str, id_: str, value: object) -> None:
        """Remembers a fact."""
        self._new[name, id_] = packed(value)
        self._keep((name, id_), value)

    def taken(self) -> dict[tuple[str, str], bytes]:
        """The facts that were worked out since this was last asked, packed."""
        new = {key: data for key, data in self._new.items() if data}
        self._new = {}
        return new

    def adopt(self, facts: dict[tuple[str, str], bytes]) -> None:
        """Takes facts that another process worked out."""
        self._new.update(facts)

    def _keep(self, key: tuple[str, str], value: Any) -> None:
        if len(self._live) >= MOST:
            self._live.clear()
        self._live[key] = value

    def _stored(self, name: str, id_: str) -> bytes | None:
        assert self._store is not None
        if name not in self._fetched:
            self._asked[name] = self._asked.get(name, 0) + 1
            if self._asked[name] <= FEW:
                value = self._store.get_packed(KIND + name, id_)
                return value
            self._fetched[name] = dict(self._store.all(KIND + name))
        return self._fetched[name].get(id_)


def rows(facts: dict[tuple[str, str], bytes]) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Facts as the store keeps them: kind, and ids with packed values."""
    by_name: dict[str, list[tuple[str, bytes]]] = {}
    for (name, id_), data in facts.items():
        by_name.setdefault(KIND + name, []).append((id_, data))
    yield from by_name.items()
