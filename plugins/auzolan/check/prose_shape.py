"""The shape of a text in (its lines, blocks and signs); the caps it goes past out, M002 to M005.

A block is what stands between two blank lines: the Markdown reader's work grows with the square of a block, with the
depth of nesting and with the number of certain signs, so these are what is capped. Code counts like any other text,
because where code starts is something only the Markdown reader knows for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Measured on Python-Markdown 3.11.3 (bench/prose_caps.py); the next cap to raise is the one a real text runs into.
MAX_LINE = 4_000
MAX_BLOCK = 10_000
MAX_BLOCK_LINES = 200
MAX_DEPTH = 10
MAX_BRACKETS = 8
MAX_EMPHASIS = 12
MAX_TERMS = 30
MAX_SAME = 20
MAX_RULE = 120
MAX_SIGNS = 40
MAX_FENCES = 100
MAX_CELLS = 4_000
MAX_LINES = 10_000
MAX_LINKS = 2_000
MAX_MARKS = 6_000

Finding = tuple[str, int, str, str]
"""Code, offset in code points, message, hint."""

_BLANK = re.compile(r"\n[ \t]*(?=\n)")
_EMPTY_LINES = re.compile(r"(?:[ \t]*\n)+")
_MARKERS = re.compile(r"[ \t]*(?:(?:>|[*+-](?=[ \t]|$)|\d+\.(?=[ \t]|$)|:(?=[ \t]))[ \t]*)*")
_MARKER = re.compile(r"[>*+:-]|\d+\.")
_TERM = re.compile(r"^[ ]{0,3}:[ ]", re.MULTILINE)
_FENCE = re.compile(r"^(?:~~~|```)", re.MULTILINE)
_RULE_LINE = re.compile(r"[ \t>]*[-=|:+*_~.# \t]*$")
_SAME = re.compile(rf"([\[\](){{}}<>!*_`&\\|^'\"$%/;,?@])\1{{{MAX_SAME},}}")
_SAME_RULE = re.compile(rf"([-=~#+.:\u2014])\1{{{MAX_RULE},}}")
_SIGNS = re.compile(rf"[!-/:-@\[-`{{-~]{{{MAX_SIGNS + 1},}}")
_EMPHASIS = re.compile(r"\*+|_+")


_RUN = re.compile(rf"[ \t\d!-/:-@\[-`{{-~\u2014]{{{min(MAX_DEPTH, MAX_SAME) + 1}}}")
"""So many blanks, digits and signs in a row as it takes to go past MAX_DEPTH, MAX_SAME, MAX_RULE or MAX_SIGNS."""


def is_plain(text: str) -> bool:
    """Whether a look at the whole rules out that `text` (line ends as `\\n`) goes past any cap, as with nearly all that
    people write: then it need not be cut into blocks. False tells nothing."""
    return (
        len(text) + 3 * text.count("\t") <= min(MAX_LINE, MAX_BLOCK, MAX_MARKS)
        and text.count("\n") < min(MAX_BLOCK_LINES, MAX_FENCES, MAX_LINES)
        and text.count(": ") <= MAX_TERMS
        and text.count("[") <= min(MAX_BRACKETS, MAX_LINKS)
        and text.count("*") + text.count("_") <= MAX_EMPHASIS
        and "|" not in text
        and not _RUN.search(text)
    )


@dataclass(frozen=True, slots=True)
class Shape:
    """A text and its blocks, each with the offset at which it starts."""

    text: str
    blocks: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, text: str) -> Shape:
        """Cut `text` (line ends as `\\n`) at its blank lines."""
        blocks, start = [], 0
        for gap in [*(match.start() for match in _BLANK.finditer(text)), len(text)]:
            block = text[start:gap]
            lead = _EMPTY_LINES.match(block)
            skipped = lead.end() if lead else 0
            if block[skipped:].strip():
                blocks.append((start + skipped, block[skipped:]))
            start = gap
        return cls(text, tuple(blocks))


def shape_problems(shape: Shape) -> Iterator[Finding]:
    """Each cap the text goes past, told once for the text or for each block that does."""
    lines = shape.text.count("\n") + 1
    if lines > MAX_LINES:
        yield "M005", 0, f"the text has {lines:,} lines; at most {MAX_LINES:,} are read", "shorten or split the text"
        return
    for start, block in shape.blocks:
        yield from _long(start, block)
        yield from _deep(start, block)
        yield from _repeated(start, block)
    yield from _many(shape)


def _long(start: int, block: str) -> Iterator[Finding]:
    offset = start
    for line in block.split("\n"):
        if len(line) + 3 * line.count("\t") > MAX_LINE:
            yield (
                "M002",
                offset + MAX_LINE,
                f"the line has {len(line):,} characters; at most {MAX_LINE:,} are read",
                ("break it into paragraphs, with an empty line between them"),
            )
            return
        offset += len(line) + 1
    lines = block.count("\n") + 1
    if len(block) + 3 * block.count("\t") > MAX_BLOCK or lines > MAX_BLOCK_LINES:
        yield (
            "M002",
            start,
            (
                f"a paragraph, list or table has {len(block):,} characters in {lines:,} lines without an empty line; "
                f"at most {MAX_BLOCK:,} characters and {MAX_BLOCK_LINES} lines are read"
            ),
            "put an empty line in between",
        )


def _deep(start: int, block: str) -> Iterator[Finding]:
    offset = start
    for line in block.split("\n"):
        lead = "".join(match.group() for match in [_MARKERS.match(line)] if match)
        indent = len(lead) - len(lead.lstrip(" \t"))
        depth = len(lead[:indent].expandtabs(4)) // 4 + len(_MARKER.findall(lead))
        if depth > MAX_DEPTH:
            yield (
                "M003",
                offset,
                f"lists or quotations are nested {depth} deep; at most {MAX_DEPTH} are read",
                ("bring it nearer to the margin"),
            )
            return
        offset += len(line) + 1
    terms = [match.start() for match in _TERM.finditer(block)]
    if len(terms) > MAX_TERMS:
        yield (
            "M003",
            start + terms[MAX_TERMS],
            (f"more than {MAX_TERMS} definitions follow one another without an empty line"),
            "put an empty line before each term",
        )
    yield from _brackets(start, block)
    yield from _emphasis(start, block)


def _brackets(start: int, block: str) -> Iterator[Finding]:
    depth = 0
    for match in re.finditer(r"\\.|[\[\]]", block):
        depth = max(0, depth + {"[": 1, "]": -1}.get(match.group(), 0))
        if depth > MAX_BRACKETS:
            yield (
                "M003",
                start + match.start(),
                f"more than {MAX_BRACKETS} square brackets are open at once",
                ("close them, or write `\\[` where a bracket is only a sign"),
            )
            return


def _emphasis(start: int, block: str) -> Iterator[Finding]:
    # Signs count by their length: a closing `*` leaves half of an opening `**` open.
    pending: dict[str, list[int]] = {"*": [], "_": []}
    for match in _EMPHASIS.finditer(block):
        sign, size = match.group()[0], len(match.group())
        before = block[match.start() - 1 : match.start()] if match.start() else " "
        after = block[match.end() : match.end() + 1] or " "
        if sign == "_" and (before.isalnum() and after.isalnum()):
            continue
        stack = pending[sign]
        opens, closes = not after.isspace(), not before.isspace()
        if closes and (not opens or (stack and stack[-1] == size)):
            while stack and size:
                taken = min(stack[-1], size)
                stack[-1] -= taken
                size -= taken
                if not stack[-1]:
                    stack.pop()
        elif opens:
            stack.append(size)
        if sum(map(sum, pending.values())) > MAX_EMPHASIS:
            yield (
                "M003",
                start + match.start(),
                f"more than {MAX_EMPHASIS} signs of emphasis are open at once",
                ("close them, or write `\\*` and `\\_` where they are only signs"),
            )
            return


def _repeated(start: int, block: str) -> Iterator[Finding]:
    offset = start
    for line in block.split("\n"):
        same = _SAME.search(line) or _SAME_RULE.search(line)
        signs = None if _RULE_LINE.match(line) else _SIGNS.search(line)
        found = same or signs
        if found:
            what = f"{found.group()[0]!r} stands {len(found.group())} times" if same else "too many signs stand"
            yield "M004", offset + found.start(), f"{what} in a row", "write words, or a shorter line of signs"
            return
        offset += len(line) + 1


def _many(shape: Shape) -> Iterator[Finding]:
    fences = [match.start() for match in _FENCE.finditer(shape.text)]
    if len(fences) > MAX_FENCES:
        yield (
            "M004",
            fences[MAX_FENCES],
            f"the text has more than {MAX_FENCES} lines that start or end code",
            ("split the text"),
        )
    for signs, most in (("[", MAX_LINKS), ("*_`<&\\", MAX_MARKS)):
        places = [match.start() for match in re.finditer(f"[{re.escape(signs)}]", shape.text)]
        if len(places) > most:
            named = " ".join(signs)
            yield "M004", places[most], f"the text has more than {most:,} of the signs {named}", "split the text"
    cells = 0
    for start, block in shape.blocks:
        # Short rows are filled up to the width of the first one.
        cells += max((line.count("|") for line in block.split("\n")), default=0) * (block.count("\n") + 1)
        if cells > MAX_CELLS:
            yield "M004", start, f"the tables of the text have more than {MAX_CELLS:,} cells", "split the text"
            return
