"""A built site flows in; what its pages say of themselves flows out, read with an HTML parser, each page once."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

LANGUAGES = ("en", "es", "ca", "fr")
URL_ATTRIBUTES = ("href", "src", "action", "poster", "data", "formaction", "xlink:href", "srcset", "ping")
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written, and where it leads: a path inside the site with its fragment, or nothing for one that leaves."""

    written: str
    path: str
    fragment: str
    external: bool


@dataclass(frozen=True, slots=True)
class Read:
    """One page: its tree and ids, by its path inside the site."""

    path: str
    tree: html.HtmlElement
    ids: tuple[str, ...]
    size: int

    def links(self) -> Iterator[Link]:
        """Every address in the page, the ones of resources included."""
        for element in self.tree.iter(etree.Element):
            for name in URL_ATTRIBUTES:
                value = element.get(name)
                if value is not None:
                    yield self.lead(value)
            if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
                match = _REFRESH.match(element.get("content") or "")
                assert match, self.path
                yield self.lead(match[1])

    def lead(self, value: str) -> Link:
        """Where `value` leads from this page."""
        parts = urlsplit(value)
        if parts.scheme or parts.netloc:
            return Link(value, "", "", True)
        path = unquote(parts.path)
        if path.startswith("/"):
            target = path[1:]
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path)) if path else self.path
        return Link(value, target, unquote(parts.fragment), False)


def read_pages(site: Path) -> dict[str, Read]:
    """Every page of the site, by path."""
    return dict(_each(site))


@functools.cache
def pages_of(site: Path) -> dict[str, Read]:
    """The same, kept: reading thousands of pages once is enough."""
    return read_pages(site)


def _each(site: Path) -> Iterator[tuple[str, Read]]:
    parser = html.HTMLParser(encoding="utf-8")
    for path in sorted(site.rglob("*.html")):
        data = path.read_bytes()
        tree = html.document_fromstring(data, parser=parser)
        name = path.relative_to(site).as_posix()
        ids = tuple(element.get("id") for element in tree.iter(etree.Element) if element.get("id") is not None)
        yield name, Read(name, tree, ids, len(data))
