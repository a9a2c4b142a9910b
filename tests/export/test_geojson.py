"""`data/places.geojson` read back: where things are, how exactly, and never where they hide."""

from __future__ import annotations

import json
from typing import Any

from tests.export.factory import OVEN, SHELTER, commons, made, profile


def features(*profiles: Any) -> list[dict[str, Any]]:
    read = json.loads(made(commons(*profiles, relations=()))["data/places.geojson"])
    assert read["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = read["features"]
    return found


def test_a_place_is_a_feature_longitude_first() -> None:
    first, second = features(OVEN)
    assert first["geometry"] == {"type": "Point", "coordinates": [-1.73, 41.22]}
    assert (first["id"], second["id"]) == ("cooperative/oven#1", "cooperative/oven#2")
    assert first["properties"] == {
        "entry": "cooperative/oven", "kind": "cooperative", "name": "Neighbourhood Oven", "language": "en",
        "page": "cooperatives/oven.html", "license": "CC-BY-4.0", "precision": "town", "role": "seat", "country": "ES",
        "region": "ES-CT", "locality": {"ca": "Vilanova"},
    }  # fmt: skip


def test_all_features_have_one_shape_and_say_when_precision_is_not_known() -> None:
    first, second = features(OVEN)
    assert tuple(first["properties"]) == tuple(second["properties"])
    assert second["properties"]["precision"] is None


def test_hidden_places_and_places_without_coordinates_are_not_drawn() -> None:
    nowhere = profile("cooperative/nowhere", {"en": "Nowhere"}, values={"places": ({"country": "ES"},)})
    assert features(SHELTER, nowhere) == []


def test_withdrawn_entries_are_not_drawn() -> None:
    gone = profile("cooperative/gone", {"en": "Gone"}, withdrawn=True, values={"places": OVEN.values["places"]})
    assert features(gone) == []


def test_zero_is_a_coordinate() -> None:
    null_island = profile("cooperative/buoy", {"en": "Buoy"},
                          values={"places": ({"country": "GH", "latitude": 0, "longitude": 0},)})  # fmt: skip
    assert features(null_island)[0]["geometry"]["coordinates"] == [0, 0]
