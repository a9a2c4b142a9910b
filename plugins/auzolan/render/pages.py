"""A commons and a context come in; all that the site is made of goes out in units: its pages, feeds and what they lean on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Page, Unit
from auzolan.render.doors import contribute, home, map_page, news, not_found, redirects, search_page, take, wanted
from auzolan.render.entry import entries
from auzolan.render.files import assets, feeds, site_css, sitemap, strings
from auzolan.render.lists import glossary, lists, relation_types, words
from auzolan.render.shared.context import Context
from auzolan.render.stories import story

Builder = Callable[[Commons, Context], Iterator[Unit]]


def _entries(commons: Commons, context: Context) -> Iterator[Unit]:
    yield Unit("entries", partial(entries.pages_of, commons, context))


UNITS: tuple[tuple[str, Builder], ...] = (
    ("articles", home.units_of),
    ("search", search_page.units_of),
    ("directory", lists.units_of),
    ("directory", _entries),
    ("directory", glossary.units_of),
    ("directory", words.units_of),
    ("directory", relation_types.units_of),
    ("articles", map_page.units_of),
    ("articles", story.units_of),
    ("directory", contribute.units_of),
    ("directory", wanted.units_of),
    ("articles", news.units_of),
    ("data", take.units_of),
    ("directory", redirects.units_of),
    ("articles", not_found.units_of),
    ("", feeds.units_of),
    ("articles", site_css.units_of),
    ("articles", strings.units_of),
    ("articles", sitemap.units_of),
    ("articles", assets.units_of),
)
"""Every builder, in the order in which a reader meets what they make, each with the plugin it belongs to ("" for all)."""


def units(commons: Commons, context: Context) -> Iterator[Unit]:
    """All units of the site, in a fixed order; nothing is made yet."""
    for plugin, units_of in UNITS:
        if not plugin or plugin in context.settings.features:
            yield from units_of(commons, context)


def made(commons: Commons, context: Context) -> Iterator[Page | File]:
    """All that the units make, one after the other, pages with their whole view and not rendered yet."""
    for unit in units(commons, context):
        yield from unit.make()
