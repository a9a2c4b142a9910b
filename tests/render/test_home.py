"""render/doors/home.py: the first page shows real entries, only open doors, and never what it does not have."""

from __future__ import annotations

from dataclasses import replace

from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.home import chosen, units_of


def test_six_entries_are_one_of_each_kind_the_best_connected_first() -> None:
    assert chosen(f.commons()) == (
        "cooperative/oven",
        "organization/network",
        "project/harvest",
        "tool/ledger",
        "license/cc0-1.0",
        "plan/ten-years",
    )


def test_featured_entries_go_first_and_unknown_or_withdrawn_ones_are_passed_over() -> None:
    site = f.settings(featured=("plan/ten-years", "organization/gone", "tool/none", "cooperative/roof"))
    assert chosen(f.commons(site)) == ("plan/ten-years", "cooperative/roof")


def test_examples_come_last() -> None:
    profiles = (f.profile("tool/a", "A", is_example=True), f.profile("tool/b", "B"))
    assert chosen(f.commons(profiles=profiles)) == ("tool/b", "tool/a")


def test_the_page_in_two_languages() -> None:
    site = s.built(f.commons(), units_of)
    assert set(site) == {"index.html", "ca/index.html", "ar/index.html"}
    assert not [fault for html in site.values() for fault in s.faults(html)]
    assert s.tree(site["ca/index.html"]).xpath("string(//h1)") == "Feina comuna de veïnes"
    assert "Six of many" in s.text(site["index.html"])
    assert "Neighbourhood Oven" in s.text(site["index.html"])
    assert s.tree(site["ar/index.html"]).get("dir") == "rtl"


def test_a_commons_without_words_of_its_own_gets_good_ones() -> None:
    html = s.built(f.commons(f.settings(tagline={}, introduction={}, site_name="Vall Comuna")), units_of)["index.html"]
    assert s.tree(html).xpath("string(//h1)") == "Vall Comuna"
    assert "Vall Comuna is a directory of people who work together" in s.text(html)


def test_an_empty_commons_invites_to_write_the_first_entry() -> None:
    html = s.built(f.commons(profiles=(), stories=()), units_of)["index.html"]
    assert "Write the first one" in s.text(html)
    assert "What is new" not in s.text(html)
    assert not s.faults(html)


def test_without_a_history_only_dated_articles_are_new() -> None:
    commons = f.commons()
    undated = tuple(replace(one, created=None, changed=None) for one in f.standard_profiles())
    html = s.built(f.commons(profiles=undated, stories=(), dated=False), units_of)["index.html"]
    assert "What is new" not in s.text(html)
    assert "What is new" in s.text(s.built(commons, units_of)["index.html"])


def test_doors_whose_plugin_is_off_are_not_shown_and_the_directory_alone_has_no_home() -> None:
    site = f.settings(features=frozenset({"directory", "articles"}))
    html = s.built(f.commons(site), units_of)["index.html"]
    assert "Take it with you" not in s.text(html)
    assert not s.tree(html).xpath("//form")
    assert not s.built(f.commons(f.settings(features=frozenset({"directory"}))), units_of)


def test_hostile_names_and_settings_are_shown_as_text() -> None:
    site = f.settings(tagline={"en": f.HOSTILE}, introduction={"en": f.HOSTILE}, site_name=f.HOSTILE)
    html = s.built(f.commons(site, profiles=(f.profile("tool/x", f.HOSTILE, f.HOSTILE),)), units_of)["index.html"]
    assert "<script>alert" not in html
    assert s.tree(html).xpath("string(//h1)") == f.HOSTILE
    assert not s.faults(html)


def test_those_that_say_most_come_before_those_that_say_less() -> None:
    profiles = (
        f.profile("tool/a", "A"),
        f.profile("tool/b", "B", values={"website": "https://b.coop", "status": "active"}),
        f.profile("tool/c", "C", values={"website": "https://c.coop"}),
    )
    assert chosen(f.commons(profiles=profiles)) == ("tool/b", "tool/c", "tool/a")


def test_of_many_that_say_as_much_not_always_the_first_letters() -> None:
    profiles = tuple(f.profile(f"tool/{letter}{letter}", letter.upper()) for letter in "abcdefghijklmnopqrstuvwxyz")
    six = chosen(f.commons(profiles=profiles))
    assert six == chosen(f.commons(profiles=tuple(reversed(profiles))))
    assert sorted(six) != [f"tool/{letter}{letter}" for letter in "abcdef"]
