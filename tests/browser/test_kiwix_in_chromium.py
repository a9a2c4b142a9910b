"""Kiwix itself finds what is in a commons. That its pages work there is tested with all other ways (test_opens_anywhere.py)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.browser.carriers import in_kiwix
from tests.browser.conftest import zim_of

pytestmark = pytest.mark.browser


def test_kiwix_finds_words_itself(chromium: Any, everything: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with in_kiwix(zim_of(everything, tmp_path_factory), host="127.0.0.1") as address:
        page = chromium.new_page()
        page.goto(address.replace("/commons/", "/search?content=commons&pattern=bosses"))
        assert "Common Garden & Sons" in page.inner_text("body")
        page.close()
