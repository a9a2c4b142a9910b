"""A Commons comes in; `data/places.geojson` goes out: every place with coordinates that is not hidden (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.export import plain as p
from auzolan.export.everything import dumps
from auzolan.model.commons import Commons, Profile
from auzolan.model.kinds import Field
from auzolan.model.pages import File
from auzolan.model.text import choose


def places(commons: Commons) -> Iterator[File]:
    """A FeatureCollection, a feature a line, sorted by entry and by order within it; longitude comes first, in degrees
    of WGS 84. `precision` says how exact a point is: the point of a town is the town's, not a door's."""
    lines = [dumps(feature) for profile in p.public(commons) for feature in features(profile, commons)]
    inner = "\n" + ",\n".join(lines) + "\n" if lines else ""
    yield File("data/places.geojson", f'{{"type":"FeatureCollection","features":[{inner}]}}\n'.encode())


def features(profile: Profile, commons: Commons) -> Iterator[dict[str, Any]]:
    """The places with coordinates of one entry, as `plain.public` gives it."""
    kind = commons.catalog.declarations.kinds[profile.kind]
    name, language = choose(profile.names, commons.catalog.settings.default_language, profile.language)
    for number, place in enumerate(_places(profile.values, kind.fields), 1):
        latitude, longitude = place.get("latitude"), place.get("longitude")
        if latitude is None or longitude is None:
            continue
        said = {key: p.plain(value) for key, value in place.items() if key not in ("latitude", "longitude")}
        yield {
            "type": "Feature",
            "id": f"{profile.id}#{number}",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {
                "entry": profile.id,
                "kind": profile.kind,
                "name": name,
                "language": language,
                "page": p.page_of(profile, kind),
                "license": p.license_of(profile, commons),
                **{key: said.get(key) for key in ("precision", "role", "country", "region", "locality")},
            },
        }


def _places(values: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[Mapping[str, Any]]:
    for name, field in fields.items():
        value = values.get(name)
        if value is None or not field.fields or field.type == "relation":
            continue
        items = value.values() if field.many == "keyed" else value if field.many == "list" else (value,)
        for item in items:
            if field.type == "place":
                yield item
            else:
                yield from _places(item, field.fields)
