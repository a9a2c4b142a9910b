"""I006: what may be there twice, where nearly nothing speaks against it."""

from __future__ import annotations

import pytest
from tests.helpers import catalog, clean, finds, found

from auzolan.check import ANEW, check
from auzolan.model.briefs import briefs_of

ONE = "cooperative/aaa"
HERE = 'name: Growers\nplaces: [{country: ES, locality: Lleida}]\nwebsite: "https://growers.coop/"\n'


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ('name: Growers\nplaces: [{country: ES, locality: Lleida}]\nwebsite: "https://other.coop/"\n', "in Lleida"),
        ('name: The Growers Ltd\nwebsite: "http://www.growers.coop/en"\n', "the same site, growers.coop"),
        ('name: Growers Co-op\nplaces: [{country: ES}]\nwebsite: "http://www.growers.coop/en"\n', "names that are"),
    ],
)
def test_the_later_of_two_is_told(other: str, reason: str) -> None:
    told = finds(other, "I006", 1, 7, others={ONE: HERE})
    assert told.severity == "warning"
    assert told.message.startswith("this may be cooperative/aaa once more: ") and reason in told.message
    assert "not_same_as: [{entry: cooperative/aaa" in told.hint


def test_a_number_is_enough() -> None:
    finds("name: Sowers\nsame_as: {wikidata: Q1}\n", "I006", 1, 7, "organization/b",
          others={ONE: "name: Growers\nsame_as: {wikidata: Q1}\n"})  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        "name: Growers\nplaces: [{country: ES, locality: Girona}]\n",
        "name: Growers\nplaces: [{country: ES}]\n",
        "name: Growers\nplaces: [{country: FR, locality: Lleida}]\n",
        'name: Sowers\nwebsite: "https://growers.coop/"\n',
        "name: Growers\n",
    ],
)
def test_less_sure_ones_are_left_to_the_command(other: str) -> None:
    clean(other, others={ONE: HERE})


APART = "not_same_as: [{entry: cooperative/aaa, why: Another village.}]\n"


def test_not_the_same_is_said_in_either() -> None:
    clean(HERE + APART, others={ONE: HERE})
    clean(HERE, others={ONE: HERE + "not_same_as: [{entry: cooperative/growers, why: Another village.}]\n"})


def test_not_the_same_by_a_former_id() -> None:
    clean(HERE + "not_same_as: [{entry: cooperative/old, why: Another village.}]\n",
          others={ONE: HERE + "former_ids: [cooperative/old]\n"})  # fmt: skip


def test_whoever_names_the_other_took_them_for_two() -> None:
    clean(HERE + "relations: [{type: succeeds, to: cooperative/aaa, sources: [page]}]\n", others={ONE: HERE})
    clean(HERE + "description: Not [[cooperative/aaa]].\n", others={ONE: HERE})


def test_not_the_same_is_checked_as_all_else() -> None:
    finds("not_same_as: [{entry: cooperative/lost, why: x}]\n", "R002", 1, 23)
    finds("not_same_as: [{entry: cooperative/growers, why: x}]\n", "R004", 1, 23)
    finds(HERE + "not_same_as: [{entry: cooperative/aaa}]\n", "D002", 4, 15, others={ONE: HERE})
    finds(HERE + "not_same_as: [{entry: cooperative/aaa, why: ''}]\n", "D006", 4, 40, others={ONE: HERE})


def test_licences_of_two_ids_are_two() -> None:
    others = {"license/mit": "name: A licence\nspdx_id: MIT\nsame_as: {wikidata: Q1}\n"}
    clean("name: A licence\nspdx_id: ISC\nsame_as: {wikidata: Q1}\n", "license/isc", others=others)


def test_what_was_withdrawn_doubles_nothing() -> None:
    assert not found("status: withdrawn\nwithdrawn_because: request\n", others={ONE: HERE}, bare=True)


def test_it_is_told_whichever_file_is_checked() -> None:
    assert {"I006"} == ANEW
    whole = catalog({ONE: HERE, "cooperative/b": HERE, "tool/c": "name: C\n"})
    alone = catalog({"tool/c": "name: C\n"})
    assert [one.code for one in check(alone, briefs_of(whole))] == ["I006"]
    assert check(alone, briefs_of(alone)) == []
