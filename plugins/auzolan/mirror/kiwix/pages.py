"""A page of a built site comes in; what Kiwix needs to know of it goes out: its title, its words, and where it leads on to."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

_QUIET = frozenset(["script", "style", "nav", "form", "svg", "template"])
"""What is in a page and is no text of it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a page: `title` as browsers show it, `text` of its main part, and the path of the page to which it leads
    on at once, "" where it does not."""

    title: str
    text: str
    leads_to: str


def read(path: str, html: str) -> Read:
    """`path` is the page's own, from the site's root."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return Read(
        " ".join("".join(parser.title).split()), " ".join("".join(parser.text).split()), _target(path, parser.refresh)
    )


def _target(path: str, refresh: str) -> str:
    _, sign, link = refresh.partition("url=")
    parts = urlsplit(link.strip())
    if not sign or parts.scheme or parts.netloc or not parts.path:
        return ""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    return "" if target.startswith(("../", "/")) else target


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self.refresh = ""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "meta" and (told.get("http-equiv") or "").lower() == "refresh":
            self.refresh = told.get("content") or ""
        if tag in ("title", "main") or tag in _QUIET:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            while self._within.pop() != tag:
                pass
        elif "main" in self._within:
            self.text.append(" ")  # words of two elements are two words

    def handle_data(self, data: str) -> None:
        if self._within == ["title"]:
            self.title.append(data)
        elif self._within == ["main"]:
            self.text.append(data)
