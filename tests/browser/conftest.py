"""What tests in browsers share: a commons to write to, read from a disk and from a box; a site for Kiwix."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.forms import young
from tests.running import auzolan, once


@pytest.fixture(scope="session")
def commons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A young commons; its site is in `output/`. Nobody changes it."""

    def make(folder: Path) -> Path:
        folder.mkdir()
        return young(folder)

    return once(tmp_path_factory, "young", make)


@pytest.fixture(scope="session", params=["disk", "box"])
def origin(request: pytest.FixtureRequest, commons: Path, serving: Callable[[Path], str]) -> str:
    """Where the site is read from, with a slash at the end."""
    output = commons / "output"
    return f"{output.as_uri()}/" if request.param == "disk" else serving(output)


def zim_of(everything: Path, factory: pytest.TempPathFactory) -> Path:
    """The site for Kiwix."""
    if shutil.which("kiwix-serve") is None:
        pytest.skip("kiwix-serve is not installed: apt install kiwix-tools")
    pytest.importorskip("libzim", reason="libzim is not to be had for this Python: auzolan[zim]")

    def make(folder: Path) -> Path:
        folder.mkdir()
        assert auzolan("zim", str(everything / "output"), "-o", "commons.zim", cwd=folder).returncode == 0
        return folder / "commons.zim"

    return once(factory, "kiwix", make)
