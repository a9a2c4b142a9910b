"""The form as a person uses it, on a phone, from a disk and from a box in a village hall: what comes out is a file that the check
passes and the site builds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.browser.forms import MILL, NOTED, answer, file_text, grown, open_all, ready, saved, shown
from tests.browser.looking import axe, tab
from tests.running import auzolan

pytestmark = pytest.mark.browser


def test_four_answers_on_a_phone_make_an_entry(chromium: Any, commons: Path, origin: str, tmp_path: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{origin}contribute.html")
        page.tap("#kinds a[href*=cooperative]")
        page.wait_for_url("**/contribute-cooperative.html")
        answer(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator("#card-name").inner_text() == "Forn Nou"
        assert "Lleida, Spain" in page.locator("#card-facts").inner_text()
        file = saved(page, tmp_path)
        assert "saved as forn-nou.yaml" in page.locator("#sent").inner_text()
        assert file.read_text("utf-8") == file_text(page)
        assert not page.wrong
    assert file.name == "forn-nou.yaml"
    output = grown(commons, tmp_path, file)
    html = (output / "cooperatives" / "forn-nou.html").read_text("utf-8")
    assert "Forn Nou" in html and "Lleida" in html


def test_all_that_may_be_said_can_be_said(chromium: Any, commons: Path, origin: str, tmp_path: Path) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-cooperative.html")
        page.click("#f-name")
        ready(page)
        page.fill("#f-name", "協同組合 Sol & Luna")
        page.fill("#f-summary", "Grows and cooks: - [everything] #here, 'together'")
        page.select_option("#f-places-country", "ES")
        shown(page, "document.querySelectorAll('[data-f=region] option').length > 10")
        page.select_option("[data-f=region] select", "ES-CT")
        page.check("input[value=itself]")
        assert not page.is_visible("#how-source")
        open_all(page)
        page.fill("#f-aliases", "S&L")
        page.locator("[data-f=aliases] > .add").click()
        page.locator("[data-f=aliases] [data-item]").nth(1).locator("input").fill("Sun: Moon")
        page.check("[data-f=topics] input[value=commons]")
        page.select_option("[data-f=legal_form] select", "cooperative-society")
        page.select_option("[data-f=languages] select", "eu")
        page.fill("#f-description", "It began in 2010.\n\n- a *field*\n- a kitchen")
        page.locator("input[data-pick='set=ussen&principle=solidarity']").check()
        page.locator(".pickline + [data-item] [data-f=statement] textarea").fill("Wages are equal.")
        page.fill("#f-contact-hours", "10:00")
        page.select_option("[data-f=relations] [data-f=type] select", "partner-of")
        page.locator("#f-relations-to").press_sequentially("mill", delay=30)
        shown(page, "document.querySelectorAll('.choices:not([hidden]) li').length > 0")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("[data-f=record] [data-f=title] input").first.fill("Our own statutes")
        page.locator("[data-f=record] [data-f=url] input").first.fill("https://sol.coop/statutes")
        page.keyboard.press("Tab")
        shown(page, "document.querySelector('[data-f=relations] [data-f=sources] select').options.length > 1")
        page.locator("[data-f=relations] [data-f=sources] select").first.select_option("our-own-statutes")
        page.wait_for_timeout(400)
        file = saved(page, tmp_path)
        assert not page.wrong
    text = file.read_text("utf-8")
    assert file.name == "xietongzuhe-sol-luna.yaml"
    for line in (
        'hours: "10:00"', "languages: [eu]", "topics: [commons]", "- 'Sun: Moon'", "to: cooperative/the-mill-of-the-valley", "principle: solidarity",
        "region: ES-CT", "submitted_by: itself", "our-own-statutes:", "legal_form: cooperative-society", "description: |\n  It began in 2010.\n\n  - a *field*",
    ):  # fmt: skip
        assert line in text, text
    grown(commons, tmp_path, file)


FILLED_IN = """(path) => {
  const field = document.querySelector(path);
  field.value = "Barcelona";
  field.dispatchEvent(new Event("input", {bubbles: true}));
}"""
"""What the form does with the fields of an entry that it opens."""


def test_an_entry_is_improved_and_keeps_its_comments(chromium: Any, commons: Path, origin: str, tmp_path: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{origin}ca/cooperatives/the-mill-of-the-valley.html")
        page.locator("a[href*='entry=the-mill-of-the-valley']").first.click()
        shown(page, "document.getElementById('form-title').textContent.includes('The Mill of the Valley')")
        assert file_text(page) == MILL
        page.evaluate(FILLED_IN, "#f-places-locality")
        page.wait_for_timeout(1000)
        assert not page.locator(".choices:visible").count(), "nothing is suggested where nobody types"
        assert page.input_value("#f-summary") == "Un molí que mol el gra de trenta masies."
        page.fill("#f-summary", "Un molí que mol el gra de quaranta masies.")
        page.fill("#f-places-locality", "Cardona")
        page.evaluate("document.querySelectorAll('form details').forEach((one) => (one.open = true))")
        page.fill("#f-started", "1921")
        page.wait_for_timeout(400)
        file = saved(page, tmp_path)
        assert not page.wrong
    text = file.read_text("utf-8")
    assert file.name == "the-mill-of-the-valley.yaml"
    for kept in (
        "# Told by its neighbours.",
        "# no exact place: asked for by the millers",
        "# the valley",
        "# found in the archive",
    ):
        assert kept in text, text
    changed = set(text.splitlines()) - set(MILL.splitlines())
    assert {line.strip() for line in changed} >= {'started: "1921"'} and len(changed) <= 4, changed
    assert "quaranta" in text and "A mill that grinds the grain of thirty farms." in text and "Cardona" in text
    grown(commons, tmp_path, file)


def test_what_is_wrong_is_said_below_the_field_and_nothing_leaves(chromium: Any, origin: str) -> None:
    with tab(chromium, width=360) as page:
        page.add_init_script(NOTED)
        page.goto(f"{origin}contribute-cooperative.html")
        page.click("#f-name")
        ready(page)
        page.fill("#f-summary", "x" * 270)
        page.fill("#f-name", "Example Growers")
        page.fill("#how-source", "https://example.org/about")
        page.click("#way-send")
        shown(page, "document.querySelectorAll('.finding').length >= 3")
        told = page.locator(".finding").all_inner_texts()
        assert any("20 characters too many; at most 250 fit. D004" in one for one in told)
        assert any("D007" in one for one in told)
        assert page.evaluate("document.activeElement.id") in ("f-name", "f-summary")
        assert page.get_attribute("#f-summary", "aria-invalid") == "true"
        assert page.evaluate("left") == []
        assert "270 of 250" in page.locator(".count").first.inner_text()
        assert not axe(page)
        page.fill("#f-summary", "Neighbours who bake.")
        shown(page, "!document.querySelector('#f-summary').closest('[data-f]').querySelector('.finding')")


HOSTILE = [
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a: b\n- c", "{a: [b", "&x *y !!z", "'; DROP", "=cmd()", "__proto__",
    "constructor: #", "${x} {{ y }} {% z %}", "\\\\host\\share", "..%2f..%2fetc", "--- end -----",
]  # fmt: skip


def test_hostile_answers_end_as_text_or_as_findings(chromium: Any, commons: Path, tmp_path: Path, origin: str) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-cooperative.html")
        page.click("#f-name")
        ready(page)
        page.select_option("#f-places-country", "ES")
        open_all(page)
        site = tmp_path / "hostile"
        shutil.copytree(commons, site, ignore=shutil.ignore_patterns("output", ".cache"))
        for number, hostile in enumerate(HOSTILE):
            line = hostile.replace("\n", " ")
            page.fill("#f-name", line)
            page.fill("#f-summary", line)
            page.fill("#how-source", line)
            page.fill("#f-contact-hours", line)
            page.locator("[data-f=relations] [data-f=note] textarea").first.fill(line)
            page.fill("#f-relations-to", "Somebody: new")
            page.select_option("[data-f=relations] [data-f=type] select", "partner-of")
            page.wait_for_timeout(300)
            file = saved(page, tmp_path)
            assert page.evaluate("document.querySelectorAll('img[src=x]').length") == 0
            shutil.copy(file, site / "directory" / "cooperatives" / f"hostile-{number}.yaml")
        checked = auzolan("check", cwd=site)
        assert checked.returncode == 0, checked.stdout
        assert not page.wrong


def test_hidden_signs_and_far_too_much_are_refused(chromium: Any, origin: str) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-cooperative.html")
        page.click("#f-name")
        ready(page)
        page.fill("#f-name", "Evil \u202egnp.exe")
        page.fill("#f-summary", "y" * 100_000)
        open_all(page)
        # A browser takes half a minute to have so many lines typed into it, none to have them.
        page.evaluate("""() => {
            const field = document.getElementById("f-description");
            field.value = ("[".repeat(50) + "\\n").repeat(2000);
            field.dispatchEvent(new Event("input", {bubbles: true}));
        }""")
        page.click("#way-save")
        shown(page, "document.querySelectorAll('.finding').length >= 3")
        told = " ".join(page.locator(".finding").all_inner_texts())
        assert "U+202E" in told and "99750 characters too many" in told and "M005" in told
        assert "marked in red" in page.locator("#sent").inner_text()
        assert not page.wrong


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1280, False)])
def test_axe_finds_nothing(chromium: Any, commons: Path, width: int, dark: bool) -> None:
    origin = (commons / "output").as_uri() + "/"
    for path in (
        "contribute-cooperative.html",
        "ca/contribute-license.html",
        "contribute-cooperative.html?entry=the-mill-of-the-valley",
    ):
        with tab(chromium, width=width, dark=dark) as page:
            page.goto(origin + path)
            page.click("#f-summary")
            ready(page)
            open_all(page)
            page.locator("[data-f=aliases] > .add").first.click()
            if "cooperative" in path:
                page.locator("input[data-pick]").first.check()
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not page.wrong
            assert not axe(page), path


def test_without_a_script_it_is_a_form_to_print_and_an_address(chromium: Any, commons: Path) -> None:
    with tab(chromium, width=360, script=False) as page:
        page.goto((commons / "output").as_uri() + "/contribute-cooperative.html")
        assert page.locator("#ways").is_hidden() and page.locator("#preview").is_hidden()
        for seen in (
            "#f-description",
            "#f-contact-hours",
            "[data-f=topics] input",
            "a[href='mailto:hello@commons.coop']",
            ".by-hand pre",
        ):
            assert page.locator(seen).first.is_visible(), seen
        assert "Two members of the assembly read proposals every Monday." in page.inner_text("main")
        assert page.locator("#form").bounding_box()["width"] <= 360
