"""What tests of builds share: a declared date, and a cache folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pipeline.grown import Grown
from tests.pipeline.small import small
from tests.running import once, own_cache


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where tests leave the templates that they compiled to those after them."""

    def make(folder: Path) -> Path:
        folder.mkdir()
        return folder

    return once(tmp_path_factory, "templates", make)


@pytest.fixture
def own(tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own cache folder, of this test alone; builds have a declared date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    made = own_cache(tmp_path, templates)
    monkeypatch.setenv("XDG_CACHE_HOME", str(made))
    return made


@pytest.fixture
def begun(own: Path, tmp_path: Path) -> Grown:
    """A small commons, not built yet."""
    return small(tmp_path / "site")


@pytest.fixture
def site(begun: Grown) -> Grown:
    """A small commons, built."""
    assert not begun.build().refused
    return begun
