"""Addresses that contributors wrote come in; those that may be linked go out, with the words to show for them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_ALLOWED = re.compile(r"(?:https?://[^\s\\]+|mailto:[^\s\\]+|tel:[0-9+().-]+)\Z", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def safe_url(url: str) -> str:
    """`url` where its scheme is https, http, mailto or tel and it can hold no control character; else ""."""
    return url if _ALLOWED.match(url) and not _CONTROL.search(url) else ""


def shown_url(url: str) -> str:
    """What to print for an address: no scheme, no `www.`, no last slash, the port where one is named; the punycode of a host that mixes scripts,
    since such a host may imitate another."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url
    if not host:
        return url
    if not host.isascii() and len(_scripts(host)) > 1:
        host = host.encode("idna").decode("ascii", "replace") if len(host) < 64 else ascii(host).strip("'")
    rest = (f":{port}" if port else "") + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    shown = host.removeprefix("www.") + rest
    return shown if len(shown) <= 60 else shown[:57] + "…"


def tel(number: str) -> str:
    """A telephone number as a link: `tel:+34931234567`."""
    digits = re.sub(r"[^0-9+]", "", number)
    return f"tel:{digits}" if digits else ""


def _scripts(host: str) -> set[str]:
    return {unicodedata.name(char, "?").split(" ")[0] for char in host if char.isalpha()}
