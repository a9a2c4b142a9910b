"""Places in; the door Map out: a picture with a sign for each place, and the same as a list by country and region.

The picture is equirectangular, 1000 by 500: x = (longitude + 180) / 360 * 1000, y = (90 - latitude) / 180 * 500. It
shows the part of the Earth in which the places lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auzolan.model.commons import Commons, Profile
from auzolan.model.pages import Page
from auzolan.model.text import sort_key
from auzolan.render.cards import Card, in_order, place_name
from auzolan.render.desk import Desk, desk_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker

WIDTH, HEIGHT = 1000.0, 500.0
NARROWEST = 220.0
"""The least part of the width shown, about 80 degrees: the outlines are no finer than that."""
NEAR = 16.0
"""Signs nearer than this in the picture would hide each other: they become one with a number."""
ALL_NAMES = 400


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of an entry, in the units of the whole picture."""

    x: float
    y: float
    card: Card
    title: str
    country: str


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """`map.html` in every language."""
    for language, speaker in context.speakers.items():
        desk = desk_of(commons, context, speaker)
        spots = spots_of(desk)
        frame = window([(spot.x, spot.y) for spot in spots])
        shift, scale = frame[:2], WIDTH / frame[2]
        view = {
            "outlines": context.outlines,
            "turn": f"scale({scale:.4f}) translate({-shift[0]:.2f} {-shift[1]:.2f})",
            "lines": graticule(),
            "dots": dots(spots, frame),
            "shown": speaker.n("%(count)s place on the map", "%(count)s places on the map", len(spots)),
            "countries": countries(desk),
            "nowhere": _nowhere(desk),
            "names_shown": len(commons.listed) <= ALL_NAMES,
            "find": context.find(language),
        }
        path = addresses.map_page(language, context.default)
        yield page_of(context, path, "map.html", language, view, title=speaker._("Map"), door="map")


def places_of(commons: Commons, profile: Profile) -> list[Mapping[str, Any]]:
    """All places an entry says, whatever the field is called that says them."""
    kind = commons.catalog.declarations.kinds[profile.kind]
    found: list[Mapping[str, Any]] = []
    for name, field in kind.fields.items():
        if field.type == "place":
            value = profile.values.get(name) or ()
            found += [value] if isinstance(value, Mapping) else list(value)
    return found


def _has_places(commons: Commons, profile: Profile) -> bool:
    """Whether entries of this kind stand anywhere: of a licence nobody asks where it is."""
    kind = commons.catalog.declarations.kinds[profile.kind]
    return any(field.type == "place" for field in kind.fields.values())


def point(place: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where a place lies in the whole picture; None where that is not recorded, or is not to be shown."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None or place.get("precision") == "hidden":
        return None
    return (float(longitude) + 180) / 360 * WIDTH, (90 - float(latitude)) / 180 * HEIGHT


def spots_of(desk: Desk) -> list[Spot]:
    """Every place that can be drawn, in the order of ids."""
    found = []
    for id_ in desk.commons.listed:
        card = desk.card(id_)
        for place in places_of(desk.commons, desk.commons.profiles[id_]):
            where = point(place)
            if where and card:
                title = f"{card['name']['text']}: {place_name(desk.speaker, place)}"
                found.append(Spot(*where, card, title, str(place.get("country") or "")))
    return found


def window(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """The part of the picture to show: x, y, width, height (half the width), with a margin around all points."""
    if not points:
        return 0.0, 0.0, WIDTH, HEIGHT
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width = min(WIDTH, max(NARROWEST, (right - left) * 1.2, (bottom - top) * 2.4))
    height = width / 2
    x = min(max(0.0, (left + right - width) / 2), WIDTH - width)
    y = min(max(0.0, (top + bottom - height) / 2), HEIGHT - height)
    return x, y, width, height


def dots(spots: list[Spot], frame: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """What to draw, signs or a number where several lie on one another: `x`, `y`, `n`, `title`, `path` or `anchor`."""
    left, top, width, _ = frame
    scale = WIDTH / width
    heaps: list[tuple[float, float, list[Spot]]] = []
    for spot in spots:
        x, y = (spot.x - left) * scale, (spot.y - top) * scale
        near = next((heap for heap in heaps if abs(heap[0] - x) < NEAR and abs(heap[1] - y) < NEAR), None)
        if near:
            near[2].append(spot)
        else:
            heaps.append((x, y, [spot]))
    return [
        {
            "x": round(x, 1),
            "y": round(y, 1),
            "n": len(heap),
            "title": "\n".join(spot.title for spot in heap[:12]) + ("\n…" if len(heap) > 12 else ""),
            "kind": heap[0].card["kind"],
            "path": heap[0].card["path"] if len({spot.card["id"] for spot in heap}) == 1 else "",
            "anchor": anchor(heap[0].country),
        }
        for x, y, heap in heaps
    ]


def anchor(country: str) -> str:
    """The id of a country's part of the list."""
    return f"in-{country.lower()}" if country.isascii() and country.isalnum() else "in-nowhere"


def graticule() -> str:
    """Lines every thirty degrees, as an SVG path in the units of the whole picture."""
    step = WIDTH / 12
    down = "".join(f"M{number * step:.1f} 0V{HEIGHT:.0f}" for number in range(13))
    return down + "".join(f"M0 {number * step:.1f}H{WIDTH:.0f}" for number in range(7))


def countries(desk: Desk) -> list[dict[str, Any]]:
    """Countries A to Z by their names, each with its regions: `label`, `n`, `path` of its facet, `regions`."""
    commons, speaker = desk.commons, desk.speaker
    found: dict[str, dict[str, list[str]]] = {}
    for id_ in commons.listed:
        for place in places_of(commons, commons.profiles[id_]):
            country, region = str(place.get("country") or ""), str(place.get("region") or "")
            if country:
                members = found.setdefault(country, {}).setdefault(region, [])
                if id_ not in members:
                    members.append(id_)
    told = []
    for country in sorted(found, key=lambda code: sort_key(speaker.country(code))):
        regions = found[country]
        everyone = {id_ for members in regions.values() for id_ in members}
        told.append(
            {
                "id": anchor(country),
                "label": speaker.country(country),
                "n": speaker.number(len(everyone)),
                "path": _facet_path(commons, speaker, "country", country),
                "regions": [
                    _region(desk, region, regions[region])
                    for region in sorted(regions, key=lambda code: (not code, sort_key(speaker.region(code))))
                ],
            }
        )
    return told


def _region(desk: Desk, region: str, members: list[str]) -> dict[str, Any]:
    return {
        "label": desk.speaker.region(region) if region else "",
        "n": desk.speaker.number(len(members)),
        "path": _facet_path(desk.commons, desk.speaker, "region", region) if region else "",
        "cards": desk.cards(in_order(desk.commons, desk.speaker, members)),
    }


def _nowhere(desk: Desk) -> dict[str, Any]:
    commons = desk.commons
    members = [
        id_
        for id_ in commons.listed
        if _has_places(commons, commons.profiles[id_])
        and not any(place.get("country") for place in places_of(commons, commons.profiles[id_]))
    ]
    return _region(desk, "", members) if members else {}


def _facet_path(commons: Commons, speaker: Speaker, type_: str, value: str) -> str:
    for facet in commons.facets.values():
        if facet.type == type_ and any(one.id == value for one in facet.values):
            return addresses.facet_value_page(facet.id, value, speaker.language, speaker.default)
    return ""
