"""Auzolan: plain files in, a directory and a knowledge commons out.

A site's `pelicanconf.py` imports this package, so that a missing plugin cannot pass silently.
"""

from __future__ import annotations

__version__ = "0.1.0"

PLUGINS = ["auzolan.site.directory", "auzolan.site.articles", "auzolan.site.search", "auzolan.site.data"]
"""All plugins, in the order in which they are switched on."""


def theme() -> str:
    """The folder of the theme that ships with Auzolan, for Pelican's THEME."""
    from auzolan.load.shipped import shipped_root

    return str(shipped_root() / "theme")
