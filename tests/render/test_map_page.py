"""render/doors/map_page.py: every place that may be shown is drawn and listed; hidden ones are not drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors import map_page
from auzolan.render.doors.map_page import NARROWEST, NEAR, WIDER, Spot, heaps, point, units_of, window


def test_where_a_place_lies_in_the_picture() -> None:
    assert point({"latitude": 0, "longitude": 0}) == (500, 250)
    assert point({"latitude": 90, "longitude": -180}) == (0, 0)
    assert point({"country": "ES"}) is None


def test_a_hidden_place_is_never_drawn_even_with_coordinates() -> None:
    assert point({"latitude": 1, "longitude": 1, "precision": "hidden"}) is None


@pytest.mark.parametrize(
    "points", [[], [(500.0, 100.0)], [(1.0, 1.0), (999.0, 499.0)], [(0.0, 0.0)], [(1000.0, 500.0)]]
)
def test_the_window_lies_on_the_earth_and_holds_all_points(points: list[tuple[float, float]]) -> None:
    x, y, width, height = window(points)
    assert x >= 0 and y >= 0 and x + width <= 1000.01 and y + height <= 500.01
    assert width >= NARROWEST and width == height * 2
    assert all(x <= one <= x + width and y <= other <= y + height for one, other in points)


def test_signs_are_links_with_a_title() -> None:
    html = s.built(f.commons(), units_of, outlines="M0 0L10 0L10 10Z")["map.html"]
    page = s.tree(html)
    assert page.xpath("//svg[@viewbox='0 0 1000 500']")
    assert page.xpath("//svg//a[@href='cooperatives/oven.html']/title/text()") == [
        "Neighbourhood Oven: Vilanova, Catalunya, Spain"
    ]
    assert not page.xpath("//svg//a[contains(@href, 'roof')]")
    assert page.xpath("//path[@class='land']/@d") == ["M0 0L10 0L10 10Z"]
    assert not s.faults(html)


def test_without_outlines_the_map_has_lines_and_signs() -> None:
    html = s.built(f.commons(), units_of)["map.html"]
    assert 'class="land"' not in html and 'class="grid"' in html
    assert not s.faults(html)


def test_the_list_tells_countries_regions_and_what_is_not_recorded() -> None:
    html = s.built(f.commons(), units_of)["map.html"]
    page = s.tree(html)
    assert ["".join(one.itertext()) for one in page.xpath("//h2[starts-with(@id, 'in-')]")] == [
        "France", "Spain", "Place not recorded"
    ]  # fmt: skip
    assert page.xpath("//h2[@id='in-es']/a/@href") == ["by/country/es.html"]
    assert "Common Roof" in s.text(html)
    nowhere = page.xpath("string(//section[.//h2[@id='in-nowhere']])")
    assert "Open Ledger" in nowhere and "Neighbourhood Oven" not in nowhere and "Gone" not in nowhere


def test_several_in_one_place_become_one_number() -> None:
    place = {"country": "ES", "latitude": 41.0, "longitude": 2.0}
    profiles = tuple(f.profile(f"cooperative/c{n}", f"C {n}", values={"places": (place,)}) for n in range(3))
    page = s.tree(s.built(f.commons(profiles=profiles), units_of)["map.html"])
    assert page.xpath("//svg//a/text/text()") == ["3"]
    assert page.xpath("//svg//a/@href") == ["#in-es"]


def test_hostile_names_are_text_in_the_picture_too() -> None:
    place = {"country": "ES", "latitude": 41.0, "longitude": 2.0, "locality": {"en": f.HOSTILE}}
    profiles = (f.profile("cooperative/x", f.HOSTILE, values={"places": (place,)}),)
    html = s.built(f.commons(profiles=profiles), units_of)["map.html"]
    assert "<script>alert" not in html
    assert not s.faults(html)


def test_an_empty_commons_has_an_empty_map() -> None:
    html = s.built(f.commons(profiles=(), stories=()), units_of)["map.html"]
    assert "0 places" in s.text(html) and not s.faults(html)


def everywhere(step: int) -> tuple[object, ...]:
    """An entry each so many degrees."""
    return tuple(
        f.profile(
            f"cooperative/c{x + 180}-{y + 60}",
            "C",
            values={"places": ({"country": "ES", "latitude": y, "longitude": x},)},
        )
        for x in range(-180, 180, step)
        for y in range(-60, 61, step)
    )


def test_where_signs_are_many_none_touches_another() -> None:
    page = s.tree(s.built(f.commons(profiles=everywhere(8)), units_of)["map.html"])
    drawn = [(float(one.get("cx")), float(one.get("cy"))) for one in page.xpath("//svg//a/circle")]
    assert 20 < len(drawn) <= 200
    assert all(
        max(abs(x - other_x), abs(y - other_y)) >= WIDER - 0.2
        for number, (x, y) in enumerate(drawn)
        for other_x, other_y in drawn[:number]
    )
    few = s.tree(s.built(f.commons(profiles=everywhere(60)), units_of)["map.html"])
    assert len(few.xpath("//svg//a/circle")) == 18


def test_where_names_are_too_many_countries_are_a_short_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not s.tree(s.built(f.commons(), units_of)["map.html"]).xpath("//*[contains(@class, 'counts')]")
    monkeypatch.setattr(map_page, "ALL_NAMES", 1)
    html = s.built(f.commons(), units_of)["map.html"]
    page = s.tree(html)
    assert page.xpath("//div[@class='by-place counts']")
    # A country whose regions nobody recorded has a line of its own, and nothing below it.
    assert not page.xpath("//section[.//h2[@id='in-fr']]//div[@class='region']")
    assert page.xpath("//section[.//h2[@id='in-es']]//h3")
    assert not s.faults(html)


FRAME = (0.0, 0.0, 1000.0, 500.0)


def one_by_one(spots: list[Spot]) -> list[list[Spot]]:
    """Heaps as they are meant: every spot beside every heap."""
    found: list[list[Spot]] = []
    for spot in spots:
        near = (heap for heap in found if abs(heap[0].x - spot.x) < NEAR and abs(heap[0].y - spot.y) < NEAR)
        heap = next(near, None)
        if heap is None:
            found.append([spot])
        else:
            heap.append(spot)
    return found


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), max_size=60))
def test_heaps_are_found_in_a_net_as_they_are_one_by_one(places: list[tuple[float, float]]) -> None:
    spots = [Spot(x, y, f"tool/t{n}", "", "") for n, (x, y) in enumerate(places)]
    assert [heap for _, _, heap in heaps(spots, FRAME, NEAR)] == one_by_one(spots)
