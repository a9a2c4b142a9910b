"""A line with a mapping between braces comes in; the same line with its items in another order goes out, where that can be done
without taking anything apart: each item stays as it is written, and so does what stands between two of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = re.compile(r"\s*,\s*\Z")
_OPENING, _CLOSING = "{[", "}]"


def permuted(line: str, opening: int, starts: Sequence[int], wanted: Sequence[int]) -> str | None:
    """`line` with the items of the mapping whose `{` is at index `opening` in the order `wanted`; `starts` are the indexes of
    their keys. As long as before. None where the mapping does not end in this line, or is written in no usual way."""
    closing = _closing(line, opening)
    if closing is None:
        return None
    items, between = [], []
    for start, end in zip(starts, [*starts[1:], closing], strict=True):
        piece = line[start:end]
        gap = _BETWEEN.search(piece) or re.search(r"\s*\Z", piece)
        assert gap is not None
        if not gap[0].strip() and end != closing:
            return None
        items.append(piece[: gap.start()])
        between.append(gap[0])
    inside = "".join(items[number] + gap for number, gap in zip(wanted, between, strict=True))
    return line[: starts[0]] + inside + line[closing:]


def _closing(line: str, opening: int) -> int | None:
    """The index of the brace that closes the one at `opening`. A quote opens a text only where a value may begin."""
    depth, quote, before = 0, "", ""
    index = opening
    while index < len(line):
        sign = line[index]
        if quote:
            if sign == "\\" and quote == '"':
                index += 1
            elif sign == quote:
                quote, before = "", sign
        elif sign in "'\"" and before in ("", ":", ",", "{", "["):
            quote = sign
        elif sign == "#" and line[index - 1].isspace():
            return None
        else:
            depth += (sign in _OPENING) - (sign in _CLOSING)
            if depth == 0:
                return index
            before = before if sign.isspace() else sign
        index += 1
    return None
