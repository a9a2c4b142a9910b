"""The settings come in; `404.html` goes out: the one page with absolute paths, since a server shows it anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`404.html`, in the default language; it names the first page of every other."""
    yield Unit("not-found", partial(_page, context))


def _page(context: Context) -> Iterator[Page]:
    speaker = context.speakers[context.default]
    view = {
        "find": context.find(context.default),
        "news": addresses.news(context.default, context.default),
        "homes": [{"path": addresses.home(tag, context.default), "tag": tag} for tag in context.speakers],
    }
    yield page_of(
        context,
        "404.html",
        "not_found.html",
        context.default,
        view,
        title=speaker._("This page is not here"),
        languages=(context.default,),
        canonical="",
        root=root_of_site(context.settings.site_url),
        index=False,
    )


def root_of_site(site_url: str) -> str:
    """The absolute path under which the site lies: `/`, or `/commons/` for https://example.org/commons."""
    return urlsplit(site_url).path.rstrip("/") + "/"
