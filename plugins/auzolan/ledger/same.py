"""Two values come in; whether a page could tell them apart goes out."""

from __future__ import annotations


def same(one: object, other: object) -> bool:
    """Whether two plain values are equal in all that can be seen of them: 12 is not 12.0, and of mappings the order counts
    too, in which a page lists what is in them."""
    return one is other or (one == other and repr(one) == repr(other))
