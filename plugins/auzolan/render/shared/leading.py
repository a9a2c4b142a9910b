"""A page comes in; the same goes out with links that lead elsewhere, or nowhere: then they are plain words. Pictures that are not
there become the words that stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

# Attributes are quoted in what templates and the sanitiser write; a quoted one may hold `>`.
_TAG = re.compile(r"""<(/?)(a|img)\b((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""")
_ATTRIBUTE = re.compile(r"\s([a-z-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'))?")


def led(html: str, way: Callable[[str], str | None], shown: Callable[[str], bool]) -> str:
    """`way` says where a link leads now: "" nowhere, None where it led. `shown` says whether the picture at an address is there."""
    pieces, at, plain = [], 0, False
    for tag in _TAG.finditer(html):
        pieces.append(html[at : tag.start()])
        at = tag.end()
        closes, kind, inside = tag.groups()
        if kind == "img":
            told = dict(_attributes(inside))
            alt = told.get("alt", "")
            words = f'<span class="note">{escape(alt)}</span>' if alt else ""
            pieces.append(tag[0] if shown(told.get("src", "")) else words)
        elif closes:
            pieces.append("</span>" if plain else "</a>")
            plain = False
        else:
            href = dict(_attributes(inside)).get("href")
            to = None if href is None else way(href)
            plain = to == ""
            pieces.append(f"<span{_without_way(inside)}>" if plain else tag[0] if to is None else _leading(inside, to))
    pieces.append(html[at:])
    return "".join(pieces)


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
