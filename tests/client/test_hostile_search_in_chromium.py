"""What hostile entries and addresses say, in headless Chromium: in results, suggestions, facets, chips and reasons it is text, and a page
asked for anything answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api
from tests.client.fixture_site import write_site
from tests.client.test_facets_in_chromium import rows, value
from tests.client.test_search_in_chromium import tab as tab
from tests.client.test_search_in_chromium import until

from auzolan.model.pages import Document, FacetNames

pytestmark = pytest.mark.browser
sync_api.expect.set_options(timeout=30_000)

HOSTILE = [
    "<img src=x onerror=hacked=1>",
    "</script><script>hacked=1</script>",
    "\"'><svg onload=hacked=1>",
    "\u202e\u2066gnp.exe",
    "__proto__",
    "constructor",
    "a=b&q=%ff%",
    "javascript:hacked=1",
    "x" * 5_000,
]
MADE = "img, script[src='x'], svg[onload], a[href^=javascript], [onerror]"


def document(number: int, text: str) -> Document:
    facets = (("topics", text), *(("rare", f"{text[:40]} {n}") for n in range(200)))
    return Document(f"plan/{number}", "plan", "ca", f"plans/{number}.html", f"Pa {text}", text, text,
                    ((8.0, f"pa {text}"), (1.0, "forn")), facets)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = FacetNames({"topics": HOSTILE[0], "rare": HOSTILE[1]}, frozenset({"topics", "rare"}), lambda _, one: one)
    return write_site(tmp_path_factory.mktemp("hostile"), [document(*one) for one in enumerate(HOSTILE)], "ca", names)


def untouched(tab: Any) -> None:
    assert tab.locator(MADE).count() == 0
    assert tab.evaluate("typeof hacked") == "undefined" and tab.evaluate("({}).polluted === undefined")


def test_entries_are_text_in_results_facets_and_chips(tab: Any, site: Path) -> None:
    tab.goto(f"{site.as_uri()}?q=pa")
    sync_api.expect(rows(tab)).to_have_count(len(HOSTILE))
    assert set(rows(tab).all_text_contents()) == {f"Pa {text}" for text in HOSTILE}
    until(tab, f"document.querySelectorAll('.facet h2')[1]?.textContent === {HOSTILE[0]!r}")
    tab.locator(".facet").nth(1).locator("button.all").click(force=True)
    until(tab, f"document.querySelectorAll('.facet')[1].querySelectorAll('li').length === {len(HOSTILE)}")
    assert set(tab.locator(".facet").nth(1).locator("li bdi").all_text_contents()) == set(HOSTILE)
    # Thousands of values are counted, and few are shown until somebody asks.
    until(tab, "document.querySelectorAll('.facet')[2].querySelectorAll('li').length === 8")
    untouched(tab)
    value(tab, HOSTILE[0], HOSTILE[0]).check(force=True)
    sync_api.expect(rows(tab)).to_have_count(1)
    sync_api.expect(tab.locator(".chips button")).to_have_text([f"{HOSTILE[0]}×"])
    untouched(tab)


def test_reasons_are_text(tab: Any, site: Path) -> None:
    tab.goto(f"{site.as_uri()}?q=forn")
    sync_api.expect(tab.locator("#hits .why")).to_have_text(["Found in its text"] * len(HOSTILE))
    untouched(tab)


def test_suggestions_are_text_and_lead_into_the_site(tab: Any, site: Path) -> None:
    tab.goto(site.parent.parent.joinpath("index.html").as_uri())
    tab.focus("#q")
    tab.keyboard.type("pa hacked")
    option = tab.get_by_role("option")
    option.first.wait_for()
    assert {one.split(" \u2068Pla")[0].strip() for one in option.all_text_contents()} <= {
        f"Pa {text}" for text in HOSTILE
    }
    untouched(tab)


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"topics={number}" for number in range(10_000)),
        "&".join(f"f{number}=x" for number in range(10_000)),
        "__proto__=x&constructor=y&toString=z&q=pa",
        "q=%&topics=%ff&=&==&%00=%00",
        "topics=" + "x" * 100_000,
        "q=" + "pa+" * 30_000,
        "kind=__proto__&kind=constructor&topics=__proto__",
        "q=pa&topics=%3Cimg%20src%3Dx%20onerror%3Dhacked%3D1%3E&topics=%22%27%3E%3Csvg%20onload%3Dhacked%3D1%3E",
    ],
    ids=["values", "facets", "prototypes", "percents", "a long value", "long words", "names of JavaScript", "markup"],
)
def test_any_address_answers(tab: Any, site: Path, query: str) -> None:
    tab.goto(f"{site.as_uri()}?{query}")
    until(tab, "document.querySelector('#search-status').textContent || !document.querySelector('#browse').hidden")
    assert "damaged" not in tab.locator("#search-status").inner_text()
    untouched(tab)
