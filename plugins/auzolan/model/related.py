"""Facets and relations of a commons come in; which entries are near one another, and by what, goes out.

Two entries are near by *grounds*: a relation of one type with the same third entry, a word that both have, the same region,
or a common word together with a place. A ground that more than `MANY` entries have brings nobody together: so an entry has
few candidates however large the commons is, and a change of one entry concerns those few alone that share, or shared, a
ground that it lost or won. The rarer a ground, the more it weighs; by size class, so that numbers may drift.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

MANY = 31
"""Entries that may have a word or a place in common for it to count."""
MANY_RELATED = 15
"""Entries that may have the same relation with the same entry."""
MOST = 8
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

Word = tuple[str, str, str]
"""A value of a facet: its type, its vocabulary, the value."""


@dataclass(frozen=True, slots=True)
class Related:
    """An entry near another: the relations that both have (their type, whether the third entry is the object, its id), and the
    words and places that both have, what says most first."""

    id: str
    relations: tuple[tuple[str, bool, str], ...]
    words: tuple[Word, ...]


class _Value(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def members(self) -> tuple[str, ...]: ...


class _Facet(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def vocabulary(self) -> str: ...
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
        self._vocabularies = {name: facet.vocabulary for name, facet in facets.items()}
        self._weights: dict[Ground, float] = {}
        self._members: dict[Ground, tuple[str, ...]] = {}
        self._words: dict[str, list[tuple[str, str]]] = {}
        self._sets: dict[tuple[str, str], frozenset[str]] = {}
        for name, facet in facets.items():
            for value in facet.values if facet.related else ():
                if NOTHING.match(value.id):
                    continue
                members = tuple(id_ for id_ in value.members if not id_.startswith("article/"))
                word = (name, value.id)
                self._members[word] = value.members if len(members) == len(value.members) else members
                for id_ in members:
                    self._words.setdefault(id_, []).append(word)
        self._partners: dict[str, list[str]] = {}
        self._by_relation: dict[str, list[Ground]] = {}
        self.there = there = frozenset(listed)
        found: dict[Ground, dict[str, None]] = {}
        for relation in relations:
            one, other = relation.subject.entry, relation.object.entry
            if one is None or other is None:
                continue
            self._partners.setdefault(one, []).append(other)
            self._partners.setdefault(other, []).append(one)
            if relation.ended or relation.type in derived or one not in there or other not in there:
                continue
            both = relation.type in symmetric
            for id_, end, third in ((one, "object", other), (other, "object" if both else "subject", one)):
                found.setdefault(("relation", relation.type, end, third), {})[id_] = None
        for ground, ids in found.items():
            self._members[ground] = tuple(ids)
            for id_ in ids:
                self._by_relation.setdefault(id_, []).append(ground)

    def related(self, id_: str) -> tuple[Related, ...]:
        """The entries nearest to one, none that it has a relation with: those that share a relation first, then by what their
        grounds weigh together, then by id; no more than `MOST`."""
        weighed = [(weight, ground) for ground in self.grounds(id_) if (weight := self._weight(ground))]
        weighed.sort(key=lambda one: (-one[0], one[1]))
        # Which grounds somebody shares, a binary digit each: few have the same, and many share the same ones.
        shared: dict[str, int] = {}
        for number, (_, ground) in enumerate(weighed):
            digit = 1 << number
            for other in self._members[ground]:
                shared[other] = shared.get(other, 0) | digit
        shared.pop(id_, None)
        for known in self._partners.get(id_, ()):
            shared.pop(known, None)  # it may stand there twice
        places = {digits: _place(digits, weighed) for digits in set(shared.values())}
        best = heapq.nsmallest(
            MOST, ((*place, other) for other, digits in shared.items() if (place := places[digits]) is not None)
        )
        return tuple(self._told(other, [one for _, one in _chosen(shared[other], weighed)]) for _, _, other in best)

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

    def _weight(self, ground: Ground) -> float:
        found = self._weights.get(ground)
        if found is None:
            size, is_relation = len(self.members(ground)), ground[0] == "relation"
            counts = 1 < size <= (MANY_RELATED if is_relation else MANY)
            sort = RELATION if is_relation else SORTS.get(self._types[ground[0]], 0)
            found = self._weights[ground] = sort * RARITY[size.bit_length()] if counts else 0
        return found

    def _told(self, id_: str, grounds: Iterable[Ground]) -> Related:
        relations = []
        words: dict[Word, None] = {}
        for ground in grounds:
            if ground[0] == "relation":
                relations.append((ground[1], ground[2] == "object", ground[3]))
            else:
                for at in range(0, len(ground), 2):
                    words[self._types[ground[at]], self._vocabularies[ground[at]], ground[at + 1]] = None
        return Related(id_, tuple(relations), tuple(words))

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


def _chosen(digits: int, weighed: Sequence[tuple[float, Ground]]) -> list[tuple[float, Ground]]:
    return [one for number, one in enumerate(weighed) if digits >> number & 1]


def _place(digits: int, weighed: Sequence[tuple[float, Ground]]) -> tuple[int, float] | None:
    """How near these grounds bring somebody: the lower the nearer; None where that is not near enough."""
    grounds = _chosen(digits, weighed)
    weight = sum(weight for weight, _ in grounds)
    return (-sum(ground[0] == "relation" for _, ground in grounds), -weight) if weight >= FLOOR else None
