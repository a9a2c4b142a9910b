"""The HTML of a mail comes in; the text that a reader would see goes out, line by line. Nothing of it is shown as HTML again."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})[^<>]*>|<[!?/][^<>]*>")
_BREAKS = frozenset(
    ["br", "p", "div", "tr", "li", "ul", "ol", "table", "pre", "blockquote", "hr", *(f"h{n}" for n in range(1, 7))]
)
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 9


def text_of(page: str) -> str:
    """The text of a page: blocks and `<br>` end a line, blanks that do not show are one, quoted blocks begin with `> `."""
    page = _without_comments(page)
    lines = _Lines()
    unseen, at = "", 0
    for tag in _TAG.finditer(page):
        if not unseen:
            lines.say(page[at : tag.start()])
        at = tag.end()
        name, ends = (tag[2] or "").lower(), bool(tag[1])
        if unseen:
            unseen = "" if ends and name == unseen else unseen
        elif name in _UNSEEN and not ends:
            unseen = name
        elif name in _BREAKS:
            lines.block(name, ends)
    if not unseen:
        lines.say(page[at:])
    return lines.text()


def _without_comments(page: str) -> str:
    kept, at = [], 0
    while (start := page.find("<!--", at)) >= 0:
        kept.append(page[at:start])
        end = page.find("-->", start + 4)
        at = len(page) if end < 0 else end + 3
    return "".join([*kept, page[at:]])


class _Lines:
    """The lines so far; of the last one the parts."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []
        self._kept = self._quoted = 0

    def block(self, name: str, ends: bool) -> None:
        """A block begins or ends here."""
        step = -1 if ends else 1
        if name == "br" or self._parts:
            self._end()
        if name == "pre":
            self._kept = max(0, self._kept + step)
        elif name == "blockquote":
            self._quoted = max(0, min(_DEEPEST, self._quoted + step))

    def say(self, text: str) -> None:
        """Adds words."""
        if self._kept:
            for number, line in enumerate(html.unescape(text).split("\n")):
                if number:
                    self._end()
                self._add(line)
            return
        said = html.unescape(_BLANKS.sub(" ", text)).replace("\n", " ")
        self._add(said if self._parts else said.removeprefix(" "))

    def text(self) -> str:
        """All lines."""
        self._end()
        return "\n".join(self._done) + "\n"

    def _add(self, words: str) -> None:
        if words:
            self._parts.append(words)

    def _end(self) -> None:
        self._done.append("> " * self._quoted + "".join(self._parts).rstrip(" "))
        self._parts = []
