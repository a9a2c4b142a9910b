"""The marks of many entries come in; pairs that may be about the same thing go out, each with a score and its reasons.

Nobody compares all with all: two entries are looked at together where they share a number, a site, a rare word of their
names, or stand side by side when names are sorted, from the front and from the back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from math import log
from typing import NamedTuple

from auzolan.check.names import Weight, likeness
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Kind
from auzolan.model.marks import Marks

LEAST = 60
"""The score from which on a pair is worth a look."""
SHARED = 5
"""Entries from which on a site is one that many share: then it tells nothing without a name."""
NEXT = 3
"""Neighbours in the order of names that are compared."""
RARE = 24
"""Entries of one country that may share a word for which they are compared."""
RAREST = 2
"""Words of a name that are looked up, the rarest first."""
NEAR = 0.86
"""Likeness from which on names are near."""
Families = Mapping[str, str]
"""Kind → the name of the kinds whose entries may be the same thing."""


class Pair(NamedTuple):
    """Two entries, the lesser id first; `score` is 0 to 100; `reasons` are words for people."""

    one: EntryId
    other: EntryId
    score: int
    reasons: tuple[str, ...]


def families_of(kinds: Mapping[str, Kind]) -> Families:
    """A group is a cooperative to one person and an organisation to another: kinds of one trait are one family."""
    return {kind.name: kind.traits[0] if kind.traits else kind.name for kind in kinds.values()}


def pairs_of(
    marks: Mapping[EntryId, Marks],
    families: Families,
    apart: Callable[[EntryId, EntryId], bool] = lambda one, other: False,
    *,
    least: int = LEAST,
    among: Iterable[EntryId] | None = None,
    tell: Callable[[int], object] = lambda done: None,
) -> list[Pair]:
    """The pairs that score `least` or more and are not `apart`, the surest first. `among`: only pairs of which one is
    among these. `tell` is called with how many were compared."""
    wanted = None if among is None else frozenset(among)
    crowded = _crowded(marks)
    weight = _weights(marks)
    found: list[Pair] = []
    seen: set[tuple[EntryId, EntryId]] = set()
    for one, other in _candidates(marks, families, crowded):
        if one == other or (wanted is not None and one not in wanted and other not in wanted):
            continue
        key = (one, other) if one < other else (other, one)
        if key in seen:
            continue
        seen.add(key)
        if not len(seen) % 20_000:
            tell(len(seen))
        if families[one.partition("/")[0]] != families[other.partition("/")[0]]:
            continue
        score, reasons = judge(marks[key[0]], marks[key[1]], crowded, weight)
        if score >= least and not apart(*key):
            found.append(Pair(*key, score, reasons))
    return sorted(found, key=lambda pair: (-pair.score, pair.one, pair.other))


def near_to(
    one: Marks, kind: str, marks: Mapping[EntryId, Marks], families: Families, least: int = LEAST
) -> list[tuple[EntryId, int]]:
    """The entries that something of `kind`, not written yet, may be, with their scores, the surest first."""
    crowded, weight = _crowded(marks), _weights(marks)
    family = [(id_, other) for id_, other in marks.items() if families[id_.partition("/")[0]] == families[kind]]
    found = [(id_, judge(one, other, crowded, weight)[0]) for id_, other in family]
    return sorted((pair for pair in found if pair[1] >= least), key=lambda pair: (-pair[1], pair[0]))


def groups_of(pairs: Iterable[Pair]) -> list[tuple[list[EntryId], list[Pair]]]:
    """The pairs by what hangs together: the ids of each group, sorted, and its pairs; the groups in the order of their surest
    pair."""
    home: dict[EntryId, EntryId] = {}

    def root(id_: EntryId) -> EntryId:
        while home.setdefault(id_, id_) != id_:
            home[id_] = home[home[id_]]
            id_ = home[id_]
        return id_

    pairs = list(pairs)
    for pair in pairs:
        home[root(pair.other)] = root(pair.one)
    groups: dict[EntryId, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[root(pair.one)].append(pair)
    return [(sorted({id_ for pair in found for id_ in pair[:2]}), found) for found in groups.values()]


def judge(one: Marks, other: Marks, crowded: frozenset[str], weight: Weight) -> tuple[int, tuple[str, ...]]:
    """How sure it is that both are the same, 0 to 100, and why. A number is nearly proof; a site and a name, each, half of
    one; where both say where they are, and it is not the same town, less."""
    numbers = _common(one.numbers, other.numbers)
    sites = _common(one.sites, other.sites)
    like, mine, theirs = likeness(one.names, other.names, weight)
    reasons = [f"the same number, {numbers[0]}"] if numbers else []
    own = [site for site in sites if site not in crowded]
    if sites:
        reasons.append(f"the same site, {(own or sites)[0]}" + ("" if own else ", which several share"))
    same_name = like >= 1
    if same_name:
        reasons.append("the same name" if mine == theirs == 0 else "the same name, by another that it has")
    elif like >= NEAR:
        reasons.append(f"names that are {round(like * 100)} % alike")
    countries = _common(one.countries, other.countries)
    elsewhere = bool(one.countries and other.countries and not countries)
    half_known = bool(one.countries) != bool(other.countries)
    by_name = 0.0
    if like >= NEAR and not elsewhere:
        by_name = 80 if same_name else 60 + 18 * (like - NEAR) / (1 - NEAR)
        if half_known:
            by_name -= 12
        if one.localities and other.localities:
            together = _common(one.localities, other.localities)
            by_name += 10 if together else -16
            reasons += [f"in {together[0].title()}"] if together else ["in different towns"]
        elif countries:
            reasons.append(f"in {countries[0]}")
    by_site = (62 if own else 25) if sites else 0
    score = 97.0 if numbers else 0.0
    for part in (by_site, by_name):
        score = 100 - (100 - score) * (100 - part) / 100
    if sites and like < 0.4 and not numbers:
        score -= 12
        reasons.append("but other names")
    return max(0, min(100, round(score))), tuple(reasons)


def _candidates(
    marks: Mapping[EntryId, Marks], families: Families, crowded: frozenset[str]
) -> Iterator[tuple[EntryId, EntryId]]:
    yield from _by_key(marks, lambda one: one.numbers)
    yield from _by_key(marks, lambda one: (site for site in one.sites if site not in crowded))
    yield from _by_key(marks, lambda one: one.names)
    blocks: dict[tuple[str, str], list[EntryId]] = defaultdict(list)
    for id_, one in marks.items():
        for country in one.countries or ("",):
            blocks[families[id_.partition("/")[0]], country].append(id_)
    for ids in blocks.values():
        if len(ids) > 1:
            yield from _in_block(ids, marks)


def _by_key(
    marks: Mapping[EntryId, Marks], keys: Callable[[Marks], Iterable[str]]
) -> Iterator[tuple[EntryId, EntryId]]:
    having: dict[str, list[EntryId]] = defaultdict(list)
    for id_, one in marks.items():
        for key in keys(one):
            having[key].append(id_)
    for ids in having.values():
        # Among very many, each is compared with those that come next: nobody reads the pairs of two hundred namesakes.
        if len(ids) <= RARE:
            yield from combinations(ids, 2)
        else:
            yield from _neighbours(ids)


def _in_block(ids: list[EntryId], marks: Mapping[EntryId, Marks]) -> Iterator[tuple[EntryId, EntryId]]:
    named = [(name, id_) for id_ in ids for name in marks[id_].names]
    common = Counter(word for name, _ in named for word in set(name.split()))
    having: dict[str, list[EntryId]] = defaultdict(list)
    for name, id_ in named:
        for word in sorted(set(name.split()), key=lambda word: (common[word], word))[:RAREST]:
            if common[word] <= RARE:
                having[word].append(id_)
    for sharing in having.values():
        yield from combinations(dict.fromkeys(sharing), 2)
    squeezed = [(name.replace(" ", ""), id_) for name, id_ in named]
    yield from _neighbours([id_ for _, id_ in sorted(squeezed)])
    yield from _neighbours([id_ for _, id_ in sorted((name[::-1], id_) for name, id_ in squeezed)])


def _neighbours(ids: list[EntryId]) -> Iterator[tuple[EntryId, EntryId]]:
    for step in range(1, NEXT + 1):
        yield from zip(ids, ids[step:], strict=False)


def _crowded(marks: Mapping[EntryId, Marks]) -> frozenset[str]:
    """The sites that many entries share."""
    count = Counter(site for one in marks.values() for site in one.sites)
    return frozenset(site for site, times in count.items() if times > SHARED)


def _weights(marks: Mapping[EntryId, Marks]) -> Weight:
    """What a word of a name is worth: the more names have it, the less; a word of one name, 1."""
    count = Counter(word for one in marks.values() for name in one.names for word in set(name.split()))
    most = log(1_000 + len(marks))
    worth = {word: max(0.08, 1 - log(times) / most) for word, times in count.items() if times > 1}

    def weight(word: str) -> float:
        return worth.get(word, 1.0)

    return weight


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    return [value for value in one if value in other] if one and other else []
