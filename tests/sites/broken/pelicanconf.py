"""A site in which everything is wrong: one file for each rule, named by its code."""

import auzolan

SITENAME = "Broken"
SITEURL = ""
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
THEME = auzolan.theme()
PLUGINS = auzolan.PLUGINS
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

AUZOLAN_LANGUAGES = ["en", "eo"]  # S003
AUZOLAN_COLOUR = "#ffcb2d"  # S001
AUZOLAN_POSTER = "#000000"  # S002
AUZOLAN_COMMENTS = True
