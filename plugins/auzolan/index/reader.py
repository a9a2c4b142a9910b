"""Search files flow in, answers flow out: the index read without Whoosh, for the terminal and for plain servers."""

from __future__ import annotations

import array
import bisect
from collections.abc import Callable, Iterator, Sequence

from auzolan.index.format import DIGEST, UnreadableShards, name_of, shards_of
from auzolan.index.rank import Form, Hit, Plan, Results, bm25, idf, order, plan
from auzolan.index.shards import (
    Header,
    Postings,
    Shown,
    read_dictionary,
    read_documents,
    read_header,
    read_postings,
    stems_of,
)
from auzolan.index.words import Query, parse_query


class Reader:
    """The index of one language. Files are read when a query needs them and kept. Every method raises
    UnreadableShards where a file is missing, damaged or not of the header's numbering."""

    def __init__(self, read: Callable[[str], bytes | None], language: str) -> None:
        self._read = read
        self._language = language
        self._payloads: dict[str, bytes] = {}
        self._header: Header = read_header(self._payload("h"))
        self._dictionaries: dict[int, list[Form]] = {}
        self._postings: dict[int, dict[str, Postings]] = {}
        self._documents: dict[int, list[Shown]] = {}

    def search(self, text: str, limit: int | None = 10) -> Results:
        """The best `limit` hits for the query `text`, all of them for None; what a query means is said in rank.py."""
        wanted = self._plan(parse_query(text))
        scores: dict[int, float] = {}
        members: dict[str, set[int]] = {}
        averages = [length / (self._header.documents or 1) or 1 for length in self._header.lengths]
        for stem in wanted.boosts:
            for field, postings in sorted(self._stem(stem).items()):
                rarity = idf(self._header.documents, len(postings))
                for document, frequency, length in postings:
                    weight = _single(frequency * self._header.weights[field])
                    score = bm25(rarity, weight, length, averages[field]) * wanted.boosts[stem]
                    scores[document] = scores.get(document, 0.0) + score
                    members.setdefault(stem, set()).add(document)
        ordered, complete = order(scores, wanted.groups, members)
        hits = tuple(self._hit(number, scores[number]) for number in ordered[:limit])
        return Results(len(ordered), hits, complete, wanted.unknown)

    def _plan(self, asked: Query) -> Plan:
        words = [*asked.words, *([asked.beginning] if asked.beginning else [])]
        exact = {word: form for word in words if (form := next(self._forms(word), None)) and form.text == word}
        return plan(asked, exact, self._beginning_with(asked.beginning) if asked.beginning else ())

    def _forms(self, word: str) -> Iterator[Form]:
        """The forms from `word` on, in order."""
        for number in range(_place(self._header.dictionary, word), len(self._header.dictionary)):
            forms = self._dictionary(number)
            yield from forms[bisect.bisect_left(forms, word, key=lambda form: form.text) :]

    def _beginning_with(self, beginning: str) -> Iterator[Form]:
        for form in self._forms(beginning):
            if not form.text.startswith(beginning):
                return
            yield form

    def _dictionary(self, number: int) -> list[Form]:
        if number not in self._dictionaries:
            until, forms = read_dictionary(
                self._payload("d", name_of(self._header.dictionary[number]) if self._header.postings else 0)
            )
            self._agree(self._header.dictionary, number, forms[0].text if forms else "", until)
            self._dictionaries[number] = forms
        return self._dictionaries[number]

    def _stem(self, stem: str) -> Postings:
        firsts = self._header.postings
        number = _place(firsts, stem)
        if number not in self._postings:
            payload = self._payload("p", name_of(firsts[number]) if firsts else 0)
            self._expect("p", payload)
            _, until, stems = read_postings(payload, () if firsts else stems_of(self._dictionary(0)))
            self._agree(firsts, number, next(iter(stems), "") if firsts else "", until)
            self._postings[number] = stems
        if stem not in self._postings[number]:
            raise _of_two_ages()
        return self._postings[number][stem]

    def _hit(self, document: int, score: float) -> Hit:
        number, at = divmod(document, self._header.shown)
        if number not in self._documents:
            payload = self._payload("t", number)
            self._expect("t", payload)
            self._documents[number] = read_documents(payload)[1]
        return Hit(*self._documents[number][at], score)

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
            raise _of_two_ages()

    def _agree(self, firsts: Sequence[str], number: int, first: str, until: str) -> None:
        """A shard must reach from where the header says to where it says."""
        if [first, until] != [*firsts[number : number + 2], "", ""][:2]:
            raise _of_two_ages()


def _place(firsts: Sequence[str], word: str) -> int:
    """The shard that has `word` if any has: the last one whose first word is not after it."""
    return max(0, bisect.bisect_right(firsts, word) - 1)


def _of_two_ages() -> UnreadableShards:
    return UnreadableShards("The search files are of two different builds.", "Build or copy the site again.")


def open_shards(read: Callable[[str], bytes | None], language: str) -> Reader:
    """The reader of the index of `language`. `read` gives the bytes of a site-root-relative path, None where there is
    no such file. Raises UnreadableShards."""
    return Reader(read, language)


def _single(number: float) -> float:
    """The nearest 32-bit float: Whoosh keeps the weight of a posting as one."""
    return array.array("f", [number])[0]
