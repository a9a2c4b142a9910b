"""Places in; the door Map out: a picture with a sign for each place, and the same as a list by country and region.

The picture is equirectangular, 1000 by 500: x = (longitude + 180) / 360 * 1000, y = (90 - latitude) / 180 * 500. It
shows the part of the Earth in which the places lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from math import floor
from typing import Any

from auzolan.model.commons import Commons, Profile
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page, Unit
from auzolan.model.text import sort_key
from auzolan.render.cards import name_of, place_name
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.counted import facet_ids, head_of, ids_of
from auzolan.render.lists.order import in_order
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

WIDTH, HEIGHT = 1000.0, 500.0
NARROWEST = 220.0
"""The least part of the width shown, about 80 degrees: the outlines are no finer than that."""
NEAR = 16.0
"""Signs nearer than this in the picture would hide each other: they become one with a number."""
CROWDED, WIDER = 80, 28.0
"""So many signs and numbers are too many to read: then those that touch each other become one too."""
ALL_NAMES = 400


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the entry `id`, in the units of the whole picture."""

    x: float
    y: float
    id: str
    title: str
    country: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands: `spots` that can be drawn, `regions` as pairs of codes (country, region or "") in the order
    in which it names them; `asked` is false for kinds that have no places, such as licences."""

    spots: tuple[Spot, ...]
    regions: tuple[tuple[str, str], ...]
    asked: bool


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`map.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"map {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    standings = {id_: standing_of(desk, id_) for id_ in desk.commons.listed}
    spots = [spot for standing in standings.values() for spot in standing.spots]
    frame = window([(spot.x, spot.y) for spot in spots])
    shift, scale = frame[:2], WIDTH / frame[2]
    named = len(standings) <= ALL_NAMES
    view = {
        "outlines": desk.context.outlines,
        "turn": f"scale({scale:.4f}) translate({-shift[0]:.2f} {-shift[1]:.2f})",
        "lines": graticule(),
        "dots": dots(desk, spots, frame),
        "shown": desk.speaker.n("%(count)s place on the map", "%(count)s places on the map", len(spots)),
        "countries": countries(desk, standings, named),
        "nowhere": _nowhere(desk, standings, named),
        "names_shown": named,
        "find": desk.context.find(desk.language),
    }
    path = addresses.map_page(desk.language, desk.context.default)
    yield page_of(desk.context, path, "map.html", desk.language, view, title=desk.speaker._("Map"), door="map")


def standing_of(desk: Desk, id_: str) -> Standing:
    """Where a listed entry stands, with the words of the desk's language."""
    return desk.commons.fact(
        f"standing-on-map.{desk.language}", id_, lambda: _standing(desk, desk.commons.profiles[id_])
    )


def _standing(desk: Desk, profile: Profile) -> Standing:
    kind = desk.kind(profile.kind)
    places = _places_of(kind, profile)
    name = name_of(desk.speaker, profile)["text"]
    spots = []
    for place in places:
        where = point(place)
        if where:
            title = f"{name}: {place_name(desk.speaker, place)}"
            spots.append(Spot(*where, profile.id, title, str(place.get("country") or "")))
    pairs = [(str(place.get("country") or ""), str(place.get("region") or "")) for place in places]
    return Standing(
        tuple(spots),
        tuple(dict.fromkeys(pair for pair in pairs if pair[0])),
        any(field.type == "place" for field in kind.fields.values()),
    )


def _places_of(kind: Kind, profile: Profile) -> list[Mapping[str, Any]]:
    """All places an entry says, whatever the field is called that says them."""
    found: list[Mapping[str, Any]] = []
    for name, field in kind.fields.items():
        if field.type == "place":
            value = profile.values.get(name) or ()
            found += [value] if isinstance(value, Mapping) else list(value)
    return found


