"""An article's Markdown, or the HTML that was made of it, comes in; its body, contents, notes and length go out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

from auzolan.model.commons import Commons
from auzolan.model.entries import Article
from auzolan.render.desk import Desk, desk_of
from auzolan.render.prose.prose import Prose, prose
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

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


def body_of(desk: Desk, page: str, article: Article, mentions: Iterable[str]) -> Body:
    """The body as it was given with the context (Pelican's reader made it), else rendered here. `mentions` are the
    entries that it names."""
    given = desk.context.bodies.get(article.path)
    # A body shows the names of what it mentions, whoever made it: asking for the cards says that the page needs them.
    desk.cards(mentions)
    if given is None:
        made = made_of(desk.commons, desk.context, desk.speaker, page, article)
        html, notes = made.html, made.footnotes
    else:
        found = _NOTES.search(given)
        html, notes = (given[: found.start()] + given[found.end() :], found[0]) if found else (given, "")
    toc = [{"id": id_, "text": _words(inner)} for id_, inner in _HEADING.findall(html)]
    return Body(Markup(html), Markup(notes), toc, minutes_of(_words(html)))


def made_of(commons: Commons, context: Context, speaker: Speaker, page: str, article: Article) -> Prose:
    """The body rendered for the page at `page`, links to Pelican's files still unresolved."""
    return prose(
        article.body,
        link=desk_of(commons, context, speaker).mention(addresses.root_of(page)),
        disputed_label=speaker._("Attribution disputed"),
        back_label=speaker._("Back to the text"),
    )


def minutes_of(text: str) -> int:
    """How long reading takes, in whole minutes, one at least."""
    unspaced = len(_UNSPACED.findall(text))
    words = len(_UNSPACED.sub(" ", text).split())
    return max(1, -(-(words * SIGNS_A_MINUTE + unspaced * WORDS_A_MINUTE) // (WORDS_A_MINUTE * SIGNS_A_MINUTE)))


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
