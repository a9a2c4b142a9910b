"""A store and what has changed come in; facts of entries, and what is derived from many, go out, remembered from build to
build."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auzolan.ledger.fresh import DERIVED, OF_ALL, Freshness, Numbers, Read, Reads
from auzolan.ledger.named import NOTHING, Heard, Named, Naming
from auzolan.ledger.same import same
from auzolan.ledger.shelf import Place, Shelf, Shelved
from auzolan.ledger.store import Store, packed, unpacked

MOST = 4_000
"""Live values in memory; beyond that, all are let go, and unpacked or worked out again when they are asked for."""
FEW = 1_000
"""From so many look-ups of one name on, all facts of that name are fetched at once."""
KIND = "fact "
Derived = tuple[bytes, Numbers]
"""A derived value, packed, and what was read for it."""


def is_fact(kind: str) -> bool:
    """Whether the store keeps facts under this kind."""
    return kind.startswith(KIND)


class Fetched(dict[str, bytes]):
    """Facts of one name by id, as the store keeps them; all there are, where they are `whole`."""

    whole = False


@dataclass(slots=True)
class Learnt:
    """What was worked out in a process: facts by name and id, and derived values by name; what its numbers of reads mean."""

    facts: dict[str, dict[str, bytes]] = field(default_factory=dict)
    derived: dict[str, Derived] = field(default_factory=dict)
    named: Named = NOTHING


class KeptFacts:
    """Facts and derived values. `store` is None where nothing is remembered; facts of `changed` ids and derived values that
    are open are worked out anew, and `fresh` hears whether they are the same as before."""

    def __init__(
        self, store: Store | None = None, changed: Collection[str] = (), derived: Mapping[str, Derived] | None = None,
        fresh: Freshness | None = None, fetched: dict[str, Fetched] | None = None, shelf: Shelf | None = None,
        reads: Reads | None = None,
    ) -> None:  # fmt: skip
        """`fetched` are facts by their kinds, as somebody fetched them before; more are added to it. What is learnt lies on
        `shelf`; `reads` are those of the build, by number."""
        self._store, self._changed, self._derived, self._fresh = store, changed, dict(derived or {}), fresh
        self.shelf = shelf or Shelf()
        self.naming, self.heard = Naming(), Heard(reads if reads is not None else Reads())
        self._shelved: dict[str, Shelved[Any]] = {}
        self._count = 0
        self._learnt_derived: dict[str, tuple[Place, Place]] = {}
        self._live: dict[tuple[str, str], Any] = {}
        self._learnt = Learnt()
        self._fetched = fetched if fetched is not None else {}
        self._asked: dict[str, int] = {}

    def get(self, name: str, id_: str, otherwise: object) -> Any:
        """A fact's value, or `otherwise`."""
        key = (name, id_)
        if key in self._live:
            return self._live[key]
        data = self._learnt.facts[name].get(id_) if name in self._learnt.facts else None
        if data is None and name in self._shelved:
            data = self._shelved[name].packed(id_)
        if data is None and self._store is not None and self._holds(name, id_):
            data = self._stored(name, id_)
        if data is None:
            return otherwise
        return self._keep(key, unpacked(data))

    def _holds(self, name: str, id_: str) -> bool:
        """Whether what is kept is so still."""
        if name in OF_ALL:
            return self._fresh is None or not self._fresh.is_open((name, id_))
        return id_ not in self._changed

    def put(self, name: str, id_: str, value: object) -> None:
        """Remembers a fact."""
        data = packed(value)
        self._settle((name, id_), data)
        self._learnt.facts.setdefault(name, {})[id_] = data
        self._keep((name, id_), value)

    def get_derived(self, name: str, otherwise: object) -> Any:
        """A derived value, or `otherwise`."""
        key = (DERIVED, name)
        if key in self._live:
            return self._live[key]
        data = self._data_of_derived(name)
        return otherwise if data is None else self._keep(key, unpacked(data))

    def _data_of_derived(self, name: str) -> bytes | None:
        if name in self._learnt.derived:
            return self._learnt.derived[name][0]
        if name in self._learnt_derived:
            return self.shelf.get(self._learnt_derived[name][0])
        if name in self._derived and (self._fresh is None or not self._fresh.is_open((DERIVED, name))):
            return self._derived[name][0]
        return None

    def put_derived(self, name: str, value: object, reads: Iterable[Read]) -> None:
        """Remembers a derived value."""
        data = packed(value)
        self._settle((DERIVED, name), data)
        self._learnt.derived[name] = data, self.naming.of(reads)
        self._keep((DERIVED, name), value)

    def _settle(self, read: Read, data: bytes) -> None:
        """A fact or a derived value was worked out anew: whether it is the same as before is known now."""
        if self._fresh is None or not self._fresh.is_open(read):
            return
        kind, name = read
        if kind == DERIVED:
            before = self._derived[name][0] if name in self._derived else None
        else:
            before = self._stored(kind, name)
        # How a value is packed tells of more than what can be seen of it.
        alike = before is not None and (before == data or same(unpacked(before), unpacked(data)))
        self._fresh.settle(read, alike)

    def all_derived(self) -> dict[str, Derived]:
        """All derived values that hold: those of the last build that still do, and those that were learnt."""
        fresh = self._fresh
        held = {name: one for name, one in self._derived.items() if fresh is None or not fresh.is_open((DERIVED, name))}
        get = self.shelf.get
        return {**held, **{name: (get(data), get(reads)) for name, (data, reads) in self._learnt_derived.items()}}

    def rows(self) -> Iterator[tuple[str, str, bytes]]:
        """All facts that were learnt, as the store keeps them: kind, id, packed value."""
        for name, shelved in sorted(self._shelved.items()):
            yield from ((KIND + name, id_, data) for id_, data in shelved.rows())

    def count(self) -> int:
        """How many facts were worked out, in all processes together."""
        return self._count

    def learn(self, learnt: Learnt) -> None:
        """Takes what this process, or one that was forked from it, worked out; whoever is forked after this knows it. What that
        process numbered otherwise, `heard` is asked for after this."""
        self.heard.hear(learnt.named)
        for name, some in learnt.facts.items():
            self._count += len(some)
            for id_, data in some.items() if self._fresh is not None else ():
                self._settle((name, id_), data)
            if name not in self._shelved:
                self._shelved[name] = Shelved(self.shelf)
            self._shelved[name].put(some)
        for name, (data, reads) in learnt.derived.items():
            self._settle((DERIVED, name), data)
            place, made_of = self.shelf.put([data, self.heard.of(reads)])
            self._learnt_derived[name] = place, made_of

    def taken(self) -> Learnt:
        """What was worked out since this was last asked."""
        learnt, self._learnt = self._learnt, Learnt()
        learnt.named = self.naming.taken()
        return learnt

    def _keep(self, key: tuple[str, str], value: Any) -> Any:
        if len(self._live) >= MOST:
            self._live.clear()
        self._live[key] = value
        return value

    def _stored(self, name: str, id_: str) -> bytes | None:
        if self._store is None:
            return None
        kind = KIND + name
        known = self._fetched.setdefault(kind, Fetched())
        if id_ in known or known.whole:
            return known.get(id_)
        self._asked[name] = self._asked.get(name, 0) + 1
        if self._asked[name] > FEW:
            known.update(self._store.all(kind))
            known.whole = True
            return known.get(id_)
        found = self._store.get_packed(kind, id_)
        if found is not None:
            known[id_] = found
        return found
