"""An address written in prose in; the reason why it may not stand there out, or None where it may."""

from __future__ import annotations

import re
from urllib.parse import unquote

SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes a link in prose may have."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_BRACED = re.compile(r"\{(static|attach|filename|index|category|tag|author)\}")
HIDDEN = re.compile(
    "[^\t\n\r -~\xa0-\u200a\u200c-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr(plane << 16 | 0xFFFD)}" for plane in range(1, 17))
    + "]"
)
"""Characters that no page shows: a character reference can smuggle in what the reader of the file refuses. Written
as what is shown, which is found much faster."""

_SPACE = re.compile(r"[\s\\]")


def link_refusal(url: str) -> str | None:
    """Why `url` may not be the target of a link. Character references must be decoded already."""
    url = url.strip(" ")
    if _SPACE.search(url) or HIDDEN.search(url):
        return "it holds a space (write %20), a backslash or a hidden character"
    braced = _BRACED.match(url)
    if braced:
        return _inside_refusal(url[braced.end() :], climb=braced[1] == "filename")
    if url.startswith(("{", "|")):
        return "it starts with a word in braces that is not known here"
    if url.startswith("//"):
        return "it names a host without saying https"
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in SCHEMES:
        return f"its scheme {scheme[1].lower()!r} is not http, https or mailto"
    if not scheme and ":" in re.split(r"[/?#]", url, maxsplit=1)[0]:
        return "it holds a colon before its first slash"
    if scheme and scheme[1].lower() != "mailto" and not re.match(r"//[^/?#@]+(?:[/?#]|$)", url[scheme.end() :]):
        return "it names no host, or hides a user name before it"
    return None


def image_refusal(url: str) -> str | None:
    """Why `url` may not be the source of an image: only files beside the text or under `{static}` may."""
    url = url.strip(" ")
    braced = re.match(r"\{(?:static|attach)\}", url)
    if braced:
        return link_refusal(url)
    if not url:
        return "it is empty"
    if _SPACE.search(url) or HIDDEN.search(url):
        return "it holds a space (write %20), a backslash or a hidden character"
    if url.startswith(("{", "|", "/")) or ":" in url:
        return "it is not the relative path of a file that belongs to this site"
    return _inside_refusal(url, climb=False)


def _inside_refusal(path: str, *, climb: bool) -> str | None:
    # Pelican copies what {static} and {attach} name, wherever `..` or a second slash leads: no such path gets through.
    plain = unquote(path)
    if HIDDEN.search(plain) or re.search(r"[\\:%]|//", plain):
        return "it is not a plain path"
    segments = re.split(r"[/?#;]", plain)
    if not climb and ".." in (segment.strip() for segment in segments):
        return "it climbs out of its folder"
    return None
