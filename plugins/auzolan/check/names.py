"""The names of two entries come in, as their marks have them; how like they are goes out, 0 to 1."""

from __future__ import annotations

from collections.abc import Callable

Weight = Callable[[str], float]
"""What a word is worth among all names, 0 to 1."""
_TYPO = 82
"""Likeness of two words, 0 to 100, from which on one may be the other, mistyped or in another form."""
_SHORTEST = 4
"""Letters from which on a word can be mistyped and still be known."""


def likeness(mine: tuple[str, ...], theirs: tuple[str, ...], weight: Weight) -> tuple[float, int, int]:
    """The likeness of the two names that are most alike, and which they are."""
    best = (0.0, 0, 0)
    for here, one in enumerate(mine):
        for there, other in enumerate(theirs):
            found = _alike(one, other, weight)
            if found > best[0]:
                best = (found, here, there)
                if found == 1:
                    return best
    return best


def _alike(one: str, other: str, weight: Weight) -> float:
    if one == other:
        return 1.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return 0.99
    ours, others = one.split(), other.split()
    if _figures(ours) != _figures(others):
        # Branch 4 and branch 5 differ by one sign, and by everything.
        return 0.0
    worth = sum(map(weight, ours)) + sum(map(weight, others))
    shared = 0.0
    left = list(others)
    rest = []
    for word in ours:
        if word in left:
            left.remove(word)
            shared += 2 * weight(word)
        else:
            rest.append(word)
    if not shared and not _begin_alike(one, other):
        return 0.0
    for word in rest:
        near, of = _nearest(word, left)
        if near >= _TYPO:
            left.remove(of)
            shared += (weight(word) + weight(of)) * near / 100
    return min(0.995, shared / worth) if worth else 0.0


def _begin_alike(one: str, other: str) -> bool:
    """Names without a common word can only be mistyped ones of each other."""
    return one[:2] == other[:2] or one[-3:] == other[-3:]


def _nearest(word: str, others: list[str]) -> tuple[float, str]:
    from rapidfuzz import fuzz

    if len(word) < _SHORTEST:
        return 0.0, ""
    near = ((fuzz.ratio(word, other, score_cutoff=_TYPO), other) for other in others if len(other) >= _SHORTEST)
    return max(near, default=(0.0, ""))


def _figures(words: list[str]) -> list[str]:
    return sorted(word for word in words if any(sign.isdigit() for sign in word))
