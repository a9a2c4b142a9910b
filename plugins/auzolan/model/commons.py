"""Everything linked: what follows from all entries together. Nobody changes a Commons."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, TypeVar

from auzolan.model.alike import Alike, Likeness
from auzolan.model.dates import PartialDate
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Article, Catalog, EntryId
from auzolan.model.kinds import Texts
from auzolan.model.packing import packable
from auzolan.model.related import Nearness, Related

T = TypeVar("T")

State = Literal["reported", "stated", "confirmed", "disputed", "derived"]
"""Whose publication says a relation: no side's own, one side's, both sides', both but differing, computed."""


@packable
@dataclass(frozen=True, slots=True)
class Reference:
    """A written mention of something: `entry` where it is listed, else a name (and address) that is wanted."""

    entry: EntryId | None
    name: Texts = field(default_factory=dict)
    url: str = ""


@packable
@dataclass(frozen=True, slots=True)
class SourceRef:
    """A source of `record.sources`: the entry it is written in and its key there."""

    entry: EntryId
    key: str


@packable
@dataclass(frozen=True, slots=True)
class Decision:
    """One act by which a body of an organisation decided on a relation."""

    body: Texts
    act: str
    on: PartialDate | None
    note: Texts
    source: SourceRef | None


@packable
@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between two entries, under its forward type, from all places that say it. `object.entry` is None
    for a wanted entry. `stated_by` are the sides whose own publication says it, `reported_by` the publishers who
    are neither side (entry ids, or names). `since`, `until`, `as_of` as written."""

    type: str
    subject: Reference
    object: Reference
    state: State
    stated_by: tuple[EntryId, ...] = ()
    reported_by: tuple[str, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    as_of: PartialDate | None = None
    ended: bool = False
    what: Texts = field(default_factory=dict)
    changed: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    written_in: tuple[Location, ...] = ()


@packable
@dataclass(frozen=True, slots=True)
class Trust:
    """How far an entry is vouched for, each as computed: `word` is one of listed, sourced, declared,
    submitted-as-itself, confirmed, verified, review-overdue; `count`, `on`, `how` where the word needs them."""

    word: str
    count: int = 0
    on: PartialDate | None = None
    how: str = ""


@packable
@dataclass(frozen=True, slots=True)
class Profile:
    """An entry with what was computed about it. `values` are typed plain values by field name: text and prose are
    Texts; url, email, phone, country, region, language, word, license are str; date is PartialDate; number is int or
    float; flag is bool; reference is Reference; place, image, source, relation and group are dicts of such values;
    identifier is dict scheme → id; `many: list` gives a tuple, `many: keyed` a dict.
    `places` of precision `hidden` have neither coordinates nor locality."""

    id: EntryId
    kind: str
    slug: str
    path: str
    language: str
    names: Texts
    values: Mapping[str, Any]
    relations: tuple[Relation, ...] = ()
    articles: tuple[str, ...] = ()
    mentioned_by: tuple[EntryId, ...] = ()
    trust: tuple[Trust, ...] = ()
    created: datetime.date | None = None
    changed: datetime.date | None = None
    withdrawn: bool = False
    review_overdue: bool = False
    open_offers: tuple[int, ...] = ()
    open_needs: tuple[int, ...] = ()
    is_example: bool = False


@packable
@dataclass(frozen=True, slots=True)
class Story:
    """An article in all languages it is written in, by one slug. `values` by language as in Profile."""

    slug: str
    area: str
    versions: Mapping[str, Article]
    values: Mapping[str, Mapping[str, Any]]
    mentions: tuple[EntryId, ...] = ()
    date: PartialDate | None = None


@packable
@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and the ids (entries and `article/<slug>`) that have it, in listing order."""

    id: str
    label: Texts
    members: tuple[str, ...]


@packable
@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow down. `id` is the vocabulary's name, else the field's name; `type` is the field's type (`word`,
    `country`, `region`, `language`, `license`, `flag`); `values` are sorted by count (most first), then id. Where it is
    `related`, who shares a value may be near one another."""

    id: str
    type: str
    label: Texts
    vocabulary: str
    values: tuple[FacetValue, ...]
    related: bool = False


@packable
@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that entries name and nobody has written yet; `by` pairs a naming entry with the relation type."""

    name: Texts
    url: str
    kinds: tuple[str, ...]
    by: tuple[tuple[EntryId, str], ...]


