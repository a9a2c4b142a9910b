"""That an entry still holds: from its page to a mail, a forge or a file, on a phone, from a disk and from a box."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.forms import KEPT, MILL, NOTED, file_text, grown, saved, shown
from tests.browser.looking import axe, tab

pytestmark = pytest.mark.browser

PAGE = "cooperatives/the-mill-of-the-valley.html"
ASKED = "document.getElementById('form-title').textContent.startsWith('Still correct: The Mill')"
LOOKED = "document.getElementById('file-text').textContent.includes('verified:')"


def asked(page: Any, origin: str) -> None:
    """From the entry's page, by its button, to the question."""
    page.add_init_script(NOTED)
    page.goto(f"{origin}{PAGE}")
    page.tap("text=Still correct")
    page.wait_for_url("**/*still=correct")
    shown(page, f"{ASKED} && document.getElementById('still').getBoundingClientRect().top < 200")


def test_one_tap_sends_it(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        asked(page, origin)
        send = page.locator("#way-send").bounding_box()
        assert send["y"] + send["height"] <= 800, "the ways to send are in view"
        assert page.locator("#still").is_visible() and not page.locator("#f-name").is_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.tap("[data-how=website]")
        shown(page, "left.length === 1")
        mail = urlsplit(page.evaluate("left[0]"))
        body = parse_qs(mail.query)["body"][0].replace("\r\n", "\n")
        assert mail.path == "hello@commons.coop"
        base = f"{zlib.crc32(MILL.encode()):08x}"
        head = f"----- directory/cooperatives/the-mill-of-the-valley.yaml #{base} -----\n"
        assert body == f"{head}{file_text(page)}----- end -----\n"
        assert re.search(r'\n  verified:\n    - on: "\d{4}-\d\d-\d\d"\n      how: website\n\Z', file_text(page))
        assert file_text(page).startswith(MILL), "nothing else has changed"
        assert page.get_attribute("[data-how=website]", "aria-pressed") == "true"
        assert not page.wrong


def test_the_file_passes_the_check_and_the_page_says_so(
    chromium: Any, commons: Path, origin: str, tmp_path: Path
) -> None:
    with tab(chromium, width=360, touch=True) as page:
        asked(page, origin)
        page.fill("#still-on", "2026-11-01")
        page.tap("[data-how=member]")
        shown(page, LOOKED)
        site = grown(commons, tmp_path, saved(page, tmp_path))
    html = (site / PAGE).read_text("utf-8")
    assert re.search(r"verified on [^<]*2026[^<]*\(Asked a member\)", html)


def test_a_way_that_is_pressed_first_waits_for_how_one_knows(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        asked(page, origin)
        page.tap("#way-propose")
        shown(page, "document.getElementById('sent').textContent.startsWith('Say how you know it')")
        assert page.evaluate("left.length") == 0
        page.tap("[data-how=visit]")
        shown(page, "left.length === 1")
        assert "/_edit/main/directory/cooperatives/the-mill-of-the-valley.yaml" in page.evaluate("left[0]")


def test_an_entry_too_long_for_a_mail_sends_what_it_is_about(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        asked(page, origin)
        page.tap("#still-more")
        page.evaluate("document.querySelectorAll('form details').forEach((one) => (one.open = true))")
        page.fill("#f-description", "They grind. " * 200)
        page.wait_for_timeout(400)
        page.tap("[data-how=document]")
        shown(page, "left.length === 1")
        body = parse_qs(urlsplit(page.evaluate("left[0]")).query)["body"][0]
        assert re.fullmatch(
            r"Still correct: cooperative/the-mill-of-the-valley\r\non: \d{4}-\d\d-\d\d\r\nhow: document\r\n", body
        )


def test_it_is_asked_in_the_readers_language(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{origin}ca/{PAGE}")
        page.tap("text=Encara és així")
        page.wait_for_url("**/*still=correct")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Encara és així: ')")
        assert page.locator("[data-how=website]").inner_text() == "Llegir el seu lloc web"
        assert not axe(page)


def test_a_draft_of_something_else_is_neither_used_nor_lost(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        shown(page, KEPT.format("Cardona"))
        asked(page, origin)
        page.tap("[data-how=website]")
        shown(page, "left.length === 1")
        assert "Solsona" in file_text(page) and "Cardona" not in file_text(page)
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('f-places-locality').value === 'Cardona'")
        assert "verified" not in file_text(page)
