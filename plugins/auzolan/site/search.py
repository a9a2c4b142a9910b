"""The plugin `auzolan.site.search`: the search page, and the shards that it asks."""

from __future__ import annotations

from pelican import signals

from auzolan.site.commons import start


def register() -> None:
    """Called by Pelican; that the plugin is switched on is what the commons needs to know of it."""
    signals.initialized.connect(start)
