"""What tests of builds share: a declared date, and a cache folder of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.pipeline.grown import Grown
from tests.pipeline.small import small
from tests.running import own_cache


@pytest.fixture
def own(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own cache folder, of this test alone; builds have a declared date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    made = own_cache(tmp_path, tmp_path_factory)
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
