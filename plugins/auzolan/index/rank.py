"""A query and a vocabulary flow in, the stems to look for flow out; scores flow in, the order of the hits flows out.

What a query means, for all three readers of the index (Whoosh in answer.py, Python over the shards in reader.py, the
browser in theme/client/search/):

- A query is cut into words as texts are (words.py); stop words are left out. A word is *known* if some document uses
  it in exactly that folded form, or if it is a stem of the index and its own stem; its stem is then looked for.
  Unknown words are reported and otherwise left out.
- The last word, if nothing but letters follows it and it has two letters or more (one in unspaced scripts), is also a
  *beginning*: of the first `BEGINNING_FORMS` forms that begin with it, in the order of their code points, the
  `BEGINNING_STEMS` stems in the most documents are looked for too (by size class; of one class, the stem met first).
- A document's score is Whoosh's: the sum over stems and fields of BM25F (K1 1.2, B 0.75), times `BEGINNING_BOOST` for
  a stem that only a beginning found.
- Documents that have every known word (any of its stems, in any field) come first, then all others; inside each group
  by score, where scores that differ by less than a billionth count as equal; then by document number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from auzolan.index.words import Query

K1 = 1.2
B = 0.75
BEGINNING_BOOST = 0.5
BEGINNING_FORMS = 4096
BEGINNING_STEMS = 24


@dataclass(frozen=True, slots=True)
class Form:
    """One folded word that is known: `stem` is its stem ("" for a stop word), `size` the size class of that stem: the
    number of binary digits of the number of documents that have it."""

    text: str
    stem: str
    size: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, with what is needed to show it."""

    id: str
    kind: str
    url: str
    title: str
    summary: str
    place: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`total` documents have some known word of the query, `complete` of them have all; `hits` are the best of them in
    order; `unknown` are the folded words that no document uses."""

    total: int
    hits: tuple[Hit, ...]
    complete: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for: one set of stems for each known word, the boost of every stem, the unknown words. The order of
    the boosts is that in which all readers add up scores."""

    groups: tuple[frozenset[str], ...]
    boosts: Mapping[str, float]
    unknown: tuple[str, ...]


def plan(query: Query, exact: Mapping[str, Form], beginning: Iterable[Form]) -> Plan:
    """The plan for `query`, given the form of each of its words that is known and the forms that begin with its last
    word, in order (no more than `BEGINNING_FORMS` of them are read)."""
    groups: list[frozenset[str]] = []
    boosts: dict[str, float] = {}
    unknown: list[str] = []
    for word in query.words:
        form = exact.get(word)
        if form is None:
            unknown.append(word)
        elif form.stem:
            groups.append(frozenset({form.stem}))
            boosts[form.stem] = 1.0
    if query.beginning:
        form = exact.get(query.beginning)
        if form is not None and not form.stem:
            return Plan(tuple(groups), boosts, tuple(unknown))
        stems = _likely(beginning)
        if form is not None:
            stems[form.stem] = None
            boosts[form.stem] = 1.0
        if stems:
            groups.append(frozenset(stems))
            for stem in stems:
                boosts.setdefault(stem, BEGINNING_BOOST)
        else:
            unknown.append(query.beginning)
    return Plan(tuple(groups), boosts, tuple(unknown))


def _likely(beginning: Iterable[Form]) -> dict[str, None]:
    sizes: dict[str, int] = {}
    for _, form in zip(range(BEGINNING_FORMS), beginning, strict=False):
        if form.stem:
            sizes[form.stem] = form.size
    return dict.fromkeys(sorted(sizes, key=lambda stem: -sizes[stem])[:BEGINNING_STEMS])


def order(
    scores: Mapping[int, float], groups: Sequence[AbstractSet[str]], members: Mapping[str, AbstractSet[int]]
) -> tuple[list[int], int]:
    """The document numbers in the order of the hits, and how many of them have every known word. `members` gives the
    documents of each stem."""
    complete: set[int] = set(scores)
    for group in groups:
        complete &= {document for stem in group for document in members.get(stem, ())}
    ordered = sorted(scores, key=lambda document: (document not in complete, -nearly(scores[document]), document))
    return ordered, len(complete)


def nearly(score: float) -> int:
    """The score in whole billionths: sums of the same numbers in another order must tie."""
    return math.floor(score * 1e9 + 0.5)


def idf(documents: int, frequency: int) -> float:
    """Whoosh's inverse document frequency of a term that `frequency` of `documents` have in one field."""
    return math.log(documents / (frequency + 1)) + 1


def bm25(idf: float, weight: float, length: int, average: float) -> float:
    """Whoosh's score of one term in one field of one document, in the same order of operations."""
    return idf * ((weight * (K1 + 1)) / (weight + K1 * ((1 - B) + B * length / average)))
