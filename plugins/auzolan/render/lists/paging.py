"""Ids with their dates come in; pages of them go out, counted from the oldest so that an address keeps its entries.

The page without a number holds the newest: the last 50 to 99. Every 50 older ones have a page of their own, numbered
from the oldest: `-2` the first fifty, `-3` the next. A new entry only ever changes the page without a number, until
that has a hundred and gives fifty of them a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PER_PAGE = 50
ALL_PAGES = 20
"""So many pages are all led to from each."""
BESIDE = 3
"""Of more, so many on either side."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of a listing: its number in the address (1: none), its first and last entry counted from the oldest
    (1-based), and its ids, newest first."""

    n: int
    first: int
    last: int
    ids: tuple[str, ...]


def on_one_page(count: int) -> bool:
    """Whether so many entries need no further page."""
    return count < 2 * PER_PAGE


def page_numbers(count: int) -> tuple[int, ...]:
    """The numbers in the addresses of the pages of so many, as `slices` gives them."""
    older = _older(count)
    return (1, *range(older + 1, 1, -1))


def _older(count: int) -> int:
    return max(0, count // PER_PAGE - 1)


def near_and_far(parts: Sequence[Slice], n: int) -> tuple[Slice, ...]:
    """Those of the pages to which page `n` leads: all of a few; of many the first, the last, those beside it and every tenth,
    so that each is a step or three away."""
    if len(parts) <= ALL_PAGES:
        return tuple(parts)
    here = next((place for place, one in enumerate(parts) if one.n == n), 0)
    ends = (0, len(parts) - 1)
    return tuple(
        one for place, one in enumerate(parts) if place in ends or abs(place - here) <= BESIDE or not (place + 1) % 10
    )


def slices(by_age: Sequence[str]) -> tuple[Slice, ...]:
    """The pages of a listing, newest first; `by_age` begins with the oldest. At least one, even of nothing."""
    older = _older(len(by_age))
    cut = older * PER_PAGE
    newest = Slice(1, min(cut + 1, len(by_age)), len(by_age), tuple(reversed(by_age[cut:])))
    rest = [
        Slice(k + 2, k * PER_PAGE + 1, (k + 1) * PER_PAGE, tuple(reversed(by_age[k * PER_PAGE : (k + 1) * PER_PAGE])))
        for k in range(older)
    ]
    return (newest, *reversed(rest))