@dataclass(frozen=True, slots=True)
class Commons:
    """Everything linked. `profiles` holds every entry by id, withdrawn ones included; `listed` are the ids that
    listings, facets, search and exports speak of, sorted; `redirects` maps former ids to ids; `by_kind` gives ids in
    A–Z order of the default language. Of a part of a commons, `elsewhere` are the entries that only the whole lists: they have
    profiles, so that they can be named, and no pages. `likeness` is for `alike` alone."""

    catalog: Catalog
    profiles: Mapping[EntryId, Profile]
    listed: Sequence[EntryId]
    by_kind: Mapping[str, tuple[EntryId, ...]]
    stories: Mapping[str, Story]
    pages: Mapping[str, Story]
    relations: Sequence[Relation]
    facets: Mapping[str, Facet]
    wanted: Sequence[Wanted]
    redirects: Mapping[EntryId, EntryId] = field(default_factory=dict)
    elsewhere: frozenset[EntryId] = frozenset()
    likeness: Likeness = field(default_factory=Likeness, compare=False)
    _indexes: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What follows from the fields above and is asked for by many: worked out when it is first asked for."""

    def fact(self, name: str, id_: str, make: Callable[[], T]) -> T:
        """Something small that follows from one entry or article (and the site's constants) alone: its card in a language,
        its dates, its point on the map. `make` works it out; `name` and `id_` tell it from all other facts, in every
        build, so that an incremental build can remember it, and knows of whoever asked that this is all they know of
        the entry. The value is made of plain, picklable values, and nobody changes it."""
        return make()

    def derived(self, name: str, make: Callable[[], T]) -> T:
        """Something that follows from many entries together (the order of a list, how many have a word), in whatever
        way `make` reads them. Who asks depends on what comes out, not on all that went in; an incremental build works
        it out once, for all who ask under its `name`. Plain and picklable as a fact is, and without sets, which have no order."""
        return make()

    def value(self, facet: str, value: str) -> FacetValue | None:
        """One value of a facet with its members. Who asks for one value is made again when that one changes; who reads
        `facets`, when any changes."""
        return self._values_of(facet).get(value)

    def counts(self, kind: str) -> Mapping[str, Mapping[str, int]]:
        """Facet → value → how many listed entries of `kind` have it; no zeros."""
        return counted(self.facets, kind)

    def has_value(self, facet: str, value: str) -> bool:
        """Whether anything has this value of a facet. Who asks is made again when the answer changes, whoever has it."""
        return value in self._values_of(facet)

    def _values_of(self, facet: str) -> dict[str, FacetValue]:
        return self._index(f"values {facet}", lambda: _values(self.facets.get(facet)))

    def relations_of(self, type_: str) -> Sequence[Relation]:
        """The relations of a type, which stand together in `relations`."""
        relations, of_type = self.relations, attrgetter("type")
        begin = bisect_left(relations, type_, key=of_type)
        return relations[begin : bisect_right(relations, type_, begin, key=of_type)]

    def relation(self, at: int) -> Relation:
        """The relation at a place of `relations`. Places move when others come or go, so whoever asks names what is made of it
        by its ends; it is made again when one of these has other relations than before."""
        return self.relations[at]

    def neighbours(self, id_: EntryId) -> tuple[EntryId | None, EntryId | None]:
        """The listed entries before and after this one within its kind, A to Z. Who asks is made again when one of the
        two is another."""
        order = self.by_kind.get(id_.partition("/")[0], ())
        place = self._index(f"places {id_.partition('/')[0]}", lambda: {one: n for n, one in enumerate(order)}).get(id_)
        if place is None:
            return None, None
        return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)

    def wanted_by(self, id_: EntryId) -> tuple[Wanted, ...]:
        """What this entry names and nobody has written, in the order of `wanted`. Who asks is made again when one of
        these changes."""
        return self._index("wanted", lambda: _by_namer(self.wanted)).get(id_, ())

    def related(self, id_: EntryId) -> tuple[Related, ...]:
        """The entries nearest to this one that it has no relation with (model/related.py). Who asks is made again when one of
        them, or why it is near, is another."""
        return nearness_of(self).related(id_)

    def alike(self, id_: EntryId) -> tuple[Alike, ...]:
        """The entries that are most about the same as this one (model/alike.py), whatever else joins them. Who asks is made
        again when one of them, or what they share, is another."""
        return self.likeness.nearest(id_)

    def _index(self, name: str, make: Callable[[], T]) -> T:
        if name not in self._indexes:
            self._indexes[name] = make()
        found: T = self._indexes[name]
        return found


def counted(facets: Mapping[str, Facet], kind: str) -> dict[str, dict[str, int]]:
    """What `Commons.counts` gives."""
    start = f"{kind}/"
    found: dict[str, dict[str, int]] = {}
    for facet in facets.values():
        counts = {one.id: sum(id_.startswith(start) for id_ in one.members) for one in facet.values}
        found[facet.id] = {value: count for value, count in counts.items() if count}
    return found


def nearness_of(commons: Commons) -> Nearness:
    """Who is near whom in a commons: worked out once, for `Commons.related`, and for what compares two."""
    types = commons.catalog.declarations.relation_types

    def made() -> Nearness:
        symmetric = frozenset(name for name, one in types.items() if one.symmetric)
        derived = frozenset(name for name, one in types.items() if one.derived_from)
        return Nearness(commons.facets, commons.relations, commons.listed, symmetric=symmetric, derived=derived)

    return commons._index("nearness", made)


def _values(facet: Facet | None) -> dict[str, FacetValue]:
    return {one.id: one for one in facet.values} if facet else {}


def _by_namer(wanted: Sequence[Wanted]) -> dict[EntryId, tuple[Wanted, ...]]:
    found: dict[EntryId, list[Wanted]] = {}
    for one in wanted:
        for entry in dict.fromkeys(entry for entry, _ in one.by):
            found.setdefault(entry, []).append(one)
    return {entry: tuple(named) for entry, named in found.items()}
