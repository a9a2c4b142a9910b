"""Relations on the shelf, and kept from build to build, are the relations that they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from unittest.mock import patch

import pytest

from auzolan.ledger.shelf import Shelf
from auzolan.model.commons import Reference, Relation, SourceRef
from auzolan.pipeline import relations as module
from auzolan.pipeline.relations import KeptRelations, ShelvedRelations, rows_by_key

HERE, THERE = Reference("tool/aa"), Reference("tool/bb")
RELATIONS = (
    Relation("uses", HERE, THERE, "stated"),
    Relation("uses", HERE, Reference(None, {"en": "Nobody yet"}, "https://x.example"), "stated", what={"en": "Bread"}),
    Relation("uses", THERE, HERE, "reported", ended=True, note={"ca": "Fins ara"}),
    Relation("uses", THERE, Reference("tool/cc"), "reported", sources=(SourceRef("tool/aa", "site"),)),
)


def told(relations: Sequence[Relation]) -> list[dict[str, Any]]:
    return [{field.name: getattr(one, field.name) for field in fields(Relation)} for one in relations]


@pytest.fixture(params=["shelved", "kept"])
def relations(request: pytest.FixtureRequest) -> Sequence[Relation]:
    shelved = ShelvedRelations(RELATIONS, Shelf())
    return shelved if request.param == "shelved" else KeptRelations(lambda: rows_by_key(shelved), as_before=True)


def test_all_that_was_said_is_said(relations: Sequence[Relation]) -> None:
    by_order = sorted(RELATIONS, key=module.relation_order)
    assert told(sorted(relations, key=module.relation_order)) == told(by_order)
    assert len(relations) == len(RELATIONS)


def test_places_and_slices() -> None:
    shelved = ShelvedRelations(RELATIONS, Shelf())
    assert told([shelved[at] for at in (0, -1)]) == told([RELATIONS[0], RELATIONS[-1]])
    assert told(shelved[1:3]) == told(RELATIONS[1:3])
    assert told(list(reversed(shelved))) == told(RELATIONS[::-1])
    with pytest.raises(IndexError):
        shelved[4]


def test_many_are_put_down_some_at_a_time() -> None:
    with patch.object(module, "SOME", 3):
        assert told(ShelvedRelations(RELATIONS, Shelf())) == told(RELATIONS)


def test_who_asks_for_ends_alone_unpacks_nothing() -> None:
    shelf = Shelf()
    shelved = ShelvedRelations((RELATIONS[0], RELATIONS[2]), shelf)
    with patch.object(shelf, "get", side_effect=AssertionError("it was unpacked")):
        one, other = shelved
        assert (one.type, one.subject, one.object, one.ended) == ("uses", HERE, THERE, False)
        assert (other.ended, one.note, one.decisions) == (True, {}, ())


def test_the_rows_are_those_that_the_relations_give() -> None:
    assert rows_by_key(ShelvedRelations(RELATIONS, Shelf())) == rows_by_key(RELATIONS)
