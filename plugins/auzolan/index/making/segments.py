"""Documents flow in, a segment flows out: their words, counted and indexed, as bytes that go from process to process."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from auzolan.index.engine.codec import index, remembered
from auzolan.index.facets import FACETS, KIND, key_of, kind_of
from auzolan.index.making.analysis import Terms, terms_of
from auzolan.index.postings import pack
from auzolan.index.shown import shown
from auzolan.model.pages import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as it is kept: what is shown of it, and its words (`kept`)."""

    id: str
    shown: str
    kept: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """Documents in the order in which they came, and weight → form → the array of its postings, packed; in them the
    documents are numbered from 0 in that order."""

    entries: Sequence[Entry]
    fields: dict[float, dict[str, bytes]]


def segment(documents: Sequence[Document], language: str) -> bytes:
    """Analyses some hundred or thousand documents and has Whoosh index them. Depends on nothing else, so that segments
    can be made side by side; `update` puts them together."""
    terms = [terms_of(document, language) for document in documents]
    fields = index([{weight: forms for weight, forms in found.fields.items() if weight != FACETS} for found in terms])
    facets = _facets(terms)
    if facets:
        fields[FACETS] = facets
    entries = [
        (d.id, shown((d.id, d.kind, d.url, d.title, d.summary, d.place)), _kept(found))
        for d, found in zip(documents, terms, strict=True)
    ]
    plain = {weight: {form: data.tobytes() for form, data in forms.items()} for weight, forms in fields.items()}
    return marshal.dumps((entries, plain))


def _facets(terms: Sequence[Terms]) -> dict[str, array[int]]:
    """The postings of facets: Whoosh has nothing to count here. Each counts once in a field of length 1, so that a value
    more leaves those that were there as they are."""
    found: dict[str, array[int]] = {}
    for number, one in enumerate(terms):
        for key in one.fields.get(FACETS, ()):
            found.setdefault(key, array("Q")).append(pack(number, 1, 1))
    return found


def opened(data: bytes) -> Segment:
    """The segment that `segment` made."""
    entries, fields = marshal.loads(data)
    return Segment([Entry(*entry) for entry in entries], fields)


def _kept(terms: Terms) -> bytes:
    fields = []
    for weight, counts in terms.fields.items():
        words = sum(counts.values())
        often = array("H", counts.values()).tobytes()
        length = 1 if weight == FACETS else remembered(words)
        fields.append((weight, words, length, " ".join(counts), often))
    spelled = [(form, spelling, count) for (form, spelling), count in terms.spelled.items()]
    return marshal.dumps((fields, spelled, " ".join(terms.stops)))


@dataclass(frozen=True, slots=True)
class Kept:
    """The words of one document: `fields` has, of each, the weight, the number of words, this number as Whoosh remembers
    it, the forms, and how often each occurs; `spelled` has (form, spelling, count), `stops` the stop words."""

    fields: list[tuple[float, int, int, str, bytes]]
    spelled: list[tuple[str, str, int]]
    stops: str

    def words(self) -> dict[float, int]:
        """Weight → the number of words."""
        return {weight: words for weight, words, _, _, _ in self.fields}

    def facets(self) -> list[str]:
        """The stems of the values of facets."""
        return [form for weight, _, _, forms, _ in self.fields if weight == FACETS for form in forms.split()]

    def postings(self) -> set[tuple[str, float, int]]:
        """(form, weight, posting) of all, as if this were document 0."""
        return {
            (form, weight, pack(0, count, length))
            for weight, _, length, forms, often in self.fields
            for form, count in zip(forms.split(), array("H", often), strict=True)
        }


def kinds_of(id_: str, found: Kept) -> list[tuple[str, str]]:
    """The stems of the values of facets of one document, that of its kind too, each with its kind."""
    kind = kind_of(id_)
    return [(key, kind) for key in (key_of(KIND, kind), *found.facets())]


def kept(data: bytes) -> Kept:
    """The words of one document again."""
    return Kept(*marshal.loads(data))
