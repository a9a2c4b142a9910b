"""A commons and a context come in; every page of the site goes out, one after the other, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import Page
from auzolan.render.context import Context

Builder = Callable[[Commons, Context], Iterator[Page]]

PAGES: tuple[Builder, ...] = ()
"""Every builder of pages, in the order in which a reader meets what they make."""


def pages(commons: Commons, context: Context) -> Iterator[Page]:
    """All pages, each with its whole view. The order is fixed; nothing is rendered yet."""
    for build in PAGES:
        yield from build(commons, context)
