"""Facets and relations of a commons come in; which entries are near one another, and by what, goes out.

Two entries are near by *grounds*: a relation of one type with the same third entry, a word that both have, the same region,
or a common word together with a place. A ground that more than `MANY` entries have brings nobody together: so an entry has
few candidates however large the commons is, and a change of one entry concerns those few alone that share, or shared, a
ground that it lost or won. The rarer a ground, the more it weighs; by size class, so that numbers may drift.
"""

from __future__ import annotations

import heapq
import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auzolan.model.commons import Facet, Relation

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


_BITS = 16
"""Bits of a joint that tell the type of a relation and the end; the rest is the number of the third entry."""
_MASK = (1 << _BITS) - 1
_PARTNER = _MASK >> 1
"""The type of what is a relation, but no ground."""
_SUBJECT, _OBJECT = 0, 1
_ENDS = ("subject", "object")


class Nearness:
    """Who is near whom in one commons; `listed` are its listed entries. `symmetric` are the types of relations that have no direction, `derived` those that follow
    from fields, and so say nothing of their own.

    A large commons has millions of grounds, so none is kept but words: entries are numbers, what entries are joined to by relations
    lies in one array, and who has a common word is told by one bit each."""

    def __init__(
        self, facets: Mapping[str, Facet], relations: Iterable[Relation], listed: Iterable[str],
        symmetric: frozenset[str], derived: frozenset[str],
    ) -> None:  # fmt: skip
        self._types = {name: facet.type for name, facet in facets.items()}
        self._vocabularies = {name: facet.vocabulary for name, facet in facets.items()}
        self._ids = list(listed)
        self._numbers = {id_: number for number, id_ in enumerate(self._ids)}
        self._listed = len(self._ids)
        self._members: dict[Ground, array[int]] = {}
        self._pairs: dict[Ground, array[int] | None] = {}
        self._bits: dict[Ground, int] = {}
        self._word: list[tuple[str, str]] = []
        having, had = array("I"), array("I")
        for name, facet in facets.items():
            for value in facet.values if facet.related else ():
                if NOTHING.match(value.id):
                    continue
                members = array("I", [self._number(id_) for id_ in value.members if not id_.startswith("article/")])
                self._members[name, value.id] = members
                having.extend(members)
                had.extend(repeat(len(self._word), len(members)))
                self._word.append((name, value.id))
        self._words = _Rows(having, had)
        self._symmetric = symmetric
        types: dict[str, int] = {}
        ones, joints = array("I"), array("Q")
        for relation in relations:
            if relation.subject.entry is None or relation.object.entry is None:
                continue
            one, other = self._number(relation.subject.entry), self._number(relation.object.entry)
            counts = not (relation.ended or relation.type in derived) and max(one, other) < self._listed
            type_ = types.setdefault(relation.type, len(types)) if counts else _PARTNER
            end = _OBJECT if relation.type in symmetric else _SUBJECT
            ones.extend((one, other))
            joints.extend((other << _BITS | type_ << 1 | _OBJECT, one << _BITS | type_ << 1 | end))
        self._joined = _Rows(ones, joints)
        self._type = list(types)

    def related(self, id_: str) -> tuple[Related, ...]:
        """The entries nearest to one, none that it has a relation with: those that share a relation first, then by what their
        grounds weigh together, then by id; no more than `MOST`."""
        number = self._numbers.get(id_, -1)
        having = dict(self._counting(number))
        weighed = [(self._weight(ground, len(few)), ground) for ground, few in having.items()]
        weighed = [one for one in weighed if one[0]]
        weighed.sort(key=lambda one: (-one[0], one[1]))
        # Which grounds somebody shares, a binary digit each: few have the same, and many share the same ones.
        shared: dict[int, int] = {}
        for place, (_, ground) in enumerate(weighed):
            digit = 1 << place
            for other in having[ground]:
                shared[other] = shared.get(other, 0) | digit
        for known in (number, *(joint >> _BITS for joint in self._joined[number])):
            shared.pop(known, None)
        nearness = {digits: _place(digits, weighed) for digits in set(shared.values())}
        best = heapq.nsmallest(
            MOST,
            (
                (*near, self._ids[other], digits)
                for other, digits in shared.items()
                if (near := nearness[digits]) is not None
            ),
        )
        return tuple(self._told(other, [one for _, one in _chosen(digits, weighed)]) for _, _, other, digits in best)

    def is_there(self, id_: str) -> bool:
        """Whether an entry is listed."""
        return self._numbers.get(id_, self._listed) < self._listed

    def members(self, ground: Ground) -> set[str]:
        """All that have a ground, whether it counts or not."""
        return {self._ids[number] for number in self._all_with(ground)}

    def partners(self, id_: str) -> set[str]:
        """All that an entry has a relation with, of whatever type and age."""
        return {self._ids[joint >> _BITS] for joint in self._joined[self._numbers.get(id_, -1)]}

    def grounds(self, id_: str) -> list[Ground]:
        """All grounds of an entry, those too that many have."""
        number = self._numbers.get(id_, -1)
        words, pairs = self._words_of(number)
        joints = dict.fromkeys(self._joined[number])
        return [*(ground for joint in joints if (ground := self._ground(joint))), *words, *pairs]

    def _number(self, id_: str) -> int:
        number = self._numbers.setdefault(id_, len(self._ids))
        if number == len(self._ids):
            self._ids.append(id_)
        return number

    def _words_of(self, number: int) -> tuple[list[Ground], list[Ground]]:
        """The words and places of an entry, and its common words each with each place."""
        words: list[Ground] = [self._word[place] for place in self._words[number]]
        places = [word for word in words if self._types[word[0]] != "word"]
        common = [word for word in words if self._types[word[0]] == "word" and len(self._members[word]) > MANY]
        return words, [(*word, *place) for word in common for place in places]

    def _ground(self, joint: int) -> Ground:
        """What a joint says; () where it is none that counts."""
        type_ = joint >> 1 & _PARTNER
        return ("relation", self._type[type_], _ENDS[joint & 1], self._ids[joint >> _BITS]) if type_ != _PARTNER else ()

    def _counting(self, number: int) -> Iterator[tuple[Ground, Collection[int]]]:
        """The grounds of an entry that neither too many have nor nobody else, and who has them."""
        for joint in dict.fromkeys(self._joined[number]):
            if (
                joint >> 1 & _PARTNER != _PARTNER
                and 1 < len(few := self._with_joint(joint, MANY_RELATED)) <= MANY_RELATED
            ):
                yield self._ground(joint), few
        words, pairs = self._words_of(number)
        for ground in words:
            if 1 < len(all_ := self._members[ground]) <= MANY:
                yield ground, all_
        for ground in pairs:
            if (both := self._few(ground)) is not None:
                yield ground, both

    def _all_with(self, ground: Ground) -> Collection[int]:
        """The numbers of all that have a ground."""
        if ground[0] != "relation":
            return list(_ones(self._common(ground))) if len(ground) == 4 else self._members.get(ground, ())
        _, type_, end, third = ground
        if type_ not in self._type or third not in self._numbers:
            return ()
        return self._with_joint(self._numbers[third] << _BITS | self._type.index(type_) << 1 | _ENDS.index(end))

    def _few(self, pair: Ground) -> Collection[int] | None:
        """All that have both words of a pair; None where these are too many, or nobody else."""
        if pair not in self._pairs:
            common = self._common(pair)
            self._pairs[pair] = array("I", _ones(common)) if 1 < common.bit_count() <= MANY else None
        return self._pairs[pair]

    def _common(self, pair: Ground) -> int:
        return self._bits_of(pair[:2]) & self._bits_of(pair[2:])

    def _bits_of(self, word: Ground) -> int:
        if word not in self._bits:
            bits = bytearray(len(self._ids) // 8 + 1)
            for one in self._members.get(word, ()):
                bits[one >> 3] |= 1 << (one & 7)
            self._bits[word] = int.from_bytes(bits, "little")
        return self._bits[word]

    def _with_joint(self, joint: int, most: int | None = None) -> Collection[int]:
        """All that have a joint; of more than `most` it is enough to know that."""
        third, type_, end = joint >> _BITS, joint >> 1 & _PARTNER, joint & 1
        # At the third, they are at the other end.
        theirs = _OBJECT if end == _SUBJECT or self._type[type_] in self._symmetric else _SUBJECT
        look, found = type_ << 1 | theirs, set[int]()
        for one in self._joined[third]:
            if one & _MASK == look:
                found.add(one >> _BITS)
                if most is not None and len(found) > most:
                    break
        return found

    def _weight(self, ground: Ground, size: int) -> float:
        sort = RELATION if ground[0] == "relation" else SORTS.get(self._types[ground[0]], 0)
        return sort * RARITY[size.bit_length()]

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


class _Rows:
    """Numbers by rows, in one array."""

    def __init__(self, rows: Iterable[int], numbers: array[int]) -> None:
        """`rows` tell where each of the numbers belongs."""
        rows = array("I", rows)
        sizes = array("I", bytes(4 * (max(rows, default=-1) + 1)))
        for row in rows:
            sizes[row] += 1
        self._ends = array("I", accumulate(sizes))
        self._numbers = array(numbers.typecode, bytes(numbers.itemsize * len(numbers)))
        free = array("I", [0, *self._ends])
        for row, number in zip(rows, numbers, strict=True):
            self._numbers[free[row]] = number
            free[row] += 1

    def __getitem__(self, row: int) -> array[int]:
        """The numbers of a row, in their order; none of one that does not exist."""
        if not 0 <= row < len(self._ends):
            return self._numbers[:0]
        return self._numbers[self._ends[row - 1] if row else 0 : self._ends[row]]


def _ones(bits: int) -> Iterator[int]:
    """Which bits are set."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def touched(old: Nearness, new: Nearness, changed: Iterable[str]) -> set[str]:
    """The entries that may be near others than before, after the facets and relations of those `changed`: all that share, or
    shared, a ground that counts, or counted, and that one of them lost or won."""
    found: set[str] = set()
    changed = set(changed)
    # Who comes or goes takes a ground from, or gives one to, all that have a relation with it.
    moved = [id_ for id_ in changed if old.is_there(id_) != new.is_there(id_)]
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
