"""A commons and a context come in; every page of the site goes out, one after the other, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import Page
from auzolan.render import (
    contribute,
    entries,
    glossary,
    home,
    lists,
    map_page,
    news,
    not_found,
    redirects,
    relation_types,
    search_page,
    story,
    take,
    wanted,
    words,
)
from auzolan.render.context import Context

Builder = Callable[[Commons, Context], Iterator[Page]]

PAGES: tuple[Builder, ...] = (
    home.pages_of,
    search_page.pages_of,
    lists.pages_of,
    entries.pages_of,
    glossary.pages_of,
    words.pages_of,
    relation_types.pages_of,
    map_page.pages_of,
    story.pages_of,
    contribute.pages_of,
    wanted.pages_of,
    news.pages_of,
    take.pages_of,
    redirects.pages_of,
    not_found.pages_of,
)
"""Every builder of pages, in the order in which a reader meets what they make."""


def pages(commons: Commons, context: Context) -> Iterator[Page]:
    """All pages, each with its whole view. The order is fixed; nothing is rendered yet."""
    for build in PAGES:
        yield from build(commons, context)
