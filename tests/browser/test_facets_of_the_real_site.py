"""Facets, suggestions and reasons on the repository's own site, from a folder: for everybody, at every width, and weighing little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.looking import axe, tab, uri

pytestmark = pytest.mark.browser


def rows(page: Any) -> Any:
    return page.locator("#hits li.row h2 a")


def opened(page: Any) -> None:
    """Waits for the panel, and shows it where it is folded."""
    page.locator(".facet input").first.wait_for(state="attached")
    toggle = page.locator(".bar .narrow")
    if toggle.is_visible() and toggle.get_attribute("aria-expanded") == "false":
        toggle.click()


@pytest.mark.parametrize(("width", "dark"), [(320, False), (360, True), (1280, False), (1280, True)])
def test_the_panel_the_chips_and_the_reasons_are_for_everybody(
    chromium: Any, real_site: Path, width: int, dark: bool
) -> None:
    with tab(chromium, width=width, dark=dark) as page:
        for address in (
            "search/index.html?q=nondragon%20housing&kind=cooperative&country=ES",
            "search/index.html?q=habitatge",
            "ca/by/country/es.html?country=ES&kind=cooperative",
            "cooperatives/index.html?kind=cooperative",
        ):
            page.goto(uri(real_site, address))
            rows(page).first.wait_for()
            opened(page)
            assert not axe(page), address
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_results_and_what_narrows_them_are_as_tall_as_a_thumb(chromium: Any, real_site: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(uri(real_site, "search/index.html?q=nondragon%20housing&kind=cooperative"))
        rows(page).first.wait_for()
        opened(page)
        tapped = "#hits a, .facet summary, .facet label, .bar button, .facet .all"
        heights = [
            box["height"] for one in page.locator(tapped).all() if one.is_visible() and (box := one.bounding_box())
        ]
        assert len(heights) > 10 and min(heights) >= 44, heights


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_suggestions_are_for_everybody(chromium: Any, real_site: Path, width: int, dark: bool) -> None:
    with tab(chromium, width=width, dark=dark) as page:
        for address in ("index.html", "cooperatives/index.html", "ca/cooperatives/mondragon.html"):
            page.goto(uri(real_site, address))
            page.locator("input#q").press_sequentially("coop", delay=5)
            page.get_by_role("option").first.wait_for()
            page.keyboard.press("ArrowDown")
            assert not axe(page), address
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_a_reader_narrows_down_and_comes_back(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.goto(uri(real_site, "cooperatives/index.html"))
        page.locator(".facet a[data-narrow='country=ES']").click()
        rows(page).first.wait_for()
        some = rows(page).count()
        opened(page)
        spain = page.locator(".facet li.on", has_text="Spain")
        assert spain.locator(".n").inner_text() == str(some)
        page.go_back()
        page.locator("#browse").wait_for()
        assert page.locator("#browse").is_visible() and not rows(page).count()
        page.go_forward()
        rows(page).first.wait_for()
        assert rows(page).count() == some
        rows(page).first.click()
        page.go_back()
        rows(page).first.wait_for()
        assert page.url.endswith("cooperatives/index.html?kind=cooperative&country=ES") and rows(page).count() == some
        assert not page.wrong


def test_the_counts_of_search_are_those_of_the_pages(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.goto(uri(real_site, "by/country/es.html"))
        listed = page.locator("#browse .row").count()
        page.locator("[data-wish] button").click()
        page.locator("#search-status", has_text=f"{listed} results").wait_for()
        assert not page.wrong


@pytest.mark.parametrize(
    "address", ["cooperatives/mondragon.html", "articles/two-partners-one-plan.html", "index.html"]
)
def test_pages_that_are_read_load_nothing_of_search(chromium: Any, real_site: Path, address: str) -> None:
    with tab(chromium) as page:
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
        page.goto(uri(real_site, address))
        scripts = [name for name in loaded if name.endswith(".js")]
        assert not {"search.js", "facets.js", "browse.js", "suggest.js", "why.js", "search.en.js", "header.js"} & {
            *scripts
        }
        assert (real_site / "static" / "strings.en.js").stat().st_size < 200, "the words of search are apart"
