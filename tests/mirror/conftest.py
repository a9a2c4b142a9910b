"""What tests of mirrors share: nobody's power fails meanwhile, so they do not wait for everybody's disk."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auzolan.mirror.place.settle", lambda: None)
