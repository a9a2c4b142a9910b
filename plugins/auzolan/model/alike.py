"""What the texts of all entries are about comes in; which of them are about the same goes out, and by which words.

That is the weakest of all grounds to be near one another (model/related.py has the others): nobody stated it. So it takes several
words that few entries have, and more of them between kinds: a licence and a cooperative often use a word for different things.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from auzolan.model.packing import packable
from auzolan.model.related import RARITY

MANY = 15
"""Entries that may have a term for it to count."""
PART = 4
"""Nor may one entry in so many have it: in a commons of ten entries, every word is rare."""
MOST = 8
"""How many are told: a page leaves out those that it shows already."""
FLOOR = 36
"""What terms must weigh together, each by its `RARITY`: two do that three and seven entries have, or three that up to fifteen have."""
ACROSS = 2
"""So many times as much, where the kinds differ."""


@packable
@dataclass(frozen=True, slots=True)
class Gist:
    """What the name and the summary of an entry are about: `terms` to compare (stems, each with its language), and as many
    `words`, as they are written; both in the order of the text, between spaces. `language` is that of the words."""

    terms: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry that is about the same as the one that is asked for, and what of the words of the latter both have, the longest first."""

    id: str
    words: tuple[str, ...]
    language: str


class Likeness:
    """Who is about the same in one commons. `gists` are those of its listed entries; they may come until somebody asks."""

    def __init__(
        self, gists: Mapping[str, Gist] | None = None, members: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """`members` are those of the terms that count, where they are known: of most terms there is one entry alone."""
        self.gists: Mapping[str, Gist] = gists if gists is not None else {}
        self._known = members

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.gists!r})"

    def members(self) -> Mapping[str, Collection[str]]:
        """Who has the terms that count; looked through once."""
        if self._known is None:
            self._known = _members(self.gists)
        return self._known

    def nearest(self, id_: str) -> tuple[Alike, ...]:
        """The entries that are most about the same as one, then by id; no more than `MOST`."""
        gist = self.gists.get(id_)
        if gist is None:
            return ()
        members = self.members()
        shared: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for term, word in zip(gist.terms.split(), gist.words.split(), strict=True):
            few = members.get(term, ())
            for other in few:
                shared[other].append((RARITY[len(few).bit_length()], word))
        shared.pop(id_, None)
        kind = id_.partition("/")[0]
        weighed = ((_weight(kind, other, found), other) for other, found in shared.items())
        best = heapq.nsmallest(MOST, ((-weight, other) for weight, other in weighed if weight >= FLOOR))
        return tuple(Alike(other, _longest_first(shared[other]), gist.language) for _, other in best)

    def after(self, gists: Mapping[str, Gist], changed: Collection[str]) -> tuple[Likeness, set[str]]:
        """The same of `gists`, which differ in those `changed`; and who may be about the same as others than before."""
        if _many(gists) != _many(self.gists):
            return Likeness(gists), {*self.gists, *gists}
        terms: set[str] = set()
        for id_ in changed:
            was, now = (some[id_].terms.split() if id_ in some else () for some in (self.gists, gists))
            terms.update({*was} ^ {*now})
        before = self.members()
        members = {term: few for term, few in before.items() if term not in terms}
        many = _many(gists)
        members.update((term, ids) for term, ids in _having(terms, gists).items() if 1 < len(ids) <= many)
        touched = {id_ for term in terms for some in (before, members) for id_ in some.get(term, ())}
        return Likeness(gists, members), touched.union(changed)


def _many(gists: Mapping[str, Gist]) -> int:
    return min(MANY, len(gists) // PART)


def _members(gists: Mapping[str, Gist]) -> dict[str, list[str]]:
    counts = Counter(term for gist in gists.values() for term in gist.terms.split())
    many = _many(gists)
    return _having({term for term, count in counts.items() if 1 < count <= many}, gists)


def _having(terms: Collection[str], gists: Mapping[str, Gist]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {term: [] for term in terms}
    for id_, gist in gists.items():
        for term in found.keys() & gist.terms.split():
            found[term].append(id_)
    return found


def _weight(kind: str, other: str, found: Iterable[tuple[int, str]]) -> float:
    weight = sum(weight for weight, _ in found)
    return weight if other.partition("/")[0] == kind else weight / ACROSS


def _longest_first(found: list[tuple[int, str]]) -> tuple[str, ...]:
    """A long word says more to a reader than a rare one: "copyleft" than "over"."""
    return tuple(sorted((word for _, word in found), key=lambda word: -len(word)))
