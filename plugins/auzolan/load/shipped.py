"""Nothing comes in; the folder goes out in which the shipped theme, kinds and vocabularies lie."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def shipped_root() -> Path:
    """The folder that holds `theme/` and `directory/`: inside the installed package, or the clone's root."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]
