"""A commons and a context come in; every page of the site goes out, one after the other, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import Page
from auzolan.render.doors import contribute, home, map_page, news, not_found, redirects, search_page, take, wanted
from auzolan.render.entry import entries
from auzolan.render.lists import glossary, lists, relation_types, words
from auzolan.render.shared.context import Context
from auzolan.render.stories import story

Builder = Callable[[Commons, Context], Iterator[Page]]

PAGES: tuple[tuple[str, Builder], ...] = (
    ("articles", home.pages_of),
    ("search", search_page.pages_of),
    ("directory", lists.pages_of),
    ("directory", entries.pages_of),
    ("directory", glossary.pages_of),
    ("directory", words.pages_of),
    ("directory", relation_types.pages_of),
    ("articles", map_page.pages_of),
    ("articles", story.pages_of),
    ("directory", contribute.pages_of),
    ("directory", wanted.pages_of),
    ("articles", news.pages_of),
    ("data", take.pages_of),
    ("directory", redirects.pages_of),
    ("articles", not_found.pages_of),
)
"""Every builder of pages, in the order in which a reader meets what they make, each with the plugin it belongs to."""


def pages(commons: Commons, context: Context) -> Iterator[Page]:
    """All pages, each with its whole view. The order is fixed; nothing is rendered yet."""
    for plugin, build in PAGES:
        if plugin in context.settings.features:
            yield from build(commons, context)
