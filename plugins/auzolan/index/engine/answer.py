"""A corpus flows in; Whoosh's answers flow out, to which every reader is held, and Whoosh's postings, to which the shards are.

Whoosh keeps the index by its own codec, in memory.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from whoosh import fields, query, scoring

from auzolan.index.engine.codec import UNLIMITED, Memory
from auzolan.index.engine.corpus import Corpus
from auzolan.index.rank import BEGINNING_FORMS, K1, B, Form, Hit, Plan, Results, order, plan
from auzolan.index.words import parse_query


@dataclass(frozen=True, slots=True)
class Posting:
    """One stem in one field of one document: how often, and the length of the field as Whoosh remembers it (a byte
    stands for a range of lengths)."""

    document: int
    frequency: int
    length: int


class Reference:
    """The documents of one language in Whoosh. Each field of the corpus is a Whoosh field with the weight as its boost;
    its words come as stems, so that Whoosh has nothing left to analyse."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._names = [f"field{number}" for number in range(len(corpus.weights))]
        self._forms = [form.text for form in corpus.forms]
        schema = fields.Schema(
            **{
                name: fields.TEXT(phrase=False, field_boost=float(weight))
                for name, weight in zip(self._names, corpus.weights, strict=True)
            }
        )
        index = Memory().create_index(schema)
        writer = index.writer(limitmb=UNLIMITED)
        for terms in corpus.terms:
            writer.add_document(**{name: list(words) for name, words in zip(self._names, terms, strict=True) if words})
        writer.commit()
        self._searcher: Any = index.searcher(weighting=scoring.BM25F(B=B, K1=K1))

    def lengths(self) -> list[int]:
        """The exact number of words in each field, over all documents."""
        return [int(self._searcher.field_length(name)) for name in self._names]

    def postings(self) -> Iterator[tuple[str, int, list[Posting]]]:
        """(stem, field number, postings in the order of the documents), field by field."""
        reader = self._searcher.reader()
        for field, name in enumerate(self._names):
            for term in reader.lexicon(name):
                found: list[Posting] = []
                matcher = reader.postings(name, term)
                while matcher.is_active():
                    document = matcher.id()
                    length = reader.doc_field_length(document, name, 1)
                    found.append(Posting(document, matcher.value_as("frequency"), length))
                    matcher.next()
                yield term.decode("utf-8"), field, found

    def search(self, text: str, limit: int | None = 10) -> Results:
        """The best `limit` hits for the query `text`, all of them for None."""
        wanted = self._plan(text)
        scores = self._scores(query.Or(self._terms(wanted)))
        members = {stem: self._documents(stem) for stem in wanted.boosts}
        ordered, complete = order(scores, wanted.groups, members)
        hits = tuple(self._hit(number, scores[number]) for number in ordered[:limit])
        return Results(len(ordered), hits, complete, wanted.unknown)

    def _plan(self, text: str) -> Plan:
        asked = parse_query(text)
        words = [*asked.words, asked.beginning]
        exact = {word: form for word in words if (form := self._form(word)) is not None}
        start = bisect.bisect_left(self._forms, asked.beginning)
        forms = self._corpus.forms[start : start + BEGINNING_FORMS]
        return plan(asked, exact, [form for form in forms if form.text.startswith(asked.beginning)])

    def _form(self, word: str) -> Form | None:
        at = bisect.bisect_left(self._forms, word)
        return self._corpus.forms[at] if at < len(self._forms) and self._forms[at] == word else None

    def _terms(self, wanted: Plan) -> list[Any]:
        return [query.Term(name, stem, boost=wanted.boosts[stem]) for stem in wanted.boosts for name in self._names]

    def _scores(self, asked: Any) -> dict[int, float]:
        # The optimised path of Whoosh leaves out documents that cannot reach the top, and hangs on large indexes.
        results = self._searcher.search(asked, limit=None, optimize=False)
        return {number: score for score, number in results.top_n}

    def _documents(self, stem: str) -> set[int]:
        return set(self._searcher.docs_for_query(query.Or([query.Term(name, stem) for name in self._names])))

    def _hit(self, number: int, score: float) -> Hit:
        found = self._corpus.documents[number]
        return Hit(found.id, found.kind, found.url, found.title, found.summary, found.place, score)
