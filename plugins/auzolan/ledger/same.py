"""Two values come in; whether a page could tell them apart goes out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any


def same(one: Any, other: Any) -> bool:
    """Whether two plain values are equal in all that can be seen of them: 12 is not 12.0, and of mappings the order counts
    too, in which a page lists what is in them."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if is_dataclass(one):
        # What two values have in common in memory, which may be much, is not looked at.
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one) if field.compare)
    return bool(one == other) and repr(one) == repr(other)
