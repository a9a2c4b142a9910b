"""Every sort of page in a real browser: for everybody, on any screen, with scripts and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.looking import PAGES, axe, tab, uri

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1280, True)])
def test_axe_finds_nothing(chromium: Any, real_site: Path, width: int, dark: bool) -> None:
    with tab(chromium, width=width, dark=dark) as page:
        for path in PAGES:
            page.goto(uri(real_site, path))
            assert not axe(page), path


def test_nothing_runs_over_the_edge(chromium: Any, real_site: Path) -> None:
    for path in PAGES:
        with tab(chromium, width=320) as page:
            page.goto(uri(real_site, path))
            for width in (320, 360, 768, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (path, width)


def test_the_missing_page_shows_itself_from_anywhere(chromium: Any, box: str) -> None:
    with tab(chromium) as page:
        page.goto(box + "404.html")
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        assert not page.wrong


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_language_switch_stays_on_the_page(chromium: Any, real_site: Path, script: bool) -> None:
    with tab(chromium, script=script) as page:
        page.goto(uri(real_site, "tools/nextcloud.html"))
        page.locator("details.langs summary").click()
        page.locator("details.langs a[lang=ca]").click()
        assert page.url.endswith("/ca/tools/nextcloud.html")
        assert page.locator("html").get_attribute("lang") == "ca"
        page.locator("details.langs summary").click()
        page.locator("details.langs a[lang=en]").click()
        assert page.url.endswith("/tools/nextcloud.html")
        assert "/ca/" not in page.url


def test_the_keyboard_comes_everywhere_and_is_seen(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.goto(uri(real_site, "cooperatives/catalan-integral-cooperative.html"))
        page.keyboard.press("Tab")
        skip = page.evaluate("document.activeElement.className")
        assert skip == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#main"
        seen = set()
        for _ in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                " return [document.activeElement.outerHTML.slice(0, 80), s.outlineStyle, parseFloat(s.outlineWidth)] })()"
            )
            assert style[1] == "solid", style
            assert style[2] >= 2, style
            seen.add(style[0])
        assert len(seen) > 10


def test_names_only_needs_no_script(chromium: Any, real_site: Path) -> None:
    with tab(chromium, script=False) as page:
        page.goto(uri(real_site, "cooperatives/index.html"))
        summary = page.locator(".az .sum").first
        assert summary.is_visible()
        page.locator("label[for=d2]").click()
        assert not summary.is_visible()


def test_on_paper_there_are_no_doors(chromium: Any, real_site: Path) -> None:
    with tab(chromium) as page:
        page.goto(uri(real_site, "cooperatives/catalan-integral-cooperative.html"))
        assert page.locator("nav .doors").is_visible()
        page.emulate_media(media="print")
        assert not page.locator("nav .doors").is_visible()
        assert page.locator("h1").is_visible()
        assert page.locator(".facts").is_visible()


@pytest.mark.parametrize("wall", ["the policy alone", "escaping alone"])
def test_each_wall_holds_by_itself(chromium: Any, real_site: Path, tmp_path: Path, wall: str) -> None:
    """The policy stops what would get through escaping; escaping leaves nothing for the policy to stop."""
    text = (real_site / "tools/nextcloud.html").read_text("utf-8")
    if wall == "the policy alone":
        attack = "<script>document.title='got in'</script><img src=x onerror=\"document.title='got in'\"></h1>"
        text = text.replace("</h1>", attack, 1)
    else:
        start = text.index('<meta http-equiv="Content-Security-Policy"')
        text = text[:start] + text[text.index(">", start) + 1 :]
    page_file = tmp_path / "page.html"
    page_file.write_text(text, "utf-8")
    with tab(chromium) as page:
        page.goto(page_file.as_uri())
        page.wait_for_timeout(200)
        assert page.title() != "got in"
        assert "Nextcloud" in page.title()
