"""A word as it is written flows in, the stem under which it is indexed flows out (Snowball's algorithms)."""

from __future__ import annotations

from collections.abc import Callable

import snowballstemmer

from auzolan.index.fold import fold

# Language code → algorithm, where the names differ or the algorithm is the usual one of several.
_ALGORITHMS: dict[str, str] = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


def stemmer_of(language: str) -> Callable[[str], str]:
    """The function from a written word to its folded stem; for a language without an algorithm the folded word."""
    algorithm = _ALGORITHMS.get(language.lower().split("-")[0])
    if algorithm is None or algorithm not in snowballstemmer.algorithms():
        return fold
    snowball = snowballstemmer.stemmer(algorithm)

    def stem(written: str) -> str:
        # Stemmed before folding: in many languages the algorithm needs the accents ("-ción", "-ité").
        return fold(snowball.stemWord(written.lower())) or fold(written)

    return stem
