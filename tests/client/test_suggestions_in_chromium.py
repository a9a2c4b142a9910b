"""The search box of any page in headless Chromium: a combobox that suggests what is called so, and keys that can be switched off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright import sync_api
from tests.client.fixture_site import write_site
from tests.client.test_search_in_chromium import LITTLE, until
from tests.client.test_search_in_chromium import tab as tab

pytestmark = pytest.mark.browser
sync_api.expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    address = write_site(tmp_path_factory.mktemp("suggestions"), LITTLE, "ca")
    return address.parent.parent.joinpath("index.html").as_uri()


def options(tab: Any) -> Any:
    return tab.get_by_role("option")


def active(tab: Any) -> str:
    """What the active option says, as the box points to it; "" where none is."""
    return str(
        tab.evaluate("(document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant')) ||"
                     " {innerText: ''}).innerText")
    )  # fmt: skip


def test_a_page_loads_nothing_of_search_until_somebody_types(tab: Any, home: str) -> None:
    loaded: list[str] = []
    tab.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    tab.goto(home)
    tab.focus("#q")
    assert not {"search.js", "suggest.js", "header.js"} & set(loaded)
    tab.keyboard.type("coop")
    sync_api.expect(options(tab)).to_have_count(2)
    assert loaded.count("suggest.js") == loaded.count("search.js") == 1 and "facets.js" not in loaded


def test_the_box_is_a_combobox(tab: Any, home: str) -> None:
    tab.goto(home)
    tab.focus("#q")
    tab.keyboard.type("coop")
    sync_api.expect(options(tab)).to_have_count(2)
    box = tab.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true" and box.get_attribute("aria-autocomplete") == "list"
    assert tab.get_by_role("listbox").get_attribute("id") == box.get_attribute("aria-controls")
    assert tab.get_by_role("status").inner_text() == "2 suggestions."
    assert "Cooperativa <b>Integral</b>" in options(tab).first.inner_text() and options(tab).locator("b").count() == 0
    assert "\u2068Cooperativa\u2069" in str(options(tab).first.text_content()), "no words run into each other"
    said = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        tab.keyboard.press(key)
        said.append(active(tab)[:4])
    assert said == ["Coop", "Pla ", "", "Pla ", "Coop"]
    assert tab.evaluate("document.activeElement.id") == "q", "the focus stays in the box"
    assert options(tab).nth(0).get_attribute("aria-selected") == "true"
    tab.keyboard.press("Escape")
    assert not tab.is_visible("[role=listbox]") and box.get_attribute("aria-expanded") == "false" and active(tab) == ""
    assert tab.input_value("#q") == "coop"
    tab.keyboard.press("ArrowDown")
    assert tab.is_visible("[role=listbox]") and active(tab).startswith("Coop")
    with tab.expect_navigation(wait_until="commit", url="**/cooperatives/a.html"):
        tab.keyboard.press("Enter")


def test_enter_alone_leads_to_the_search_page(tab: Any, home: str) -> None:
    tab.goto(home)
    tab.focus("#q")
    tab.keyboard.type("coop")
    sync_api.expect(options(tab)).to_have_count(2)
    with tab.expect_navigation(wait_until="commit", url="**/search/index.html?q=coop"):
        tab.keyboard.press("Enter")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)


def test_a_finger_chooses_and_leaving_closes(tab: Any, home: str) -> None:
    tab.goto(home)
    tab.focus("#q")
    tab.keyboard.type("integral")
    options(tab).first.wait_for()
    tab.keyboard.press("Tab")
    assert not tab.is_visible("[role=listbox]")
    tab.focus("#q")
    tab.keyboard.press("ArrowUp")
    with tab.expect_navigation(wait_until="commit", url="**/cooperatives/a.html"):
        options(tab).first.click()


def test_nothing_found_shows_no_list(tab: Any, home: str) -> None:
    tab.goto(home)
    tab.focus("#q")
    tab.keyboard.type("zzzzzz")
    until(tab, "document.querySelector('[role=status]')?.textContent === '0 suggestions.'")
    assert not tab.is_visible("[role=listbox]")


def test_the_search_page_answers_by_itself(tab: Any, home: str) -> None:
    tab.goto(home.replace("index.html", "search/index.html"))
    tab.focus("#q")
    tab.keyboard.type("coop")
    sync_api.expect(tab.locator("#hits h2 a")).to_have_count(2)
    assert tab.get_by_role("listbox").count() == 0


def test_keys_can_be_switched_off_and_stay_so(tab: Any, home: str) -> None:
    search = home.replace("index.html", "search/index.html")
    tab.goto(search)
    choice = tab.get_by_label("The keys / and Ctrl-K lead to the search box")
    assert choice.is_checked()
    choice.uncheck()
    for address in (home, search):
        tab.goto(address)
        for key in ("/", "Control+k"):
            tab.keyboard.press(key)
            assert tab.evaluate("document.activeElement.id") != "q"
    assert not choice.is_checked()
    choice.check()
    tab.goto(home)
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"


def test_the_first_result_stays_where_it_is_while_somebody_types(tab: Any, home: str) -> None:
    tab.set_viewport_size({"width": 360, "height": 800})
    tab.goto(home.replace("index.html", "search/index.html"))
    tops = set()
    for text, rows in (("coop", 2), ("xooperativa", 2), ("integral", 1), ("integral zzzz ", 1)):
        tab.fill("#q", text)
        until(tab, f"new URLSearchParams(location.search).get('q') === {text!r}")
        sync_api.expect(tab.locator("#hits h2 a")).to_have_count(rows)
        tab.wait_for_timeout(200)
        tops.add(tab.evaluate("document.querySelector('#hits ul').getBoundingClientRect().top"))
    assert len(tops) == 1
