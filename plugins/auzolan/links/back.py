"""A page of somebody's web site comes in; where it says `rel="me"` goes out: who else it is.

One pass from the beginning to the end, whatever is in the page; what stands in comments, scripts and the like is no link.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

PAGE_BYTES = 256 * 1024
"""How much of a page is read."""
MOST, LONGEST = 20, 300
"""Links that are kept of a page, and characters of each: what is kept of a stranger's page is small."""
_LONGEST_TAG = 2_000
_TAGS = 2_000
_RAW = re.compile(r"<(script|style|textarea|title|template|noscript|xmp|iframe|noembed|noframes)[\s/>]", re.IGNORECASE)
_TAG = re.compile(r"<(?:a|link)(?=[\s/])((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def me_links(data: bytes, address: str) -> tuple[str, ...]:
    """The addresses that a page at `address` links with `rel="me"`, each once, in their order, at most `MOST`."""
    found: dict[str, None] = {}
    # Of bytes, small letters are those of ASCII alone: the two texts have the same places.
    page, lower = data.decode("utf-8", "replace"), data.lower().decode("utf-8", "replace")
    at, tags = lower.find("<"), 0
    while at >= 0 and len(found) < MOST and tags < _TAGS:
        if lower.startswith("<!--", at):
            end = lower.find("-->", at + 4)
            at = lower.find("<", end) if end >= 0 else -1
            continue
        raw = _RAW.match(lower, at)
        if raw:
            end = lower.find(f"</{raw[1]}", raw.end())
            at = end + 1 if end >= 0 else -1
            at = lower.find("<", at) if at > 0 else -1
            continue
        if lower.startswith(("<a", "<link"), at):
            tags += 1
            tag = _TAG.match(page[at : at + _LONGEST_TAG])
            href = _me(tag[1]) if tag else ""
            if href:
                found.setdefault(_joined(address, href))
        at = lower.find("<", at + 1)
    return tuple(one for one in found if one)


def _me(attributes: str) -> str:
    told: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        told.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
    return told.get("href", "").strip() if "me" in told.get("rel", "").lower().split() else ""


def _joined(address: str, href: str) -> str:
    try:
        whole = urljoin(address, href)
    except ValueError:
        return ""
    return whole if len(whole) <= LONGEST and whole.startswith(("https://", "http://")) else ""


def same_page(one: str, other: str) -> bool:
    """Whether two addresses are of one page: the scheme, `www.`, a fragment, a query and `index.html` make no difference."""
    return bool(_page(one)) and _page(one) == _page(other)


def _page(url: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(url)
        host = f"{(parts.hostname or '').removeprefix('www.')}:{parts.port or ''}"
    except ValueError:
        return None
    path = parts.path.removesuffix("index.html")
    return (host, path or "/") if parts.hostname else None
