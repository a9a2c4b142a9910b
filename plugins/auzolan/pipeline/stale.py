"""A commons of before and one of now come in; what of the one reads differently in the other goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from auzolan.ledger.fresh import RELATED, Read
from auzolan.ledger.same import same
from auzolan.model.commons import Commons, Facet, Profile, Story, counted, nearness_of
from auzolan.model.entries import EntryId
from auzolan.model.related import touched


def stale_reads(
    old: Commons, new: Commons, before: Mapping[EntryId, Profile], differ: Mapping[EntryId, Profile | None],
    again: Iterable[EntryId],
) -> Iterator[Read]:  # fmt: skip
    """What of `new` reads differently than it did in `old`, whose profiles are those of `before`."""
    yield from (("file", id_) for id_ in again)
    rejoined = False
    for id_, profile in differ.items():
        yield "entry", id_
        was = before.get(id_)
        if not same(was.relations if was else (), profile.relations if profile else ()):
            rejoined = True
            yield "joined", id_
            yield "all", "relations"
        if was is None or profile is None:
            yield "all", "entry"
            yield "all", "file"
    for kind in new.by_kind:
        if new.by_kind[kind] != old.by_kind.get(kind):
            yield "kind", kind
            both = {*new.by_kind[kind], *old.by_kind.get(kind, ())}
            yield from (("neighbours", id_) for id_ in both if new.neighbours(id_) != old.neighbours(id_))
    if new.listed != old.listed:
        yield "all", "listed"
    if not same(new.wanted, old.wanted):
        yield "all", "wanted"
        namers = {entry for one in (*old.wanted, *new.wanted) for entry, _ in one.by}
        yield from (("wants", id_) for id_ in namers if not same(new.wanted_by(id_), old.wanted_by(id_)))
    if new.redirects != old.redirects:
        yield "all", "redirects"
    for name, was_written, written in (
        ("articles", old.catalog.articles, new.catalog.articles), ("pages", old.catalog.pages, new.catalog.pages),
    ):  # fmt: skip
        if was_written != written:
            yield "all", name
    was_said, said = old.catalog.comments, new.catalog.comments
    yield from (("comment", page) for page in {*was_said, *said} if was_said.get(page) != said.get(page))
    yield from _stale_stories("story", old.stories, new.stories)
    yield from _stale_stories("page", old.pages, new.pages)
    if new.facets is not old.facets:
        yield from _stale_facets(old.facets, new.facets, new.by_kind)
    if rejoined or new.facets is not old.facets or new.listed != old.listed:
        near = touched(nearness_of(old), nearness_of(new), differ)
        yield from ((RELATED, id_) for id_ in near.union(differ) if old.related(id_) != new.related(id_))


def _stale_stories(kind: str, old: Mapping[str, Story], new: Mapping[str, Story]) -> Iterator[Read]:
    for slug in {*old, *new}:
        if not same(old.get(slug), new.get(slug)):
            yield kind, slug
    if list(old) != list(new):
        yield "all", kind


def _stale_facets(old: Mapping[str, Facet], new: Mapping[str, Facet], kinds: Iterable[str]) -> Iterator[Read]:
    values_before = {(id_, value.id): value for id_, facet in old.items() for value in facet.values}
    values_now = {(id_, value.id): value for id_, facet in new.items() for value in facet.values}
    differ = [key for key in {*values_before, *values_now} if values_before.get(key) != values_now.get(key)]
    if differ or list(old) != list(new):
        yield "all", "facets"
    for facet, value in differ:
        yield "word", f"{facet} {value}"
        if ((facet, value) in values_before) != ((facet, value) in values_now):
            yield "has", f"{facet} {value}"
    for kind in kinds if differ else ():
        if not same(counted(old, kind), counted(new, kind)):
            yield "counts", kind
