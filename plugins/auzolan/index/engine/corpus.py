"""Documents flow in; out flow their words as stems, field by field, and the vocabulary of forms that leads to them.

This is the plain way, word by word over all documents at once: what segments, put together, are held to by the tests. A
form is a folded word that some document uses, or a stem that is its own stem ("organ", where only "organs" is
used). Each form has one stem, taken from its commonest spelling, so that a reader's browser finds the stem of a word
by looking it up and never has to stem.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from auzolan.index.making.analysis import WORDS_PER_FIELD, facets_of, keys_of
from auzolan.index.rank import Form
from auzolan.index.stems import stemmer_of
from auzolan.index.stops import stop_words
from auzolan.index.words import is_unspaced, spellings
from auzolan.model.pages import OTHER_WEIGHT, Document


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of one language, in the order of their ids, ready to be indexed. `weights` are the fields, the
    heaviest first; `terms[document][field]` the stems of that field's text; `names[document]` the keys of what it is called, `facets[document]` the stems of the values by which it is sorted;
    `stems` and `forms` are in the order of their code points."""

    documents: tuple[Document, ...]
    weights: tuple[float, ...]
    terms: tuple[tuple[tuple[str, ...], ...], ...]
    names: tuple[tuple[str, ...], ...]
    facets: tuple[tuple[str, ...], ...]
    stems: tuple[str, ...]
    forms: tuple[Form, ...]


def analyze(documents: Sequence[Document], language: str) -> Corpus:
    """The corpus of `documents`, with the stop words and the stemmer of `language`. A text of weight 0 is left out.
    Raises ValueError where two documents have one id."""
    ordered = tuple(sorted(documents, key=lambda document: document.id))
    if len({document.id for document in ordered}) < len(ordered):
        raise ValueError("two documents have the same id")
    weights = tuple(sorted({w for document in ordered for w, _ in document.texts if 0 < w < math.inf}, reverse=True))
    words = [[list(_words_of(document, weight)) for weight in weights] for document in ordered]
    if OTHER_WEIGHT in weights:
        for fields in words:
            fields[weights.index(OTHER_WEIGHT)] = _new(fields, weights.index(OTHER_WEIGHT))
    stemmer, stops = stemmer_of(language), stop_words(language)
    stem_of = _stems_of_forms(words, stemmer, stops)
    terms = tuple(
        tuple(tuple(stem_of[form] for form, _ in field if stem_of[form]) for field in fields) for fields in words
    )
    stems = tuple(sorted({stem for stem in stem_of.values() if stem}))
    in_documents = Counter(stem for fields in terms for stem in {stem for field in fields for stem in field})
    own = {stem: stem for stem in stems if stem not in stem_of and stem not in stops and stemmer(stem) == stem}
    forms = tuple(
        Form(form, stem, in_documents[stem].bit_length() if stem else 0)
        for form, stem in sorted((stem_of | own).items())
    )
    names = tuple(tuple(keys_of(document)) for document in ordered)
    facets = tuple(tuple(facets_of(document)) for document in ordered)
    return Corpus(ordered, weights, terms, names, facets, stems, forms)


def _words_of(document: Document, weight: float) -> Iterator[tuple[str, str]]:
    """The (form, spelling) pairs of one field; the spelling is "" where a run of letters gave several words."""
    count = 0
    for text in (text for w, text in document.texts if w == weight):
        for spelling in spellings(text):
            written = unicodedata.normalize("NFC", spelling.written.lower()) if len(spelling.words) == 1 else ""
            for form in spelling.words:
                if count == WORDS_PER_FIELD:
                    return
                count += 1
                yield form, written


def _new(fields: list[list[tuple[str, str]]], other: int) -> list[tuple[str, str]]:
    """The words of a document's texts in other languages that no other field has, each once, as it is mostly spelled."""
    known = {form for number, field in enumerate(fields) if number != other for form, _ in field}
    spelled: dict[str, Counter[str]] = {}
    for form, written in fields[other]:
        spelled.setdefault(form, Counter())[written or form] += 1
    return [
        (form, max(found.items(), key=lambda pair: (pair[1], pair[0]))[0])
        for form, found in spelled.items()
        if form not in known
    ]


def _stems_of_forms(
    words: list[list[list[tuple[str, str]]]], stemmer: Callable[[str], str], stops: frozenset[str]
) -> dict[str, str]:
    """Form → stem, "" for a stop word. Of several spellings ("más", "mas") the commonest decides, of equally common
    ones the later in code points: an accented letter follows the plain one."""
    counts: dict[str, Counter[str]] = {}
    for fields in words:
        for field in fields:
            for form, written in field:
                counts.setdefault(form, Counter())[written or form] += 1

    def stem_of(form: str, spelled: Counter[str]) -> str:
        if form in stops:
            return ""
        if is_unspaced(form) or any(character.isnumeric() for character in form):
            return form
        return stemmer(max(spelled.items(), key=lambda pair: (pair[1], pair[0]))[0])

    return {form: stem_of(form, spelled) for form, spelled in counts.items()}
