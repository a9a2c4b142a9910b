"""Old and new versions of documents flow in; what they change flows out, form by form, and the new numbers of documents."""

from __future__ import annotations

import bisect
from array import array
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from auzolan.index.making.segments import Kept, kinds_of
from auzolan.index.postings import DOCUMENT, Item, Record, packed, record

Posting = tuple[str, float, int]
"""Form, weight, and the posting of one document, packed."""


class Numbering:
    """From old to new numbers of documents: `shift` is to be added to a posting of each old document, None where no
    number changes; the old numbers in `gone` have no new one."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        self.number = {id_: number for number, id_ in enumerate(after)}
        self.same = before == after
        """Whether there are the documents that there were."""
        self.shift: list[int] | None = None
        self.gone: frozenset[int] = frozenset()
        if not self.same:
            places = [self.number.get(id_, -1) for id_ in before]
            self.shift = [new - old << DOCUMENT for old, new in enumerate(places)]
            self.gone = frozenset(old for old, new in enumerate(places) if new < 0)

    def moved(self, item: Item) -> Item:
        """A stem with its postings under the new numbers; forms that are left without any stay, empty."""
        return (item[0], tuple((form, (spelled, self._fields(fields))) for form, (spelled, fields) in item[1]))

    def _fields(self, fields: tuple[tuple[float, bytes], ...]) -> tuple[tuple[float, bytes], ...]:
        shift, gone = self.shift, self.gone
        if shift is None:
            return fields
        found = []
        for weight, data in fields:
            postings = array("Q", data)
            new = [one + shift[one >> DOCUMENT] for one in postings if not gone or one >> DOCUMENT not in gone]
            if new:
                found.append((weight, array("Q", new).tobytes()))
        return tuple(found)


class Delta:
    """What changes, gathered from old and new versions of documents."""

    def __init__(self) -> None:
        self.removed: dict[str, dict[float, set[int]]] = {}
        self.added: dict[str, dict[float, set[int]]] = {}
        self.spelled: dict[str, Counter[str]] = {}
        self.stops: Counter[str] = Counter()
        self.documents: Counter[float] = Counter()
        self.words: Counter[float] = Counter()
        self.facets: Counter[tuple[str, str]] = Counter()

    def take(
        self, id_: str, old: Kept | None, new: Kept | None, after: AbstractSet[Posting], number: int | None
    ) -> None:
        """One document: its words before and now, its postings now (of document 0), and its new number if it has one."""
        for found, sign in ((old, -1), (new, 1)):
            if found is not None:
                words = found.words()
                self.documents.update(dict.fromkeys(words, sign))
                self.words.update({weight: sign * count for weight, count in words.items()})
                self.facets.update(dict.fromkeys(kinds_of(id_, found), sign))
                self.stops.update(dict.fromkeys(found.stops.split(), sign))
                for form, spelling, count in found.spelled:
                    self.spelled.setdefault(form, Counter())[spelling] += sign * count
        before = old.postings() if old else set()
        base = (number or 0) << DOCUMENT
        for postings, to in ((before - after, self.removed), (after - before, self.added)):
            for form, weight, posting in postings:
                # What a document leaves behind that is gone has no number any more: its form is looked at all the same.
                found_ = to.setdefault(form, {}).setdefault(weight, set())
                if number is not None:
                    found_.add(posting + base)

    def forms(self) -> set[str]:
        """All forms whose postings or spellings change."""
        changed = {form for form, counts in self.spelled.items() if any(counts.values())}
        return self.removed.keys() | self.added.keys() | changed

    def applied(self, form: str, before: Record | None) -> Record:
        """The record of a form as it is now, all numbers being new ones."""
        spelled, fields = before or ((), ())
        counts = Counter(dict(spelled))
        counts.update(self.spelled.get(form, {}))
        lists = dict(fields)
        removed, added = self.removed.get(form, {}), self.added.get(form, {})
        for weight in removed.keys() | added.keys():
            postings = packed(lists.get(weight, b""))
            for posting in removed.get(weight, ()):
                del postings[bisect.bisect_left(postings, posting)]
            for posting in added.get(weight, ()):
                bisect.insort(postings, posting)
            lists[weight] = postings.tobytes()
        return record(counts, lists)
