"""Markdown of strangers in; HTML that is safe to publish out, its headings listed and its notes apart.

The order is the protection: the Markdown dialect (no raw HTML), then nh3's allow-list, then the trusted fill of the
mentions. The text must have passed `check/prose_text.py` first: its caps keep this work under a second.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import nh3

from auzolan.model.prose_links import HIDDEN, SCHEMES, image_refusal, link_refusal
from auzolan.render.prose.prose_dialect import Dialect, Options, Text
from auzolan.render.prose.prose_tree import Heading

__all__ = ["Heading", "Prose", "prose"]

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4"}
    | {"h5", "h6", "hr", "img", "li", "ol", "p", "pre", "span", "strong", "sup", "table", "tbody", "td", "th", "thead"}
    | {"tr", "ul"}
)
CLASSES = {
    "figure": {"said", "disputed"},
    "span": {"tag", "bad"},
    "ol": {"srcs", "notes"},
    "td": {"center", "end"},
    "th": {"center", "end"},
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title", "rel", "id"},
    "img": {"src", "alt", "title"},
    "li": {"id"},
    "ol": {"start"},
    **{heading: {"id"} for heading in _HEADINGS},
}
_PLACEHOLDER = re.compile(r'<span class="(az[0-9a-f]{64})-([0-9]+)">[^<]*</span>')
_IDLE: dict[bool, list[Dialect]] = {False: [], True: []}
"""Dialects that wait for a text, with and without notes. They remember no text: one that fails is not put back."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Safe HTML of a text. `footnotes` is the notes' `<ol class="srcs notes">`, empty where there are none."""

    html: str
    toc: tuple[Heading, ...]
    footnotes: str


def prose(
    text: str,
    *,
    link: Callable[[str, str | None], str | None],
    heading_level: int = 2,
    footnotes: bool = True,
    id_prefix: str = "",
    disputed_label: str = "Attribution disputed",
    back_label: str = "Back to the text",
) -> Prose:
    """Render `text`.

    `link(entry_id, words)` returns trusted HTML for a mention, or None for an entry it does not know: then the
    written words alone (or the id, where no words were written) are shown. The topmost heading of the text becomes
    `<h{heading_level}>`. With `footnotes=False` the notation of notes is not read and stands as it was written.
    `id_prefix` (ASCII letters, digits, hyphens) follows `h-`, `fn-` and `fnref-` in every id, so that several texts
    can share a page. The labels are plain text in the page's language.
    """
    if not re.fullmatch(r"[A-Za-z0-9-]*", id_prefix) or not 1 <= heading_level <= 6:
        raise ValueError(f"id_prefix {id_prefix!r} or heading_level {heading_level!r} is not usable")
    # Nobody can write the token into the text, because the text decides the token.
    token = "az" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    made = _converted(text, token, Options(heading_level, id_prefix, disputed_label, back_label), footnotes)

    def clean(html: str) -> str:
        safe = _sanitise(html, token, len(made.mentions), made.ids) if html else ""
        return _PLACEHOLDER.sub(fill, safe) if made.mentions else safe

    def fill(match: re.Match[str]) -> str:
        if match[1] != token:
            return match[0]
        entry_id, words = made.mentions[int(match[2])]
        trusted = link(entry_id, words)
        return escape(words or entry_id) if trusted is None else trusted

    return Prose(html=clean(made.body), toc=made.toc, footnotes=clean(made.footnotes))


def _converted(text: str, token: str, options: Options, footnotes: bool) -> Text:
    idle = _IDLE[footnotes]
    try:
        dialect = idle.pop()
    except IndexError:
        dialect = Dialect(footnotes=footnotes)
    made = dialect.convert(text, token, options)
    idle.append(dialect)
    return made


def _sanitise(html: str, token: str, mentions: int, ids: frozenset[str]) -> str:
    def allowed(tag: str, attribute: str, value: str) -> str | None:
        # Pelican looks for {static} after any quote inside a tag, so no attribute of ours holds a straight one.
        if attribute == "id":
            return value if value in ids else None
        if attribute == "href":
            return None if link_refusal(value) else _without_quotes(value)
        if attribute == "src":
            return None if image_refusal(value) else _without_quotes(value)
        if attribute in ("alt", "title"):
            return value.replace("'", "\u2019").replace('"', "\u201d")
        if attribute == "rel":
            return value if value == "noopener noreferrer" else None
        if attribute == "start":
            return value if re.fullmatch(r"[0-9]{1,9}", value) else None
        return value

    placeholders = {f"{token}-{number}" for number in range(mentions)}
    safe = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=allowed,
        allowed_classes={**CLASSES, "span": CLASSES["span"] | placeholders},
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )
    return HIDDEN.sub("", safe)


def _without_quotes(url: str) -> str:
    return url.strip(" ").replace("'", "%27").replace('"', "%22")
