"""Search as a reader does it, on the repository's own site, from a folder; and its answers beside Whoosh's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.browser.looking import axe, tab, uri
from tests.running import ROOT

from auzolan.index import open_shards
from auzolan.index.engine.answer import Reference
from auzolan.index.engine.corpus import analyze
from auzolan.load.settings import load_settings
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.render.documents import documents

pytestmark = pytest.mark.browser

QUERIES = {
    "en": ["mondragon", "CIC", "housing", "solidarity economy", "timebank", "free software", "banco palmas", "mut",
           "open source soft", "Catalonia", "AGPL-3.0-or-later", "commons transition plan", "zapatistas", "energy",
           "nondragon", "coperative housing", "AGPL-3.0", "zapatstas energy", "mondragon mondragon bank",
           "habitatge", "socios y cuotas", "Nouvelle-Zélande", "coop mond", "which tools help a small group of people who want to "
           "share their work and the costs of a house without a bank, and where have others done so before us"],
    "es": ["vivienda", "economía solidaria", "banco del tiempo", "energia", "cooperativa integral", "software lib",
           "moneda social", "Bolivia", "licencia", "Suisse", "médecins", "sharing costs"],
    "ca": ["habitatge", "economia solidària", "banc del temps", "energia", "cooperativa integral catalana", "programari",
           "moneda", "llicència", "xarxa", "carreteras", "Switzerland"],
    "fr": ["logement", "économie solidaire", "banque de temps", "énergie", "coopérative", "logiciel lib", "licence", "panadería", "Etiòpia"],
}  # fmt: skip


def hits(page: Any) -> Any:
    """The links of the results shown."""
    return page.locator("#hits li.row h2 a")


def search(page: Any, words: str) -> None:
    """Types and waits until an answer stands there."""
    page.locator("main input[type=search]").fill("")
    page.locator("main input[type=search]").press_sequentially(words, delay=5)
    page.locator("#hits li.row").first.wait_for()


FIRST = {"mondragon": ["cooperative/mondragon"], "MONDRAGÓN": ["cooperative/mondragon"], "nondragon": ["cooperative/mondragon"],
         "Etiopía": ["cooperative/oromia-coffee-union"], "habitatge": ["cooperative/mehr-als-wohnen"],
         "metges": ["cooperative/coomeva"], "boulangerie arizmendi": ["cooperative/arizmendi-association"],
         "CIC": ["cooperative/catalan-integral-cooperative"],
         "AGPL-3.0": ["license/agpl-3.0-only", "license/agpl-3.0-or-later"],
         "agpl-3.0-or-later": ["license/agpl-3.0-or-later"]}  # fmt: skip


def test_what_is_called_so_is_first_in_every_language(real_site: Path) -> None:
    for language in QUERIES:
        reader = open_shards(lambda path: file.read_bytes() if (file := real_site / path).is_file() else None, language)
        for query, expected in FIRST.items():
            found = [hit.id for hit in reader.search(query, len(expected)).hits]
            assert sorted(found) == expected, (language, query)


def test_the_browser_answers_as_whoosh_does(chromium: Any, real_site: Path) -> None:
    settings, _ = load_settings(ROOT / "pelicanconf.py")
    commons = read(settings, ()).commons
    assert commons is not None
    shared = context(commons, Given())
    asked = 0
    with tab(chromium) as page:
        for language, queries in QUERIES.items():
            folder = "" if language == "en" else f"{language}/"
            page.goto(uri(real_site, f"{folder}search/index.html"))
            reference = Reference(analyze(tuple(documents(commons, shared, language)), language))
            for query in queries:
                expected = [(hit.id, hit.score) for hit in reference.search(query, 20).hits]
                answer = page.evaluate("([q, n]) => window.AUZOLAN_SEARCH(q, n)", [query, 20])
                found = [(hit["id"], hit["score"]) for hit in answer["hits"]]
                assert [id_ for id_, _ in found] == [id_ for id_, _ in expected], (language, query)
                assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-9)
                assert expected, (language, query)
                asked += 1
        assert not page.wrong
    assert asked == sum(map(len, QUERIES.values()))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_reader_finds_her_way_by_keyboard(chromium: Any, real_site: Path, width: int) -> None:
    with tab(chromium, width=width) as page:
        page.goto(uri(real_site, "articles/index.html"))
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.type") == "search"
        page.keyboard.type("mondragon")
        page.keyboard.press("Enter")
        page.locator("#hits li.row").first.wait_for()
        assert "search/index.html?q=mondragon" in page.url
        assert hits(page).first.inner_text() == "Mondragon Corporation"
        assert re.search(r"\d+ results?", page.locator("#search-status").inner_text())
        assert page.locator("#hits mark").first.inner_text().lower() == "mondragon"
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cooperatives/mondragon.html")
        page.go_back()
        page.locator("#hits li.row").first.wait_for()
        assert hits(page).first.inner_text() == "Mondragon Corporation"
        assert not page.wrong


def test_escape_and_the_other_keys(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.goto(uri(real_site, "search/index.html"))
        search(page, "housing")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.tagName") == "A"
        page.keyboard.press("Control+k")
        assert page.evaluate("document.activeElement.type") == "search"
        page.keyboard.press("Escape")
        assert page.locator("main input[type=search]").input_value() == ""
        page.locator("#hits li.row").first.wait_for(state="detached")
        assert not page.wrong


def test_the_search_page_with_results_is_for_everybody(chromium: Any, real_site: Path) -> None:
    for dark in (False, True):
        with tab(chromium, width=360, dark=dark) as page:
            for query in ("commons", "coperative housing bank"):
                page.goto(uri(real_site, f"search/index.html?q={query}"))
                page.locator("#hits li.row").first.wait_for()
                assert not axe(page)
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_script_the_form_leads_to_the_names(chromium: Any, real_site: Path) -> None:
    with tab(chromium, script=False) as page:
        page.goto(uri(real_site, "index.html"))
        page.locator("main input[type=search]").fill("mondragon")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/index.html?q=mondragon*")
        assert page.locator("a", has_text="Mondragon Corporation").first.is_visible()


def test_a_hostile_query_is_only_words(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.on("dialog", lambda dialog: page.wrong.append(dialog.message))
        page.goto(uri(real_site, "search/index.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20__proto__%20housing"))
        page.locator("#search-status").wait_for()
        page.wait_for_timeout(300)
        assert page.locator("#hits img").count() == 0
        page.locator("main input[type=search]").fill("a" * 100_000 + " housing" * 2_000)
        page.wait_for_timeout(500)
        assert not page.wrong
