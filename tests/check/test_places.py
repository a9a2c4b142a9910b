"""P001 to P004: places are on Earth, whole, in their country, and hidden where they say so."""

from __future__ import annotations

import pytest
from tests.helpers import clean, finds

PLACE = "places:\n  - country: ES\n"


def test_a_place_on_earth() -> None:
    clean(PLACE + '    region: ES-CT\n    latitude: "41.4"\n    longitude: "2.2"\n')


@pytest.mark.parametrize(("latitude", "longitude", "line"), [("90.01", "0", 3), ("0", "-180.5", 4), ("120", "41", 3)])
def test_coordinates_that_are_not_on_earth(latitude: str, longitude: str, line: int) -> None:
    yaml = f'{PLACE}    latitude: "{latitude}"\n    longitude: "{longitude}"\n'
    finds(yaml, "P001", line, 15 if line == 3 else 16)


def test_the_poles_and_the_date_line_are_on_earth() -> None:
    clean(PLACE + '    latitude: "-90"\n    longitude: "180"\n')


def test_a_region_of_another_country() -> None:
    finds(PLACE + "    region: FR-75C\n", "P002", 3, 13)


def test_one_coordinate_without_the_other() -> None:
    finds(PLACE + '    latitude: "41.4"\n', "P003", 3, 5)
    finds(PLACE + '    longitude: "2.2"\n', "P003", 3, 5)


@pytest.mark.parametrize("precision", ["hidden", "Hidden", "Oculta"])
@pytest.mark.parametrize("field", ["locality: Vic", "postcode: '08500'"])
def test_a_hidden_place_that_gives_itself_away(precision: str, field: str) -> None:
    finds(f"{PLACE}    precision: {precision}\n    {field}\n", "P004", 4, 5, only=precision == "hidden")


def test_a_hidden_place_may_say_its_country_and_region() -> None:
    clean(PLACE + "    region: ES-CT\n    precision: hidden\n")
    finds(PLACE + '    precision: hidden\n    latitude: "41"\n    longitude: "2"\n', "P004", 4, 5)
