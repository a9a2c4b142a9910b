"""Names with places come in; the same go out of little memory: a large commons has more relations than entries."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from auzolan.model.pages import Lazily

Packed = tuple[str, bytes, bytes]
"""All names as one text, where each of them ends in it, and the places: each an unsigned 32-bit number in the machine's own order."""


def packed(placed: Sequence[tuple[str, int]]) -> Packed:
    """Names with places, as `Placed` takes them."""
    ends = array("I", accumulate(len(name) for name, _ in placed))
    return "".join([name for name, _ in placed]), ends.tobytes(), array("I", [at for _, at in placed]).tobytes()


class Placed(Sequence[tuple[str, int]]):
    """Names with places, each put together when somebody looks at it."""

    def __init__(self, packed: Packed) -> None:
        self._names, ends, places = packed
        self._ends, self._places = memoryview(ends).cast("I"), memoryview(places).cast("I")

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return Lazily(self.__getitem__, range(len(self))[at])
        at = range(len(self))[at]
        return self._names[self._ends[at - 1] if at else 0 : self._ends[at]], self._places[at]

    def __len__(self) -> int:
        return len(self._places)
