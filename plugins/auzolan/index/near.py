"""A word that nothing uses and the forms that resemble it at one end flow in; the forms that were probably meant flow out.

A form is *near* a word if at most `slips` letters were typed wrongly, too few or too many, or two neighbours exchanged
(Damerau's distance, each stretch being edited once). Comparing a word with all forms would load the whole dictionary, so
of a larger index only these are compared: the forms that begin as the word does (`ends` letters), those that end as it
does, and, of a word whose middle lies between two letters, the one in which those two are exchanged. One slip leaves one
of both ends whole, wherever it is; two slips in a long word do so unless each end has one. A small index is one shard of
forms, and all of them are compared. The browser does the same (theme/client/search/near.ts).
"""

from __future__ import annotations

from collections.abc import Iterable

from auzolan.index.rank import Form
from auzolan.index.words import is_unspaced

SHORTEST = 4
"""Letters of the shortest word that near forms are looked for: three letters are near too much else."""
LONG = 8
"""Letters from which two slips are forgiven."""
LONGEST = 32
"""Letters of the longest word that near forms are looked for: longer ones cost too much to compare."""
NEAR_FORMS = 2048
"""Forms read from one end of a word."""
NEAR_STEMS = 3
"""Stems that are looked for in place of a word."""
NEAR_WORDS = 4
"""Words of one query that near forms are looked for."""


def slips(word: str) -> int:
    """How many slips are forgiven in a word: none in very short and very long ones, in numbers (another year is another year) and in scripts
    that are cut into pairs."""
    if not SHORTEST <= len(word) <= LONGEST or not _of_letters(word):
        return 0
    return 2 if len(word) >= LONG else 1


def _of_letters(word: str) -> bool:
    if word.isascii() and word.isalpha():
        return True
    return not is_unspaced(word) and not any(letter.isnumeric() for letter in word)


def may_be_meant(form: str, stem: str) -> bool:
    """Whether a form is ever near a word: no stop words, nothing very short, no numbers, no pairs."""
    return bool(stem) and SHORTEST - 1 <= len(form) <= LONGEST and _of_letters(form)


def ends(word: str) -> int:
    """How many letters at either end must be whole in a larger index."""
    return len(word) // 2 if len(word) < LONG else max(3, len(word) // 3)


def exchanged(word: str) -> str:
    """The word with its two middle letters exchanged, where such a slip leaves neither end whole; else ""."""
    at = len(word) // 2
    if not word or len(word) >= LONG or len(word) % 2:
        return ""
    return word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def backwards(word: str) -> str:
    """The word from its last letter (code point) to its first: by this the shards of sort "n" are in order."""
    return word[::-1]


def nearest(word: str, forms: Iterable[Form]) -> tuple[Form, ...]:
    """Of `forms` those with the fewest slips, at most as many as are forgiven: one of each stem, no more than
    `NEAR_STEMS`. Those that begin with the same letter come first, then those in more documents (by size class), then in
    the order of their code points."""
    most = slips(word)
    if not most:
        return ()
    # Loaded where it is needed: a search whose words are all known needs none of it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract_iter

    read = list(forms)
    found: dict[str, tuple[tuple[int, bool, int, str], Form]] = {}
    for text, away, at in extract_iter(word, [form.text for form in read], scorer=OSA.distance, score_cutoff=most):
        form = read[at]
        if text not in found and may_be_meant(text, form.stem):
            found[text] = ((away, text[0] != word[0], -form.size, text), form)
    ranked = sorted(found.values(), key=lambda pair: pair[0])
    meant: dict[str, Form] = {}
    for (away, *_), form in ranked:
        if away == ranked[0][0][0]:
            meant.setdefault(form.stem, form)
    return tuple(meant.values())[:NEAR_STEMS]


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words (optimal string alignment); more than `most` is told as any greater number."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=most))
