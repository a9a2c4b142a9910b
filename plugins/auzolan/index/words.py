"""Text flows in, the words to index or to look for flow out, each with its place in the text.

A word is a run of letters, digits and marks. Scripts written without spaces, and Hangul, whose particles stick to the
words, are cut into overlapping pairs. The browser cuts by the same rules (theme/client/search/words.ts);
tests/vectors/words.json and query.json hold the two together.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auzolan.index.fold import DROPPED_RANGES, fold
from auzolan.index.format import name_of

WORD_LENGTH = 64
"""Code points kept of one word."""
QUERY_LENGTH = 400
"""Code points read of one query."""
QUERY_WORDS = 64
"""Words read of one query."""
KEYS = 2**36
"""Numbers that stand for the words of a name after the first."""

FIRST_MARK = "\u0300"
"""Before it there is no mark in Unicode."""

UNSPACED_RANGES: tuple[tuple[int, int], ...] = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1100, 0x11FF),  # Hangul letters
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xAC00, 0xD7AF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True, slots=True)
class Spelling:
    """One run of letters as it is written: `text[start:end]`, and the folded words it gives (often one)."""

    start: int
    end: int
    written: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: whole `words` in order, and `beginning`, the last word, which may still be being typed ("" where
    something other than a letter follows it, or it has one letter only)."""

    words: tuple[str, ...]
    beginning: str

    def all(self) -> tuple[str, ...]:
        """All words, in order."""
        return (*self.words, self.beginning) if self.beginning else self.words


def spellings(text: str) -> Iterator[Spelling]:
    """The runs of letters in `text`, in order; each is cut and folded on its own, so that a sign such as ™ stays a
    gap instead of becoming letters."""
    for match in _written(text).finditer(text):
        yield Spelling(match.start(), match.end(), match.group(), cut(match.group()))


def runs(text: str) -> list[str]:
    """The runs of letters in `text` as they are written, in order."""
    return _written(text).findall(text)


@functools.lru_cache(maxsize=100_000)
def cut(written: str, last: bool = True) -> tuple[str, ...]:
    """The folded words of one run of letters. Of an unspaced run every pair, and (if `last`) its last character alone,
    so that every character begins some word."""
    found: list[str] = []
    folded = fold(written)
    for match in _folded(folded).finditer(folded):
        for part in stretches(match.group()):
            if _unspaced().fullmatch(part):
                pairs = [part[i : i + 2] for i in range(len(part) - 1)]
                found += [*pairs, part[-1]] if last or not pairs else pairs
            else:
                found.append(part[:WORD_LENGTH])
    return tuple(found)


def stretches(text: str) -> list[str]:
    """Text cut into stretches of unspaced and of spaced scripts, none of them empty."""
    return [part for part in _unspaced().split(text) if part]


def is_unspaced(word: str) -> bool:
    """Whether `word` begins in a script that is cut into pairs."""
    return _unspaced().match(word) is not None


def parse_query(text: str) -> Query:
    """The words of a query: at most `QUERY_LENGTH` code points and `QUERY_WORDS` words of it are read."""
    text = text[:QUERY_LENGTH]
    found: list[str] = []
    end = 0
    for match in _written(text).finditer(text):
        found += cut(match.group(), last=False)
        end = match.end()
    beginning = ""
    if found and len(found) <= QUERY_WORDS and end == len(text) and (len(found[-1]) > 1 or is_unspaced(found[-1])):
        beginning = found.pop()
    return Query(tuple(found[:QUERY_WORDS]), beginning)


def whole(words: Sequence[str]) -> str:
    """The key of a name that is `words` and nothing else, "" for none: the first word, an equals sign, a number that stands for the
    others, and another sign. So it lies beside the first word, and names do not fill the index. Whoever made two names of one
    number could as well give an entry both names."""
    first, *others = words or ("",)
    if others:
        return f"{first}={name_of('='.join(others)) % KEYS:x}="
    return f"{first}=" if first else ""


def is_whole(form: str) -> bool:
    """Whether `form` is the key of a whole name."""
    return form.endswith("=")


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


@functools.cache
def _marks() -> str:
    """The marks of all scripts, for a character class: Python's `re` cannot name a category."""
    ranges: list[tuple[int, int]] = []
    # Planes 2, 3 and above hold ideographs and private letters; plane 14 selects variants.
    for first, last in ((0, 0x20000), (0xE0000, 0xE1000)):
        categories = "".join(map(unicodedata.category, map(chr, range(first, last))))[::2]
        ranges += [(first + found.start(), first + found.end() - 1) for found in re.finditer("M+", categories)]
    return _class(tuple(ranges))


def _written(text: str) -> re.Pattern[str]:
    return _NEAR if _is_near(text) else _far_written()


def _folded(text: str) -> re.Pattern[str]:
    return _NEAR if _is_near(text) else _far_folded()


def _is_near(text: str) -> bool:
    return text.isascii() or max(text) < FIRST_MARK


# To know all marks takes as long as to analyse some dozens of texts; most texts have letters alone that come before the first.
_NEAR = re.compile(rf"[^\W_]+(?:[{_class(tuple(one for one in DROPPED_RANGES if one[1] < ord(FIRST_MARK)))}]+[^\W_]*)*")


@functools.cache
def _far_written() -> re.Pattern[str]:
    return re.compile(rf"[^\W_]+(?:[{_marks()}{_class(DROPPED_RANGES)}]+[^\W_]*)*")


@functools.cache
def _far_folded() -> re.Pattern[str]:
    return re.compile(rf"[^\W_]+(?:[{_marks()}]+[^\W_]*)*")


@functools.cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"([{_class(UNSPACED_RANGES)}]+)")
