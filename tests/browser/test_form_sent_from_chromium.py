"""What leaves the form and how: by mail, share sheet, forge, file or clipboard; and what comes back to it: drafts, names that are here
already."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from tests.browser.forms import KEPT, NOTED, answer, file_text, open_all, ready, shown
from tests.browser.looking import tab

pytestmark = pytest.mark.browser


def test_the_three_buttons_and_what_is_behind_them(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.add_init_script(NOTED)
        page.goto(f"{origin}contribute-cooperative.html")
        answer(page)
        page.tap("#way-send")
        shown(page, "left.length === 1")
        mail = page.evaluate("left[0]")
        assert (
            mail.startswith("mailto:hello@commons.coop?subject=Cooperative%3A%20Forn%20Nou&body=")
            and len(mail) <= 1_800
        )
        body = parse_qs(urlsplit(mail).query)["body"][0].replace("\r\n", "\n")
        assert body == f"----- directory/cooperatives/forn-nou.yaml -----\n{file_text(page)}----- end -----\n"
        page.tap("#way-propose")
        shown(page, "left.length === 2")
        address = urlsplit(page.evaluate("left[1]"))
        assert (
            address.netloc == "codeberg.org" and address.path == "/commons/directory/_new/main/directory/cooperatives"
        )
        assert parse_qs(address.query) == {"filename": ["forn-nou.yaml"], "value": [file_text(page)]}
        assert "a fork" in page.locator("#sent").inner_text()
        page.evaluate("document.getElementById('other-ways').open = true")
        page.tap("#way-copy")
        shown(page, "document.getElementById('sent').textContent.includes('copied')")
        # A text that no address can hold is copied, and the mail opens without it.
        page.evaluate("document.querySelectorAll('form details').forEach((one) => (one.open = true))")
        page.fill("#f-description", "منظمة تعاونية. " * 120)
        page.wait_for_timeout(400)
        page.tap("#way-send")
        shown(page, "left.length === 3")
        assert "body=" not in page.evaluate("left[2]") and "is copied" in page.locator("#sent").inner_text()
        page.tap("#way-propose")
        shown(page, "left.length === 4")
        assert "value=" not in page.evaluate("left[3]") and "paste it there" in page.locator("#sent").inner_text()
        assert not page.wrong


def test_an_edit_is_proposed_in_the_editor_of_its_file(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.add_init_script(NOTED)
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        page.wait_for_timeout(400)
        page.click("#way-propose")
        shown(page, "left.length === 1")
        edit = unquote(page.evaluate("left[0]"))
        assert (
            edit
            == "https://codeberg.org/commons/directory/_edit/main/directory/cooperatives/the-mill-of-the-valley.yaml"
        )
        assert "in place of all that is there" in page.locator("#sent").inner_text()


def test_a_draft_comes_back_and_can_be_thrown_away(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-tool.html")
        page.click("#f-name")
        shown(page, "document.querySelector('#file-text').textContent !== ''")
        page.fill("#f-name", "A slow loom")
        shown(page, KEPT.format("A slow loom"))
        page.reload()
        shown(page, "document.getElementById('draft').textContent.includes('in this browser alone')")
        assert page.input_value("#f-name") == "A slow loom"
        # What is typed just before is on its way into the draft when the draft is thrown away.
        page.evaluate("document.documentElement.dataset.before = ''")
        page.fill("#f-name", "A slower loom")
        page.click("#draft button")
        shown(page, "document.documentElement.dataset.before === undefined && document.readyState === 'complete'")
        shown(page, "document.getElementById('f-name').value === ''")
        page.wait_for_timeout(400)
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('auzolan-form'))") == []


def test_what_is_typed_before_the_script_is_there_is_kept(
    chromium: Any, commons: Path, serving: Callable[[Path], str]
) -> None:
    with tab(chromium) as page:
        asked: list[Any] = []
        page.route("**/static/built/form.js", lambda route: asked.append(route))
        page.goto(f"{serving(commons / 'output')}contribute-tool.html")
        page.click("#f-name")
        page.keyboard.type("A hasty loom")
        while not asked:
            page.wait_for_timeout(20)
        asked[0].continue_()
        shown(page, KEPT.format("A hasty loom"))
        page.unroute("**/static/built/form.js")
        page.reload()
        shown(page, "document.getElementById('draft').textContent.includes('in this browser alone')")
        assert page.input_value("#f-name") == "A hasty loom"


DRAFTS = (
    "{", "null", "[]", '"x"', '{"name": 42}', '{"name": "A loom", "record": null}', '{"record": {"sources": {"a": null}}, "links": [null]}',
    '{"places": "x", "sources": "y", "relations": {"a": "b"}, "name": ["x"], "summary": [["y"]]}', '{"__proto__": {"name": "x"}, "name": {"en": "x"}}',
    '{"name": "<img src=x onerror=alert(1)>", "description": "</textarea><script>alert(1)</script>", "website": "javascript:alert(1)"}',
    '{"name": ' + "[" * 5_000 + "]" * 5_000 + "}",
)  # fmt: skip


def test_a_draft_that_no_form_kept_runs_nothing_and_the_form_works(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.on("dialog", lambda dialog: page.wrong.append(dialog.message))
        page.goto(f"{origin}contribute-tool.html")
        page.click("#f-name")
        ready(page)
        page.keyboard.type("A slow loom")
        shown(page, "Object.keys(localStorage).some((key) => key.endsWith(' tool new'))")
        key = page.evaluate("Object.keys(localStorage).find((key) => key.endsWith(' tool new'))")
        for draft in DRAFTS:
            page.evaluate("([key, draft]) => localStorage.setItem(key, draft)", [key, draft])
            page.reload()
            page.click("#f-name")
            shown(page, "document.querySelector('#file-text').textContent !== ''")
            page.fill("#f-name", "A quick loom")
            shown(page, "document.querySelector('#file-text').textContent.includes('A quick loom')")
            assert not page.wrong, (draft, page.wrong)


def test_where_nothing_can_be_kept_the_form_works_all_the_same(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
        )
        page.goto(f"{origin}contribute-tool.html")
        page.click("#f-name")
        page.keyboard.type("A slow loom")
        shown(page, "document.querySelector('#file-text').textContent.includes('A slow loom')")
        assert not page.wrong


def test_what_is_here_already_is_met_while_the_name_is_typed(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-cooperative.html?name=Mill+of+the+Valley")
        shown(page, "document.querySelector('.near-names') !== null")
        assert page.locator(".near-names a").first.inner_text() == "The Mill of the Valley"
        assert page.input_value("#f-name") == "Mill of the Valley"
        page.fill("#f-name", "Something else altogether")
        shown(page, "document.querySelector('.near-names') === null")
        page.fill("#f-name", "The Mill of the Valley")
        shown(page, "document.getElementById('file-name').textContent.endsWith('the-mill-of-the-valley-2.yaml')")


def test_an_address_with_nonsense_opens_an_empty_form(chromium: Any, origin: str) -> None:
    for query in ("entry=../../x", "entry=nobody-here", "entry=%3Cscript%3E", "name=" + "x" * 5_000):
        with tab(chromium) as page:
            page.goto(f"{origin}contribute-cooperative.html?{query}")
            ready(page)
            assert page.locator("#form-title").inner_text() == "Add an entry"


def test_what_is_too_long_for_a_mail_goes_to_the_share_sheet(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.add_init_script(NOTED)
        page.add_init_script("""
            window.shared = [];
            navigator.share = async (what) => void shared.push(what);
            navigator.canShare = (what) => !what.files;
        """)
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        open_all(page)
        page.fill("#f-description", "A long story. " * 200)
        page.wait_for_timeout(400)
        page.click("#way-send")
        shown(page, "shared.length === 1")
        assert page.evaluate("left.length") == 0
        assert page.evaluate("shared[0].title") == "Cooperative: The Mill of the Valley"
        assert page.evaluate("shared[0].text").endswith("----- end -----\n")
        assert "handed over" in page.locator("#sent").inner_text()


def test_without_clipboard_and_share_a_long_text_is_saved(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.add_init_script(NOTED)
        page.add_init_script("""
            delete Navigator.prototype.share;
            Object.defineProperty(navigator, "clipboard", {value: undefined});
            document.execCommand = () => false;
        """)
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        page.wait_for_timeout(400)
        with page.expect_download() as waiting:
            page.click("#way-propose")
        assert waiting.value.suggested_filename == "the-mill-of-the-valley.yaml"
        assert "copy its text there" in page.locator("#sent").inner_text()
