"""Prose text in; the `[[kind/slug|text]]` mentions it makes of entries out, with their places, code left aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MASK = "\x02"
"""What stands in for a character of code in `mask_code`; no mention and no link may contain it."""

MENTION = re.compile(
    r"(?<!\\)\[\[(?P<id>[a-z][a-z0-9-]{0,63}/(?=[a-z0-9.-]{1,64}(?:\\?\||\]))[a-z0-9]+(?:[.-][a-z0-9]+)*)"
    r"(?:\\?\|(?P<text>[^\[\]|\x02\x03\n]{1,300}(?:\n[^\[\]|\x02\x03\n]{1,300}){0,3}))?\]\]"
)
"""One mention. `\\|` serves inside a table, where a bare `|` would end the cell. The text may run over a line end."""

_WRAP = re.compile(r"\s*\n[ \t>]*")
_FENCE = re.compile(r"(~{3,}|`{3,})[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=[^\n]*)?)$")
_ITEM = re.compile(r"( *)(?:[*+-]|\d+\.|:|\[\^[^\]]*\]:)(?: |$)")
_TICKS = re.compile(r"`+")
_BLANK = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Mention:
    """A written mention of an entry: its id (`tool/nextcloud`), the words to show if any, and where it stands.

    `line` and `column` are 1-based inside the text, columns in code points; `offset` counts code points from 0.
    """

    entry_id: str
    text: str | None
    line: int
    column: int
    offset: int


def mentions(text: str) -> tuple[Mention, ...]:
    """All mentions in the order in which they are written; those inside code are no mentions."""
    if "[[" not in text:
        return ()
    found = []
    line, line_start = 1, 0
    for match in MENTION.finditer(mask_code(text)):
        line += text.count("\n", line_start, match.start())
        line_start = text.rfind("\n", 0, match.start()) + 1
        found.append(Mention(match["id"], written(match), line, match.start() - line_start + 1, match.start()))
    return tuple(found)


def written(match: re.Match[str]) -> str | None:
    """The words a mention shows, on one line; None where it leaves them to the entry's own name."""
    words = match["text"]
    return None if words is None else _WRAP.sub(" ", words).strip() or None


def mask_code(text: str) -> str:
    """The same text, of the same length and lines, with code spans, fences and indented code blanked out by MASK."""
    if not may_hold_code(text):
        return text
    lines = text.split("\n")
    masked = _mask_indented(_mask_fences(lines))
    blocks = _BLANK.split(joined := "\n".join(masked))
    if len(blocks) == 1:
        return _mask_spans(joined)
    parts, position = [], 0
    for block in blocks:
        parts.append(_mask_spans(block))
        position += len(block)
        gap = _BLANK.match(joined, position)
        if gap:
            parts.append(gap.group())
            position = gap.end()
    return "".join(parts)


def may_hold_code(text: str) -> bool:
    """Whether there is any sign of code: a backtick, a fence, or a line that begins four columns in."""
    return "`" in text or "~~~" in text or "\t" in text or "\n    " in text or text.startswith("    ")


def _mask_fences(lines: list[str]) -> list[str]:
    # Looking ahead for the closing line once for each kind of fence keeps many unclosed fences linear.
    closing: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if line.startswith(("```", "~~~")) and not line.rstrip(" ").strip(line[0]):
            closing.setdefault(line.rstrip(" "), []).append(number)
    masked, number = list(lines), 0
    while number < len(lines):
        opened = _FENCE.match(lines[number])
        ends = closing.get(opened[1], []) if opened else []
        while ends and ends[0] <= number:
            ends.pop(0)
        if ends:
            for inside in range(number, ends[0] + 1):
                masked[inside] = MASK * len(lines[inside])
            number = ends[0]
        number += 1
    return masked


def _mask_indented(lines: list[str]) -> list[str]:
    # Inside a list or a note four more spaces mean "still this item", so code starts one step further in.
    masked, level, after_blank, in_code = [], 0, True, False
    for line in lines:
        plain = line.expandtabs(4)
        indent = len(plain) - len(plain.lstrip(" "))
        if not plain.strip():
            after_blank = True
        elif indent >= 4 * (level + 1) and (after_blank or in_code):
            masked.append(MASK * len(line))
            in_code, after_blank = True, False
            continue
        else:
            item = _ITEM.match(plain)
            if item:
                level = indent // 4 + 1
            elif indent < 4 and after_blank:
                level = 0
            in_code = after_blank = False
        masked.append(line)
    return masked


def _mask_spans(block: str) -> str:
    if "`" not in block:
        return block
    parts, done = [], 0
    for start, end in _spans(block):
        parts += [block[done:start], "".join("\n" if char == "\n" else MASK for char in block[start:end])]
        done = end
    return "".join([*parts, block[done:]])


def _spans(block: str) -> Iterator[tuple[int, int]]:
    """Where code spans start and end, by the rule of the Markdown dialect: runs of the same length pair up.

    A run without a partner pairs, as its last ticks, with the longest of the shorter runs that follow it.
    """
    runs = [(match.start(), len(match.group())) for match in _TICKS.finditer(block)]
    index = 0
    while index < len(runs):
        start, size = runs[index]
        slashes = start - len(block[:start].rstrip("\\"))
        if slashes % 2:
            start, size = start + 1, size - 1
        closer, longest = None, 0
        for later in range(index + 1, len(runs) if size else 0):
            if runs[later][1] == size:
                closer, longest = later, size
                break
            if runs[later][1] > longest:
                closer, longest = later, runs[later][1]
        if closer is None or longest > size:
            index += 1
            continue
        yield start + size - longest, runs[closer][0] + longest
        index = closer + 1
