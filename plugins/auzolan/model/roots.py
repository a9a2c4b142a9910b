"""Settings come in; the files and folders that a commons is made of go out."""

from __future__ import annotations

import os
from pathlib import Path

from auzolan.model.settings import Settings

PAPERS = ("README", "CONTRIBUTING", "LICENSE", "LICENSES", "GOVERNANCE")
"""What lies beside the settings and belongs to the commons, by its name before the first dot."""


def source_roots(settings: Settings) -> tuple[Path, ...]:
    """What a living commons is made of: directory, content, a theme of its own, settings, the papers beside them."""
    found = [settings.theme, settings.root / settings.settings_path, settings.root / "publishconf.py"]
    found += settings.overrides
    if settings.root.is_dir():
        found += [path for path in settings.root.iterdir() if path.name.split(".")[0].upper() in PAPERS]
    # A setting may climb out of the site (`../theme`); what lies there is not the site's to publish.
    inside = {path for path in map(_straight, found) if path.is_relative_to(settings.root) and path != settings.root}
    return tuple(sorted(inside | {settings.directory, settings.content}))


def _straight(path: Path) -> Path:
    return Path(os.path.normpath(path))
