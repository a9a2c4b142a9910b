"""A Commons comes in; one that tells what is read of it goes out: the plainest incremental build there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from tests.render import site as s

from auzolan.model.commons import Commons, counted
from auzolan.model.pages import File, Page

T = TypeVar("T")
Key = tuple[str, ...]
WHOLE = ("listed", "facets", "relations", "wanted", "redirects")


class Recording:
    """Answers as a Commons does. `read` are the keys that were asked for since it was emptied, `known` all answers."""

    def __init__(self, commons: Commons) -> None:
        self.commons = commons
        self.catalog = commons.catalog
        self.known: dict[Key, Any] = {}
        self.read: set[Key] = set()
        self.inside = 0

    def _note(self, key: Key, answer: Callable[[], T]) -> T:
        if not self.inside:
            self.read.add(key)
        if key not in self.known:
            self.inside += 1
            self.known[key] = answer()
            self.inside -= 1
        found: T = self.known[key]
        return found

    def __getattr__(self, name: str) -> Any:
        whole = getattr(self.commons, name)
        return self._note((name,), lambda: whole) if name in WHOLE else _Items(self, name, whole)

    @property
    def elsewhere(self) -> Any:
        return self.commons.elsewhere

    def fact(self, name: str, id_: str, make: Callable[[], T]) -> T:
        return self._note(("fact", name, id_), make)

    def derived(self, name: str, make: Callable[[], T]) -> T:
        return self._note(("derived", name), make)

    def value(self, facet: str, value: str) -> Any:
        return self._note(("value", facet, value), lambda: self.commons.value(facet, value))

    def counts(self, kind: str) -> Any:
        return self._note(("counts", kind), lambda: counted(self.commons.facets, kind))

    def has_value(self, facet: str, value: str) -> bool:
        return self._note(("has-value", facet, value), lambda: self.commons.has_value(facet, value))

    def neighbours(self, id_: str) -> Any:
        return self._note(("neighbours", id_), lambda: self.commons.neighbours(id_))

    def related(self, id_: str) -> Any:
        return self._note(("related", id_), lambda: self.commons.related(id_))

    def alike(self, id_: str) -> Any:
        return self._note(("alike", id_), lambda: self.commons.alike(id_))

    def relations_of(self, type_: str) -> Any:
        return self._note(("relations-of", type_), lambda: self.commons.relations_of(type_))

    def wanted_by(self, id_: str) -> Any:
        return self._note(("wanted-by", id_), lambda: self.commons.wanted_by(id_))


class _Items(Mapping[str, Any]):
    """`profiles`, `by_kind`, `stories`, `pages`: each item is asked for by itself, and who there is, apart."""

    def __init__(self, recording: Recording, name: str, items: Mapping[str, Any]) -> None:
        self.recording, self.name, self.items_ = recording, name, items

    def __getitem__(self, key: str) -> Any:
        found = self.recording._note((self.name, key), lambda: self.items_.get(key))
        if key not in self.items_:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.recording._note((f"ids of {self.name}",), lambda: list(self.items_)))

    def __len__(self) -> int:
        return len(list(iter(self)))


class Built:
    """All units of a site, each with what it made and what it read."""

    def __init__(self, commons: Commons, **more: Any) -> None:
        self.recording = Recording(commons)
        self.made: dict[str, list[Page | File]] = {}
        self.read: dict[str, set[Key]] = {}
        shared = s.context(commons, **more)
        for unit in list(s.units(cast(Commons, self.recording), shared)):
            assert unit.name not in self.made, unit.name
            self.recording.read = set()
            self.made[unit.name] = list(unit.make())
            self.read[unit.name] = self.recording.read

    def stale(self, after: Built) -> set[str]:
        """The units that an incremental build makes again when the site has become what `after` is of: those that read
        an answer which is another now, or which nobody asks for any more."""
        now, nothing = after.recording.known, object()
        changed = {key for key, answer in self.recording.known.items() if now.get(key, nothing) != answer}
        return {name for name, read in self.read.items() if read & changed}
