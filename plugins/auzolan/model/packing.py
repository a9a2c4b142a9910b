"""A class comes in; the same class, whose instances are quick to pickle, goes out."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

C = TypeVar("C")


def packable(cls: type[C]) -> type[C]:
    """A class of frozen, slotted instances that pickle as a call of it: several times as quick as dataclasses pickle
    themselves, and a build keeps tens of thousands of them for the next. It has two fields or more."""
    some: Any = cls
    values = attrgetter(*(one.name for one in fields(some) if one.init))
    some.__reduce__ = lambda self: (cls, values(self))
    return cls
