"""tests/vectors/*.json are what Python makes today; node reads the same files (tests/client)."""

from __future__ import annotations

import json

import pytest
from tests.index.vectors import FOLDER, vectors, written

MADE = vectors()


@pytest.mark.parametrize("name", sorted(MADE))
def test_vector_files_are_current(name: str) -> None:
    kept = json.loads((FOLDER / f"{name}.json").read_text(encoding="ascii"))
    made = json.loads(written(MADE[name]))
    if name == "answers":  # the packed bytes may differ between versions of zlib; what is answered may not
        kept.pop("files"), made.pop("files")
    assert kept == made, "run: PYTHONPATH=plugins python -m tests.index.vectors"
