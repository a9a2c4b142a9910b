"""The smallest settings that make a site."""

import auzolan

PATH = "content"
PLUGINS = auzolan.PLUGINS
THEME = auzolan.theme()
