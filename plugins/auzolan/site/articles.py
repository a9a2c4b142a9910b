"""The plugin `auzolan.site.articles`: our reader and pages for articles, the home page, and all that makes a whole site."""

from __future__ import annotations

from typing import Any

from pelican import Pelican, signals
from pelican.generators import StaticGenerator

from auzolan.site.commons import start

ADDRESSES: dict[str, Any] = {
    "ARTICLE_URL": "articles/{slug}.html",
    "ARTICLE_LANG_URL": "{lang}/articles/{slug}.html",
    "PAGE_URL": "pages/{slug}.html",
    "PAGE_LANG_URL": "{lang}/pages/{slug}.html",
    "ARTICLE_PATHS": ["articles"],
    "PAGE_PATHS": ["pages"],
    "STATIC_PATHS": ["images"],
    "STATIC_URL": "{path}",
    "USE_FOLDER_AS_CATEGORY": False,
    "SLUGIFY_SOURCE": "basename",
    "RELATIVE_URLS": True,
}
"""Where Pelican thinks things are: what `{filename}` and `{static}` lead to."""

NOT_WRITTEN = (
    "ARTICLE_SAVE_AS", "ARTICLE_LANG_SAVE_AS", "PAGE_SAVE_AS", "PAGE_LANG_SAVE_AS", "DRAFT_SAVE_AS", "DRAFT_LANG_SAVE_AS",
    "DRAFT_PAGE_SAVE_AS", "DRAFT_PAGE_LANG_SAVE_AS", "CATEGORY_SAVE_AS", "TAG_SAVE_AS", "AUTHOR_SAVE_AS",
    "ARCHIVES_SAVE_AS", "AUTHORS_SAVE_AS", "CATEGORIES_SAVE_AS", "TAGS_SAVE_AS", "INDEX_SAVE_AS",
    "YEAR_ARCHIVE_SAVE_AS", "MONTH_ARCHIVE_SAVE_AS", "DAY_ARCHIVE_SAVE_AS",
)  # fmt: skip
NO_FEEDS = (
    "FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS", "CATEGORY_FEED_ATOM", "CATEGORY_FEED_RSS",
    "AUTHOR_FEED_ATOM", "AUTHOR_FEED_RSS", "TAG_FEED_ATOM", "TAG_FEED_RSS", "TRANSLATION_FEED_ATOM",
    "TRANSLATION_FEED_RSS",
)  # fmt: skip


def register() -> None:
    """Called by Pelican: settings are emptied before the generators are made; copying is stopped after they have read,
    when `{static}` links can be resolved already."""
    signals.initialized.connect(start)
    signals.initialized.connect(take_over)
    signals.static_generator_finalized.connect(copy_nothing)


def take_over(pelican: Pelican) -> None:
    """Every page is ours: Pelican reads, and writes none."""
    pelican.settings.update(ADDRESSES)
    pelican.settings.update(dict.fromkeys(NOT_WRITTEN, ""))
    pelican.settings.update(dict.fromkeys(NO_FEEDS))
    pelican.settings.update({"DIRECT_TEMPLATES": [], "THEME_STATIC_PATHS": []})
    # What is published is decided by the files, never by the clock of the machine that builds.
    pelican.settings["WITH_FUTURE_DATES"] = True


def copy_nothing(generator: StaticGenerator) -> None:
    """Pictures are published redrawn (`render/files/assets.py`), never as they lie in the folder."""
    if generator.settings.get("STATIC_PATHS") == ADDRESSES["STATIC_PATHS"]:
        # What is copied is what the context lists, not what the generator holds.
        generator.context["staticfiles"] = []
