"""Search files flow in, answers flow out: the index read without Whoosh, for the terminal and for plain servers."""

from __future__ import annotations

import array
import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from auzolan.index.facets import Chosen, Facet, counted, narrowed
from auzolan.index.format import DIGEST, SMALL, UnreadableShards, name_of, shards_of
from auzolan.index.header import Header, read_header
from auzolan.index.narrowing import Narrowing, documents_of
from auzolan.index.near import NEAR_FORMS, NEAR_WORDS, backwards, ends, exchanged, nearest, slips
from auzolan.index.rank import BEGINNING_FORMS, Form, Found, Hit, Plan, Results, bm25, idf, order, plan, strange
from auzolan.index.shards import Postings, Span, Words, of_two_ages, outside, read_dictionary, read_words, shard_of
from auzolan.index.shown import Shown, read_documents
from auzolan.index.words import Query, parse_query
from auzolan.model.pages import NAME_WEIGHT

_KEYS: Mapping[str, Callable[[Form], str]] = {"d": lambda form: form.text, "n": lambda form: backwards(form.text)}
"""By what the forms of a sort are in order."""


class Reader:
    """The index of one language. Files are read when a query needs them and kept. Every method raises
    UnreadableShards where a file is missing, damaged or not of the header's numbering."""

    def __init__(self, read: Callable[[str], bytes | None], language: str) -> None:
        self._read = read
        self._language = language
        self._payloads: dict[str, bytes] = {}
        self._header: Header = read_header(self._payload("h"))
        self._firsts = {"d": self._header.dictionary, "n": self._header.near}
        self._dictionaries: dict[tuple[str, int], Sequence[Form]] = {}
        self._words: dict[int, Words] = {}
        self._documents: dict[int, list[Shown]] = {}
        self._narrowing = Narrowing(
            self._header, lambda number: self._payload("f", number), lambda number: self._numbered(number).stems
        )

    def search(
        self,
        text: str,
        limit: int | None = 10,
        near: bool = True,
        facets: Chosen | None = None,
        count: Iterable[str] = (),
    ) -> Results:
        """The best `limit` hits for the query `text`, all of them for None; what a query means is said in rank.py. Without
        `near` unknown words are not replaced. Of `facets` in which values are chosen, each must hold (facets.py); a query
        without words then finds all documents of which that is so. The values of the facets in `count` are counted."""
        asked = parse_query(text)
        wanted = self._plan(asked, near)
        scores: dict[int, float] = {}
        members: dict[str, set[int]] = {}
        named: dict[str, set[int]] = {}
        averages = [length / (self._header.documents or 1) or 1 for length in self._header.lengths]
        for stem in wanted.boosts:
            fields = self._stem(stem)
            if any(self._header.weights[field] < 0 for field in fields):
                raise outside()  # a word among the values of facets
            members[stem] = {document for postings in fields.values() for document, _, _ in postings}
            rarity = idf(self._header.documents, len(members[stem]))
            for field, postings in sorted(fields.items()):
                for document, frequency, length in postings:
                    weight = _single(frequency * self._header.weights[field])
                    score = bm25(rarity, weight, length, averages[field]) * wanted.boosts[stem]
                    scores[document] = scores.get(document, 0.0) + score
                    if self._header.weights[field] >= NAME_WEIGHT:
                        named.setdefault(stem, set()).add(document)
        exact = self._called(wanted.key)
        chosen = {facet: self._narrowing.having(facet, values) for facet, values in (facets or {}).items() if values}
        every = range(self._header.documents) if not asked.all() else ()
        found = scores.keys() | exact | set(every)
        left = narrowed(found if chosen or not every else (), chosen.values())
        scores = {document: scores.get(document, 0.0) for document in left}
        ordered, complete = order(Found(scores, members, named, exact & left), wanted.groups)
        hits = tuple(self._hit(number, scores[number]) for number in ordered[:limit])
        counts = {facet: counted(found, chosen, facet, self._narrowing.members(facet)) for facet in count}
        return Results(len(ordered), hits, complete, wanted.unknown, wanted.meant, counts)

    def facets(self) -> tuple[Facet, ...]:
        """The facets there are, with their values; besides, every document has a kind."""
        return self._narrowing.facets()

    def kinds(self) -> dict[str, int]:
        """How many documents each kind has."""
        return dict(self._header.kinds)

    def forms(self, text: str, near: bool = True) -> frozenset[str]:
        """The folded words that the query `text` looks for: to be marked where they stand in what is shown. Only files that the
        query reads are asked, so that a far inflection may be missing."""
        asked = parse_query(text)
        stems = self._plan(asked, near).boosts.keys()
        looked = {shard_of(self._header.postings, word) for word in (*asked.all(), *stems)}
        return frozenset(form.text for one in looked for form in self._numbered(one).forms if form.stem in stems)

    @property
    def held(self) -> int:
        """Bytes of files that were read and are kept, unpacked."""
        return sum(map(len, self._payloads.values()))

    def _plan(self, asked: Query, near: bool) -> Plan:
        exact = {word: form for word in asked.all() if (form := self._form(word))}
        begun = list(islice(self._beginning_with(asked.beginning), BEGINNING_FORMS)) if asked.beginning else []
        unknown = [word for word in strange(asked, exact, begun) if slips(word)] if near else []
        return plan(asked, exact, begun, {word: nearest(word, self._like(word)) for word in unknown[:NEAR_WORDS]})

    def _form(self, word: str) -> Form | None:
        forms = self._shard(word).forms
        at = bisect.bisect_left(forms, word, key=_KEYS["d"])
        return forms[at] if at < len(forms) and forms[at].text == word else None

    def _like(self, word: str) -> Iterator[Form]:
        """The forms that may be near a word."""
        if self._header.documents < SMALL:
            yield from self._numbered(0).forms
            return
        kept = ends(word)
        yield from islice(self._beginning_with(word[:kept]), NEAR_FORMS)
        yield from islice(self._beginning_with(backwards(word)[:kept], "n"), NEAR_FORMS)
        if (turned := exchanged(word)) and (other := self._form(turned)):
            yield other

    def _called(self, key: str) -> frozenset[int]:
        """The documents of which a name has this key."""
        if not key or 0.0 not in self._header.weights:
            return frozenset()
        return frozenset(documents_of(self._shard(key).stems.get(key, {})))

    def _beginning_with(self, beginning: str, sort: str = "d") -> Iterator[Form]:
        """The forms that begin so, in order; of sort "n", those that end so, in the order of their letters from the last to the first."""
        key = _KEYS[sort]
        for forms in self._from(beginning, sort):
            for form in forms[bisect.bisect_left(forms, beginning, key=key) :]:
                if not key(form).startswith(beginning):
                    return
                yield form

    def _from(self, beginning: str, sort: str) -> Iterator[Sequence[Form]]:
        """The shards in which they are. Where all that begins so is in one shard of words, the dictionary has no more to tell, and
        that shard is asked for anyway."""
        place = shard_of(self._header.postings, beginning)
        if sort == "d" and not _span(self._header.postings, place).until.startswith(beginning):
            yield self._numbered(place).forms
            return
        firsts = self._firsts[sort]
        for number in range(shard_of(firsts, beginning), len(firsts)):
            yield self._dictionary(number, sort)

    def _dictionary(self, number: int, sort: str) -> Sequence[Form]:
        if (sort, number) not in self._dictionaries:
            span = _span(self._firsts[sort], number)
            found, forms = read_dictionary(self._payload(sort, name_of(span.first)), backwards=sort == "n")
            _agree(found, span)
            self._dictionaries[sort, number] = forms
        return self._dictionaries[sort, number]

    def _stem(self, stem: str) -> Postings:
        stems = self._shard(stem).stems
        if stem not in stems:
            raise of_two_ages()
        return stems[stem]

    def _shard(self, word: str) -> Words:
        """The forms and stems among which `word` is, if it is one."""
        return self._numbered(shard_of(self._header.postings, word))

    def _numbered(self, number: int) -> Words:
        """The forms and stems in one shard."""
        if number not in self._words:
            span = _span(self._header.postings, number)
            payload = self._payload("p", name_of(span.first))
            self._expect("p", payload)
            words = read_words(payload, self._header.documents)
            _agree(words.span, span)
            if not all(map(self._has, words.stems.values())):
                raise outside()
            self._words[number] = words
        return self._words[number]

    def _has(self, postings: Postings) -> bool:
        """Whether the index has such fields."""
        return max(postings, default=-1) < len(self._header.weights)

    def _hit(self, document: int, score: float) -> Hit:
        return Hit(*self._shown(document), score)

    def _shown(self, document: int) -> Shown:
        number, at = divmod(document, self._header.shown)
        if number not in self._documents:
            payload = self._payload("t", number)
            self._expect("t", payload)
            self._documents[number] = read_documents(payload)[1]
        if at >= len(self._documents[number]):
            raise outside()
        return self._documents[number][at]

    def _payload(self, sort: str, number: int | None = None) -> bytes:
        file = "header" if number is None else f"{sort}{number}"
        name = f"{sort}/{self._language}" + ("" if number is None else f"/{number}")
        if name not in self._payloads:
            path = f"search/{self._language}/{file}.js"
            data = self._read(path)
            if data is not None:
                self._payloads |= shards_of(data)
            if name not in self._payloads:
                raise UnreadableShards(f"The search file {path} is missing or empty.", "Build the site again.")
        return self._payloads[name]

    def _expect(self, sort: str, payload: bytes) -> None:
        """First of all a shard must be of the header's numbering: what is of another age may not even be readable."""
        if payload[:DIGEST].hex() != self._header.digests[sort]:
            raise of_two_ages()


def open_shards(read: Callable[[str], bytes | None], language: str) -> Reader:
    """The reader of the index of `language`. `read` gives the bytes of a site-root-relative path, None where there is
    no such file. Raises UnreadableShards."""
    return Reader(read, language)


def _span(firsts: Sequence[str], number: int) -> Span:
    return Span(*[*firsts[number : number + 2], ""][:2])


def _agree(found: Span, told: Span) -> None:
    """A shard must reach from where the header says to where it says."""
    if found != told:
        raise of_two_ages()


def _single(number: float) -> float:
    """The nearest 32-bit float: Whoosh keeps the weight of a posting as one."""
    return array.array("f", [number])[0]
