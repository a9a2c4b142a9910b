"""model/commons.py: narrow questions get the answer that the whole would give."""

from __future__ import annotations

from dataclasses import replace

from tests.render import factory as f

from auzolan.model.commons import Wanted


def test_an_entry_stands_between_its_neighbours() -> None:
    commons = f.commons()
    for order in commons.by_kind.values():
        for before, id_, after in zip((None, *order), order, (*order[1:], None), strict=False):
            assert commons.neighbours(id_) == (before, after)
    assert commons.neighbours("organization/gone") == (None, None)
    assert commons.neighbours("nothing/at-all") == (None, None)


def test_a_value_is_there_when_something_has_it() -> None:
    commons = f.commons()
    assert commons.has_value("country", "ES")
    assert not commons.has_value("country", "JP")
    assert not commons.has_value("nothing", "ES")


def test_what_an_entry_wants_comes_in_the_order_of_all() -> None:
    first = Wanted(f.texts("A"), "", (), (("tool/x", "uses"), ("tool/x", "needs"), ("tool/y", "uses")))
    second = Wanted(f.texts("B"), "", (), (("tool/y", "uses"),))
    commons = replace(f.commons(), wanted=(first, second))
    assert commons.wanted_by("tool/x") == (first,)
    assert commons.wanted_by("tool/y") == (first, second)
    assert commons.wanted_by("tool/z") == ()


def test_another_commons_answers_for_itself() -> None:
    commons = f.commons()
    assert commons.has_value("country", "ES") and commons.neighbours("cooperative/oven")[1] == "cooperative/roof"
    other = replace(commons, facets={}, by_kind={"cooperative": ("cooperative/oven",)}, wanted=())
    assert not other.has_value("country", "ES")
    assert other.neighbours("cooperative/oven") == (None, None)
    assert commons.wanted_by("cooperative/oven") and not other.wanted_by("cooperative/oven")
    assert commons == f.commons()
