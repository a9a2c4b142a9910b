"""The plugin `auzolan.site.directory`: entries, lists, facets and words as pages."""

from __future__ import annotations

from pelican import signals

from auzolan.site.commons import start


def register() -> None:
    """Called by Pelican. `initialized` is the first signal with complete settings, and the last before anything is read."""
    signals.initialized.connect(start)
