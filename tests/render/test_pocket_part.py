"""render/pocket/part.py: which entries a part has."""

from __future__ import annotations

from tests.helpers import commons

from auzolan.render.pocket.part import part_of

PLACES = {
    "cooperative/barcelona": "places: [{country: ES, region: ES-B}]\nsectors: [housing]",
    "cooperative/catalonia": "places: [{country: ES, region: ES-CT}]\nsectors: [food]",
    "cooperative/madrid": "places: [{country: ES, region: ES-MD}]\nsectors: [housing]",
    "organization/lyon": "places: [{country: FR, region: FR-69}]\nsectors: [housing, food]",
    "tool/oven": "website: https://oven.example",
}
COMMONS = commons(PLACES)


def test_without_a_choice_it_is_all() -> None:
    part = part_of(COMMONS, {"region": [], "kind": []})
    assert part.ids == tuple(sorted(PLACES)) and part.total == len(PLACES) and part.chosen == {}


def test_a_region_holds_its_provinces_and_no_others() -> None:
    assert part_of(COMMONS, {"region": ["ES-CT"]}).ids == ("cooperative/barcelona", "cooperative/catalonia")
    assert part_of(COMMONS, {"region": ["ES-B"]}).ids == ("cooperative/barcelona",)
    assert part_of(COMMONS, {"region": ["FR-ARA"]}).ids == ("organization/lyon",)


def test_of_one_sort_any_will_do_and_all_sorts_must_hold() -> None:
    assert len(part_of(COMMONS, {"country": ["ES", "FR"]}).ids) == 4
    chosen = {"country": ["ES", "FR"], "sectors": ["housing"], "kind": ["cooperative"]}
    assert part_of(COMMONS, chosen).ids == ("cooperative/barcelona", "cooperative/madrid")
    assert part_of(COMMONS, {"country": ["PT"]}).ids == ()
