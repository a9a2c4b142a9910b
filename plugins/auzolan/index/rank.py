"""A query and a vocabulary flow in, the stems to look for flow out; scores flow in, the order of the hits flows out.

What a query means, for all three readers of the index (Whoosh in answer.py, Python over the shards in reader.py, the
browser in theme/client/search/):

- A query is cut into words as texts are (words.py); stop words are left out. A word is *known* if some document uses
  it in exactly that folded form, or if it is a stem of the index and its own stem; its stem is then looked for. A word
  that comes twice counts twice.
- Of an unknown word the forms *near* it (near.py) are looked for instead, all but the first at `NEAR_BOOST`; both are
  reported. Where there are none, or none are wanted, the word is reported as unknown and left out.
- The last word, if nothing but letters follows it and it has two letters or more (one in unspaced scripts), is also a
  *beginning*: of the first `BEGINNING_FORMS` forms that begin with it, in the order of their code points, the
  `BEGINNING_STEMS` stems in the most documents are looked for too (by size class; of one class, the stem met first).
- A document's score is the sum over stems and fields of Whoosh's BM25F (K1 1.2, B 0.75), with a measure of our own for how
  rare a stem is (`idf`), times `BEGINNING_BOOST` for a stem that only a beginning found, or `LONGER_BOOST` where the last
  word is known itself.
- First come documents of which a name, or the part of the id after the kind, is the whole query (unknown words being replaced by the first form near each);
  then those that have every known word (any of its stems) in their names, which are the texts of `NAME_WEIGHT` or
  more; then those that have every known word somewhere; then all others. Inside each group they go by score, where
  scores that differ by less than a billionth count as equal; then by document number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from auzolan.index.words import Query, whole

K1 = 1.2
B = 0.75
BEGINNING_BOOST = 0.5
LONGER_BOOST = 0.05
BEGINNING_FORMS = 4096
BEGINNING_STEMS = 24
NEAR_BOOST = 0.5


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
    order; `unknown` are the folded words that no document uses, `meant` those for which other forms were looked for, with
    these forms, the likeliest first; `counts` tells for each facet that was asked about how many there would be with each
    of its values."""

    total: int
    hits: tuple[Hit, ...]
    complete: int = 0
    unknown: tuple[str, ...] = ()
    meant: tuple[tuple[str, tuple[str, ...]], ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for: one set of stems for each known word, the boost of every stem, the unknown words, those for which
    others are looked for, and the key of a name that is the whole query. The order of the boosts is that in which all
    readers add up scores."""

    groups: tuple[frozenset[str], ...]
    boosts: Mapping[str, float]
    unknown: tuple[str, ...]
    meant: tuple[tuple[str, tuple[str, ...]], ...]
    key: str


def strange(query: Query, exact: Mapping[str, Form], beginning: Iterable[Form]) -> tuple[str, ...]:
    """The words of `query` that are unknown, each once, given what `plan` is given."""
    begun = query.beginning in exact or bool(_likely(beginning))
    words = query.words if begun else query.all()
    return tuple(dict.fromkeys(word for word in words if word not in exact))


def plan(
    query: Query, exact: Mapping[str, Form], beginning: Sequence[Form], near: Mapping[str, Sequence[Form]]
) -> Plan:
    """The plan for `query`, given the form of each of its words that is known, the forms that begin with its last word,
    in order (no more than `BEGINNING_FORMS` of them are read), and the forms near unknown words."""
    groups: list[frozenset[str]] = []
    boosts: dict[str, float] = {}

    def wanted(stem: str, boost: float) -> None:
        boosts[stem] = boosts.get(stem, 0.0) + boost

    unknown = strange(query, exact, beginning)
    for word in query.words:
        form = exact.get(word)
        if form is not None and form.stem:
            groups.append(frozenset({form.stem}))
            wanted(form.stem, 1.0)
    last = exact.get(query.beginning)
    if query.beginning and query.beginning not in unknown and (last is None or last.stem):
        stems = _likely(beginning)
        if last is not None:
            stems[last.stem] = None
            wanted(last.stem, 1.0)
        groups.append(frozenset(stems))
        for stem in stems:
            boosts.setdefault(stem, BEGINNING_BOOST if last is None else LONGER_BOOST)
    meant = {word: near[word] for word in unknown if near.get(word)}
    for word, forms in meant.items():
        groups.append(frozenset(form.stem for form in forms))
        for place, form in enumerate(forms):
            wanted(form.stem, query.all().count(word) * (NEAR_BOOST if place else 1.0))
    return Plan(
        tuple(groups),
        boosts,
        tuple(word for word in unknown if word not in meant),
        tuple((word, tuple(form.text for form in forms)) for word, forms in meant.items()),
        whole([meant[word][0].text if word in meant else word for word in query.all()]),
    )


def _likely(beginning: Iterable[Form]) -> dict[str, None]:
    sizes: dict[str, int] = {}
    for _, form in zip(range(BEGINNING_FORMS), beginning, strict=False):
        if form.stem:
            sizes[form.stem] = form.size
    return dict.fromkeys(sorted(sizes, key=lambda stem: -sizes[stem])[:BEGINNING_STEMS])


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the score of each document, the documents of each stem, those that have it in their names, and those
    of which a name is the whole query."""

    scores: Mapping[int, float]
    members: Mapping[str, AbstractSet[int]]
    named: Mapping[str, AbstractSet[int]]
    exact: AbstractSet[int]


def order(found: Found, groups: Sequence[AbstractSet[str]]) -> tuple[list[int], int]:
    """The document numbers in the order of the hits, and how many of them have every known word."""
    documents = found.scores.keys() | found.exact
    complete = _with_every(groups, found.members, documents)
    named = _with_every(groups, found.named, documents) if groups else set()

    def key(document: int) -> tuple[bool, bool, bool, int, int]:
        near = nearly(found.scores.get(document, 0.0))
        return (document not in found.exact, document not in named, document not in complete, -near, document)

    return sorted(documents, key=key), len(complete | found.exact)


def _with_every(
    groups: Iterable[AbstractSet[str]], members: Mapping[str, AbstractSet[int]], documents: AbstractSet[int]
) -> set[int]:
    left = set(documents)
    for group in groups:
        left &= {document for stem in group for document in members.get(stem, ())}
    return left


def nearly(score: float) -> int:
    """The score in whole billionths: sums of the same numbers in another order must tie."""
    return math.floor(score * 1e9 + 0.5)


def idf(documents: int, frequency: int) -> float:
    """How rare a stem is that `frequency` of `documents` have, in whatever field: Robertson's inverse document frequency, made
    positive. Whoosh's own looks at each field for itself, where a common word may be rare, and adds 1 for any word."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def bm25(idf: float, weight: float, length: int, average: float) -> float:
    """Whoosh's score of one term in one field of one document, in the same order of operations."""
    return idf * ((weight * (K1 + 1)) / (weight + K1 * ((1 - B) + B * length / average)))
