"""What the form proposes arrives in the editor of a forge, and what is committed there passes the check and is on the site."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.forge import NEW, Forge, forge
from tests.browser.forms import answer, file_text, ready, shown
from tests.browser.looking import tab
from tests.running import auzolan, built

pytestmark = pytest.mark.browser
THERE = "https://codeberg.org/commons/directory"


@pytest.fixture(params=NEW)
def editor(request: pytest.FixtureRequest, commons: Path, tmp_path: Path) -> Any:
    """A forge whose repository is the commons."""
    root = tmp_path / "commons"
    shutil.copytree(commons, root, ignore=shutil.ignore_patterns("output", ".cache"))
    with forge(request.param, root) as made:
        yield made


def site_of(made: Forge, commons: Path, folder: Path) -> Path:
    """A copy of the site that belongs to a commons whose repository is there."""
    site = folder / "site"
    shutil.copytree(commons / "output", site)
    page = site / "contribute-cooperative.html"
    text = page.read_text("utf-8")
    assert THERE in text and '"forge":"forgejo"' in text
    page.write_text(text.replace(THERE, made.address).replace('"forge":"forgejo"', f'"forge":"{made.name}"'), "utf-8")
    return site


def proposed(page: Any, text: str, pasted: bool) -> None:
    """Presses the button, and commits what the editor has, or what is pasted in place of it."""
    with page.context.expect_page() as opened:
        page.locator("#way-propose").click()
    there = opened.value
    field = there.locator("textarea")
    if pasted:
        page.context.grant_permissions(["clipboard-read"], origin=there.evaluate("location.origin"))
        there.bring_to_front()
        field.fill(there.evaluate("navigator.clipboard.readText()"))
    assert field.input_value() == text
    there.click("button")
    there.wait_for_function("document.title === 'Committed'")
    there.close()


def test_a_new_entry(
    chromium: Any, commons: Path, serving: Callable[[Path], str], editor: Forge, tmp_path: Path
) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.goto(f"{serving(site_of(editor, commons, tmp_path))}contribute-cooperative.html")
        answer(page)
        text = file_text(page)
        proposed(page, text, pasted=editor.name == "gitlab")
        assert ("a fork" in page.locator("#sent").inner_text()) == (editor.name == "forgejo")
    # GitLab is told a path in the field of the name.
    assert editor.commits == ["directory/cooperatives/forn-nou.yaml"]
    checked = auzolan("check", cwd=editor.root)
    assert checked.returncode == 0, checked.stdout
    assert "Forn Nou" in (built(editor.root) / "cooperatives/forn-nou.html").read_text("utf-8")


def test_an_edit_of_one(
    chromium: Any, commons: Path, serving: Callable[[Path], str], editor: Forge, tmp_path: Path
) -> None:
    with tab(chromium) as page:
        page.goto(
            f"{serving(site_of(editor, commons, tmp_path))}contribute-cooperative.html?entry=the-mill-of-the-valley"
        )
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        ready(page)
        page.fill("#f-places-locality", "Cardona")
        shown(page, "document.querySelector('#file-text').textContent.includes('Cardona')")
        text = file_text(page)
        assert "# found in the archive" in text
        proposed(page, text, pasted=True)
    assert editor.commits == ["directory/cooperatives/the-mill-of-the-valley.yaml"]
    assert auzolan("check", cwd=editor.root).returncode == 0
