"""A seeded chance comes in; invented words, as unevenly used as words of a language, and texts made of them, go out."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

_BEGIN = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "cl",
    "gr",
    "pl",
    "st",
    "tr",
    "",
)
_MIDDLE = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_END = ("", "", "", "n", "r", "s", "l", "t", "nd", "rs")
_TAIL = ("", "", "", "", "s", "ing", "ed", "ly", "er", "tion")


def invented(chance: random.Random, count: int) -> list[str]:
    """`count` different words of one to three syllables, with endings that a stemmer finds something to do with."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = (
            chance.choice(_BEGIN) + chance.choice(_MIDDLE) + chance.choice(_END)
            for _ in range(chance.choice((1, 2, 2, 3)))
        )
        found.setdefault("".join(syllables) + chance.choice(_TAIL))
    return list(found)


class Zipf:
    """Draws from `values`: the first most often, the k-th a k-th as often (Zipf's law)."""

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self._weights = list(itertools.accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def draw(self, chance: random.Random, count: int) -> list[str]:
        """`count` values, repetitions included."""
        return chance.choices(self.values, cum_weights=self._weights, k=count)

    def different(self, chance: random.Random, count: int) -> list[str]:
        """At most `count` values, none twice."""
        return list(dict.fromkeys(self.draw(chance, count)))


def language(words: list[str]) -> Zipf:
    """`words` as a language uses them: the short ones most often."""
    return Zipf(sorted(words, key=lambda word: (len(word), word)))


def sentence(chance: random.Random, words: Zipf, length: int) -> str:
    """So many words with a capital and a full stop."""
    text = " ".join(words.draw(chance, length))
    return f"{text[0].upper()}{text[1:]}."


def prose(chance: random.Random, words: Zipf, paragraphs: Sequence[int]) -> str:
    """Markdown of so many words a paragraph: the first has an emphasis and a link, the last but one is a list."""
    blocks = []
    for number, size in enumerate(paragraphs):
        if number == len(paragraphs) - 2:
            rows = [" ".join(words.draw(chance, size // 3)) for _ in range(3)]
            blocks.append("\n".join(f"- {row}" for row in rows))
            continue
        sentences = [sentence(chance, words, min(13, size - done)) for done in range(0, size, 13)]
        if number == 0:
            bold, link = words.draw(chance, 2)
            sentences[0] = f"{sentences[0][:-1]} **{bold}**, [{link}](https://bench.test/{link})."
        blocks.append("\n".join(sentences))
    return "\n\n".join(blocks)
