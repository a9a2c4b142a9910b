"""A young commons that can be written to, and what a person does with its form, for the tests of the form in the browser."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from tests.running import auzolan, built, write

SETTINGS = """
AUZOLAN_CONTACT = "hello@commons.coop"
AUZOLAN_REPOSITORY = "https://codeberg.org/commons/directory"
AUZOLAN_REVIEWERS = {"en": "Two members of the assembly read proposals every Monday."}
AUZOLAN_REPLY_DAYS = 14
"""
MILL = """\
# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json
# Told by its neighbours.
name: The Mill of the Valley
summary:
  en: A mill that grinds the grain of thirty farms.
  ca: "Un molí que mol el gra de trenta masies."
# no exact place: asked for by the millers
places:
  - country: ES   # the valley
    locality: Solsona
record:
  sources:
    # found in the archive
    book: {title: "Mills: a history", publisher: Archive of the Valley}
"""
# Links that leave the page are noted, not followed: there is no network here.
NOTED = """
window.left = [];
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[href^='mailto:'],a[target=_blank]");
  if (link) { window.left.push(link.href); event.preventDefault(); }
}, true);
"""

KEPT = "Object.entries(localStorage).some(([key, kept]) => key.startsWith('auzolan-form') && kept.includes('{}'))"
"""That a draft has some words."""


def shown(page: Any, condition: str) -> None:
    """Waits for a condition; Playwright's own waiting evaluates text in the page, which the policy refuses."""
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def ready(page: Any) -> None:
    """The form's script is there and has looked."""
    shown(
        page,
        "document.querySelector('select#f-places-country') !== null || !document.querySelector('#f-places-country')",
    )
    shown(page, "document.getElementById('file-text').textContent !== ''")


def file_text(page: Any) -> str:
    return str(page.evaluate("document.getElementById('file-text').textContent"))


def saved(page: Any, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("#way-save")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def grown(commons: Path, folder: Path, file: Path, kind: str = "cooperatives") -> Path:
    """A copy of the commons with the file in it, checked and built."""
    site = folder / "grown"
    shutil.copytree(commons, site, ignore=shutil.ignore_patterns("output", ".cache"))
    shutil.copy(file, site / "directory" / kind / file.name)
    checked = auzolan("check", cwd=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    told = [
        line for line in (checked.stdout + checked.stderr).splitlines() if " warning " in line and "S005" not in line
    ]
    assert not told
    return built(site)


def open_all(page: Any) -> None:
    page.evaluate("document.querySelectorAll('form details').forEach((one) => (one.open = true))")


def answer(page: Any) -> None:
    """The four questions, as a person answers them with thumbs."""
    page.tap("#f-name")
    page.keyboard.type("Forn Nou")
    ready(page)
    page.tap("#f-summary")
    page.keyboard.type("A bakery that belongs to its bakers: bread for twenty groups of neighbours.")
    page.select_option("#f-places-country", "ES")
    page.tap("#f-places-locality")
    page.keyboard.type("lleid", delay=30)
    shown(page, "document.querySelector('.choices:not([hidden]) li')?.textContent.includes('Lleida')")
    page.tap(".choices:not([hidden]) li")
    page.tap("#how-source")
    page.keyboard.type("https://fornnou.coop/about")
    page.keyboard.press("Tab")
    shown(page, "document.getElementById('file-text').textContent.includes('fornnou.coop/about')")


def young(folder: Path) -> Path:
    """A commons of one entry of its own; its site is in `output/`."""
    assert auzolan("init", "commons", "--languages", "en,ca", "--region", "ES-CT", cwd=folder).returncode == 0
    site = folder / "commons"
    for example in site.glob("directory/*/example.yaml"):
        example.unlink()
    write(site, {"directory/cooperatives/the-mill-of-the-valley.yaml": MILL})
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    built(site)
    return site
