"""Search in a site that `auzolan serve` shows: without scripts it works as with them, and with them nothing stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.looking import axe, tab
from tests.cli.serving import Client

from auzolan.cli.served import Served
from auzolan.index import open_shards

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(real_site: Path) -> Iterator[str]:
    client = Client(Served(real_site.parent / "pelicanconf.py", real_site))
    yield f"http://127.0.0.1:{client.socket.getsockname()[1]}/"
    client.end()


@pytest.mark.parametrize("start", ["index.html", "articles/index.html", "ca/search/index.html"])
def test_without_script_every_form_leads_to_results(chromium: Any, address: str, start: str) -> None:
    with tab(chromium, script=False) as page:
        page.goto(address + start)
        page.locator("input[type=search]").first.fill("nondragon")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/index.html?q=nondragon*")
        first = page.locator("#hits li.row h2 a").first
        assert first.inner_text() == ("Corporació Mondragon" if start.startswith("ca/") else "Mondragon Corporation")
        assert not page.locator("#browse").is_visible() and page.locator("noscript").count() == 0
        assert page.locator("input[name=q]").input_value() == "nondragon"
        first.click()
        page.wait_for_url("**/cooperatives/mondragon.html")
        assert not page.wrong


def test_without_script_one_leafs_through_all_results(chromium: Any, address: str, real_site: Path) -> None:
    read = lambda path: file.read_bytes() if (file := real_site / path).is_file() else None  # noqa: E731
    expected = [hit.title for hit in open_shards(read, "en").search("commons", None).hits]
    assert len(expected) > 20
    found: list[str] = []
    with tab(chromium, script=False) as page:
        page.goto(f"{address}search?q=commons")
        while True:
            found += page.locator("#hits li.row h2 a").all_inner_texts()
            if not page.locator("a[rel=next]").count():
                break
            page.locator("a[rel=next]").click()
            page.wait_for_load_state()
        page.locator("a[rel=prev]").click()
        page.wait_for_load_state()
        assert not page.wrong
    assert found == expected


def said(page: Any) -> list[str]:
    """What the rows say, all but why one was found, which needs names of words that only the script has."""
    return page.locator("#hits li.row :is(.kind, h2, .sum, .where)").all_inner_texts()


@pytest.mark.parametrize("query", ["commons", "coperative housing bank", "AGPL-3.0"])
def test_with_script_the_same_stands_there_and_once(chromium: Any, address: str, query: str) -> None:
    with tab(chromium, script=False) as page:
        page.goto(f"{address}search?q={query}")
        served = said(page)
    with tab(chromium) as page:
        for place in ("search", "search/index.html"):
            page.goto(f"{address}{place}?q={query}")
            page.locator("#hits > ul.rows > li.row").first.wait_for()
            assert page.locator("#answered").count() == 0
            assert said(page) == served
        page.locator("#hits li.row h2 a").first.click()
        page.wait_for_load_state()
        assert "/search" not in page.url and not page.wrong


@pytest.mark.parametrize("width", [360, 1280])
def test_an_answer_and_a_refusal_are_for_everybody(chromium: Any, address: str, width: int) -> None:
    for dark in (False, True):
        with tab(chromium, width=width, dark=dark) as page:
            for query in ("coperative housing bank", "%01"):
                page.route("**/search.js", lambda route: route.abort())
                page.goto(f"{address}ca/search?q={query}")
                assert page.locator("#answered").is_visible()
                assert not axe(page)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
