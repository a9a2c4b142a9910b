"""A commons and a context come in; all that the site is made of goes out in units: its pages, feeds and what they lean on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from auzolan.model.commons import Commons
from auzolan.model.pages import Unit
from auzolan.render.doors import (
    contribute,
    home,
    map_page,
    news,
    not_found,
    redirects,
    search_page,
    take,
    thanks,
    wanted,
)
from auzolan.render.entry import entries
from auzolan.render.files import assets, feeds, open_search, part_file, site_css, sitemap, strings
from auzolan.render.form import codes, field_table, paper, texts
from auzolan.render.form import pages as forms
from auzolan.render.lists import glossary, lists, relation_types, words
from auzolan.render.shared.context import Context
from auzolan.render.stories import story

Builder = Callable[[Commons, Context], Iterable[Unit]]


UNITS: tuple[tuple[str, Builder], ...] = (
    ("articles", home.units_of),
    ("search", search_page.units_of),
    ("search", open_search.units_of),
    ("directory", lists.units_of),
    ("directory", entries.units_of),
    ("directory", glossary.units_of),
    ("directory", words.units_of),
    ("directory", relation_types.units_of),
    ("articles", map_page.units_of),
    ("articles", story.units_of),
    ("directory", contribute.units_of),
    ("directory", forms.units_of),
    ("directory", paper.units_of),
    ("directory", field_table.units_of),
    ("articles", codes.units_of),
    ("articles", texts.units_of),
    ("directory", wanted.units_of),
    ("articles", news.units_of),
    ("articles", thanks.units_of),
    ("directory", redirects.units_of),
    ("articles", not_found.units_of),
    ("", feeds.units_of),
    ("articles", site_css.units_of),
    ("articles", strings.units_of),
    ("articles", sitemap.units_of),
    ("articles", assets.units_of),
    ("", part_file.units_of),
)
"""Every builder, in the order in which a reader meets what they make, each with the plugin it belongs to ("" for all)."""


LATE: tuple[tuple[str, Builder], ...] = (("data", take.units_of),)
"""Those that tell of the files that others made (`Context.downloads`)."""


def units(commons: Commons, context: Context, *, late: bool = False) -> Iterator[Unit]:
    """All units of the site, in a fixed order; nothing is made yet. The `late` ones are for themselves."""
    return chain.from_iterable(by_builders(commons, context, late=late))


def by_builders(commons: Commons, context: Context, *, late: bool = False) -> Iterator[Sequence[Unit]]:
    """The same, those of each builder for themselves: of entries there are more than memory should hold."""
    for plugin, units_of in LATE if late else UNITS:
        if not plugin or plugin in context.settings.features:
            found = units_of(commons, context)
            yield found if isinstance(found, Sequence) else list(found)
