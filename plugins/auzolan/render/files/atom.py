"""A feed's plain values in; the bytes of an Atom document (RFC 4287) out, well-formed whatever the texts hold."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

_ATOM = "http://www.w3.org/2005/Atom"
# XML 1.0 has no way to write these, not even as a reference (section 2.2, Char).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item. `language` is its text's own; `link` an address, absolute or relative to the feed; `author` may be
    "": then the feed's own author speaks."""

    id: str
    title: str
    language: str
    link: str
    updated: datetime.date
    published: datetime.date | None
    summary: str
    category: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `link` is the page that shows the same, `self_link` the feed's own address."""

    id: str
    title: str
    subtitle: str
    language: str
    link: str
    self_link: str
    author: str
    entries: Sequence[FeedEntry]


def atom(feed: Feed) -> bytes:
    """The feed as UTF-8; `updated` is its newest entry's day, so a feed needs one entry at least."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": _clean(feed.language)})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", _instant(max(entry.updated for entry in feed.entries)))
    _add(_add(root, "author"), "name", feed.author)
    _link(root, "alternate", feed.link, "text/html", feed.language)
    _link(root, "self", feed.self_link, "application/atom+xml", "")
    for entry in feed.entries:
        _entry(root, entry)
    ElementTree.indent(root, space=" ")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _entry(root: ElementTree.Element, entry: FeedEntry) -> None:
    item = _add(root, "entry")
    item.set("xml:lang", _clean(entry.language))
    _add(item, "id", entry.id)
    _add(item, "title", entry.title)
    _link(item, "alternate", entry.link, "text/html", "")
    _add(item, "updated", _instant(entry.updated))
    if entry.published:
        _add(item, "published", _instant(entry.published))
    if entry.author:
        _add(_add(item, "author"), "name", entry.author)
    if entry.category:
        _add(item, "category").set("term", _clean(entry.category))
    if entry.summary:
        _add(item, "summary", entry.summary)


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    if text:
        element.text = _clean(text)
    return element


def _link(parent: ElementTree.Element, rel: str, href: str, media_type: str, language: str) -> None:
    said = {"rel": rel, "type": media_type, "href": _clean(href), **({"hreflang": language} if language else {})}
    ElementTree.SubElement(parent, "link", said)


def _instant(day: datetime.date) -> str:
    # History knows days; midnight UTC is the day's first moment and never lies in the future of its own day.
    return f"{day.isoformat()}T00:00:00Z"


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
