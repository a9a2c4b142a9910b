"""Blocks and runs of words in; whether any sign of the dialect begins in them out: most are plain, and are passed over.

The library tries every pattern on every run of words, and every sort of block on every block.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.treeprocessors import InlineProcessor

BLOCK_BEGINNING = re.compile(r"\A(?:\Z|\n| {4})|\||^ {0,3}[#=_*+>:\[\d-]", re.MULTILINE)
"""What every block of the dialect but a paragraph holds: a blank first line, an indent, a bar, or a sign at the start of
some line."""
BEGINNING = re.compile(r"[`\\\[<*_]|  \n")
"""What every inline pattern of the dialect holds: the signs of code, escapes, links, addresses and stress, the line break."""


def pass_over(markdown: Markdown) -> None:
    """Teach `markdown` to try nothing where nothing can be found."""
    markdown.parser.blockprocessors.register(_Plain(markdown.parser), "auzolan_plain", 200)
    markdown.treeprocessors.register(_Inline(markdown), "inline", 20)


class _Plain(ParagraphProcessor):  # type: ignore[misc]
    """Paragraphs before all other blocks, where no other can begin: most of them."""

    def test(self, parent: Element, block: str) -> bool:
        return not BLOCK_BEGINNING.search(block)


class _Inline(InlineProcessor):  # type: ignore[misc]
    """Passes over the runs of words in which no pattern can begin: most of them."""

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        # The library's own name for the step; were it called otherwise, every pattern would be tried, as without this.
        return super()._InlineProcessor__handleInline(data, patternIndex) if BEGINNING.search(data) else data
