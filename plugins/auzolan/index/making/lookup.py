"""Changes of forms flow in; the stems and the lines of the dictionary that they concern flow out, old and new."""

from __future__ import annotations

import bisect
from typing import Any

from auzolan.index.making.delta import Delta, Numbering
from auzolan.index.making.store import Store
from auzolan.index.making.vocabulary import Vocabulary, Word
from auzolan.index.postings import Item, Record
from auzolan.index.words import is_whole


class Lookup:
    """What the store holds of single words. Runs are read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._firsts = {sort: store.firsts(sort) for sort in ("d", "p")}
        self._runs: dict[tuple[str, int], dict[str, Any]] = {}

    def _item(self, sort: str, word: str) -> Any:
        number = bisect.bisect_right(self._firsts[sort], word) - 1
        if number < 0:
            return None
        if (sort, number) not in self._runs:
            items = self._store.run(sort, self._firsts[sort][number])
            self._runs[sort, number] = {item[0]: item for item in items}
        return self._runs[sort, number].get(word)

    def word(self, form: str) -> Word | None:
        """The line of the dictionary for a form."""
        found: Word | None = self._item("d", form)
        return found

    def stem(self, stem: str) -> Item:
        """A stem; one without forms where there is none."""
        found: Item | None = self._item("p", stem)
        return found or (stem, ())


def changes(
    lookup: Lookup, delta: Delta, numbering: Numbering, vocabulary: Vocabulary
) -> tuple[dict[str, Item | None], dict[str, Word | None]]:
    """The stems that change, and the lines of the dictionary that do, None where they vanish."""
    stems: dict[str, dict[str, Record]] = {}

    def forms_of(stem: str) -> dict[str, Record]:
        if stem not in stems:
            stems[stem] = dict(numbering.moved(lookup.stem(stem))[1])
        return stems[stem]

    vanished: set[str] = set()
    for form in sorted(delta.forms()):
        line = lookup.word(form)
        # A line for a stem that is its own stem does not say that a document uses the word.
        stem = line[1] if line else form if is_whole(form) else None
        before = forms_of(stem).pop(form, None) if stem is not None else None
        now = delta.applied(form, before)
        if now[1]:
            forms_of(vocabulary.stem_of(form, now))[form] = now
        elif before:
            vanished.add(form)
            forms_of(form)  # which may be a stem of others, and now counts as a form by that alone
    lines: dict[str, Word | None] = dict.fromkeys(vanished)
    items: dict[str, Item | None] = dict.fromkeys(stems)
    for stem, forms in stems.items():
        if forms:
            items[stem] = item = (stem, tuple(sorted(forms.items())))
            lines.update((line[0], line) for line in vocabulary.words_of(item))
    for stem, whole in items.items():
        if lines.get(stem) is None:
            lines |= _own(None if stem in vanished else lookup.word(stem), vocabulary, stem, whole)
    for form, count in delta.stops.items():
        number = ((lookup.word(form) or ("", "", 0))[2]) + count
        lines[form] = (form, "", number) if number else None
    same = {stem for stem, item in items.items() if (item or (stem, ())) == numbering.moved(lookup.stem(stem))}
    return (
        {stem: item for stem, item in items.items() if stem not in same},
        {form: line for form, line in lines.items() if line != lookup.word(form)},
    )


def _own(line: Word | None, vocabulary: Vocabulary, stem: str, item: Item | None) -> dict[str, Word | None]:
    """The line of a stem that is none of its own forms, where there is or was one; `line` is what the dictionary has."""
    if line is not None and line[1] != stem:
        return {}  # A document uses this word, which has another stem.
    if item is None or not vocabulary.is_own(stem):
        return {stem: None}
    return {stem: (stem, stem, vocabulary.words_of(item)[0][2])}
