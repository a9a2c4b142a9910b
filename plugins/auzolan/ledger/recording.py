"""A commons comes in; the same commons goes out, that tells a Recorder what is read of it.

What is read is named by pairs: ("entry", id) a whole profile; (fact, id) one fact of an entry; ("word", "facet value")
a facet's value with its members; ("kind", kind) the order of a kind; ("all", name) a whole collection; and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.fresh import ALIKE, DERIVED, RELATED, Read
from auzolan.model.alike import Alike
from auzolan.model.commons import Commons, FacetValue, Relation, Wanted
from auzolan.model.related import Related

T = TypeVar("T")
_NONE = object()


class Recorder:
    """Collects what is read, while somebody wants to know."""

    def __init__(self) -> None:
        self._reads: set[Read] | None = None

    def note(self, read: Read) -> None:
        """Called for everything that is read."""
        if self._reads is not None:
            self._reads.add(read)

    def map(self, values: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
        """A mapping of which each value is noted for itself, and any look at the whole as such."""
        return _Map(values, kind, self)

    @contextmanager
    def reads(self) -> Iterator[set[Read]]:
        """What is read inside, and only there."""
        outside, inside = self._reads, set[Read]()
        self._reads = inside
        try:
            yield inside
        finally:
            self._reads = outside


class _Map(Mapping[str, Any]):
    """A mapping of which each value is noted for itself, and any look at the whole as such."""

    def __init__(self, values: Mapping[str, Any], kind: str, recorder: Recorder) -> None:
        self._values, self._kind, self._note = values, kind, recorder.note

    def __getitem__(self, key: str) -> Any:
        self._note((self._kind, key))
        return self._values[key]

    def get(self, key: str, otherwise: Any = None) -> Any:
        self._note((self._kind, key))
        return self._values.get(key, otherwise)

    def __contains__(self, key: object) -> bool:
        self._note((self._kind, str(key)))
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        self._note(("all", self._kind))
        return iter(self._values)

    def __len__(self) -> int:
        self._note(("all", self._kind))
        return len(self._values)


class _Whole(Mapping[str, Any]):
    """A mapping that is noted as one."""

    def __init__(self, values: Mapping[str, Any], name: str, recorder: Recorder) -> None:
        self._values, self._read, self._note = values, ("all", name), recorder.note

    def __getitem__(self, key: str) -> Any:
        self._note(self._read)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        self._note(self._read)
        return iter(self._values)

    def __len__(self) -> int:
        self._note(self._read)
        return len(self._values)


class _List(Sequence[Any]):
    """A sequence that is noted as one."""

    def __init__(self, values: Sequence[Any], name: str, recorder: Recorder) -> None:
        self._values, self._read, self._note = values, ("all", name), recorder.note

    def __getitem__(self, at: Any) -> Any:
        self._note(self._read)
        return self._values[at]

    def __iter__(self) -> Iterator[Any]:
        self._note(self._read)
        return iter(self._values)

    def __len__(self) -> int:
        self._note(self._read)
        return len(self._values)


@dataclass(frozen=True, slots=True)
class RecordedCommons(Commons):
    """A commons whose readers are known."""

    plain: Commons = field(kw_only=True)
    facts: KeptFacts = field(kw_only=True)
    recorder: Recorder = field(kw_only=True)

    def fact(self, name: str, id_: str, make: Callable[[], T]) -> T:
        """A remembered fact, or one worked out now. What a fact reads is of its own entry alone."""
        self.recorder.note((name, id_))
        found = self.facts.get(name, id_, _NONE)
        if found is _NONE:
            with self.recorder.reads() as reads:
                found = make()
            for kind, read in reads:
                if read != id_ and f"article/{read}" != id_:
                    raise RuntimeError(f"the fact {name} of {id_} reads {kind} {read}")
            self.facts.put(name, id_, found)
        value: T = found
        return value

    def derived(self, name: str, make: Callable[[], T]) -> T:
        """A remembered value, or one worked out now; whoever reads it depends on it, not on what it was made of."""
        self.recorder.note((DERIVED, name))
        found = self.facts.get_derived(name, _NONE)
        if found is _NONE:
            with self.recorder.reads() as reads:
                found = make()
            self.facts.put_derived(name, found, reads)
        value: T = found
        return value

    def has_value(self, facet: str, value: str) -> bool:
        """Whether anything has this value, noted as such."""
        self.recorder.note(("has", f"{facet} {value}"))
        return self.plain.has_value(facet, value)

    def relation(self, at: int) -> Relation:
        """One relation, noted as one of those of an entry that is listed."""
        found = self.plain.relation(at)
        end = found.subject.entry or found.object.entry
        if end is not None:
            self.recorder.note(("joined", end))
        return found

    def neighbours(self, id_: str) -> tuple[str | None, str | None]:
        """The entries before and after one, noted as such."""
        self.recorder.note(("neighbours", id_))
        return self.plain.neighbours(id_)

    def related(self, id_: str) -> tuple[Related, ...]:
        """The entries near one, noted as such."""
        return self._remembered(RELATED, id_, self.plain.related)

    def alike(self, id_: str) -> tuple[Alike, ...]:
        """The entries about the same as one, noted as such."""
        return self._remembered(ALIKE, id_, self.plain.alike)

    def _remembered(self, kind: str, id_: str, look: Callable[[str], T]) -> T:
        """To know of one takes a look at all, once."""
        self.recorder.note((kind, id_))
        found = self.facts.get(kind, id_, _NONE)
        if found is _NONE:
            found = look(id_)
            self.facts.put(kind, id_, found)
        value: T = found
        return value

    def wanted_by(self, id_: str) -> tuple[Wanted, ...]:
        """What an entry wants, noted as such."""
        self.recorder.note(("wants", id_))
        return self.plain.wanted_by(id_)

    def value(self, facet: str, value: str) -> FacetValue | None:
        """One value of a facet, noted for itself."""
        self.recorder.note(("word", f"{facet} {value}"))
        return self.plain.value(facet, value)

    def counts(self, kind: str) -> Mapping[str, Mapping[str, int]]:
        """Counts of one kind, noted as such."""
        self.recorder.note(("counts", kind))
        return self.plain.counts(kind)


def recorded(commons: Commons, facts: KeptFacts, recorder: Recorder) -> RecordedCommons:
    """`commons`, of which `recorder` hears what is read."""
    catalog = commons.catalog
    articles: Any = _List(catalog.articles, "articles", recorder)
    pages: Any = _List(catalog.pages, "pages", recorder)
    noted: Any = {
        "catalog": type(catalog)(
            settings=catalog.settings,
            declarations=catalog.declarations,
            entries=_Map(catalog.entries, "file", recorder),
            articles=articles,
            pages=pages,
            images=_Map(catalog.images, "image", recorder),
            history=catalog.history,
            texts=_Map(catalog.texts, "file", recorder) if catalog.texts is not None else None,
            comments=_Map(catalog.comments, "comment", recorder),
        ),
        "profiles": _Map(commons.profiles, "entry", recorder),
        "listed": _List(commons.listed, "listed", recorder),
        "by_kind": _Map(commons.by_kind, "kind", recorder),
        "stories": _Map(commons.stories, "story", recorder),
        "pages": _Map(commons.pages, "page", recorder),
        "relations": _List(commons.relations, "relations", recorder),
        "facets": _Whole(commons.facets, "facets", recorder),
        "wanted": _List(commons.wanted, "wanted", recorder),
        "redirects": _Whole(commons.redirects, "redirects", recorder),
        "elsewhere": commons.elsewhere,
    }
    return RecordedCommons(**noted, plain=commons, facts=facts, recorder=recorder)
