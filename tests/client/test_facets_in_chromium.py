"""Facets in headless Chromium, from the disk: what is chosen is narrowed down, counted, kept in the address, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright import sync_api
from tests.client.fixture_site import write_site
from tests.client.test_search_in_chromium import tab as tab
from tests.client.test_search_in_chromium import until
from tests.index.corpora import choices, documents, queries

from auzolan.index.engine.answer import Reference
from auzolan.index.engine.corpus import analyze
from auzolan.model.pages import Document, FacetNames

pytestmark = pytest.mark.browser
sync_api.expect.set_options(timeout=30_000)

NAMES = FacetNames(
    {"country": "País", "topics": "Temes"},
    frozenset({"country", "topics"}),
    lambda _, value: {"ES": "Espanya", "FR": "França"}.get(value, value),
)


def document(kind: str, name: str, *facets: tuple[str, str]) -> Document:
    path = f"{kind}s/{name}.html"
    return Document(f"{kind}/{name}", kind, "ca", path, f"Pa {name}", "Un forn.", "", ((8.0, f"pa {name}"),), facets)


BREAD = [
    document("cooperative", "a", ("country", "ES"), ("topics", "forn")),
    document("cooperative", "b", ("country", "ES"), ("country", "FR")),
    document("cooperative", "c", ("country", "FR"), ("topics", "<b>")),
    document("plan", "d", ("country", "IT"), ("topics", "forn")),
    document("plan", "e", ("topics", "forn"), ("only", "plans")),
]


@pytest.fixture(scope="module")
def bread(tmp_path_factory: pytest.TempPathFactory) -> str:
    names = replace(NAMES, labels={**NAMES.labels, "only": "Només"})
    return write_site(tmp_path_factory.mktemp("bread"), BREAD, "ca", names).as_uri()


def rows(tab: Any) -> Any:
    return tab.locator("#hits li.row h2 a")


def counts(tab: Any, facet: str) -> dict[str, str]:
    lines = tab.locator(f".facet [role=group][aria-label='{facet}'] li").all()
    return {line.locator("bdi").inner_text(): line.locator(".n").inner_text() for line in lines}


def value(tab: Any, facet: str, label: str) -> Any:
    return tab.locator(f".facet [role=group][aria-label='{facet}']").get_by_label(label)


def search_of(tab: Any) -> str:
    return str(tab.evaluate("location.search"))


@pytest.mark.parametrize("count", [300, 1010])
def test_narrows_and_counts_as_whoosh_does(tab: Any, tmp_path: Path, count: int) -> None:
    found = documents(count)
    tab.goto(write_site(tmp_path, found, "en").as_uri())
    asked = list(zip([*queries(60), *[""] * 20], choices(80), strict=True))
    answers = tab.evaluate(
        """async (asked) => {
            const answers = [];
            for (const [query, facets] of asked) {
                const found = await AUZOLAN_SEARCH(query, 60, true, new Map(Object.entries(facets)));
                const counts = await found.counts(["kind", "country", "topics"]);
                const told = [...counts].map(([facet, values]) => [facet, Object.fromEntries(values)]);
                answers.push([found.hits.map((hit) => hit.id), found.total, found.complete, Object.fromEntries(told)]);
            }
            return answers;
        }""",
        [[query, facets] for query, facets in asked],
    )
    reference = Reference(analyze(found, "en"))
    for (query, facets), (hits, total, complete, told) in zip(asked, answers, strict=True):
        expected = reference.search(query, 60, facets=facets, count=("kind", "country", "topics"))
        assert hits == [hit.id for hit in expected.hits], (query, facets)
        # An object of JavaScript loses a key "__proto__"; the vectors hold that one.
        counted = {
            facet: {v: n for v, n in values.items() if v != "__proto__"} for facet, values in expected.counts.items()
        }
        assert (total, complete, told) == (expected.total, expected.complete, counted), (query, facets)


def test_what_is_chosen_narrows_down_and_the_address_follows(tab: Any, bread: str) -> None:
    tab.goto(bread + "?q=pa")
    sync_api.expect(rows(tab)).to_have_count(5)
    until(tab, "document.querySelectorAll('.facet input').length > 0")
    assert counts(tab, "Kind") == {"Cooperativa": "3", "Pla": "2"}
    assert counts(tab, "País") == {"Espanya": "2", "França": "2", "IT": "1"}
    assert tab.locator(".facet").filter(has_text="Només").count() == 1 and not tab.is_visible("text=Només")
    value(tab, "País", "Espanya").check(force=True)
    sync_api.expect(rows(tab)).to_have_count(2)
    assert search_of(tab) == "?q=pa&country=ES"
    until(tab, "document.querySelectorAll('.chips button').length === 1")
    assert counts(tab, "País") == {"Espanya": "2", "França": "2", "IT": "1"}, "of the others of its facet"
    assert counts(tab, "Temes") == {"forn": "1"}, "never a zero"
    value(tab, "País", "França").check(force=True)
    sync_api.expect(rows(tab)).to_have_count(3)
    assert search_of(tab) == "?q=pa&country=ES&country=FR"
    value(tab, "Temes", "forn").check(force=True)
    sync_api.expect(rows(tab)).to_have_count(1)
    assert tab.inner_text("#search-status").strip() == "1 resultat."
    value(tab, "Kind", "Cooperativa").check(force=True)
    until(tab, "location.search.endsWith('kind=cooperative')")
    for left in (1, 1, 1, 3):
        tab.go_back()
        sync_api.expect(rows(tab)).to_have_count(left if left == 3 else 1 if "topics" in search_of(tab) else 3)
        if "topics" not in search_of(tab):
            break
    assert search_of(tab) == "?q=pa&country=ES&country=FR"
    until(tab, "document.querySelectorAll('.facet input:checked').length === 2")


def test_chips_take_back_and_clear(tab: Any, bread: str) -> None:
    tab.goto(bread + "?q=pa&country=ES&kind=cooperative&topics=forn")
    sync_api.expect(rows(tab)).to_have_count(1)
    chips = tab.locator(".chips button")
    sync_api.expect(chips).to_have_text(["Espanya×", "Cooperativa×", "forn×", "Clear all"])
    assert chips.nth(0).get_attribute("aria-label") == "Take back: País: Espanya"
    chips.nth(2).click()
    sync_api.expect(rows(tab)).to_have_count(2)
    assert search_of(tab) == "?q=pa&country=ES&kind=cooperative"
    tab.get_by_role("button", name="Clear all").click()
    sync_api.expect(rows(tab)).to_have_count(5)
    assert search_of(tab) == "?q=pa" and tab.locator(".facet input:checked").count() == 0
    assert tab.evaluate("document.activeElement !== document.body"), "the focus is not lost"


def test_no_words_browse(tab: Any, bread: str) -> None:
    tab.goto(bread + "?topics=forn")
    sync_api.expect(rows(tab)).to_have_text(["Pa a", "Pa d", "Pa e"])
    tab.fill("#q", "pa d")
    sync_api.expect(rows(tab).first).to_have_text("Pa d")
    assert search_of(tab) == "?q=pa%20d&topics=forn"
    tab.fill("#q", "")
    sync_api.expect(rows(tab)).to_have_count(3)
    value(tab, "Temes", "forn").uncheck(force=True)
    sync_api.expect(rows(tab)).to_have_count(0)
    assert tab.is_visible("#browse") and search_of(tab) == "" and not tab.is_visible(".facet")


def test_unknown_values_leave_nothing_and_other_parts_of_an_address_are_passed_over(tab: Any, bread: str) -> None:
    tab.goto(bread + "?q=pa&country=XX&utm_source=letter")
    sync_api.expect(tab.locator("#search-status")).to_have_text("Nothing is left. Take one of the choices back.")
    sync_api.expect(tab.locator(".chips button")).to_have_text(["XX×"])
    tab.goto(bread + "?q=pa&country=XX&kind=cooperative")
    sync_api.expect(tab.locator(".chips button")).to_have_text(["XX×", "Cooperativa×", "Clear all"])
    assert counts(tab, "Kind") == {"Cooperativa": "0"}, "kinds have their names, without results too"
    assert tab.locator(".facet label .k-cooperative").count() == 1
    tab.goto(bread + "?q=zzzz")
    sync_api.expect(tab.locator("#search-status")).to_contain_text("Nothing was found.")
    assert tab.locator(".facet:visible").count() == 0, "where nothing is, there is nothing to choose"
    tab.goto(bread + "?q=pa&utm_source=letter")
    sync_api.expect(rows(tab)).to_have_count(5)
    tab.goto(bread + "?topics=%3Cb%3E")
    sync_api.expect(tab.locator(".chips button")).to_have_text(["<b>×"])
    assert tab.locator(".chips b, .facet label b").count() == 0


def test_facets_of_a_kind_come_with_it(tab: Any, bread: str) -> None:
    tab.goto(bread + "?q=pa&kind=plan")
    sync_api.expect(rows(tab)).to_have_count(2)
    until(
        tab,
        "[...document.querySelectorAll('.facet h2')].some((one) => one.textContent === 'Només' && one.offsetParent)",
    )


def test_back_restores_the_place_and_all_that_was_shown(tab: Any, tmp_path: Path) -> None:
    address = write_site(tmp_path, documents(300), "en").as_uri()
    other = tmp_path / "index.html"
    tab.goto(address + "?kind=tool&kind=plan")
    sync_api.expect(rows(tab)).to_have_count(10)
    tab.get_by_role("button", name="Show more results").click()
    sync_api.expect(rows(tab)).to_have_count(30)
    tab.evaluate("window.scrollTo(0, 700)")
    until(tab, "history.state && history.state.y === 700")
    tab.goto(other.as_uri())
    tab.go_back()
    sync_api.expect(rows(tab)).to_have_count(30)
    until(tab, "Math.abs(window.scrollY - 700) < 5")
    assert tab.locator(".facet input:checked").count() == 2


def test_a_larger_site_counts_when_asked(tab: Any, tmp_path: Path) -> None:
    loaded: list[str] = []
    tab.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    tab.goto(write_site(tmp_path, documents(1010), "en").as_uri() + "?q=cooperative")
    until(tab, "document.querySelectorAll('.facet').length > 2")
    assert tab.locator(".facet[open] h2").all_inner_texts() == ["Kind"]
    before = len(loaded)
    tab.locator(".facet summary", has_text="country").click()
    until(tab, "document.querySelectorAll('.facet[open] input').length > 8")
    assert 0 < len(loaded) - before <= 3


def test_on_a_phone_the_panel_opens_above_the_results(chromium: Any, bread: str) -> None:
    tab = chromium.new_page(viewport={"width": 360, "height": 700})
    tab.goto(bread + "?q=pa")
    button = tab.get_by_role("button", name="Narrow down")
    button.wait_for()
    assert button.get_attribute("aria-expanded") == "false" and not tab.is_visible(".facet")
    button.click()
    assert tab.is_visible(".facet") and button.get_attribute("aria-expanded") == "true"
    value(tab, "País", "IT").check(force=True)
    done = tab.get_by_role("button", name="Show 1 result")
    done.click()
    assert not tab.is_visible(".facet") and tab.is_visible("#hits")
    assert tab.evaluate("document.documentElement.scrollWidth <= 360")
    tab.close()


def test_results_say_why_they_were_found_where_it_does_not_show(tab: Any, tmp_path: Path) -> None:
    tagged = replace(
        document("cooperative", "a", ("topics", "housing")),
        texts=((8.0, "Pa a"), (1.0, "Housing Habitatge Vivienda Alojamiento")),
    )
    other = replace(document("plan", "b"), texts=((8.0, "Pa b"), (8.0, "Sostre"), (1.0, "una vivienda nova")))
    names = replace(NAMES, value=lambda _, value: "Habitatge" if value == "housing" else value)
    address = write_site(tmp_path, [tagged, other], "ca", names).as_uri()
    why = tab.locator("#hits .why")
    for query, reasons in (
        ("habitatge", ["Found by Temes: “Habitatge”"]),
        ("alojamiento", ["Found by “Alojamiento” (espanyol), for Temes: “Habitatge”"]),
        ("sostre", ["Found by another name"]),
        ("nova", ["Found in its text"]),
        ("pa", []),
    ):
        tab.goto(f"{address}?q={query}")
        rows(tab).first.wait_for()
        sync_api.expect(why).to_have_text(
            [reason.replace("“", "“\u2068").replace("”", "\u2069”") for reason in reasons]
        )
    tab.goto(f"{address}?topics=housing")
    rows(tab).first.wait_for()
    assert why.count() == 0, "nothing was looked for"


@pytest.fixture
def list_page(tmp_path: Path) -> Iterator[str]:
    address = write_site(tmp_path, BREAD, "ca", NAMES)
    yield address.parent.parent.joinpath("cooperatives", "index.html").as_uri()


def test_a_list_loads_nothing_until_somebody_narrows_it_down(tab: Any, list_page: str) -> None:
    loaded: list[str] = []
    tab.on("request", lambda request: loaded.append(request.url))
    tab.goto(list_page)
    assert tab.is_visible("#browse") and not [one for one in loaded if "search" in one.rpartition("/")[2]]
    tab.set_viewport_size({"width": 360, "height": 400})
    tab.focus("a[data-narrow]")
    tab.keyboard.press("Enter")
    sync_api.expect(rows(tab)).to_have_count(2)
    until(tab, "(({ top }) => top > -5 && top < 400)(document.querySelector('#search-status').getBoundingClientRect())")
    assert tab.evaluate("document.activeElement.id") == "search-status", (
        "who goes by keys does not begin anew at the top"
    )
    assert search_of(tab) == "?kind=cooperative&country=ES" and not tab.is_visible("#browse")
    tab.go_back()
    until(tab, "!document.querySelector('#browse').hidden")
    assert rows(tab).count() == 0
    tab.click("[data-wish] button")
    sync_api.expect(rows(tab)).to_have_count(3)
    assert search_of(tab) == "?kind=cooperative"


def test_a_list_whose_own_value_is_taken_back_is_the_search_page(tab: Any, list_page: str) -> None:
    tab.goto(list_page + "?kind=cooperative&country=ES")
    sync_api.expect(rows(tab)).to_have_count(2)
    value(tab, "Kind", "Pla").wait_for(state="attached") if "Pla" in counts(tab, "Kind") else None
    until(tab, "document.querySelectorAll('.chips button').length === 3")
    tab.locator(".chips button").first.click()
    tab.wait_for_url("**/search/index.html?country=ES")
    sync_api.expect(rows(tab)).to_have_count(2)
