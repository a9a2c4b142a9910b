"""The forms on paper, as Chromium prints them: two pages at most of A4, in every language, nothing cut, every label a text."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.browser.forms import SETTINGS
from tests.browser.looking import axe, tab
from tests.helpers import declarations
from tests.running import auzolan, built

pytestmark = pytest.mark.browser

KINDS = tuple(declarations().kinds)
LANGUAGES = ("en", "es", "ca", "fr", "ar")
A4 = (595, 842)
"""In points."""
CUT = """() => [...document.querySelectorAll(".sheet, .sheet *")].filter((one) => one.scrollWidth > one.clientWidth + 1
  && getComputedStyle(one).display !== "inline").map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commons in all languages of the interface, and in one that is read from the right and has no catalogue yet."""
    folder = tmp_path_factory.mktemp("paper")
    assert (
        auzolan("init", "commons", "--languages", ",".join(LANGUAGES), "--region", "ES-CT", cwd=folder).returncode == 0
    )
    with (folder / "commons" / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    return built(folder / "commons")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_at_most_two_pages_and_all_of_it_can_be_read(chromium: Any, sheets: Path, language: str) -> None:
    folder = sheets if language == "en" else sheets / language
    with tab(chromium) as page:
        for kind in KINDS:
            page.goto((folder / f"paper-{kind}.html").as_uri())
            document = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
            assert not page.wrong
            bold = page.locator("p.l > b").all_inner_texts()
            assert len(document.pages) <= 2, kind
            for one in document.pages:
                assert (round(float(one.mediabox.width)), round(float(one.mediabox.height))) == A4
            read = [unicodedata.normalize("NFKC", one.extract_text()) for one in document.pages]  # ligatures
            first, plain = "".join(read[0].split()), "".join("".join(read).split())
            if language != "ar":  # a reader of PDF puts letters from the right in an order of its own
                assert all("".join(unicodedata.normalize("NFKC", label).split()) in plain for label in bold), kind
            # The questions and where it goes are on the first page: whoever prints one page has it all.
            assert "hello@commons.coop" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_and_no_colour_is_needed(chromium: Any, sheets: Path, language: str) -> None:
    folder = sheets if language == "en" else sheets / language
    with tab(chromium, width=687, dark=True) as page:  # A4 between its margins
        page.emulate_media(media="print")
        for kind in KINDS:
            page.goto((folder / f"paper-{kind}.html").as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 687
            assert page.evaluate(CUT) == [], kind
            assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
            ink = "getComputedStyle(document.querySelector('.sheet .help')).color"
            line = "getComputedStyle(document.querySelector('.sheet .rule')).borderBottomColor"
            assert page.evaluate(ink) == page.evaluate(line) == "rgb(0, 0, 0)"
            assert not page.locator(".top, .foot, .on-screen").locator("visible=true").count()


def test_lines_begin_where_the_language_begins(chromium: Any, sheets: Path) -> None:
    for language, first in (("en", "label"), ("ar", "line")):
        with tab(chromium) as page:
            page.goto((sheets / ("" if language == "en" else language) / "paper-tool.html").as_uri())
            label = page.locator(".written .l").first.bounding_box()["x"]
            line = page.locator(".written .rule").first.bounding_box()["x"]
            assert (label < line) == (first == "label")


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_axe_finds_nothing_on_the_sheets_and_the_table(chromium: Any, sheets: Path, width: int, dark: bool) -> None:
    for path in ("paper-cooperative.html", "fr/paper-license.html", "ca/fields.html"):
        with tab(chromium, width=width, dark=dark) as page:
            page.goto((sheets / path).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not page.wrong
            assert not axe(page), path
