"""A reader answers a page: by mail, in the forge's editor, or with a file, which then is a comment like any other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.forms import NOTED, shown
from tests.browser.looking import axe, tab
from tests.running import auzolan

pytestmark = pytest.mark.browser
FILE = re.compile(r"content/comments/articles/one-mill/\d{4}-\d\d-\d\d-[a-z2-9]{6}\.md")


@pytest.fixture(params=["disk", "box"])
def page_of(request: pytest.FixtureRequest, everything: Path, serving: Callable[[Path], str]) -> str:
    """The address of an article that can be answered."""
    output = everything / "output"
    return f"{output.as_uri() if request.param == 'disk' else serving(output).rstrip('/')}/articles/one-mill.html"


def answer(page: Any, words: str, name: str = "") -> None:
    """Fills in the form."""
    page.fill("#reply-text", words)
    page.fill("#reply-name", name)


def test_an_answer_goes_by_mail_and_to_the_editor(chromium: Any, page_of: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.add_init_script(NOTED)
        page.goto(page_of)
        shown(page, "!document.getElementById('reply-form').hidden")
        assert not page.locator("#reply .without").is_visible()
        page.tap("[data-way=send]")
        assert page.locator("#reply-said").inner_text() == "Write something first."
        page.tap("#c-2026-07-03-ana [data-answer]")
        assert "Ana <from> the mill" in page.locator("#reply-to").inner_text()
        answer(page, 'So did **we**.\n\n- in "2019"', 'Noor "of" the van')
        page.tap("[data-way=send]")
        shown(page, "left.length === 1")
        mail = urlsplit(page.evaluate("left[0]"))
        asked = parse_qs(mail.query)
        body = asked["body"][0].replace("\r\n", "\n")
        assert mail.path == "hello@everything.example" and "articles/one-mill.html" in asked["subject"][0]
        first, rest = body.split("\n", 1)
        assert FILE.fullmatch(first.strip("- ")) and rest.endswith("----- end -----\n")
        assert 'name: "Noor \\"of\\" the van"' in rest and 'in_reply_to: "2026-07-03-ana"' in rest
        page.tap("#reply-to button")
        page.tap("[data-way=propose]")
        shown(page, "left.length === 2")
        asked = parse_qs(urlsplit(page.evaluate("left[1]")).query)
        assert FILE.fullmatch(asked["filename"][0]) and "in_reply_to" not in asked["value"][0]
        assert not page.wrong


def test_what_is_saved_is_a_comment_that_the_check_takes(
    chromium: Any, everything: Path, page_of: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(everything, site, ignore=shutil.ignore_patterns("output", ".cache"))
    with tab(chromium) as page:
        page.goto(page_of)
        shown(page, "!document.getElementById('reply-form').hidden")
        page.click("#c-2026-07-04-noor [data-answer]")
        answer(page, "\n  Trenta masies: & <3.  \n\nتعاونية\n", "  Noor: #1 ")
        with page.expect_download() as saving:
            page.click("[data-way=save]")
        saving.value.save_as(site / "content/comments/articles/one-mill" / saving.value.suggested_filename)
        assert not page.wrong
    # The day of the browser is later than the day of this site.
    for path in (site / "content/comments/articles/one-mill").glob("*.md"):
        path.write_text(re.sub(r'date: "[^"]*"', 'date: "2026-08-01"', path.read_text("utf-8")), "utf-8")
    told = auzolan("check", cwd=site)
    assert "content/comments" not in told.stdout + told.stderr, told.stdout
    assert auzolan("build", cwd=site).returncode == 0
    html = (site / "output/articles/one-mill.html").read_text("utf-8")
    assert "Noor: #1" in html and "Trenta masies: &amp; &lt;3." in html


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_axe_finds_nothing(chromium: Any, everything: Path, width: int, dark: bool) -> None:
    with tab(chromium, width=width, dark=dark) as page:
        for path in ("articles/one-mill.html", "cooperatives/horta-comuna.html", "thanks.html"):
            page.goto(f"{everything.as_uri()}/output/{path}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            assert not axe(page), path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_without_a_script_there_is_an_address(chromium: Any, everything: Path) -> None:
    with tab(chromium, script=False) as page:
        page.goto(f"{everything.as_uri()}/output/articles/one-mill.html")
        assert not page.locator("#reply-form").is_visible()
        assert page.locator("#reply .without a").is_visible()
        assert page.locator("#replies ol > li").count() == 2
