"""What leaves the form by mail or as a file comes in through `auzolan inbox import`: the check passes, and the site has the entry."""

from __future__ import annotations

import shutil
import zlib
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.browser.forms import MILL, NOTED, answer, file_text, saved, shown
from tests.browser.looking import tab
from tests.running import auzolan, built

pytestmark = pytest.mark.browser


def mailed(address: str) -> bytes:
    """The mail that a mail program makes of the address."""
    parts = urlsplit(address)
    told = parse_qs(parts.query)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Remei Vila <remei@example.net>", parts.path, told["subject"][0]
    mail.set_content(told["body"][0].replace("\r\n", "\n") + "\n-- \nRemei Vila\n")
    return mail.as_bytes()


def brought(commons: Path, folder: Path, name: str, data: bytes, *more: str) -> Path:
    """A copy of the commons with the piece in it, checked."""
    site = folder / "home"
    shutil.copytree(commons, site, ignore=shutil.ignore_patterns("output", ".cache"))
    (folder / name).write_bytes(data)
    done = auzolan("inbox", "import", str(folder / name), *more, cwd=site)
    assert done.returncode == 0, done.stdout + done.stderr
    checked = auzolan("check", cwd=site)
    assert checked.returncode == 0 and " warning " not in checked.stdout.replace(": warning S005", "")
    return site


def test_a_mail_comes_home(chromium: Any, commons: Path, origin: str, tmp_path: Path) -> None:
    with tab(chromium, width=360, touch=True) as page:
        page.add_init_script(NOTED)
        page.goto(f"{origin}contribute-cooperative.html")
        answer(page)
        page.tap("#way-send")
        shown(page, "left.length === 1")
        mail, text = mailed(page.evaluate("left[0]")), file_text(page)
    site = brought(commons, tmp_path, "mail.eml", mail)
    assert (site / "directory/cooperatives/forn-nou.yaml").read_text("utf-8") == text
    page_text = (built(site) / "cooperatives/forn-nou.html").read_text("utf-8")
    assert "Forn Nou" in page_text and "remei" not in page_text.lower()


def test_an_edit_in_a_mail_says_what_it_began_with(chromium: Any, commons: Path, origin: str, tmp_path: Path) -> None:
    with tab(chromium) as page:
        page.add_init_script(NOTED)
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        shown(page, "document.querySelector('#file-text').textContent.includes('Cardona')")
        page.click("#way-send")
        shown(page, "left.length === 1")
        mail, text = mailed(page.evaluate("left[0]")), file_text(page)
    assert f"#{zlib.crc32(MILL.encode()):08x} -----" in mail.decode("utf-8")
    site = brought(commons, tmp_path, "mail.eml", mail)
    assert (site / "directory/cooperatives/the-mill-of-the-valley.yaml").read_text("utf-8") == text


def test_an_edit_that_was_saved_comes_home_with_its_comments(
    chromium: Any, commons: Path, origin: str, tmp_path: Path
) -> None:
    with tab(chromium) as page:
        page.goto(f"{origin}contribute-cooperative.html?entry=the-mill-of-the-valley")
        shown(page, "document.getElementById('form-title').textContent.startsWith('Improve')")
        page.fill("#f-places-locality", "Cardona")
        page.wait_for_timeout(400)
        file = saved(page, tmp_path)
    site = brought(commons, tmp_path, file.name, file.read_bytes(), "--replace", "cooperative/the-mill-of-the-valley")
    now = (site / "directory/cooperatives/the-mill-of-the-valley.yaml").read_text("utf-8")
    assert now == file.read_text("utf-8") and "Cardona" in now and "# found in the archive" in now
