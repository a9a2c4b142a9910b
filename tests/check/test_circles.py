"""R005: relations of certain types run in no circle."""

from __future__ import annotations

import pytest
from tests.check.test_relations import rel
from tests.helpers import clean, finds


@pytest.mark.parametrize("type_", ["part-of", "succeeds"])
def test_a_circle_of_two(type_: str) -> None:
    told = finds(
        rel(type_, "cooperative/a"),
        "R005",
        3,
        9,
        "cooperative/b",
        others={"cooperative/a": rel(type_, "cooperative/b")},
    )
    assert "cooperative/a → cooperative/b → cooperative/a" in told.message


def test_a_circle_written_from_both_sides_and_over_three() -> None:
    others = {
        "cooperative/a": rel("part-of", "cooperative/b"),
        "cooperative/b": rel("part-of", "cooperative/c"),
    }
    clean(rel("has-part", "cooperative/b"), "cooperative/c", others=others)
    finds(rel("has-part", "cooperative/c"), "R005", 3, 9, "cooperative/a", others={
        "cooperative/b": rel("has-part", "cooperative/a"), "cooperative/c": rel("has-part", "cooperative/b"),
    })  # fmt: skip


def test_a_long_chain_needs_no_recursion() -> None:
    chain = {f"plan/p{n:04}": rel("adapts", f"plan/p{n + 1:04}") for n in range(1200)}
    clean("", "plan/p1200", others=chain)


def test_a_circle_through_a_former_id() -> None:
    finds(rel("part-of", "cooperative/old"), "R005", 3, 9, "cooperative/b",
          others={"cooperative/a": rel("part-of", "cooperative/b") + "former_ids: [cooperative/old]\n"})  # fmt: skip
