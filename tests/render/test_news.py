"""render/doors/news.py: what came and what changed, by History, newest first."""

from __future__ import annotations

from dataclasses import replace

from tests.render import factory as f
from tests.render import site as s

from auzolan.render.desk import desk_of
from auzolan.render.doors.news import items, units_of


def test_the_newest_change_is_told_first_and_articles_among_entries() -> None:
    commons = f.commons()
    shared = s.context(commons)
    desk = desk_of(commons, shared, shared.speakers["en"])
    told = items(desk)
    assert [(one["iso"], one["card"]["id"], one["what"]) for one in told[:3]] == [
        ("2026-11-20", "cooperative/oven", "changed"),
        ("2026-11-18", "article/bread-and-trust", "new article"),
        ("2026-11-10", "article/casa", "new article"),
    ]
    assert "organization/gone" not in {one["card"]["id"] for one in told}
    assert len(items(desk, 2)) == 2


def test_the_page_names_months_and_its_feed() -> None:
    html = s.built(f.commons(), units_of)["new.html"]
    page = s.tree(html)
    assert page.xpath("//h2/text()")[0] == "November 2026"
    assert page.xpath("//link[@type='application/atom+xml']/@href") == ["new.atom"]
    assert page.xpath("//main//time/@datetime")[0] == "2026-11-20"
    assert not s.faults(html)


def test_without_a_history_the_page_says_so_and_links_no_feed() -> None:
    undated = tuple(replace(one, created=None, changed=None) for one in f.standard_profiles())
    html = s.built(f.commons(profiles=undated, stories=(), dated=False), units_of)["new.html"]
    assert "without the history of its files" in s.text(html)
    assert ".atom" not in html and not s.faults(html)
