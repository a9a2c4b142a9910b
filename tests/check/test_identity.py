"""I001 to I005 and F004: ids, withdrawn entries, examples, names that meet."""

from __future__ import annotations

from tests.helpers import clean, finds, found, one_of


def test_a_former_id() -> None:
    clean("former_ids: [cooperative/old-growers]\n")


def test_a_former_id_that_is_in_use() -> None:
    finds("former_ids:\n  - organization/net\n", "I001", 2, 5, others={"organization/net": ""})


def test_a_former_id_claimed_by_two() -> None:
    told = finds("former_ids: [tool/old]\n", "I002", 1, 14, others={"cooperative/a": "former_ids: [tool/old]\n"})
    assert "cooperative/a" in told.message


def test_a_former_id_of_the_wrong_form() -> None:
    finds("former_ids: [old-growers]\n", "I003", 1, 14)
    finds("former_ids: [../../etc/passwd]\n", "I003", 1, 14)
    finds("former_ids: [guild/old]\n", "I003", 1, 14)


def test_a_withdrawn_entry_says_nothing_else() -> None:
    clean("status: withdrawn\nwithdrawn_because: request\n", bare=True)
    clean("status: withdrawn\nformer_ids: [cooperative/old]\nended: 2020\n", bare=True)
    finds("status: withdrawn\nname: Growers\n", "I004", 2, 1, bare=True)
    finds("status: withdrawn\nrecord: {as_of: 2020}\n", "I004", 2, 1, bare=True)


def test_withdrawn_in_any_language() -> None:
    told = found("name: Growers\nstatus: Retirado\nwebsite: https://a.coop\n", bare=True)
    one_of(told, "I004", 1, 1, only=False)


def test_an_example_that_is_still_there() -> None:
    assert finds("name: Growers\nexample: true\n", "I005", 2, 1).severity == "warning"
    clean("example: false\n")


def test_names_that_meet_on_some_computers() -> None:
    clean("", images=["garden.jpg", "gardens.jpg"])
    told = found("", images=["garden.jpg", "Garden.JPG"])
    assert [(one.code, one.location.line) for one in told] == [("F004", 0)]
