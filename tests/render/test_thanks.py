"""render/doors/thanks.py: chosen names by year, nobody counted, nobody named twice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render import factory as f
from tests.render import site as s
from tests.render.test_entries import with_profile, with_values

from auzolan.model.changes import mark_of
from auzolan.model.commons import Commons
from auzolan.render.doors import thanks
from auzolan.render.doors.thanks import units_of


def thanked(commons: Commons, id_: str, *names: str) -> Commons:
    """The commons in which an entry thanks these."""
    return with_values(commons, id_, record={"thanks": tuple({"en": name} for name in names)})


def changed(commons: Commons, **lines: str) -> Commons:
    """The commons with a changelog of entries, by their slugs."""
    paths = {one.slug: one.path for one in commons.profiles.values()}
    history = replace(commons.catalog.history, changes={paths[slug]: text for slug, text in lines.items()})
    return replace(commons, catalog=replace(commons.catalog, history=history))


def page(commons: Commons) -> list[tuple[str, list[str]]]:
    """Each heading with its names."""
    tree = s.tree(s.built(commons, units_of)["thanks.html"])
    return [(one.xpath("string(.//h2)"), one.xpath(".//li/bdi/text()")) for one in tree.xpath("//section[.//h2]")]


def test_names_by_the_year_in_which_they_were_first_thanked() -> None:
    commons = thanked(f.commons(), "cooperative/oven", "Zoe", "Ana")
    commons = thanked(commons, "cooperative/roof", "ana", "Émile")
    commons = changed(
        commons,
        oven=f"2026-05-03 *{mark_of('Zoe')}\n2025-02-01 *{mark_of('Zoe')} *{mark_of('Ana')}",
        roof=f"2025-03-01 added *{mark_of('ana')}",
    )
    assert page(commons) == [("2025", ["Ana", "Zoe"]), ("Without a year", ["Émile"])]


def test_a_withdrawn_entry_thanks_nobody() -> None:
    commons = thanked(f.commons(), "cooperative/oven", "Ana")
    commons = with_profile(commons, "cooperative/oven", withdrawn=True)
    assert page(commons) == []


def test_without_names_the_page_says_how_to_be_named() -> None:
    html = s.built(f.commons(), units_of)["thanks.html"]
    assert "Nobody has chosen to be named yet." in s.text(html) and not s.faults(html)


def test_names_are_text_and_nothing_else() -> None:
    html = s.built(thanked(f.commons(), "cooperative/oven", f.HOSTILE), units_of)["thanks.html"]
    assert s.tree(html).xpath("//main//li/bdi/text()") == [f.HOSTILE]
    assert not s.tree(html).xpath("//main//script") and not s.faults(html)


def test_more_names_than_an_old_phone_can_open_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thanks, "MOST", 3)
    commons = thanked(f.commons(), "cooperative/oven", "Ana", "Biel")
    commons = thanked(commons, "cooperative/roof", "Carme", "Dora", "Eva")
    commons = changed(commons, roof=f"2025-03-01 *{mark_of('Carme')} *{mark_of('Dora')} *{mark_of('Eva')}")
    assert page(commons) == [("2025", ["Carme", "Dora", "Eva"])]
    assert "and 2 more" in s.text(s.built(commons, units_of)["thanks.html"])


def test_every_page_leads_to_it() -> None:
    html = s.built(f.commons(), units_of)["ca/thanks.html"]
    assert "thanks.html" in s.tree(html).xpath("//footer//a/@href")[0:9][-1] or "thanks.html" in html
