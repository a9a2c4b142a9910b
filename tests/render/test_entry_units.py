"""render/entry/entries.py as units: a page of an entry knows of the others what it shows of them, and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons, Decision, Profile, Reference, Relation, SourceRef
from auzolan.model.dates import PartialDate
from auzolan.model.pages import Page
from auzolan.render.entry.entries import units_of

T = TypeVar("T")
NARROW = frozenset({"alike", "fact", "has_value", "neighbours", "related", "wanted_by"})


class Read:
    """What a unit has read: ids of profiles, and questions asked."""

    def __init__(self) -> None:
        self.open = True
        self.profiles: set[str] = set()
        self.asked: set[tuple[Any, ...]] = set()


class Profiles(Mapping[str, Profile]):
    """Profiles that know who is read."""

    def __init__(self, made: Mapping[str, Profile], read: Read) -> None:
        self.made, self.read = made, read

    def __getitem__(self, id_: str) -> Profile:
        if not self.read.open:
            self.read.profiles.add(id_)
        return self.made[id_]

    def __iter__(self) -> Iterator[str]:
        assert self.read.open, "a page reads the list of all entries"
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)


class Watched(Commons):
    """A Commons that writes down what units ask for, and lets them read nothing whole."""

    __slots__ = ("read",)
    read: Read

    def __getattribute__(self, name: str) -> Any:
        wide = name in {"listed", "by_kind", "stories", "pages", "relations", "facets", "wanted", "redirects"}
        assert not wide or object.__getattribute__(self, "read").open, f"a page reads commons.{name} whole"
        return super().__getattribute__(name)

    def _narrow(self, question: tuple[Any, ...], answer: Callable[[], T]) -> T:
        self.read.asked.add(question)
        before, self.read.open = self.read.open, True
        try:
            return answer()
        finally:
            self.read.open = before

    def fact(self, name: str, id_: str, make: Callable[[], T]) -> T:
        return self._narrow(("fact", name, id_), make)

    def has_value(self, facet: str, value: str) -> bool:
        return self._narrow(("value", facet, value), lambda: Commons.has_value(self, facet, value))

    def neighbours(self, id_: str) -> Any:
        return self._narrow(("neighbours", id_), lambda: Commons.neighbours(self, id_))

    def related(self, id_: str) -> Any:
        return self._narrow(("related", id_), lambda: Commons.related(self, id_))

    def alike(self, id_: str) -> Any:
        return self._narrow(("alike", id_), lambda: Commons.alike(self, id_))

    def wanted_by(self, id_: str) -> Any:
        return self._narrow(("wanted", id_), lambda: Commons.wanted_by(self, id_))


def watched(commons: Commons) -> Watched:
    read = Read()
    made = Watched(**{one.name: getattr(commons, one.name) for one in fields(commons) if one.init})
    object.__setattr__(made, "read", read)
    object.__setattr__(made, "profiles", Profiles(commons.profiles, read))
    return made


def full() -> Commons:
    """Everything that an entry's page may show of another entry."""
    base = f.commons()
    decided = Decision(f.texts("Assembly"), "joined", PartialDate(2020), {}, SourceRef("organization/network", "site"))
    relation = Relation(
        "member-of",
        Reference("cooperative/oven"),
        Reference("organization/network"),
        "reported",
        reported_by=("tool/ledger", "A newspaper"),
        decisions=(decided,),
        sources=(SourceRef("tool/ledger", "site"),),
    )
    oven = base.profiles["cooperative/oven"]
    values = {
        **oven.values,
        "description": f.texts("With [[tool/ledger]] and [[organization/gone|those]]."),
        "record": {"sources": {"site": {"title": f.texts("Report"), "by": Reference("project/harvest")}}},
    }
    oven = replace(oven, values=values, relations=(*oven.relations, relation), mentioned_by=("plan/ten-years",))
    return replace(base, profiles={**base.profiles, oven.id: oven})


def test_each_unit_is_one_page_under_a_name_of_its_own() -> None:
    commons = f.commons()
    units = list(units_of(commons, s.context(commons)))
    assert Counter(unit.name for unit in units).most_common(1)[0][1] == 1
    assert {unit.name for unit in units} == {
        f"entry {tag} {id_}" for tag in ("en", "ca", "ar") for id_ in commons.profiles
    }
    made = [[page for page in unit.make() if isinstance(page, Page)] for unit in units]
    assert [len(one) for one in made] == [1] * len(units)
    again = {
        page.path: page
        for unit in units_of(commons, s.context(commons))
        for page in unit.make()
        if isinstance(page, Page)
    }
    assert [[again[page.path]] for (page,) in made] == made


@pytest.mark.parametrize("commons", [f.commons(), full()], ids=["plain", "full"])
def test_a_page_reads_one_profile_and_facts(commons: Commons) -> None:
    looked_at = watched(commons)
    for unit in list(units_of(looked_at, s.context(looked_at))):
        looked_at.read.open, looked_at.read.profiles = False, set()
        list(unit.make())
        looked_at.read.open = True
        assert looked_at.read.profiles == {unit.name.split(" ")[2]}
    plain = {page.path: page.view for page in s.pages_made(commons, s.context(commons), units_of)}
    assert {page.path: page.view for page in s.pages_made(looked_at, s.context(looked_at), units_of)} == plain


def test_a_page_asks_for_what_it_shows() -> None:
    looked_at = watched(full())
    for unit in list(units_of(looked_at, s.context(looked_at))):
        if unit.name == "entry en cooperative/oven":
            list(unit.make())
    asked = looked_at.read.asked
    for id_ in ("organization/network", "tool/ledger", "organization/gone", "project/harvest", "plan/ten-years"):
        assert ("fact", "card.en", id_) in asked
    for question in (
        ("fact", "card.en", "cooperative/roof"),
        ("fact", "card.en", "article/bread-and-trust"),
        ("fact", "listed", "license/cc0-1.0"),
        ("fact", "sources", "tool/ledger"),
        ("fact", "name.en", "tool/ledger"),
        ("neighbours", "cooperative/oven"),
        ("wanted", "cooperative/oven"),
        ("value", "country", "ES"),
    ):
        assert question in asked
