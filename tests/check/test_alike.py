"""Pairs that may be the same: by number, site and name; what counts for one, and what against it."""

from __future__ import annotations

import pytest

from auzolan.check.alike import LEAST, SHARED, Pair, families_of, groups_of, near_to, pairs_of
from auzolan.check.names import likeness
from auzolan.model.kinds import Kind
from auzolan.model.marks import Marks, name_key

FAMILIES = {"cooperative": "organisation-like", "organization": "organisation-like", "tool": "tool"}


def marks(name: str, country: str = "", town: str = "", site: str = "", number: str = "") -> Marks:
    def some(text: str) -> tuple[str, ...]:
        return (text,) if text else ()

    return Marks(some(name_key(name)), some(country), some(town), some(site), some(number))


def pair(one: Marks, other: Marks, kind: str = "cooperative", **more: object) -> Pair | None:
    found = pairs_of({"cooperative/a": one, f"{kind}/b": other}, FAMILIES, **more)  # type: ignore[arg-type]
    assert len(found) < 2
    return found[0] if found else None


def score(one: Marks, other: Marks, kind: str = "cooperative") -> int:
    found = pair(one, other, kind, least=1)
    return found.score if found else 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (marks("Growers", number="wikidata:q1"), marks("Sowers", number="wikidata:q1")),
        (marks("Growers", site="growers.coop"), marks("Growers of the hill", site="growers.coop")),
        (marks("Growers Ltd", "ES"), marks("The Growers", "ES")),
        (marks("Growers of Lleida", "ES"), marks("Growers of Leida", "ES")),
        (marks("Coop Cycle", "FR"), marks("CoopCycle", "FR")),
        (marks("Growers of the hill", "ES", "lleida"), marks("Growers of the hill", "ES", "girona")),
        (marks("Growers", "ES"), marks("Growers")),
        (marks("Growers"), marks("Growers")),
    ],
)
def test_these_may_be_the_same(one: Marks, other: Marks) -> None:
    found = pair(one, other)
    assert found is not None and found.score >= LEAST and found.reasons
    assert pair(other, one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (marks("Growers", "ES"), marks("Growers", "FR")),
        (marks("Growers", "ES"), marks("Sowers of the valley", "ES")),
        (marks("Wardley Labour Club", "GB"), marks("Bolton Labour Club", "GB")),
        (marks("Branch 4", "GB"), marks("Branch 5", "GB")),
        (marks("Mill of Lleida", "ES", "lleida"), marks("Mill of Leida", "ES", "girona")),
        (marks("Co-operative Bank", "GB"), marks("Co-operative Group", "GB")),
        (Marks(), Marks()),
    ],
)
def test_these_are_two(one: Marks, other: Marks) -> None:
    assert pair(one, other) is None


def test_more_reasons_make_surer() -> None:
    growers = marks("Growers", "ES", "lleida", "growers.coop")
    name = score(growers, marks("Growers", "ES"))
    town = score(growers, marks("Growers", "ES", "lleida"))
    site = score(growers, marks("Growers", "ES", "lleida", "growers.coop"))
    number = score(marks("Growers", number="lei:1"), marks("Growers", number="lei:1"))
    assert name < town < site < number <= 100


def test_reasons_are_words() -> None:
    found = pair(marks("Growers", "ES", "lleida", "growers.coop"), marks("Growers", "ES", "lleida", "growers.coop"))
    assert found == (
        "cooperative/a",
        "cooperative/b",
        96,
        ("the same site, growers.coop", "the same name", "in Lleida"),
    )


def test_kinds_of_one_trait_are_compared_and_others_are_not() -> None:
    same = marks("Growers", number="wikidata:q1")
    assert pair(same, same, "organization") is not None
    assert pair(same, same, "tool") is None
    kinds = {
        name: Kind(name, name, {}, {}, traits=traits) for name, traits in (("a", ("t",)), ("b", ("t",)), ("c", ()))
    }
    assert families_of(kinds) == {"a": "t", "b": "t", "c": "c"}


def test_a_site_that_many_share_tells_nothing_by_itself() -> None:
    names = ("Amber", "Birch", "Cedar", "Dahlia", "Elder", "Fir")
    many = {f"cooperative/{name.lower()}": marks(name, site="markets.org") for name in names}
    assert len(many) > SHARED
    assert pairs_of(many, FAMILIES) == []
    few = dict(list(many.items())[:SHARED])
    assert len(pairs_of(few, FAMILIES, least=40)) == SHARED * (SHARED - 1) / 2


def test_what_is_apart_is_left_out() -> None:
    same = marks("Growers", "ES")
    assert pair(same, same, apart=lambda one, other: (one, other) == ("cooperative/a", "cooperative/b")) is None


def test_only_pairs_among_those_that_are_asked_for() -> None:
    three = {f"cooperative/{name}": marks("Growers", "ES") for name in "abc"}
    found = pairs_of(three, FAMILIES, among=["cooperative/a"])
    assert [one[:2] for one in found] == [("cooperative/a", "cooperative/b"), ("cooperative/a", "cooperative/c")]


def test_a_thousand_namesakes_are_not_all_compared() -> None:
    told: list[int] = []
    found = pairs_of({f"cooperative/{n:04}": marks("Growers", "ES") for n in range(1000)}, FAMILIES, tell=told.append)
    assert 999 <= len(found) < 10_000


def test_what_something_new_may_be() -> None:
    there = {
        "cooperative/a": marks("Growers Ltd", "ES"),
        "organization/b": marks("The Growers", "ES", "lleida"),
        "tool/c": marks("Growers"),
        "cooperative/d": marks("Millers", "ES"),
    }
    found = near_to(marks("Growers", "ES", "lleida"), "cooperative", there, FAMILIES)
    assert [id_ for id_, _ in found] == ["organization/b", "cooperative/a"] and found[0][1] > found[1][1]
    assert near_to(marks("Growers"), "tool", there, FAMILIES) == [("tool/c", 80)]
    assert near_to(Marks(), "tool", there, FAMILIES) == near_to(marks("Growers"), "tool", {}, FAMILIES) == []


def test_groups_hang_together() -> None:
    def of(one: str, other: str, score: int) -> Pair:
        return Pair(one, other, score, ())

    ab, cd, bc, ef = of("a", "b", 90), of("e", "f", 80), of("b", "c", 70), of("x", "y", 60)
    assert groups_of([ab, cd, bc, ef]) == [(["a", "b", "c"], [ab, bc]), (["e", "f"], [cd]), (["x", "y"], [ef])]
    assert groups_of([]) == []


def test_names_are_weighed() -> None:
    def weight(word: str) -> float:
        return 0.1 if word == "club" else 1.0

    assert likeness(("hill club",), ("hill",), weight)[0] > 0.9
    assert likeness(("hill club",), ("mill club",), weight)[0] < 0.86
    assert likeness(("a", "b"), ("c", "b"), weight) == (1.0, 1, 1)
    assert likeness((), ("b",), weight) == (0.0, 0, 0)
