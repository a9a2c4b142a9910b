"""Who is near whom, why, and whom a change of one entry concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auzolan.model import related
from auzolan.model.commons import Facet, FacetValue, Reference, Relation
from auzolan.model.related import Nearness, Related, touched

TYPES = {"topics": "word", "region": "region", "country": "country", "statuses": "word"}
Words = Mapping[str, Iterable[tuple[str, str]]]


def nearness(words: Words, relations: Iterable[tuple[str, str, str]] = (), ended: bool = False) -> Nearness:
    """Of entries with these words, and relations as (subject, type, object). Nothing but the state is of no account."""
    facets: dict[str, Facet] = {}
    for facet, type_ in TYPES.items():
        members: dict[str, list[str]] = {}
        for id_, said in sorted(words.items()):
            for name, value in said:
                if name == facet:
                    members.setdefault(value, []).append(id_)
        values = tuple(FacetValue(value, {}, tuple(ids)) for value, ids in members.items())
        facets[facet] = Facet(facet, type_, {}, facet, values, related=facet != "statuses")
    said = [Relation(type_, Reference(one), Reference(other), "stated", ended=ended) for one, type_, other in relations]
    listed = sorted(id_ for id_ in words if not id_.startswith("article/"))
    return Nearness(facets, said, listed, symmetric=frozenset({"partner"}), derived=frozenset({"licensed"}))


def ids(found: Iterable[Related]) -> list[str]:
    return [one.id for one in found]


def with_(*values: str) -> list[tuple[str, str]]:
    return [tuple(value.split("/")) for value in values]  # type: ignore[misc]


def crowd(count: int, *values: str) -> dict[str, list[tuple[str, str]]]:
    return {f"x/{number}": with_(*values) for number in range(count)}


def test_a_rare_word_brings_together_and_is_the_reason() -> None:
    found = nearness({"a": with_("topics/bread"), "b": with_("topics/bread"), "c": with_("topics/bees")})
    assert found.related("a") == (Related("b", (), (("word", "topics", "bread"),)),)
    assert found.related("c") == () == found.related("unknown")


@pytest.mark.parametrize(
    ("values", "others", "near"),
    [
        (("topics/a",), 13, True),
        (("topics/a",), 30, False),
        (("topics/a", "topics/b"), 28, True),
        (("topics/a", "region/b"), 28, True),
        (("topics/a", "country/b"), 28, False),
        (("topics/a", "topics/b", "topics/c", "topics/d"), 30, False),
        (("region/a",), 1, True),
        (("region/a",), 2, False),
        (("country/a",), 0, False),
        (("statuses/a",), 0, False),
        (("topics/other-services",), 0, False),
        (("topics/others",), 0, False),
        (("topics/otherness",), 0, True),
    ],
)
def test_there_is_a_floor(values: tuple[str, ...], others: int, near: bool) -> None:
    found = nearness({"a": with_(*values), "b": with_(*values)} | crowd(others, *values))
    assert bool(found.related("a")) == near


def test_a_common_word_counts_together_with_a_place() -> None:
    many = crowd(100, "topics/food")
    together = {"a": with_("topics/food", "country/SN"), "b": with_("topics/food", "country/SN")}
    apart = {"c": with_("topics/food", "country/FR"), "d": with_("country/FR")}
    found = nearness(many | together | apart)
    assert found.related("a") == (Related("b", (), (("word", "topics", "food"), ("country", "country", "SN"))),)
    assert found.related("c") == () and found.related("x/1") == ()


def test_relations_come_first_and_partners_never() -> None:
    words = {one: with_("topics/bread") for one in "abc"} | {"d": with_(), "hub": with_(), "e": with_()}
    found = nearness(words, [("a", "member", "hub"), ("d", "member", "hub"), ("a", "uses", "b"), ("hub", "funds", "e")])
    assert found.related("a") == (
        Related("d", (("member", True, "hub"),), ()),
        Related("c", (), (("word", "topics", "bread"),)),
    )
    assert ids(found.related("d")) == ["a"] and found.related("e") == ()


def test_a_relation_the_other_way_round_is_another() -> None:
    found = nearness({one: with_() for one in ("a", "b", "c", "hub")}, [("a", "funds", "hub"), ("hub", "funds", "b")])
    assert not found.related("a")
    both = nearness({one: with_() for one in ("a", "b", "hub")}, [("a", "partner", "hub"), ("hub", "partner", "b")])
    assert both.related("a") == (Related("b", (("partner", True, "hub"),), ()),)


def test_what_ended_follows_from_fields_or_is_not_there_counts_not() -> None:
    words = {one: with_() for one in ("a", "b", "hub")}
    told = [("a", "member", "hub"), ("b", "member", "hub")]
    assert nearness(words, told).related("a") and not nearness(words, told, ended=True).related("a")
    assert not nearness(words, [("a", "licensed", "hub"), ("b", "licensed", "hub")]).related("a")
    assert not nearness({one: with_() for one in ("a", "b")}, told).related("a")


def test_a_hub_of_many_brings_nobody_together() -> None:
    members = [(f"x/{number}", "member", "hub") for number in range(15)]
    assert len(nearness(crowd(15) | {"hub": []}, members).related("x/1")) == related.MOST
    members.append(("x/15", "member", "hub"))
    assert not nearness(crowd(16) | {"hub": []}, members).related("x/1")


def test_articles_are_told_elsewhere() -> None:
    assert not nearness({"a": with_("topics/bread"), "article/x": with_("topics/bread")}).related("a")


def test_the_order_is_weight_then_id_whatever_was_read_first() -> None:
    words = {"b": with_("topics/a"), "a": with_("topics/a", "topics/b"), "d": with_("topics/b", "topics/a"),
             "c": with_("topics/a")}  # fmt: skip
    expected = ["d", "b", "c"]
    assert ids(nearness(words).related("a")) == expected
    assert ids(nearness(dict(reversed(words.items()))).related("a")) == expected


NAMES = st.sampled_from("abcdefgh")
WORDS = st.sampled_from(with_("topics/p", "topics/q", "topics/r", "region/s", "country/t", "country/u"))
COMMONS = st.dictionaries(NAMES, st.frozensets(WORDS, max_size=5), min_size=2)
RELATIONS = st.frozensets(st.tuples(NAMES, st.sampled_from(["member", "partner", "licensed"]), NAMES), max_size=8)


@settings(max_examples=300)
@given(COMMONS, RELATIONS, COMMONS, RELATIONS)
def test_nobody_is_near_others_than_before_who_is_not_touched(
    words: dict[str, Any], relations: Any, new_words: dict[str, Any], new_relations: Any
) -> None:
    # Of the new commons some entries are taken: those are the ones that changed.
    after = {**words, **dict(list(new_words.items())[:2])}
    for gone in list(new_words)[2:3]:
        after.pop(gone, None)
    told = frozenset(list(relations)[:4] + list(new_relations)[:2])
    with patch.object(related, "MANY", 3), patch.object(related, "MANY_RELATED", 2), patch.object(related, "FLOOR", 10):
        old, new = nearness(words, relations), nearness(after, told)
        ends = {end for one, _, other in relations ^ told for end in (one, other)}
        changed = {id_ for id_ in {*words, *after} if words.get(id_) != after.get(id_)} | ends
        concerned = touched(old, new, changed)
        for id_ in {*words, *after}:
            if old.related(id_) != new.related(id_):
                assert id_ in concerned or id_ in changed
