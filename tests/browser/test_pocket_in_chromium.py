"""A pocket edition on a phone: one file is read, searched, narrowed down and added to, from a disk and where it has no origin, without
a network and without an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.forms import MILL, answer, file_text, saved, shown
from tests.browser.looking import axe, tab
from tests.browser.test_form_comes_home import brought
from tests.pockets import opened, pocket_of
from tests.running import ROOT, copied, once

from auzolan import index
from auzolan.load.settings import load_settings
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.render.documents import documenter

pytestmark = pytest.mark.browser

ASKED = (
    "habitatge", "cooperativa", "Mondragon", "prograari lliure", "energia solar", "llicència", "AGPL", "barcelon", "p2p",
    "moneda social catalunya", "wikipèdia", "coopertiva", "de la", "zzzz", "قائمة", "agpl-3.0-or-later", "México",
)  # fmt: skip
OPEN = "() => [...document.querySelectorAll('#hits h2 a')].map((link) => link.getAttribute('href'))"


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own commons, whole, in Catalan."""

    def make(file: Path) -> Path:
        file.write_bytes(pocket_of(ROOT, "ca").data)
        return file

    return once(tmp_path_factory, "real-pocket.html", make)


@pytest.fixture(scope="session")
def young_file(tmp_path_factory: pytest.TempPathFactory, commons: Path) -> Path:
    """The young commons of the form's tests, in English."""

    def make(file: Path) -> Path:
        file.write_bytes(pocket_of(commons, "en").data)
        return file

    return once(tmp_path_factory, "young-pocket.html", make)


def settled(page: Any, place: str) -> None:
    shown(page, f"location.hash === '{place}' && !document.querySelector('main > div:not([hidden])').hidden")


