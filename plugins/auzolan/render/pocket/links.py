"""A page of the site comes in; the same goes out for one file: links lead to what is in it, and what is not is plain words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urlsplit

# Attributes are quoted in what templates and the sanitiser write; a quoted one may hold `>`.
_TAG = re.compile(r"""<(/?)(a|img)\b((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"\s([a-z-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")


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
    pieces, at, plain = [], 0, False
    for tag in _TAG.finditer(html):
        pieces.append(html[at : tag.start()])
        at = tag.end()
        closes, kind, inside = tag.groups()
        if kind == "img":
            alt = dict(_attributes(inside)).get("alt", "")
            pieces.append(f'<span class="note">{escape(alt)}</span>' if alt else "")
        elif closes:
            pieces.append("</span>" if plain else "</a>")
            plain = False
        else:
            href = dict(_attributes(inside)).get("href")
            to = None if href is None else _led(href, path, name, ways, anchors)
            plain = to == ""
            pieces.append(f"<span{_without_way(inside)}>" if plain else tag[0] if to is None else _leading(inside, to))
    pieces.append(html[at:])
    return "".join(pieces)


def _led(href: str, path: str, name: str, ways: Ways, anchors: bool) -> str | None:
    """Where a link leads now; "" nowhere, None where it led."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path and not parts.query:
        return f"#/{name}/{parts.fragment}" if anchors and parts.fragment else None
    to = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path)) if parts.path else path
    return ways.to(to, parts.query, parts.fragment)


def _attributes(inside: str) -> list[tuple[str, str]]:
    return [(name, unescape(double or single)) for name, double, single in _ATTRIBUTE.findall(inside)]


def _leading(inside: str, to: str) -> str:
    kept = "".join(f' {name}="{escape(value)}"' for name, value in _attributes(inside) if name != "href")
    return f'<a href="{escape(to)}"{kept}>'


def _without_way(inside: str) -> str:
    """What a plain word keeps of a link's attributes: its look and its language."""
    return "".join(
        f' {name}="{escape(value)}"' for name, value in _attributes(inside) if name in ("class", "lang", "dir")
    )
