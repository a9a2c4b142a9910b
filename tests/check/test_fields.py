"""D001, D002, D003, D005, D006, D010: the shapes of what is written."""

from __future__ import annotations

import pytest
from tests.helpers import article, clean, finds, found, one_of

ARTICLE = "---\ntitle: A mill\ndate: 2026-11-01\nsummary: Two groups share a mill.\n{}---\nWords.\n"


def test_all_that_an_entry_must_say_is_enough() -> None:
    clean("")
    clean("", "license/ours")


def test_a_field_that_is_not_known() -> None:
    told = finds("name: Growers\nwebsit: x\n", "D001", 2, 1)
    assert told.hint == "did you mean `website`?"
    assert told.location.width == len("websit")
    finds("contact:\n  mail: x\n", "D001", 2, 3)
    finds("places:\n  - country: ES\n    city: Vic\n", "D001", 3, 5)


def test_a_field_of_another_kind_is_not_known() -> None:
    clean("membership_base: workers\n")
    finds("membership_base: workers\n", "D001", 1, 1, "organization/net")


def test_a_field_that_is_missing() -> None:
    finds("summary: Words.\nrecord: {sources: {a: {title: T}}}\n", "D002", 1, 1, bare=True)
    told = finds("status: active\nplaces:\n  - region: ES-CT\n", "D002", 3, 5)
    assert "`country` is missing" in told.message
    assert told.hint == "write a line `country: ES`"


def test_a_value_of_the_wrong_shape() -> None:
    clean("topics: [commons]\n")
    assert finds("topics: commons\n", "D003", 1, 9).hint == "write `topics: [commons]`"
    finds("website: [https://a.coop]\n", "D003", 1, 10)
    finds("website: {en: https://a.coop}\n", "D003", 1, 10)
    finds("contact: by mail\n", "D003", 1, 10)
    finds("record: {sources: [a]}\n", "D003", 1, 19, only=False)
    finds("name: {en: [a, b]}\n", "D003", 1, 12)
    finds("same_as: Q42\n", "D003", 1, 10)
    finds("relations:\n  - partner\n", "D003", 2, 5)


def test_a_list_with_too_many_items() -> None:
    names = ", ".join(f"name-{n}" for n in range(21))
    told = finds(f"started: '2010'\naliases: [{names}]\n", "D005", 2, 1)
    assert "21 items; at most 20" in told.message
    clean(f"aliases: [{names.rpartition(',')[0]}]\n")
    sources = "".join(f"    s{n}: {{title: T}}\n" for n in range(61))
    finds(f"record:\n  sources:\n{sources}", "D005", 2, 3)


def test_a_value_that_is_empty() -> None:
    finds("status: active\nwebsite:\n", "D006", 2, 1)
    finds("aliases: [a, '']\n", "D006", 1, 14)
    finds("name: {}\n", "D006", 1, 7)
    finds("name: {en: Growers, ca: ''}\n", "D006", 1, 21)


def test_a_value_that_stands_twice() -> None:
    clean("topics: [commons, mapping]\n")
    told = finds("topics:\n  - commons\n  - commons\n", "D010", 3, 5)
    assert told.severity == "warning"


def test_articles_have_fields_too() -> None:
    clean("", articles={"mill.md": ARTICLE.format("")})
    finds("", "D001", 5, 1, articles={"mill.md": ARTICLE.format("colour: red\n")})
    assert article("mill.md", ARTICLE.format("")).body_line == 6
    told = found("", articles={"mill.md": "---\ntitle: A mill\n---\n"})
    assert {one.code for one in told} == {"D002"}
    assert len(told) == 2


def test_a_page_needs_only_a_title() -> None:
    clean("", pages={"about.md": "---\ntitle: About\n---\nWords.\n"})
    one_of(found("", pages={"about.md": "---\nsummary: S.\n---\n"}), "D002", 2, 1)


@pytest.mark.parametrize("value", ["[]", "{}", "[[a]]", "[{a: b}]", "''", "{a: {b: c}}", "x", "[x, [y]]", "{en: x}"])
def test_any_shape_of_any_field_is_told_and_never_raises(value: str) -> None:
    from tests.helpers import declarations

    for kind in declarations().kinds.values():
        for name in kind.fields:
            found(f"{name}: {value}\n", f"{kind.name}/x")
