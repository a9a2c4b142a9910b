"""Forms with their spellings flow in, stems flow out, and what the dictionary says of each word.

A form is a folded word that some document uses, or a stem that is its own stem ("organ", where only "organs" is
used). Each form has one stem, taken from its commonest spelling, so that a reader's browser finds the stem of a word
by looking it up and never has to stem.
"""

from __future__ import annotations

from collections.abc import Mapping

from auzolan.index.near import backwards, may_be_meant
from auzolan.index.postings import Item as Stem
from auzolan.index.postings import Record, combined, documents_in, size_class, total
from auzolan.index.stems import stemmer_of
from auzolan.index.stops import stop_words
from auzolan.index.words import is_unspaced, is_whole

Word = tuple[str, str, int]
"""A line of the dictionary as it is kept: form, stem, size class of the stem; of a stop word "" and how many documents
have it."""


class Vocabulary:
    """The rules of one language."""

    def __init__(self, language: str) -> None:
        self._stemmer = stemmer_of(language)
        self._stops = stop_words(language)

    def stem_of(self, form: str, record: Record) -> str:
        """The stem of a form that is no stop word. Of several spellings ("más", "mas") the commonest decides, of equally
        common ones the later in code points: an accented letter follows the plain one."""
        if is_whole(form) or is_unspaced(form) or any(character.isnumeric() for character in form):
            return form
        spelled, fields = record
        if not spelled:
            return self._stemmer(form)
        counts = dict(spelled)
        plain = total(fields) - sum(counts.values())
        if plain:
            counts[form] = plain
        return self._stemmer(max(counts.items(), key=lambda pair: (pair[1], pair[0]))[0])

    def words_of(self, stem: Stem) -> list[Word]:
        """The lines of the dictionary for the forms of one stem; none for the key of a whole name."""
        if is_whole(stem[0]):
            return []
        size = size_class(documents_in(combined(stem)))
        return [(form, stem[0], size) for form, _ in stem[1]]

    def is_own(self, stem: str) -> bool:
        """Whether a stem that no document uses as a word counts as a form too."""
        return not is_whole(stem) and stem not in self._stops and self._stemmer(stem) == stem


def turned(words: Mapping[str, Word | None]) -> dict[str, Word | None]:
    """Lines of the dictionary by what they are called among the forms that may be near a word, from the last letter to the
    first; None where a form vanishes or has no place there."""
    return {
        backwards(form): (backwards(form), line[1], line[2]) if line and may_be_meant(form, line[1]) else None
        for form, line in words.items()
    }
