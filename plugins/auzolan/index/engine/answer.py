"""A corpus flows in; Whoosh's answers flow out, to which every reader is held, and Whoosh's postings, to which the shards are.

Whoosh keeps the index by its own codec, in memory.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from whoosh import fields, query, scoring

from auzolan.index.engine.codec import UNLIMITED, Memory
from auzolan.index.engine.corpus import Corpus
from auzolan.index.format import SMALL
from auzolan.index.near import NEAR_FORMS, NEAR_WORDS, backwards, ends, exchanged, may_be_meant, nearest, slips
from auzolan.index.rank import BEGINNING_FORMS, K1, B, Form, Found, Hit, Plan, Results, idf, order, plan, strange
from auzolan.index.words import parse_query
from auzolan.model.pages import NAME_WEIGHT

_NAMES = "names"
"""The Whoosh field of the keys of whole names."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One stem in one field of one document: how often, and the length of the field as Whoosh remembers it (a byte
    stands for a range of lengths)."""

    document: int
    frequency: int
    length: int


class _Weighting(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25F with our measure of how rare a stem is: one for all fields."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(B=B, K1=K1)
        self._names = names

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        """Called by Whoosh, once for each stem and field."""
        having = {number for name in self._names for number in _having(searcher, name, text)}
        return idf(searcher.doc_count_all(), len(having))


def _having(searcher: Any, name: str, text: bytes) -> Iterator[int]:
    reader = searcher.reader()
    if (name, text) in reader:
        yield from reader.postings(name, text).all_ids()


class Reference:
    """The documents of one language in Whoosh. Each field of the corpus is a Whoosh field with the weight as its boost;
    its words come as stems, so that Whoosh has nothing left to analyse."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._names = [f"field{number}" for number in range(len(corpus.weights))]
        self._forms = [form.text for form in corpus.forms]
        turned = (form for form in corpus.forms if may_be_meant(form.text, form.stem))
        self._turned = sorted(turned, key=lambda form: backwards(form.text))
        schema = fields.Schema(
            **{
                name: fields.TEXT(phrase=False, field_boost=float(weight))
                for name, weight in zip(self._names, corpus.weights, strict=True)
            },
            **{_NAMES: fields.TEXT(phrase=False)},
        )
        index = Memory().create_index(schema)
        writer = index.writer(limitmb=UNLIMITED)
        for terms, keys in zip(corpus.terms, corpus.names, strict=True):
            words = dict(zip([*self._names, _NAMES], [*terms, keys], strict=True))
            writer.add_document(**{name: list(found) for name, found in words.items() if found})
        writer.commit()
        self._searcher: Any = index.searcher(weighting=_Weighting(self._names))

    def lengths(self) -> list[int]:
        """The exact number of words in each field, over all documents; where there are whole names, theirs last."""
        return [int(self._searcher.field_length(name)) for name in self._all()]

    def _all(self) -> list[str]:
        return [*self._names, _NAMES] if any(self._corpus.names) else self._names

    def postings(self) -> Iterator[tuple[str, int, list[Posting]]]:
        """(stem, field number, postings in the order of the documents), field by field."""
        reader = self._searcher.reader()
        for field, name in enumerate(self._all()):
            for term in reader.lexicon(name):
                found: list[Posting] = []
                matcher = reader.postings(name, term)
                while matcher.is_active():
                    document = matcher.id()
                    length = reader.doc_field_length(document, name, 1)
                    found.append(Posting(document, matcher.value_as("frequency"), length))
                    matcher.next()
                yield term.decode("utf-8"), field, found

    def search(self, text: str, limit: int | None = 10, near: bool = True) -> Results:
        """The best `limit` hits for the query `text`, all of them for None; without `near` no word is replaced."""
        wanted = self._plan(text, near)
        scores = self._scores(query.Or(self._terms(wanted)))
        names = [name for name, weight in zip(self._names, self._corpus.weights, strict=True) if weight >= NAME_WEIGHT]
        members = {stem: self._documents(stem, self._names) for stem in wanted.boosts}
        named = {stem: self._documents(stem, names) for stem in wanted.boosts}
        exact = self._documents(wanted.key, [_NAMES])
        ordered, complete = order(Found(scores, members, named, exact), wanted.groups)
        hits = tuple(self._hit(number, scores.get(number, 0.0)) for number in ordered[:limit])
        return Results(len(ordered), hits, complete, wanted.unknown, wanted.meant)

    def _plan(self, text: str, near: bool) -> Plan:
        asked = parse_query(text)
        exact = {word: form for word in asked.all() if (form := self._form(word)) is not None}
        begun = self._beginning_with(asked.beginning, BEGINNING_FORMS) if asked.beginning else []
        unknown = [word for word in strange(asked, exact, begun) if slips(word)] if near else []
        return plan(asked, exact, begun, {word: nearest(word, self._like(word)) for word in unknown[:NEAR_WORDS]})

    def _form(self, word: str) -> Form | None:
        at = bisect.bisect_left(self._forms, word)
        return self._corpus.forms[at] if at < len(self._forms) and self._forms[at] == word else None

    def _beginning_with(self, beginning: str, most: int) -> list[Form]:
        start = bisect.bisect_left(self._forms, beginning)
        return [form for form in self._corpus.forms[start : start + most] if form.text.startswith(beginning)]

    def _like(self, word: str) -> list[Form]:
        """The forms that may be near a word."""
        if len(self._corpus.documents) < SMALL:
            return list(self._corpus.forms)
        kept = ends(word)
        ending = [form for form in self._turned if form.text.endswith(word[-kept:])]
        other = self._form(exchanged(word))
        return [*self._beginning_with(word[:kept], NEAR_FORMS), *ending[:NEAR_FORMS], *([other] if other else [])]

    def _terms(self, wanted: Plan) -> list[Any]:
        return [query.Term(name, stem, boost=wanted.boosts[stem]) for stem in wanted.boosts for name in self._names]

    def _scores(self, asked: Any) -> dict[int, float]:
        # The optimised path of Whoosh leaves out documents that cannot reach the top, and hangs on large indexes.
        results = self._searcher.search(asked, limit=None, optimize=False)
        return {number: score for score, number in results.top_n}

    def _documents(self, stem: str, names: Sequence[str]) -> set[int]:
        return set(self._searcher.docs_for_query(query.Or([query.Term(name, stem) for name in names])))

    def _hit(self, number: int, score: float) -> Hit:
        found = self._corpus.documents[number]
        return Hit(found.id, found.kind, found.url, found.title, found.summary, found.place, score)
