"""Segments flow in one by one, and everything that is kept of an index flows into an empty store."""

from __future__ import annotations

from array import array
from collections import Counter, deque
from operator import itemgetter

from auzolan.index.making.runs import Cutter
from auzolan.index.making.segments import kept, kinds_of, opened
from auzolan.index.making.store import Store
from auzolan.index.making.vocabulary import Vocabulary, Word
from auzolan.index.postings import DOCUMENT, Item, Record, record


class Gathering:
    """Puts segments together. Postings are gathered by weight and form, in arrays, so that memory holds eight bytes for each
    and no segment longer than it takes to read it. Most forms are rare, so what is held for each counts too."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._postings: dict[float, dict[str, array[int]]] = {}
        self._spelled: Counter[tuple[str, str]] = Counter()
        self._stops: Counter[str] = Counter()
        self._ids: list[str] = []
        self.documents: Counter[float] = Counter()
        self.words: Counter[float] = Counter()
        self.facets: Counter[tuple[str, str]] = Counter()

    def take(self, data: bytes) -> None:
        """The next segment. Raises ValueError where a document has come before."""
        segment = opened(data)
        self._store.add(segment.entries)
        base = len(self._ids) << DOCUMENT
        self._ids += [entry.id for entry in segment.entries]
        for weight, forms in segment.fields.items():
            gathered = self._postings.setdefault(weight, {})
            for form, postings in forms.items():
                known = gathered.get(form)
                if known is None:
                    known = gathered[form] = array("Q")
                known.extend([posting + base for posting in array("Q", postings)])
        for entry in segment.entries:
            found = kept(entry.kept)
            words = found.words()
            self.documents.update(words.keys())
            self.words.update(words)
            self.facets.update(kinds_of(entry.id, found))
            self._stops.update(found.stops.split())
            for form, spelling, count in found.spelled:
                self._spelled[form, spelling] += count

    def finish(self, vocabulary: Vocabulary, stems: Cutter, words: Cutter) -> None:
        """Everything gathered, in order: the stems, then the words of the dictionary."""
        shift = self._shift()
        forms = sorted({form for gathered in self._postings.values() for form in gathered})
        spelled = deque(sorted(self._spelled))
        forms_of: dict[str, list[tuple[str, Record]]] = {}
        for form in forms:
            record = self._record(form, shift, spelled)
            forms_of.setdefault(vocabulary.stem_of(form, record), []).append((form, record))
        used = set(forms)
        dictionary: list[Word] = [(form, "", count) for form, count in self._stops.items()]
        for stem in sorted(forms_of):
            item: Item = (stem, tuple(forms_of.pop(stem)))
            stems.take(item)
            dictionary += vocabulary.words_of(item)
            if stem not in used and vocabulary.is_own(stem):
                dictionary.append((stem, stem, dictionary[-1][2]))
        stems.end()
        for word in sorted(dictionary, key=itemgetter(0)):
            words.take(word)
        words.end()

    def _shift(self) -> list[int] | None:
        """What is to be added to the postings of each document so that documents are numbered by id; None where they
        came in that order."""
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        shift = [0] * len(order)
        for new, old in enumerate(order):
            shift[old] = new - old << DOCUMENT
        return shift if any(shift) else None

    def _record(self, form: str, shift: list[int] | None, spelled: deque[tuple[str, str]]) -> Record:
        """The record of a form. Of those `spelled`, which are taken away, its spellings come first."""
        fields = {w: gathered.pop(form) for w, gathered in self._postings.items() if form in gathered}
        if shift is not None:
            for weight, postings in fields.items():
                fields[weight] = array("Q", sorted([posting + shift[posting >> DOCUMENT] for posting in postings]))
        spellings: Counter[str] = Counter()
        while spelled and spelled[0][0] <= form:
            key = spelled.popleft()
            count = self._spelled.pop(key)
            if key[0] == form:
                spellings[key[1]] = count
        return record(spellings, {weight: postings.tobytes() for weight, postings in fields.items()})
