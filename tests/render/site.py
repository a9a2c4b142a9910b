"""A Commons comes in; the whole site it makes goes out in memory, and questions about its HTML can be asked."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Page, Unit
from auzolan.render.pages import units
from auzolan.render.shared.context import Context, context_of
from auzolan.render.shared.environment import renderer

THEME = Path(__file__).resolve().parents[2] / "theme"
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


def context(commons: Commons, **more: Any) -> Context:
    """The context of a build with the shipped theme."""
    return context_of(commons, themes=[THEME], **more)


Builder = Callable[[Commons, Context], Iterable[Unit | Page]]


def everything(commons: Commons, shared: Context) -> Iterator[Unit]:
    """All units of a site, those that tell of files last."""
    yield from units(commons, shared)
    yield from units(commons, shared, late=True)


def pages_made(commons: Commons, shared: Context, build: Builder = everything) -> Iterator[Page]:
    """Every page that a builder's units make."""
    for one in build(commons, shared):
        yield from (page for page in (one.make() if isinstance(one, Unit) else [one]) if isinstance(page, Page))


def files_made(commons: Commons, build: Builder = everything, **more: Any) -> dict[str, bytes]:
    """The files that need no template: their bytes by path."""
    every = (
        file for unit in build(commons, context(commons, **more)) if isinstance(unit, Unit) for file in unit.make()
    )
    return {file.path: file.data for file in every if isinstance(file, File)}


def built(commons: Commons, build: Builder = everything, **more: Any) -> dict[str, str]:
    """Every page's HTML by path: of the whole site, or of one builder."""
    shared = context(commons, **more)
    bytes_of = renderer(commons, shared)
    return {page.path: bytes_of(page).decode() for page in pages_made(commons, shared, build)}


def planned(commons: Commons, build: Builder = everything, **more: Any) -> dict[str, Page]:
    """The same before it is rendered."""
    return {page.path: page for page in pages_made(commons, context(commons, **more), build)}


def tree(html: str) -> Any:
    """The parsed page."""
    return lxml.html.document_fromstring(html)


def text(html: str) -> str:
    """What a reader reads of the main part, in single spaces."""
    words = [part for main in tree(html).xpath("//main") for part in main.itertext()]
    return " ".join(" ".join(words).split())


def faults(html: str) -> list[str]:
    """What an HTML checker would say: tags that do not close in order, doubled ids, dead fragments, style attributes,
    handlers, images without words, text in place of a value."""
    found = []
    open_tags: list[str] = []
    for event, name in _tags(html):
        if event == "start" and name not in VOID:
            open_tags.append(name)
        elif event == "end" and (not open_tags or open_tags.pop() != name):
            found.append(f"</{name}> closes nothing")
            break
    found += [f"<{name}> is never closed" for name in open_tags]
    parsed = tree(html)
    ids = parsed.xpath("//@id")
    found += [f"id {one} twice" for one in set(ids) if ids.count(one) > 1]
    links = parsed.xpath("//a/@href | //*[local-name()='use']/@href")
    found += [f"dead fragment {link}" for link in links if link.startswith("#") and link[1:] not in ids]
    found += [f"attribute {name}" for name in ("style", "onclick", "onload", "onerror") if parsed.xpath(f"//@{name}")]
    found += ["img without alt" for _ in parsed.xpath("//img[not(@alt)]")]
    found += [
        "empty link"
        for link in parsed.xpath("//a")
        if not "".join(link.itertext()).strip() and not link.xpath(".//svg[@aria-label]")
    ]
    found += ["None or Undefined is shown" for line in parsed.itertext() if line.strip() in {"None", "Undefined"}]
    found += ["no h1" for _ in [0] if len(parsed.xpath("//h1")) != 1]
    return found


def dead_links(site: dict[str, str], also: frozenset[str] = frozenset()) -> list[str]:
    """Links inside the site that lead to no page (`also` names other files), or to no such place on it."""
    ids = {path: set(tree(html).xpath("//@id")) for path, html in site.items()}
    found = []
    for path, html in site.items():
        for link in tree(html).xpath("//a/@href | //form/@action | //link[@rel='alternate'][@hreflang]/@href"):
            parts = urlsplit(link)
            if parts.scheme or not (parts.path or parts.fragment) or path == "404.html":
                continue
            target = (
                path
                if not parts.path
                else posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            )
            if target.endswith(".atom") or target in also:
                continue
            if target not in site or (parts.fragment and parts.fragment not in ids[target]):
                found.append(f"{path} → {link}")
    return found


def _tags(html: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            found.append(("start", tag))

        def handle_startendtag(self, tag: str, attrs: Any) -> None:
            return

        def handle_endtag(self, tag: str) -> None:
            found.append(("end", tag))

    Reader().feed(html)
    return found
