"""Former ids come in; a small page at each former address goes out, which leads on to where the entry is now."""

from __future__ import annotations

from collections.abc import Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import Page
from auzolan.render.cards import entry_card
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """A page for each former id in every language; none where the kind or the entry is not there any more."""
    kinds = commons.catalog.declarations.kinds
    for former, now in sorted(commons.redirects.items()):
        kind_name, _, slug = former.partition("/")
        kind, profile = kinds.get(kind_name), commons.profiles.get(now)
        if kind is None or profile is None or former in commons.profiles:
            continue
        for language, speaker in context.speakers.items():
            path = addresses.entry_page(kind, slug, language, context.default)
            card = entry_card(commons, speaker, profile)
            link = addresses.relative(path, card["path"])
            title = speaker._("%(name)s has moved", name=card["name"]["text"])
            yield page_of(
                context,
                path,
                "redirect.html",
                language,
                {"card": card, "link": link},
                title=title,
                canonical=card["path"],
                index=False,
            )
