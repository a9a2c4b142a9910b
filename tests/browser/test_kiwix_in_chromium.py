"""Kiwix itself finds what is in a commons. That its pages work there is tested with all other ways (test_opens_anywhere.py)."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.browser.carriers import in_kiwix

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        shutil.which("kiwix-serve") is None, reason="kiwix-serve is not installed: apt install kiwix-tools"
    ),
]


def test_kiwix_finds_words_itself(chromium: Any, everything_zim: Path) -> None:
    with in_kiwix(everything_zim, host="127.0.0.1") as address:
        page = chromium.new_page()
        page.goto(address.replace("/everything/", "/search?content=everything&pattern=bosses"))
        assert "Common Garden & Sons" in page.inner_text("body")
        page.close()
