"""A name and a summary flow in, what they are about flows out: the stems of their words, as search has them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from auzolan.index.stems import stemmer_of
from auzolan.index.stops import stop_words
from auzolan.index.words import WORD_LENGTH, Spelling, is_unspaced, spellings
from auzolan.model.alike import Gist

SHORTEST = 3
"""Letters of the shortest word that tells what a text is about."""


def gist_of(texts: Iterable[str], language: str) -> Gist:
    """What texts in one language are about. Left out is what search leaves out, and what tells a reader nothing when it is told
    alone: numbers, very short words, and pairs of characters of a script without spaces."""
    stops = stop_words(language)
    found: dict[str, str] = {}
    for text in texts:
        for one in spellings(text):
            if _tells(one) and one.words[0] not in stops:
                found.setdefault(f"{language}:{_stem(language, one.written)}", one.written)
    return Gist(" ".join(found), " ".join(found.values()), language)


def _tells(one: Spelling) -> bool:
    if len(one.words) != 1 or not SHORTEST <= len(one.written) <= WORD_LENGTH:
        return False
    return not is_unspaced(one.written) and not any(character.isnumeric() for character in one.written)


@functools.lru_cache(maxsize=50_000)
def _stem(language: str, written: str) -> str:
    return _stemmer(language)(written)


_stemmer: Callable[[str], Callable[[str], str]] = functools.cache(stemmer_of)
