"""A corpus flows in; Whoosh's answers flow out, to which every reader is held, and Whoosh's postings, to which the shards are.

Whoosh keeps the index by its own codec, in memory.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from whoosh import fields, query, scoring

from auzolan.index.engine.codec import UNLIMITED, Memory
from auzolan.index.engine.corpus import Corpus
from auzolan.index.facets import KIND, Chosen, key_of, kind_of
from auzolan.index.format import SMALL
from auzolan.index.near import NEAR_FORMS, NEAR_WORDS, backwards, ends, exchanged, may_be_meant, nearest, slips
from auzolan.index.rank import BEGINNING_FORMS, K1, B, Form, Found, Hit, Plan, Results, idf, order, plan, strange
from auzolan.index.words import parse_query
from auzolan.model.pages import NAME_WEIGHT

_NAMES = "names"
"""The Whoosh field of the keys of whole names."""
_FACETS = "facets"
"""That of the values of facets."""
_KIND = "kind"


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
            **{_NAMES: fields.TEXT(phrase=False), _FACETS: fields.KEYWORD(), _KIND: fields.ID()},
        )
        index = Memory().create_index(schema)
        writer = index.writer(limitmb=UNLIMITED)
        for document, terms, keys, facets in zip(
            corpus.documents, corpus.terms, corpus.names, corpus.facets, strict=True
        ):
            words = dict(zip([*self._names, _NAMES, _FACETS], [*terms, keys, facets], strict=True))
            found = {name: list(found) for name, found in words.items() if found}
            writer.add_document(**found, **{_KIND: kind_of(document.id)})
        writer.commit()
        self._searcher: Any = index.searcher(weighting=_Weighting(self._names))

    def lengths(self) -> list[int]:
        """The exact number of words in each field, over all documents; where there are whole names and values of facets,
        theirs last."""
        facets = sum(map(len, self._corpus.facets))
        return [int(self._searcher.field_length(name)) for name in self._all() if name != _FACETS] + [facets] * (
            facets > 0
        )

    def _all(self) -> list[str]:
        names = [_NAMES] if any(self._corpus.names) else []
        return [*self._names, *names, *([_FACETS] if any(self._corpus.facets) else [])]

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

    def search(
        self,
        text: str,
        limit: int | None = 10,
        near: bool = True,
        facets: Chosen | None = None,
        count: Iterable[str] = (),
    ) -> Results:
        """The best `limit` hits for the query `text`, all of them for None; without `near` no word is replaced. Of `facets`
        each must hold, and the values of those in `count` are counted."""
        chosen = {facet: self._having(facet, values) for facet, values in (facets or {}).items() if values}
        found = self._found(text, limit, near, list(chosen.values()))
        counts: dict[str, dict[str, int]] = {}
        for facet in count:
            others = [asked for other, asked in chosen.items() if other != facet]
            told = {
                value: self._found(text, 0, near, [*others, self._having(facet, [value])])
                for value in self._values(facet)
            }
            counts[facet] = {value: one.total for value, one in told.items() if one.total}
        return replace(found, counts=counts)

    def _found(self, text: str, limit: int | None, near: bool, chosen: list[Any]) -> Results:
        wanted = self._plan(text, near)
        within = query.And(chosen) if chosen else None
        asked = query.Or(self._terms(wanted)) if parse_query(text).all() else within or query.NullQuery
        scores = self._scores(asked, within)
        if asked is within:
            scores = dict.fromkeys(scores, 0.0)
        names = [name for name, weight in zip(self._names, self._corpus.weights, strict=True) if weight >= NAME_WEIGHT]
        members = {stem: self._documents(stem, self._names) for stem in wanted.boosts}
        named = {stem: self._documents(stem, names) for stem in wanted.boosts}
        exact = self._documents(wanted.key, [_NAMES])
        if within is not None:
            exact &= set(self._searcher.docs_for_query(within))
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

    def _having(self, facet: str, values: Iterable[str]) -> Any:
        name = _KIND if facet == KIND else _FACETS
        return query.Or([query.Term(name, value if facet == KIND else key_of(facet, value)) for value in values])

    def _values(self, facet: str) -> list[str]:
        if facet == KIND:
            return [term.decode("utf-8") for term in self._searcher.reader().lexicon(_KIND)]
        pairs = (pair for document in self._corpus.documents for pair in document.facets)
        return sorted({value for named, value in pairs if named == facet})

    def _scores(self, asked: Any, within: Any) -> dict[int, float]:
        # The optimised path of Whoosh leaves out documents that cannot reach the top, and hangs on large indexes.
        results = self._searcher.search(asked, limit=None, optimize=False, filter=within)
        return {number: score for score, number in results.top_n}

    def _documents(self, stem: str, names: Sequence[str]) -> set[int]:
        return set(self._searcher.docs_for_query(query.Or([query.Term(name, stem) for name in names])))

    def _hit(self, number: int, score: float) -> Hit:
        found = self._corpus.documents[number]
        return Hit(found.id, found.kind, found.url, found.title, found.summary, found.place, score)
