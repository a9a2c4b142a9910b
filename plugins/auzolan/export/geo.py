"""A Commons comes in; `data/places.geojson` goes out: every place with coordinates that is not hidden (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auzolan.export import plain as p
from auzolan.export.public import Public
from auzolan.export.texts import constant, dumps
from auzolan.model.pages import Assembly, Each, Joined, Part
from auzolan.model.text import choose


def places(public: Public) -> Iterator[Assembly]:
    """A FeatureCollection, a feature a line, sorted by entry and by order within it; longitude comes first, in degrees
    of WGS 84. `precision` says how exact a point is: the point of a town is the town's, not a door's."""
    yield Assembly("data/places.geojson", Joined(_parts(public)))


def _parts(public: Public) -> Iterator[Sequence[Part]]:
    yield [constant("[", '{"type":"FeatureCollection","features":[')]
    # A comma stands before each feature but the first, and most entries have one: so few facts are read here.
    first = next((id_ for id_ in public.ids if public.points(id_)), None)

    def make(id_: str) -> bytes:
        return _features(public, id_, "\n" if id_ == first else ",\n")

    yield Each(lambda id_: f"first {id_}" if id_ == first else id_, make, public.ids)
    yield [constant("]", "]}\n") if first is None else constant("\n]", "\n]}\n")]


def _features(public: Public, id_: str, before: str) -> bytes:
    """The places with coordinates of one entry."""
    profile = public.commons.profiles[id_]
    kind = public.commons.catalog.declarations.kinds[profile.kind]
    name, language = choose(profile.names, public.commons.catalog.settings.default_language, profile.language)
    lines = [
        dumps({
            "type": "Feature",
            "id": f"{profile.id}#{number}",
            "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
            "properties": {
                "entry": profile.id,
                "kind": profile.kind,
                "name": name,
                "language": language,
                "page": p.page_of(profile, kind),
                "license": p.license_of(profile, public.commons),
                **{key: p.plain(place.get(key)) for key in ("precision", "role", "country", "region", "locality")},
            },
        })
        for number, place in public.placed(profile)
    ]  # fmt: skip
    return (before + ",\n".join(lines)).encode() if lines else b""
