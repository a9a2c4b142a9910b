"""A wrong word and the right ones come in; the one that may be meant goes out, in a bounded time for any file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from difflib import get_close_matches

MANY = 500
"""Words among which every one is compared with a wrong one; among more, only NEAR before it and as many after it."""
NEAR = 50
HINTS = 50
"""Wrong words of one file for which a near one is looked for."""


def nearest(word: str, known: Iterable[str]) -> str:
    """ "did you mean `x`?" for the nearest of `known`, or "" where none is near."""
    known = list(known)
    if len(known) > MANY:
        # Comparing takes its time for each: a file full of wrong ids must not make a large commons wait.
        ordered = sorted(known)
        here = bisect_left(ordered, word.lower())
        known = ordered[max(0, here - NEAR) : here + NEAR]
    near = get_close_matches(word[:100].lower(), known, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else ""


class Hints:
    """The near words of one file: after HINTS of them, no more are looked for, however many wrong ones it has."""

    def __init__(self) -> None:
        self._left = HINTS

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """As the function `nearest`; "" when there were enough."""
        if not self._left:
            return ""
        self._left -= 1
        return nearest(word, known)
