"""A feed's plain values in; the bytes of an Atom document (RFC 4287) out, well-formed whatever the texts hold.

The document is written as text, an item at a time, since a site has thousands of feeds and an item stands in many.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no way to write these, not even as a reference (section 2.2, Char).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item, wherever it stands. `language` is its text's own; `page` the site-root-relative path it leads to."""

    id: str
    title: str
    language: str
    page: str
    updated: datetime.date
    published: datetime.date
    summary: str
    category: str


Item = tuple[str, str, str]
"""An item as text: what comes before the address of its page, the page's path, what comes after."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `link` is the page that shows the same, `self_link` the feed's own address, `updated` its newest item's
    day."""

    id: str
    title: str
    subtitle: str
    language: str
    link: str
    self_link: str
    author: str
    updated: datetime.date


def atom(feed: Feed, items: Iterable[tuple[Item, str]]) -> bytes:
    """The feed as UTF-8. Each item comes with the address of its page, absolute or relative to the feed."""
    language = attribute(feed.language)
    parts = [
        "<?xml version='1.0' encoding='utf-8'?>\n",
        f'<feed xmlns="{_ATOM}" xml:lang="{language}">\n',
        _line(" ", "id", feed.id),
        _line(" ", "title", feed.title),
        _line(" ", "subtitle", feed.subtitle) if feed.subtitle else "",
        _line(" ", "updated", _instant(feed.updated)),
        " <author>\n",
        _line("  ", "name", feed.author),
        " </author>\n",
        f' <link rel="alternate" type="text/html" href="{attribute(feed.link)}" hreflang="{language}" />\n',
        f' <link rel="self" type="application/atom+xml" href="{attribute(feed.self_link)}" />\n',
    ]
    for (before, _, after), address in items:
        parts += (before, attribute(address), after)
    parts.append("</feed>\n")
    return "".join(parts).encode()


def item_of(entry: FeedEntry) -> Item:
    """An item as every feed of the language holds it, but for the address of its page."""
    before = (
        f' <entry xml:lang="{attribute(entry.language)}">\n'
        f"{_line('  ', 'id', entry.id)}{_line('  ', 'title', entry.title)}"
        '  <link rel="alternate" type="text/html" href="'
    )
    category = f'  <category term="{attribute(entry.category)}" />\n' if entry.category else ""
    summary = _line("  ", "summary", entry.summary) if entry.summary else ""
    after = (
        f'" />\n{_line("  ", "updated", _instant(entry.updated))}{_line("  ", "published", _instant(entry.published))}'
        f"{category}{summary} </entry>\n"
    )
    return before, entry.page, after


def _line(indent: str, name: str, text: str) -> str:
    return f"{indent}<{name}>{content(text)}</{name}>\n" if text else f"{indent}<{name} />\n"


def _instant(day: datetime.date) -> str:
    # History knows days; midnight UTC is the day's first moment and never lies in the future of its own day.
    return f"{day.isoformat()}T00:00:00Z"


def content(text: str) -> str:
    """A text between two tags; what XML cannot hold is replaced by U+FFFD."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped if text.isprintable() else _NOT_XML.sub("\ufffd", escaped)


def attribute(text: str) -> str:
    """A text between two quotation marks."""
    escaped = content(text).replace('"', "&quot;")
    return escaped.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")
