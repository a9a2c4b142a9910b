"""Facets and relations of a commons come in; which entries are near one another, and by what, goes out.

Two entries are near by *grounds*: a relation of one type with the same third entry, a word that both have, the same region,
or a common word together with a place. A ground that more than `MANY` entries have brings nobody together: so an entry has
few candidates however large the commons is, and a change of one entry concerns those few alone that share, or shared, a
ground that it lost or won. The rarer a ground, the more it weighs; by size class, so that numbers may drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

MANY = 31
"""Entries that may have a word or a place in common for it to count."""
MANY_RELATED = 15
"""Entries that may have the same relation with the same entry."""
MOST = 10
"""How many near ones are told: a page leaves out those that it shows already."""
FLOOR = 24
"""What grounds must weigh together: a word of 15 entries does, one of 30 needs another, a region does of 3, a country never."""
RARITY = (0, 0, 20, 16, 12, 8)
"""What a ground weighs, by the binary digits of the number of entries that have it."""
SORTS = {"word": 2, "region": 1.25, "country": 0.5}
"""How much more a word says than a place."""
RELATION = 3
"""The same of a relation."""

NOTHING = re.compile(r"others?(?:-|\Z)")
"""Words that say what something is not: `other-services`. Whoever has one in common has nothing in common."""

Ground = tuple[str, ...]
"""("relation", type, which end the third entry is, its id); (facet, value); or (facet, value, facet of a place, its value)."""


@dataclass(frozen=True, slots=True)
class Related:
    """An entry near another: the relations that both have (their type, whether the third entry is the object, its id), and the
    values of facets that both have, what says most first."""

    id: str
    relations: tuple[tuple[str, bool, str], ...]
    words: tuple[tuple[str, str], ...]


class _Value(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def members(self) -> tuple[str, ...]: ...


class _Facet(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def related(self) -> bool: ...
    @property
    def values(self) -> Sequence[_Value]: ...


class _End(Protocol):
    @property
    def entry(self) -> str | None: ...


class _Relation(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def subject(self) -> _End: ...
    @property
    def object(self) -> _End: ...
    @property
    def ended(self) -> bool: ...


class Nearness:
    """Who is near whom in one commons; `there` are its listed entries. `symmetric` are the types of relations that have no direction, `derived` those that follow
    from fields, and so say nothing of their own."""

    def __init__(
        self, facets: Mapping[str, _Facet], relations: Iterable[_Relation], listed: Iterable[str],
        symmetric: frozenset[str], derived: frozenset[str],
    ) -> None:  # fmt: skip
        self._types = {name: facet.type for name, facet in facets.items()}
        self._members: dict[Ground, tuple[str, ...]] = {}
        self._words: dict[str, list[tuple[str, str]]] = {}
        self._sets: dict[tuple[str, str], frozenset[str]] = {}
        for name, facet in facets.items():
            for value in facet.values if facet.related else ():
                if NOTHING.match(value.id):
                    continue
                members = tuple(id_ for id_ in value.members if not id_.startswith("article/"))
                self._members[name, value.id] = members
                for id_ in members:
                    self._words.setdefault(id_, []).append((name, value.id))
        self._partners: dict[str, set[str]] = {}
        self._by_relation: dict[str, list[Ground]] = {}
        self.there = there = frozenset(listed)
        found: dict[Ground, dict[str, None]] = {}
        for relation in relations:
            one, other = relation.subject.entry, relation.object.entry
            if one is None or other is None:
                continue
            self._partners.setdefault(one, set()).add(other)
            self._partners.setdefault(other, set()).add(one)
            if relation.ended or relation.type in derived or one not in there or other not in there:
                continue
            both = relation.type in symmetric
            for id_, end, third in ((one, "object", other), (other, "object" if both else "subject", one)):
                found.setdefault(("relation", relation.type, end, third), {})[id_] = None
        for ground, ids in found.items():
            self._members[ground] = tuple(ids)
            for id_ in ids:
                self._by_relation.setdefault(id_, []).append(ground)
        self._known: dict[str, tuple[Related, ...]] = {}

    def related(self, id_: str) -> tuple[Related, ...]:
        """The entries nearest to one, none that it has a relation with: those that share a relation first, then by what their
        grounds weigh together, then by id; no more than `MOST`."""
        if id_ not in self._known:
            self._known[id_] = self._related(id_)
        return self._known[id_]

    def members(self, ground: Ground) -> tuple[str, ...]:
        """All that have a ground, whether it counts or not."""
        if len(ground) == 4 and ground[0] != "relation" and ground not in self._members:
            (word, place) = (ground[0], ground[1]), (ground[2], ground[3])
            less, more = sorted((word, place), key=lambda one: len(self._members.get(one, ())))
            more_of = self._set(more)
            self._members[ground] = tuple(one for one in self._members.get(less, ()) if one in more_of)
        return self._members.get(ground, ())

    def partners(self, id_: str) -> frozenset[str]:
        """All that an entry has a relation with, of whatever type and age."""
        return frozenset(self._partners.get(id_, ()))

    def grounds(self, id_: str) -> list[Ground]:
        """All grounds of an entry, those too that many have."""
        words = self._words.get(id_, [])
        places = [word for word in words if self._types[word[0]] != "word"]
        common = [word for word in words if self._types[word[0]] == "word" and len(self._members[word]) > MANY]
        pairs: list[Ground] = [(*word, *place) for word in common for place in places]
        return [*self._by_relation.get(id_, ()), *words, *pairs]

    def _related(self, id_: str) -> tuple[Related, ...]:
        weights: dict[str, float] = {}
        shared: dict[str, list[Ground]] = {}
        near: dict[str, int] = {}
        weighed = [(weight, ground) for ground in self.grounds(id_) if (weight := self._weight(ground))]
        for weight, ground in sorted(weighed, key=lambda one: (-one[0], one[1])):
            for other in self.members(ground):
                weights[other] = weights.get(other, 0) + weight
                shared.setdefault(other, []).append(ground)
                if ground[0] == "relation":
                    near[other] = near.get(other, 0) + 1
        known = self._partners.get(id_, ())
        best = sorted(
            (-near.get(other, 0), -weight, other)
            for other, weight in weights.items()
            if weight >= FLOOR and other != id_ and other not in known
        )
        return tuple(_told(other, shared[other]) for _, _, other in best[:MOST])

    def _weight(self, ground: Ground) -> float:
        size = len(self.members(ground))
        if ground[0] == "relation":
            return RELATION * RARITY[size.bit_length()] if 1 < size <= MANY_RELATED else 0
        return SORTS.get(self._types[ground[0]], 0) * RARITY[size.bit_length()] if 1 < size <= MANY else 0

    def _set(self, word: tuple[str, str]) -> frozenset[str]:
        if word not in self._sets:
            self._sets[word] = frozenset(self._members.get(word, ()))
        return self._sets[word]


def touched(old: Nearness, new: Nearness, changed: Iterable[str]) -> set[str]:
    """The entries that may be near others than before, after the facets and relations of those `changed`: all that share, or
    shared, a ground that counts, or counted, and that one of them lost or won."""
    found: set[str] = set()
    changed = set(changed)
    # Who comes or goes takes a ground from, or gives one to, all that have a relation with it.
    moved = changed & (old.there ^ new.there)
    changed |= {one for id_ in moved for nearness in (old, new) for one in nearness.partners(id_)}
    for id_ in changed:
        for ground in {*old.grounds(id_)} ^ {*new.grounds(id_)}:
            was, now = old.members(ground), new.members(ground)
            if min(len(was), len(now)) <= MANY:
                found.update(was, now)
    return found


def _told(id_: str, grounds: Iterable[Ground]) -> Related:
    relations = []
    words: dict[tuple[str, str], None] = {}
    for ground in grounds:
        if ground[0] == "relation":
            relations.append((ground[1], ground[2] == "object", ground[3]))
        else:
            words.update({(ground[at], ground[at + 1]): None for at in range(0, len(ground), 2)})
    return Related(id_, tuple(relations), tuple(words))
