"""What several tests share: sites built once, a browser, and a web server on an origin that browsers call insecure."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.running import ROOT, auzolan, built, copied, once

NO_CHROMIUM = (
    "The tests in the browser need Chromium. On Debian and Ubuntu: sudo apt-get install chromium "
    "(or name another one in AUZOLAN_CHROMIUM)"
)

MEMORY = Path("/dev/shm")
ROOM = 6_000_000_000
"""Bytes: many times what the tests have there at one moment, which was seen to be half a gigabyte."""


def pytest_configure() -> None:
    """Thousands of sites of some hundred files each: where memory has room they are written there, and no test waits for a disk.
    `TMPDIR` says another place."""
    there = "TMPDIR" not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    if there and shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of this repository's own site."""
    return once(tmp_path_factory, "real", lambda folder: built(ROOT, folder / "output"))


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built copy of tests/sites/everything; its pages are in `output/`. Nobody changes it."""

    def make(folder: Path) -> Path:
        built(copied("everything", folder))
        return folder

    return once(tmp_path_factory, "everything", make)


@pytest.fixture(scope="session")
def everything_zim(everything: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site as a ZIM file, `everything.zim`."""
    pytest.importorskip("libzim", reason="libzim is not to be had for this Python: auzolan[zim]")

    def make(folder: Path) -> Path:
        folder.mkdir()
        done = auzolan("zim", str(everything / "output"), "-o", str(folder / "everything.zim"), cwd=folder)
        assert done.returncode == 0 and done.stdout == "", done.stdout + done.stderr
        return folder / "everything.zim"

    return once(tmp_path_factory, "zim", make)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium that finds the machine itself behind the name box.test."""
    from tests.browser import carriers

    try:
        with carriers.chromium() as browser:
            yield browser
    except FileNotFoundError:
        pytest.fail(NO_CHROMIUM, pytrace=False)


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[[Path], str]]:
    """Serves folders on plain http, by a name that browsers call no secure context, as on a box in a village hall; gives the
    address of each."""
    from tests.browser.carriers import served

    with contextlib.ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))


@pytest.fixture(scope="session")
def box(real_site: Path, serving: Callable[[Path], str]) -> str:
    """The address of the real site on such a server."""
    return serving(real_site)
