"""render/pages.py as units: an edit makes stale what shows it and no more, and what is not stale is still right."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.render import factory as f
from tests.render import site as s
from tests.render.recording import Built

from auzolan.model.commons import Commons, Profile, Reference, Relation
from auzolan.render.doors import map_page, search_page
from auzolan.render.lists import lists, paging

Profiles = dict[str, Profile]
SITE = f.settings(site_url="https://example.org", languages=("en", "ca"))


def large() -> tuple[Profile, ...]:
    """The entries of the other tests, and so many tools that lists have letters and a topic has several pages."""
    tools = (
        f.profile(
            f"tool/t-{n:03}",
            f"{'ABC'[n % 3]} tool {n:03}",
            values={"topics": ("housing",) if n % 2 else (), "description": {"en": "Old."}},
            created=datetime.date(2026, 1, 1) + datetime.timedelta(n),
        )
        for n in range(30)
    )
    return (*f.standard_profiles(), *tools)


SMALL, LARGE = f.standard_profiles(), large()


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages so short that few entries fill several."""
    for module, name, value in (
        (lists, "ONE_PAGE", 20),
        (paging, "PER_PAGE", 5),
        (map_page, "ALL_NAMES", 20),
        (search_page, "ALL_NAMES", 20),
    ):
        monkeypatch.setattr(module, name, value)


def with_values(id_: str, **values: Any) -> Callable[[Profiles], None]:
    """An edit of an entry's values."""

    def edit(profiles: Profiles) -> None:
        one = profiles[id_]
        profiles[id_] = replace(one, names=values.get("name", one.names), values={**one.values, **values})

    return edit


def changed(id_: str, **fields: Any) -> Callable[[Profiles], None]:
    """An edit of what is known about an entry."""

    def edit(profiles: Profiles) -> None:
        profiles[id_] = replace(profiles[id_], **fields)

    return edit


def gone(id_: str) -> Callable[[Profiles], None]:
    """An entry less."""
    return lambda profiles: profiles.pop(id_) and None


def added(profile: Profile) -> Callable[[Profiles], None]:
    """An entry more."""
    return lambda profiles: profiles.update({profile.id: profile})


def site(profiles: tuple[Profile, ...], edit: Callable[[Profiles], None] | None = None) -> Commons:
    """The commons, edited."""
    by_id = {one.id: one for one in profiles}
    if edit:
        edit(by_id)
    return f.commons(SITE, profiles=tuple(by_id.values()))


def stale(profiles: tuple[Profile, ...], edit: Callable[[Profiles], None]) -> set[str]:
    """The units that an edit makes stale. Those that it does not, make what they made before."""
    before, after = Built(site(profiles)), Built(site(profiles, edit))
    found = before.stale(after)
    kept = before.made.keys() & after.made.keys() - found
    assert [name for name in kept if before.made[name] != after.made[name]] == []
    return found


HOPED = Relation("uses", Reference("cooperative/roof"), Reference(None, f.texts("A kiln")), "reported")


@pytest.mark.parametrize(
    "edit",
    [
        with_values("tool/t-003", name=f.texts("Zebra")),
        with_values("tool/t-003", name=f.texts("A tool 003, renamed", "Eina")),
        with_values("tool/t-003", summary=f.texts("Another summary.")),
        with_values("tool/t-003", topics=("bread", "housing")),
        with_values("tool/t-003", topics=()),
        with_values("tool/t-003", places=({"country": "PT", "latitude": 38.7, "longitude": -9.1},)),
        with_values("cooperative/oven", places=()),
        changed("tool/t-003", changed=datetime.date(2026, 11, 25)),
        changed("tool/t-003", created=datetime.date(2025, 1, 1)),
        changed("tool/t-003", created=None),
        changed("tool/t-003", withdrawn=True),
        changed("tool/t-003", is_example=True),
        changed("cooperative/roof", relations=(HOPED,)),
        changed("cooperative/oven", relations=()),
        changed("cooperative/oven", language="en"),
        gone("tool/t-003"),
        gone("cooperative/oven"),
        gone("license/cc0-1.0"),
        added(f.profile("tool/new", "B new", created=f.DAY, values={"topics": ("housing",)})),
        added(f.profile("plan/new", "New", values={"places": ({"country": "IT", "region": "IT-21"},)})),
    ],
)
def test_what_is_not_stale_is_still_right(edit: Callable[[Profiles], None]) -> None:
    stale(LARGE, edit)


@pytest.mark.parametrize("profiles", [SMALL, LARGE], ids=["small", "large"])
def test_a_description_is_shown_on_its_own_page_alone(profiles: tuple[Profile, ...]) -> None:
    for id_ in ("cooperative/oven", "license/cc0-1.0", "tool/ledger"):
        edit = with_values(id_, description={"en": "A new description."})
        assert stale(profiles, edit) == {f"entry en {id_}", f"entry ca {id_}"}


SHOWING = frozenset(
    {
        "letter en tools A 1",
        "word en topics housing 2",
        "feed en new",
        "feed en tools/index",
        "feed en by/topics/housing",
    }
)
"""What shows tool/t-003 in English, beside the pages of entries."""


@pytest.mark.parametrize("field", ["summary", "name"])
def test_a_summary_or_a_name_is_shown_where_the_card_is(field: str) -> None:
    found = stale(LARGE, with_values("tool/t-003", **{field: f.texts("A tool 003 anew")}))
    assert {name for name in found if " en " in name and not name.startswith("entry")} == SHOWING


def test_a_new_entry_concerns_its_letter_and_the_index_of_its_kind() -> None:
    found = stale(LARGE, added(f.profile("tool/new", "B new")))
    assert {"list en tools", "letter en tools B 1", "home en", "search en"} <= found
    # Lists of other kinds say how many of each kind there are.
    assert "list en cooperatives" in found
    assert not {"letter en tools A 1", "word en topics housing", "glossary en", "glossary en topics"} & found


def test_units_make_what_a_plain_commons_makes() -> None:
    commons = site(LARGE)
    shared = s.context(commons)
    assert Built(commons).made == {unit.name: list(unit.make()) for unit in s.units(commons, shared)}
