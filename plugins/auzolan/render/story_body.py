"""An article's Markdown, or the HTML that was made of it, comes in; its body, contents, notes and length go out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

from markupsafe import Markup

from auzolan.model.commons import Commons
from auzolan.model.entries import Article
from auzolan.render import addresses
from auzolan.render.cards import Card, card_of
from auzolan.render.context import Context
from auzolan.render.naming import Speaker
from auzolan.render.prose import prose

WORDS_A_MINUTE = 220
SIGNS_A_MINUTE = 450
"""Unhurried silent reading, of spaced scripts in words and of unspaced ones in signs: estimates, rounded up."""

_HEADING = re.compile(r'<h2 id="(h-[A-Za-z0-9-]+)">(.*?)</h2>', re.DOTALL)
_NOTES = re.compile(r'<ol class="srcs notes">.*?</ol>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Body:
    """`html` and `notes` are safe to print; `toc` are the main headings as dicts of `id` and `text`."""

    html: Markup
    notes: Markup
    toc: list[dict[str, str]]
    minutes: int


def body_of(commons: Commons, context: Context, speaker: Speaker, page: str, article: Article) -> Body:
    """The body as it was given with the context (Pelican's reader made it), else rendered here."""
    given = context.bodies.get(article.path)
    if given is None:
        made = prose(
            article.body,
            link=mention_link(commons, context, speaker, page),
            disputed_label=speaker._("Attribution disputed"),
            back_label=speaker._("Back to the text"),
        )
        html, notes = made.html, made.footnotes
    else:
        found = _NOTES.search(given)
        html, notes = (given[: found.start()] + given[found.end() :], found[0]) if found else (given, "")
    toc = [{"id": id_, "text": _words(inner)} for id_, inner in _HEADING.findall(html)]
    return Body(Markup(html), Markup(notes), toc, minutes_of(_words(html)))


def minutes_of(text: str) -> int:
    """How long reading takes, in whole minutes, one at least."""
    unspaced = len(_UNSPACED.findall(text))
    words = len(_UNSPACED.sub(" ", text).split())
    return max(1, -(-(words * SIGNS_A_MINUTE + unspaced * WORDS_A_MINUTE) // (WORDS_A_MINUTE * SIGNS_A_MINUTE)))


def mention_link(
    commons: Commons, context: Context, speaker: Speaker, page: str
) -> Callable[[str, str | None], str | None]:
    """What fills a `[[kind/slug|words]]` in prose: a link with the sign of its kind; None for what is not there."""

    def link(id_: str, words: str | None) -> str | None:
        card = card_of(commons, context, speaker, id_)
        return mention_html(card, words, page) if card else None

    return link


def mention_html(card: Card, words: str | None, page: str) -> str:
    """A mention as trusted HTML: every text escaped, the sign kept on the line of the first word."""
    kind = card["kind"]
    name = card["name"]
    first, _, rest = (words or name["text"]).partition(" ")
    tongue = f' lang="{escape(name["lang"])}" dir="{name["dir"]}"' if name["other"] and not words else ""
    sign = hue = ""
    if kind:
        flip = " flip" if kind["flip"] else ""
        hue = f" k-{kind['hue']}"
        sign = (
            f'<svg class="sign{hue}{flip}" width="16" height="16" aria-hidden="true">'
            f'<use href="#s-{kind["sign"]}"></use></svg>'
        )
    href = escape(addresses.relative(page, card["path"]))
    tail = f" {escape(rest)}" if rest else ""
    return (
        f'<a class="with{hue}" href="{href}"><bdi{tongue}><span class="nb">{sign}{escape(first)}</span>{tail}</bdi></a>'
    )


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
