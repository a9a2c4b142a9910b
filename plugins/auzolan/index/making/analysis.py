"""A document flows in, its words flow out, counted: what is indexed of it, field by field, in one fast pass over its texts.

`engine/corpus.py` does the same word by word; a test holds the two together.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, islice

from auzolan.index.facets import FACETS, key_of
from auzolan.index.stops import stop_words
from auzolan.index.words import cut, parse_query, runs, whole
from auzolan.model.pages import NAME_WEIGHT, OTHER_WEIGHT, Document

WORDS_PER_FIELD = 20_000
"""Words indexed of one field of one document; the rest of a longer text is not searched."""

NAMES = 0.0
"""The weight of the field of whole names: what is found there adds nothing to a score."""

_PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of one document: `fields` gives for each weight how often each form occurs (stop words left out, a
    field of no words kept), and under `NAMES` the keys of its names, under `FACETS` those of its facets' values; `spelled` how often forms are written in another way than the form itself, over all
    fields: (form, spelling) → count; `stops` the stop words that occur."""

    fields: dict[float, dict[str, int]]
    spelled: dict[tuple[str, str], int]
    stops: frozenset[str]


def terms_of(document: Document, language: str) -> Terms:
    """The words of `document`, with the stop words of `language`. A text of weight 0 is left out."""
    stops = stop_words(language)
    texts: dict[float, list[str]] = {}
    for weight, text in document.texts:
        if 0 < weight < math.inf:
            texts.setdefault(weight, []).append(text)
    fields: dict[float, dict[str, int]] = {}
    spelled: Counter[tuple[str, str]] = Counter()
    found: set[str] = set()
    for weight in sorted(texts, key=lambda weight: (weight == OTHER_WEIGHT, -weight)):
        counts, written = _counted("\n".join(texts[weight]))
        if weight == OTHER_WEIGHT:
            counts, written = _new(counts, written, set().union(*fields.values()))
        spelled.update({pair: count for pair, count in written.items() if pair[0] not in stops})
        for stop in stops & counts.keys():
            del counts[stop]
            found.add(stop)
        fields[weight] = counts
    names = dict.fromkeys(keys_of(document), 1)
    if names:
        fields[NAMES] = names
    facets = dict.fromkeys(facets_of(document), 1)
    if facets:
        fields[FACETS] = facets
    return Terms(fields, dict(spelled), frozenset(found))


def _new(
    counts: Counter[str], written: Counter[tuple[str, str]], known: AbstractSet[str]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """What is left of the words of a text in another language: those that are not known, each once, as it is mostly
    spelled. Names, numbers and kindred words would only be found twice."""
    spellings: dict[str, list[tuple[int, str]]] = {}
    plain = Counter(counts)
    for (form, spelling), count in written.items():
        spellings.setdefault(form, []).append((count, spelling))
        plain[form] -= count
    new = Counter(dict.fromkeys(counts.keys() - known, 1))
    chosen = {form: max([(plain[form], form), *found])[1] for form, found in spellings.items() if form in new}
    return new, Counter({(form, spelling): 1 for form, spelling in chosen.items() if form != spelling})


def keys_of(document: Document) -> list[str]:
    """The keys of what a document is called as a whole: its names, and what follows the kind in its id. Each has the
    words that a query of the same text has."""
    names = [text for weight, text in document.texts if NAME_WEIGHT <= weight < math.inf]
    keys = {whole(parse_query(name).all()) for name in [*names, document.id.partition("/")[2]]}
    return sorted(keys - {""})


def facets_of(document: Document) -> list[str]:
    """The stems of the values by which a document is sorted."""
    return sorted({key_of(facet, value) for facet, value in document.facets})


def _counted(text: str) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each form occurs in a text, and each spelling that differs from its form."""
    if text.isascii():
        counts = Counter(_PLAIN.findall(text.lower()))
        # A word that is its own form needs no more; a very long one is cut.
        if counts.total() <= WORDS_PER_FIELD and all(
            spelled(word) == ((word, word),) for word in counts if len(word) > 40
        ):
            return counts, Counter()
    written = runs(text)
    forms: Counter[str] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    for run, count in Counter(written).items():
        for form, spelling in spelled(run):
            forms[form] += count
            if spelling != form:
                others[form, spelling] += count
    if forms.total() <= WORDS_PER_FIELD:
        return forms, others
    pairs = list(islice(chain.from_iterable(map(spelled, written)), WORDS_PER_FIELD))
    return Counter(form for form, _ in pairs), Counter(pair for pair in pairs if pair[0] != pair[1])


@functools.lru_cache(maxsize=100_000)
def spelled(run: str) -> tuple[tuple[str, str], ...]:
    """The (form, spelling) pairs of one run of letters; where it gives several words, each is spelled as its form."""
    forms = cut(run)
    if len(forms) == 1:
        return ((forms[0], unicodedata.normalize("NFC", run.lower())),)
    return tuple((form, form) for form in forms)
