"""What the site is made of: pages, documents to be found, files, and the units in which they are made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, chain
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is rendered: `path` (site-root-relative, posix), the template's name, the language it
    speaks, and `view`: plain values only (str, int, bool, None, list, dict, Markup), all that the template may read."""

    path: str
    template: str
    language: str
    view: Mapping[str, Any]


NAME_WEIGHT = 8.0
"""Texts of this weight or more are what something is called."""
OTHER_WEIGHT = 0.25
"""Texts of this weight are what is said in other languages than the page's: of their words, those that no other text of the
document has are indexed, each once."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found, as shown in one interface language. `texts` pairs a weight with a text to index, of
    `NAME_WEIGHT` or more where it is a name, an alias or an identifier, of `OTHER_WEIGHT` where it is in another language;
    `url` is site-root-relative; `place` is "" where none is known; `facets` are the (facet, value) pairs by which it
    is sorted."""

    id: str
    kind: str
    language: str
    url: str
    title: str
    summary: str
    place: str
    texts: tuple[tuple[float, str], ...]
    facets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FacetNames:
    """How facets are shown in one language: the label of each, in their order; those that sort more than one kind; the
    name of a value of a facet."""

    labels: Mapping[str, str] = field(default_factory=dict)
    wide: frozenset[str] = frozenset()
    value: Callable[[str, str], str] = lambda facet, value: value


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: `path` is site-root-relative, posix."""

    path: str
    data: bytes


class Unit(NamedTuple):
    """What is made in one go, and made again only where something that it read has changed. `name` tells it from all
    other units of the site, in every build; `make` reads nothing but the commons and the site's constants."""

    name: str
    make: Callable[[], Iterable[Page | File]]


class Part(NamedTuple):
    """A run of bytes of a large file; as a Unit it is made again only where something that it read has changed, and
    copied from the file of the build before otherwise. `key` tells it from all other parts of its file."""

    key: str
    make: Callable[[], bytes]


class Lazily(Sequence[T]):
    """Something of each item, made when somebody looks at it: there may be more than memory should hold."""

    def __init__(self, make: Callable[[Any], T], items: Sequence[Any]) -> None:
        self._make, self._items = make, items

    def __getitem__(self, at: Any) -> Any:
        found = self._items[at]
        return list(map(self._make, found)) if isinstance(at, slice) else self._make(found)

    def __len__(self) -> int:
        return len(self._items)


class Each(Lazily[Part]):
    """A part of each item."""

    def __init__(self, key: Callable[[Any], str], make: Callable[[Any], bytes], items: Sequence[Any]) -> None:
        super().__init__(lambda item: Part(key(item), partial(make, item)), items)
        self._key = key

    def keys(self) -> Iterator[str]:
        """The keys of all parts, of which none is made."""
        return map(self._key, self._items)


class Joined(Sequence[T]):
    """Sequences, one behind the other."""

    def __init__(self, sequences: Iterable[Sequence[T]]) -> None:
        self._sequences = [one for one in sequences if one]
        self._ends = list(accumulate(map(len, self._sequences)))

    def keys(self: Joined[Part]) -> Iterator[str]:
        """The keys of all parts."""
        return chain.from_iterable(map(keys_of, self._sequences))

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        at = range(len(self))[at]
        n = bisect_right(self._ends, at)
        return self._sequences[n][at - self._ends[n]]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._sequences)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0


def keys_of(parts: Sequence[Part]) -> Iterator[str]:
    """The keys of parts, in their order."""
    return parts.keys() if isinstance(parts, Each | Joined) else (part.key for part in parts)


Read = Callable[[int, int], bytes]
"""Gives so many bytes of a file (the second number) from an offset (the first)."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A large file in parts, in their order. Made of many parts, it never has to be held whole in memory. `end` makes
    what comes after them and follows from them: it is given the file so far, each part's offset in it, and its size."""

    path: str
    parts: Sequence[Part]
    end: Callable[[Read, Sequence[int], int], bytes] | None = None

    def whole(self) -> bytes:
        """The file, all of it made here and now."""
        made = [part.make() for part in self.parts]
        data = b"".join(made)
        if self.end is None:
            return data
        offsets = [0, *accumulate(map(len, made))][: len(made)]
        return data + self.end(lambda offset, size: data[offset : offset + size], offsets, len(data))
