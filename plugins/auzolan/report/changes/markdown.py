"""Sections come in; a comment for a forge goes out, in Markdown that is the same on GitHub, GitLab, Forgejo and Gitea.

What somebody wrote stands in code spans and nowhere else: in them no forge reads a mention, an issue's number, an address, a
picture, HTML, an emoji or a command, and nothing but the span's own end ends one. Escaping by backslash would not do, for
mentions and addresses are looked for in what is left when the backslashes are gone. There are no tables, which a value
could break out of, and no line begins with what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from auzolan.report.changes.said import Words
from auzolan.report.changes.sections import Item, Section

MOST = 60_000
"""Bytes of a comment. GitHub takes 65,536 characters, the others more."""
MOST_ITEMS = 100
"""Items of one section that are shown."""
MOST_UNDER = 40
"""Lines below one item that are shown."""
_ROOM = 300
"""Bytes that are kept for the heading and the last line of each section."""
_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&^=-])")
_TICKS = re.compile(r"`+")
_MENTION = re.compile(r"(?<=[@#!$%:/])(?=\w)")


def markdown(title: str, short: str, sections: Sequence[Section], more: str, left: int = MOST) -> str:
    """The report. `title` and `short` are our own words; `more` says, with `%(count)s` in it, how many items are not shown."""
    head = f"## {_plain(title)}\n\n{_plain(short)}\n"
    left -= len(head.encode()) + _ROOM * len(sections)
    parts = [head]
    for section in sections:
        heading = f"\n### {_plain(section.title)} ({len(section.items)})\n\n" + (f"{_plain(section.note)}\n\n" if section.note else "")  # fmt: skip
        left -= max(0, len(heading.encode()) - _ROOM // 2)
        told: list[str] = []
        for item in section.items[:MOST_ITEMS]:
            lines = _item(item, more)
            size = len(lines.encode())
            if size > left:
                # Its first line alone may do.
                lines = _item(Item(item.words), more)
                size = len(lines.encode())
            if size > left:
                break
            left -= size
            told.append(lines)
        rest = len(section.items) - len(told)
        parts += [heading, *told, *([f"- {_plain(more % {'count': f'{rest:,}'})}\n"] if rest else [])]
    return "".join(parts)


def _item(item: Item, more: str) -> str:
    lines = [f"- {_line(item.words)}"]
    lines += [f"  - {_line(words)}" for words in item.under[:MOST_UNDER]]
    rest = len(item.under) - MOST_UNDER
    if rest > 0:
        lines.append(f"  - {_plain(more % {'count': f'{rest:,}'})}")
    return "\n".join(lines) + "\n"


def _line(words: Words) -> str:
    # An item that begins with a span might be read as the beginning of a block of code.
    begins = "\u2060" if words and words[0].written else ""
    return begins + "".join(_span(piece.text) if piece.written else _plain(piece.text) for piece in words)


def _span(text: str) -> str:
    """A code span that holds just this text. (CommonMark 0.31.2, 6.1: as many backticks as stand nowhere in it.)"""
    runs = {len(run) for run in _TICKS.findall(text)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    return f"{fence} {text} {fence}" if text[0] in "` " or text[-1] in "` " else f"{fence}{text}{fence}"


def _plain(text: str) -> str:
    """Words of our own: whatever sign a translator used, it is only a sign."""
    return _MENTION.sub("\u2060", _SIGNS.sub(r"\\\1", text))
