"""Each sort of page, and what pages can do, by each way to carry a site: from disks, boxes, below a path, in Kiwix; without scripts too."""

from __future__ import annotations

import hashlib
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.browser import firefox
from tests.browser.carriers import CARRIERS, TYPES, Carrier, InChromium, Reader, brought, opened, shown
from tests.running import ROOT

pytestmark = pytest.mark.browser
PATHS = [path for paths in TYPES.values() for path in paths]


@pytest.fixture(scope="module")
def address(
    everything: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """The address at which each way of carrying has put the site."""
    found: dict[str, str] = {}
    with ExitStack() as ways:

        def address_of(way: str) -> str:
            if way not in found:
                if way == "kiwix" and shutil.which("kiwix-serve") is None:
                    pytest.skip("kiwix-serve is not installed: apt install kiwix-tools")
                zim = request.getfixturevalue("everything_zim") if way == "kiwix" else None
                found[way] = ways.enter_context(brought(everything / "output", way, tmp_path_factory.mktemp(way), zim))
            return found[way]

        yield address_of


@pytest.fixture(scope="module", params=CARRIERS, ids=lambda one: one.name)
def carrier(request: pytest.FixtureRequest) -> Carrier:
    if request.param.browser == "firefox" and firefox.program() is None:
        pytest.skip("Firefox is not installed: sudo apt-get install firefox-esr")
    return request.param


@pytest.fixture(scope="module")
def reader(
    carrier: Carrier, address: Callable[[str], str], chromium: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    with opened(carrier, address(carrier.way), tmp_path_factory.mktemp("profile"), chromium) as one:
        yield one


def test_every_template_has_a_page_in_the_table() -> None:
    templates = ROOT / "theme" / "templates"
    pages = {
        path.relative_to(templates).as_posix()
        for path in (*templates.glob("*.html"), *templates.glob("directory/*.html"))
    }
    parts = {name for name in pages if name.rpartition("/")[2].startswith("_")}
    assert pages - parts - TYPES.keys() == {"base.html", "redirect.html", "not_found.html"}


def test_every_sort_of_page_opens_and_nothing_is_blocked(reader: Reader, carrier: Carrier) -> None:
    wrong = {}
    for path in PATHS:
        reader.goto(path)
        assert reader.evaluate("document.querySelector('h1').getClientRects().length"), path
        assert reader.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", path
        if found := reader.wrong():
            wrong[path] = found
    assert not wrong
    assert reader.evaluate("isSecureContext") is carrier.secure


def test_a_page_that_went_elsewhere_leads_there(reader: Reader) -> None:
    reader.goto("organizations/old-network.html")
    shown(reader, "location.pathname.endsWith('organizations/xarxa-de-l-horta.html')")
    assert not reader.wrong()


def test_search_answers_and_leads_on(reader: Reader) -> None:
    reader.goto("index.html")
    reader.tap("main input[type=search]")
    reader.type("hrota\n")
    shown(reader, "document.querySelectorAll('#hits li h2 a').length > 0")
    assert "search/index.html?q=hrota" in reader.evaluate("location.href")
    reader.tap("#hits li h2 a")
    shown(reader, "location.pathname.endsWith('/cooperatives/horta-comuna.html')")
    assert not reader.wrong()


def test_lists_are_narrowed_down(reader: Reader) -> None:
    reader.goto("cooperatives/index.html")
    all_of_them = reader.evaluate("document.querySelectorAll('#browse li.row').length")
    reader.tap(".facet a[data-narrow='offers=space']")
    shown(reader, "document.querySelectorAll('#hits li.row').length > 0")
    assert 0 < reader.evaluate("document.querySelectorAll('#hits li.row').length") < all_of_them
    assert "offers=space" in reader.evaluate("location.search")
    assert not reader.wrong()


def test_a_form_saves_what_was_written_and_copies_it_where_there_is_no_clipboard(
    reader: Reader, carrier: Carrier, everything: Path, tmp_path: Path
) -> None:
    reader.goto("contribute-cooperative.html?entry=horta-comuna")
    shown(reader, "document.getElementById('form-title')?.textContent.startsWith('Improve')")
    reader.evaluate("document.querySelectorAll('form details').forEach((one) => (one.open = true))")
    emptied(reader, "f-started")
    reader.type("1921")
    shown(reader, "document.getElementById('file-text').textContent.includes('1921')")
    text = reader.evaluate("document.getElementById('file-text').textContent")

    file = reader.saved("#way-save", tmp_path)
    assert (file.name, file.read_text("utf-8")) == ("horta-comuna.yaml", text)
    before = (everything / "directory/cooperatives/horta-comuna.yaml").read_text("utf-8")
    changed = set(text.splitlines()) ^ set(before.splitlines())
    assert len(changed) == 2 and any("1921" in line for line in changed), changed

    assert reader.evaluate("navigator.clipboard === undefined") is not carrier.secure
    reader.tap("#way-propose")
    shown(reader, "document.getElementById('sent').textContent.includes('The text is copied')")
    [forge] = reader.evaluate("left")
    assert forge.startswith("https://github.com/everything/commons/edit/")
    emptied(reader, "f-description")
    reader.paste()
    shown(reader, "document.getElementById('f-description').value.includes('1921')")
    assert reader.evaluate("document.getElementById('f-description').value") == text
    assert not reader.wrong()


def emptied(reader: Reader, field: str) -> None:
    """Takes out what a field says, and goes there."""
    reader.evaluate(f"((one) => {{ one.value = ''; one.focus(); }})(document.getElementById('{field}'))")


def test_what_can_be_taken_away_comes_as_it_was_published(
    reader: Reader, carrier: Carrier, everything: Path, tmp_path: Path
) -> None:
    reader.goto("data/index.html")
    told = reader.evaluate(
        "[...document.querySelectorAll('.files li')].map((one) => [one.querySelector('a[download]').href, one.querySelector('code').textContent])"
    )
    assert len(told) > 10
    for link, digest in told:
        parts = urlsplit(link)
        if parts.scheme == "file":
            data = Path(unquote(parts.path)).read_bytes()
        else:
            with urllib.request.urlopen(link.replace("box.test", "127.0.0.1"), timeout=10) as answer:
                data = answer.read()
        assert hashlib.sha256(data).hexdigest() == digest, link
    # Firefox asks first what to do with a file that is on the disk already.
    if (carrier.way, carrier.browser) != ("disk", "firefox"):
        source = reader.saved("a[href$='source.zip']", tmp_path)
        assert source.read_bytes() == (everything / "output/data/source.zip").read_bytes()
    assert not reader.wrong()


def test_without_scripts_everything_is_read(chromium: Any, address: Callable[[str], str]) -> None:
    with closing(InChromium(chromium, address("disk"), scripts=False)) as plain:
        for path in PATHS:
            plain.goto(path)
            assert plain.page.locator("h1").first.is_visible(), path
            assert len(plain.page.inner_text("main")) > 40, path
        assert not plain.wrong()


@pytest.mark.parametrize("way", ["disk", "box", "below", "kiwix"])
def test_without_scripts_one_browses_and_finds(chromium: Any, address: Callable[[str], str], way: str) -> None:
    with closing(InChromium(chromium, address(way), scripts=False)) as plain:
        page = plain.page
        plain.goto("index.html")
        page.locator("main input[type=search]").fill("horta")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/index.html?q=horta*")
        page.locator("main a", has_text="Cooperatives").first.click()
        page.wait_for_url("**/cooperatives/index.html")
        page.locator(".facet a", has_text="Spain").first.click()
        page.wait_for_url("**/by/country/es.html#in-cooperative")
        page.locator("#browse a", has_text="Common Garden").first.click()
        page.wait_for_url("**/cooperatives/horta-comuna.html")
        page.locator("details.langs summary").click()
        page.locator("details.langs a[lang=ca]").click()
        page.wait_for_url("**/ca/cooperatives/horta-comuna.html")
        assert not plain.wrong()