def point(place: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where a place lies in the whole picture; None where that is not recorded, or is not to be shown."""
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if latitude is None or longitude is None or place.get("precision") == "hidden":
        return None
    return (float(longitude) + 180) / 360 * WIDTH, (90 - float(latitude)) / 180 * HEIGHT


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


def dots(desk: Desk, spots: list[Spot], frame: tuple[float, float, float, float]) -> list[dict[str, Any]]:
    """What to draw, signs or a number where several lie on one another: `x`, `y`, `n`, `title`, `path` or `anchor`."""
    kinds = desk.commons.catalog.declarations.kinds
    views = {name: desk.kind_view(name) for name in kinds}
    found = []
    heaped = heaps(spots, frame, NEAR)
    for x, y, heap in heaped if len(heaped) <= CROWDED else heaps(spots, frame, WIDER):
        first = heap[0]
        kind, _, slug = first.id.partition("/")
        alone = all(spot.id == first.id for spot in heap)
        path = addresses.entry_page(kinds[kind], slug, desk.language, desk.context.default)
        found.append(
            {
                "x": round(x, 1),
                "y": round(y, 1),
                "n": len(heap),
                "title": "\n".join(spot.title for spot in heap[:12]) + ("\n…" if len(heap) > 12 else ""),
                "kind": views[kind],
                "path": path if alone else "",
                "anchor": anchor(first.country),
            }
        )
    return found


def heaps(
    spots: list[Spot], frame: tuple[float, float, float, float], reach: float
) -> list[tuple[float, float, list[Spot]]]:
    """Spots that would hide each other, together: each joins the first heap that lies near (nearer
    than `reach` in the picture), else begins one. With the heap's place in the picture."""
    left, top, width, _ = frame
    scale = WIDTH / width
    found: list[tuple[float, float, list[Spot]]] = []
    # A net of squares as wide as that: what is near lies in the same square or in one beside it.
    net: dict[tuple[int, int], list[int]] = {}
    for spot in spots:
        x, y = (spot.x - left) * scale, (spot.y - top) * scale
        column, row = floor(x / reach), floor(y / reach)
        around = (
            number
            for over in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for number in net.get((over, down), ())
            if abs(found[number][0] - x) < reach and abs(found[number][1] - y) < reach
        )
        near = min(around, default=None)
        if near is None:
            net.setdefault((column, row), []).append(len(found))
            found.append((x, y, [spot]))
        else:
            found[near][2].append(spot)
    return found


def anchor(country: str) -> str:
    """The id of a country's part of the list."""
    return f"in-{country.lower()}" if country.isascii() and country.isalnum() else "in-nowhere"


def graticule() -> str:
    """Lines every thirty degrees, as an SVG path in the units of the whole picture."""
    step = WIDTH / 12
    down = "".join(f"M{number * step:.1f} 0V{HEIGHT:.0f}" for number in range(13))
    return down + "".join(f"M0 {number * step:.1f}H{WIDTH:.0f}" for number in range(7))


def countries(desk: Desk, standings: Mapping[str, Standing], named: bool) -> list[dict[str, Any]]:
    """Countries A to Z by their names, each with its regions: `label`, `n`, `path` of its facet, `regions`."""
    speaker = desk.speaker
    found: dict[str, dict[str, list[str]]] = {}
    for id_, standing in standings.items():
        for country, region in standing.regions:
            found.setdefault(country, {}).setdefault(region, []).append(id_)
    told = []
    for country in sorted(found, key=lambda code: sort_key(speaker.country(code))):
        regions = found[country]
        everyone = {id_ for members in regions.values() for id_ in members}
        told.append(
            {
                "id": anchor(country),
                "label": speaker.country(country),
                "n": speaker.number(len(everyone)),
                "path": _facet_path(desk, "country", country),
                "regions": [
                    _region(desk, region, regions[region], named)
                    for region in sorted(regions, key=lambda code: (not code, sort_key(speaker.region(code))))
                ],
            }
        )
    return told


def _region(desk: Desk, region: str, members: list[str], named: bool) -> dict[str, Any]:
    return {
        "label": desk.speaker.region(region) if region else "",
        "n": desk.speaker.number(len(members)),
        "path": _facet_path(desk, "region", region) if region else "",
        "cards": desk.cards(in_order(desk, members)) if named else [],
    }


def _nowhere(desk: Desk, standings: Mapping[str, Standing], named: bool) -> dict[str, Any]:
    members = [id_ for id_, standing in standings.items() if standing.asked and not standing.regions]
    return _region(desk, "", members, named) if members else {}


def _facet_path(desk: Desk, type_: str, value: str) -> str:
    for facet in facet_ids(desk.commons):
        if head_of(desk.commons, facet).type == type_ and value in ids_of(desk.commons, facet):
            return desk.word_path(facet, value)
    return ""
