"""Kiwix shows a commons: pages, our search, its own, with no error but those of its own bar."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.running import auzolan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        shutil.which("kiwix-serve") is None, reason="kiwix-serve is not installed: apt install kiwix-tools"
    ),
]
BAR = "/skin/"
"""Where Kiwix keeps what its bar is made of, whose handlers our policy does not let act: the one error that is to be."""


@pytest.fixture(scope="module")
def kiwix(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site in Kiwix."""
    pytest.importorskip("libzim", reason="libzim is not to be had for this Python: auzolan[zim]")
    folder = tmp_path_factory.mktemp("kiwix")
    assert auzolan("zim", str(everything / "output"), "-o", "commons.zim", cwd=folder).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["kiwix-serve", "-i", "127.0.0.1", "-p", str(port), str(folder / "commons.zim")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}/commons/"
        for _ in range(100):
            try:
                with urllib.request.urlopen(address + "index.html", timeout=5):
                    break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def test_pages_and_our_search_work_in_kiwix(chromium: Any, kiwix: str) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    told: list[str] = []
    page.on(
        "console", lambda said: told.append(f"{said.text} {said.location.get('url')}") if said.type == "error" else None
    )
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.on("response", lambda answer: told.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    for path in (
        "index.html",
        "cooperatives/horta-comuna.html",
        "ca/index.html",
        "contribute-tool.html",
        "search/index.html?q=horta",
    ):
        page.goto(kiwix + path)
    page.wait_for_selector("#hits li a")
    assert page.locator("#hits li").count() == 3
    page.locator("#hits li a").first.click()
    page.wait_for_url("**/cooperatives/horta-comuna.html")
    page.goto(kiwix + "organizations/old-network.html")
    assert page.url == kiwix + "organizations/xarxa-de-l-horta.html"
    assert not [one for one in told if BAR not in one and "/favicon.ico" not in one], told
    page.close()


def test_kiwix_finds_words_itself(chromium: Any, kiwix: str) -> None:
    page = chromium.new_page()
    page.goto(kiwix.replace("/commons/", "/search?content=commons&pattern=bosses"))
    assert "Common Garden & Sons" in page.inner_text("body")
    page.close()
