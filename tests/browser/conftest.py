"""What tests in browsers share: a commons to write to, read from a disk and from a box."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.forms import young
from tests.running import once


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
