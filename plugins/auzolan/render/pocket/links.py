"""A page of the site comes in; the same goes out for one file: links lead to what is in it, and what is not is plain words."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from auzolan.render.shared.leading import led


@dataclass(frozen=True, slots=True)
class Ways:
    """Where links may lead. `pages` are the names of the pages in the file (`cooperatives/x`), `lists` the paths of the site's
    lists with what the search of the file is asked in their place, `prefix` that of the language's pages, and `site_url`
    where the whole site is, or ""."""

    pages: Collection[str]
    lists: Mapping[str, str]
    prefix: str
    site_url: str

    def name_of(self, path: str) -> str:
        """What a page of the site is called here: `ca/cooperatives/x.html` is `cooperatives/x`."""
        return path.removeprefix(self.prefix).removesuffix(".html")

    def to(self, path: str, query: str = "", fragment: str = "") -> str:
        """Where a link to a page of the site leads; "" where there is nothing to be led to."""
        if path in self.lists:
            return f"#/{self.lists[path]}"
        name = self.name_of(path)
        if name in self.pages:
            return f"#/{name}" + (f"/{fragment}" if fragment else "") + (f"?{query}" if query else "")
        if self.site_url:
            asked = f"?{query}" if query else ""
            return f"{self.site_url}/{path}{asked}" + (f"#{fragment}" if fragment else "")
        return ""


def rewritten(html: str, path: str, ways: Ways, *, anchors: bool = True) -> str:
    """The page at `path`. Pictures become their words: they are not in the file. Where `anchors` is off, links within the page
    stay as they are."""
    name = ways.name_of(path)
    return led(html, lambda href: _led(href, path, name, ways, anchors), lambda src: False)


def _led(href: str, path: str, name: str, ways: Ways, anchors: bool) -> str | None:
    """Where a link leads now; "" nowhere, None where it led."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path and not parts.query:
        return f"#/{name}/{parts.fragment}" if anchors and parts.fragment else None
    to = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
    return ways.to(to, parts.query, parts.fragment)