def test_an_entry_is_read_and_back_leads_to_the_place(chromium: Any, real: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(real.as_uri())
        shown(page, "document.querySelectorAll('#browse h3 a').length === 134")
        link = page.locator("#browse h3 a", has_text="Som Energia")
        link.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        place = page.evaluate("scrollY")
        link.tap()
        shown(page, "document.title === 'Som Energia · Auzolan'")
        assert page.evaluate("document.activeElement.matches('#view-page h1')") and page.evaluate("scrollY") == 0
        assert page.evaluate("location.hash") == "#/cooperatives/som-energia"
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.locator("#view-page a[href^='#/cooperatives/som-energia/s']").first.tap()
        shown(page, "document.activeElement.matches('.srcs li')")
        page.go_back()
        page.go_back()
        shown(page, "document.activeElement.textContent === 'Som Energia'")
        assert place > 1000 and abs(page.evaluate("scrollY") - place) < 400
        assert page.title() == "Auzolan"
        page.goto(f"{real.as_uri()}#/cooperatives/no-such-entry")
        shown(page, "document.title.startsWith('Aquesta pàgina no és')")
        assert page.wrong == []


def test_it_finds_what_the_reader_in_python_finds(chromium: Any, real: Path) -> None:
    settings, told = load_settings(ROOT / "pelicanconf.py")
    commons = read(settings, told).commons
    assert commons is not None
    document_of = documenter(commons, context(commons, Given()), "ca")
    files = {one.path: one.data for one in index.build(list(map(document_of, commons.listed)), "ca")}
    reader = index.open_shards(files.get, "ca")
    with tab(chromium, width=360) as page:
        page.goto(real.as_uri())
        for text in ASKED:
            found = page.evaluate(
                "async (text) => { const found = await AUZOLAN_SEARCH(text, 200); "
                "return [found.total, found.hits.map(({ id, title, summary, place }) => [id, title, summary, place])]; }",
                text,
            )
            wanted = reader.search(text, 200)
            assert found == [wanted.total, [[one.id, one.title, one.summary, one.place] for one in wanted.hits]], text
        assert page.wrong == []


def test_what_is_typed_is_found_and_a_slip_is_forgiven(chromium: Any, real: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{real.as_uri()}#/about")
        page.tap("#q")
        page.keyboard.type("habitatje", delay=20)
        shown(page, "document.querySelectorAll('#hits h2 a').length > 3")
        settled(page, "#/?q=habitatje")
        assert "habitatge" in page.inner_text("#hits .typo") and page.locator("#browse").is_hidden()
        assert page.evaluate("document.activeElement.id") == "q"
        page.locator("#hits h2 a").first.tap()
        shown(page, "!document.getElementById('view-page').hidden")
        page.go_back()
        shown(page, "document.querySelectorAll('#hits h2 a').length > 3")
        page.go_back()
        settled(page, "#/about")
        page.goto(f"{real.as_uri()}#/?q=zzzzzz")
        shown(page, "document.getElementById('search-status').textContent.length > 10")
        assert page.wrong == []


def test_it_is_narrowed_down_by_kind_and_place(chromium: Any, real: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(real.as_uri())
        page.tap(".bar .narrow")
        page.tap(".found .facet input[value=cooperative]")
        shown(page, "location.hash === '#/?kind=cooperative'")
        shown(page, "document.querySelectorAll('#hits h2 a').length === 20")
        page.goto(f"{real.as_uri()}#/?kind=cooperative&country=ES")
        shown(page, "document.querySelectorAll('.chips li').length >= 2")
        links = page.evaluate(OPEN)
        assert links and all(link.startswith("#/cooperatives/") for link in links) and len(links) < 20
        page.locator(".chips button").first.tap()
        shown(page, "location.hash === '#/?country=ES'")
        page.go_back()
        shown(page, "location.hash === '#/?kind=cooperative&country=ES'")
        page.goto(f"{real.as_uri()}#/cooperatives/som-energia")
        shown(page, "!document.getElementById('view-page').hidden")
        page.locator("#view-page a[href='#/?country=ES']").first.tap()
        shown(page, "document.querySelectorAll('#hits h2 a').length > 3")
        assert page.wrong == []


def test_a_new_entry_is_saved_and_comes_home(chromium: Any, commons: Path, young_file: Path, tmp_path: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(young_file.as_uri())
        page.tap("#doors a[href='#/contribute']")
        page.tap("#kinds a[href='#/contribute-cooperative']")
        shown(page, "document.getElementById('ways') !== null && !document.getElementById('ways').hidden")
        answer(page)
        file = saved(page, tmp_path)
        assert file.name == "forn-nou.yaml" and file.read_text("utf-8") == file_text(page)
        # Another form is a page of its own to the same scripts.
        page.tap(".pick a[href^='#/contribute-organization']")
        shown(page, "location.hash.startsWith('#/contribute-organization?name=Forn')")
        shown(page, "document.getElementById('f-name').value === 'Forn Nou'")
        assert page.wrong == []
    site = brought(commons, tmp_path, file.name, file.read_bytes())
    assert (site / "directory/cooperatives/forn-nou.yaml").read_text("utf-8") == file.read_text("utf-8")


def test_an_entry_is_improved_and_keeps_its_comments(
    chromium: Any, commons: Path, young_file: Path, tmp_path: Path
) -> None:
    assert opened(young_file.read_bytes()).entries[0][2] == MILL
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{young_file.as_uri()}#/cooperatives/the-mill-of-the-valley")
        page.locator("#view-page a.btn[href^='#/contribute-cooperative?entry=']").first.tap()
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        shown(page, "document.querySelector('#file-text').textContent.includes('Cardona')")
        file = saved(page, tmp_path)
        page.goto(f"{young_file.as_uri()}#/contribute-cooperative?entry=the-mill-of-the-valley&still=correct")
        shown(page, "!document.getElementById('still').hidden")
        assert page.wrong == []
    # How such a file comes home, test_pocket_in_firefox.py tells.
    said = file.read_text("utf-8")
    assert said.replace("ES # the", "ES   # the") == MILL.replace("locality: Solsona", "locality: Cardona")


def test_it_works_where_it_has_no_origin_and_nothing_is_kept(chromium: Any, young_file: Path, tmp_path: Path) -> None:
    (tmp_path / "pocket.html").write_bytes(young_file.read_bytes())
    (tmp_path / "frame.html").write_text(
        '<!doctype html><iframe sandbox="allow-scripts" src="pocket.html" width="340" height="700"></iframe>', "utf-8"
    )
    with tab(chromium, width=360) as page:
        page.goto((tmp_path / "frame.html").as_uri())
        frame = page.frames[1]
        assert (
            frame.evaluate("() => { try { return String(localStorage.length); } catch (reason) { return 'no'; } }")
            == "no"
        )
        assert frame.evaluate("self.origin") == "null"
        frame.click("#browse h3 a")
        frame.wait_for_selector("#view-page h1")
        frame.locator("#view-page a.btn[href^='#/contribute-cooperative?entry=']").first.click()
        frame.wait_for_selector("#file-text:not(:empty)", state="attached")
        frame.fill("#q", "mill")
        frame.wait_for_selector("#hits h2 a")
        page.evaluate("history.back()")
        frame.wait_for_selector("#file-text", state="attached")
        page.evaluate("history.back()")
        frame.wait_for_selector("#view-page h1")
        assert page.wrong == []


def test_without_a_script_it_is_a_list(chromium: Any, real: Path) -> None:
    with tab(chromium, width=360, script=False) as page:
        page.goto(real.as_uri())
        assert page.locator("#browse li").count() == 134 and page.locator("#ask").is_hidden()
        row = page.locator("[data-slug='som-energia']")
        assert "Girona" in row.text_content() and row.locator("a[href^='https://']").count() == 1
        assert page.locator("#view-about").is_visible() and page.wrong == []


def test_axe_finds_nothing(chromium: Any, real: Path) -> None:
    with tab(chromium, width=360, dark=True) as page:
        for place, ready in (
            ("", "!document.getElementById('browse').hidden"),
            ("#/?q=energia", "document.querySelectorAll('#hits h2 a').length > 2"),
            ("#/cooperatives/som-energia", "document.querySelector('#view-page h1') !== null"),
            ("#/contribute", "document.getElementById('kinds') !== null"),
            ("#/about", "!document.getElementById('view-about').hidden"),
        ):
            page.goto(real.as_uri() + place)
            shown(page, ready)
            assert axe(page) == [], place
            assert page.evaluate("document.documentElement.scrollWidth") == 360, place


def test_from_the_right_nothing_runs_over_the_edge(chromium: Any, tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    (tmp_path / "ar.html").write_bytes(pocket_of(site, "ar").data)
    with tab(chromium, width=360) as page:
        for place in ("", "#/cooperatives/horta-comuna", "#/about"):
            page.goto((tmp_path / "ar.html").as_uri() + place)
            page.wait_for_timeout(200)
            assert page.evaluate("document.documentElement.scrollWidth") == 360, place
        sign, name = (
            page.locator(f"[data-slug='horta-comuna'] {part}").evaluate("(one) => one.getBoundingClientRect().x")
            for part in (".sign", "h3")
        )
        assert sign >= name or page.locator("#view-list").is_hidden()
        assert page.wrong == []
