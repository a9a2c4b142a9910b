"""A pocket edition in Firefox, from a disk at a phone's width: the same file is read, searched and added to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.firefox import Firefox, firefox, program
from tests.browser.test_form_comes_home import brought
from tests.pockets import pocket_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(program() is None, reason="Firefox is not installed: sudo apt-get install firefox-esr"),
]


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as one:
        one.width(360)
        yield one


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, commons: Path) -> str:
    file = tmp_path_factory.mktemp("pocket") / "young.html"
    file.write_bytes(pocket_of(commons, "en").data)
    return file.as_uri()


def test_it_is_read_searched_and_found_again(fox: Firefox, address: str) -> None:
    fox.goto(address)
    fox.shown("document.querySelectorAll('#browse h3 a').length === 1")
    fox.tap("#browse h3 a")
    fox.shown("document.title.startsWith('The Mill of the Valley')")
    assert fox.evaluate("[location.hash, document.activeElement.tagName]") == [
        "#/cooperatives/the-mill-of-the-valley",
        "H1",
    ]
    fox.tap("#q")
    fox.type("grian")
    fox.shown("document.querySelectorAll('#hits h2 a').length === 1")
    assert fox.evaluate("location.hash") == "#/?q=grian"
    fox.back()
    fox.shown("!document.getElementById('view-page').hidden")
    fox.tap("#view-page a[href='#/?country=ES']")
    fox.shown("document.querySelectorAll('.chips li').length === 1")
    assert fox.evaluate("document.documentElement.scrollWidth") == 360
    assert fox.wrong == []


def test_a_form_saves_a_file_that_the_inbox_takes(fox: Firefox, address: str, commons: Path, tmp_path: Path) -> None:
    fox.goto(f"{address}#/contribute-cooperative?entry=the-mill-of-the-valley")
    fox.shown("document.getElementById('form-title')?.textContent.startsWith('Improve')")
    fox.tap("#f-places-locality")
    fox.type(" de Dalt")
    fox.shown("document.getElementById('file-text').textContent.includes('Solsona de Dalt')")
    fox.tap("#way-save")
    fox.shown("document.getElementById('sent').textContent.includes('the-mill-of-the-valley.yaml')")
    file = fox.downloads / "the-mill-of-the-valley.yaml"
    fox.awaited(file)
    assert fox.wrong == []
    entry = "cooperative/the-mill-of-the-valley"
    site = brought(commons, tmp_path, file.name, file.read_bytes(), "--replace", entry)
    now = (site / "directory/cooperatives/the-mill-of-the-valley.yaml").read_text("utf-8")
    assert "Solsona de Dalt" in now and "# found in the archive" in now and now == file.read_text("utf-8")
