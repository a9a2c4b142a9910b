"""A page of a part of a commons comes in; the same goes out with links that lead somewhere: what only the whole has is linked to
there, where its address is known, and is plain words where it is not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page
from auzolan.model.settings import Settings
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.leading import led

_PICTURES = "images/"


@dataclass(frozen=True, slots=True)
class Away:
    """Where links of a part's pages lead. `kinds` are those of the commons by their folders."""

    commons: Commons
    part: Settings
    whole: Settings
    kinds: dict[str, Kind]

    def page(self, html: str, path: str) -> str:
        """The page at `path`."""
        return led(html, partial(self._way, path), partial(self._is_shown, path))

    def _way(self, here: str, href: str) -> str | None:
        try:
            parts = urlsplit(href)
        except ValueError:  # no address: it leads nowhere, as it did
            return None
        if parts.scheme or parts.netloc or not parts.path:
            return None
        to = self.in_whole(unquote(_resolved(here, parts.path)))
        if not to:
            return None
        if not self.whole.site_url:
            return ""
        asked = f"?{parts.query}" if parts.query else ""
        return f"{self.whole.site_url}/{quote(to)}{asked}" + (f"#{parts.fragment}" if parts.fragment else "")

    def _is_shown(self, here: str, src: str) -> bool:
        has_none = self.part.part is not None and not self.part.part.images
        return not (has_none and (_resolved(here, src).startswith(_PICTURES) or src.startswith("{")))

    def in_whole(self, path: str) -> str:
        """Where what would lie at `path` in the part lies in the whole; "" where the part has it itself."""
        if path.startswith(_PICTURES):
            return path if self.part.part is not None and not self.part.part.images else ""
        language, rest = self._language(path)
        folder, _, file = rest.partition("/")
        name = file.removesuffix(".html")
        kind = self.kinds.get(folder)
        if language not in self.part.languages:
            missing = True
        elif kind is not None:
            missing = f"{kind.name}/{name}" in self.commons.elsewhere
        else:
            story = self.commons.stories.get(name)
            missing = folder == "articles" and name != "index" and file.endswith(".html") and (
                story is None or language not in story.versions)  # fmt: skip
        return addresses.in_language(rest, language, self.whole.default_language) if missing else ""

    def _language(self, path: str) -> tuple[str, str]:
        """The language of a page of the part, and its path without the language's prefix."""
        for language in self.whole.languages:
            prefix = f"{language.lower()}/"
            if language != self.part.default_language and path.startswith(prefix):
                return language, path.removeprefix(prefix)
        return self.part.default_language, path


def _resolved(here: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), path))


def away_of(commons: Commons, context: Context) -> Away | None:
    """Where links lead in the pages of a part; None in those of a whole commons, of which nothing is elsewhere."""
    whole = context.settings.whole
    if whole is None:
        return None
    kinds = {kind.folder: kind for kind in commons.catalog.declarations.kinds.values()}
    return Away(commons, context.settings, whole, kinds)


def renderer_away(render: Callable[[Page], bytes], away: Away | None) -> Callable[[Page], bytes]:
    """`render`, whose pages lead where `away` says."""
    if away is None:
        return render
    return lambda page: away.page(render(page).decode(), page.path).encode()
