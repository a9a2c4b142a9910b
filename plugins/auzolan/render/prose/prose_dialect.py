"""Markdown in; its HTML before the sanitiser out, with headings, generated ids and mentions set down on the way.

One set of extensions for articles and entries: notes, tables, definition lists, sane lists, fenced code, quotations
with their speaker. Raw HTML is not part of the dialect: a tag is shown as the characters it is written with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from auzolan.model.mentions import MENTION, written
from auzolan.render.prose.prose_notes import Notes
from auzolan.render.prose.prose_tree import (
    Heading,
    keep_links,
    number_headings,
    place_cells,
    place_quotes,
    raise_headings,
)

REACH = 2_000
"""How far, in characters, the end of a link's text or target may stand from its start."""
DEPTH = 8
"""How deep brackets may be nested inside a link."""

_BRACKETS = re.compile(r"[\[\]]")
_PARENTHESES = re.compile(r"[()]")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the interface that a text needs: on a disputed quotation, on the way back from a note."""

    disputed: str
    back: str


class Dialect:
    """One conversion of one text; `toc`, `ids` and `mentions` (id and words, by number) are known after it."""

    def __init__(self, token: str, *, heading_level: int, footnotes: bool, id_prefix: str, labels: Labels) -> None:
        self.toc: tuple[Heading, ...] = ()
        self.ids: frozenset[str] = frozenset()
        self.mentions: list[tuple[str, str | None]] = []
        self._token = token
        self._heading_level = heading_level
        self._id_prefix = id_prefix
        self._labels = labels
        self._notes = Notes(id_prefix, labels.back) if footnotes else None

    def convert(self, text: str) -> tuple[str, str]:
        """The HTML of the body and the HTML of the notes, neither sanitised."""
        markdown = Markdown(
            extensions=["tables", "def_list", "sane_lists", "fenced_code"],
            extension_configs={"tables": {"use_align_attribute": True}},
            output_format="html",
        )
        markdown.preprocessors.deregister("html_block")
        markdown.inlinePatterns.deregister("html")
        markdown.inlinePatterns.deregister("entity")
        markdown.inlinePatterns.register(_MentionPattern(self), "mention", 185)
        for name, processor, pattern, priority in _LINKS:
            markdown.inlinePatterns.register(processor(pattern, markdown), name, priority)
        markdown.treeprocessors.register(_Before(self), "auzolan_before", 50)
        markdown.treeprocessors.register(_After(self), "auzolan_after", -10)
        if self._notes:
            self._notes.extend(markdown)
        body = markdown.convert(text)
        return body, self._notes.html(markdown) if self._notes else ""

    def placeholder(self, entry_id: str, words: str | None) -> Element:
        """An element that the fill finds again: its class holds a token that no text can contain."""
        element = Element("span", {"class": f"{self._token}-{len(self.mentions)}"})
        element.text = AtomicString(words or entry_id)
        self.mentions.append((entry_id, words))
        return element

    def before_inline(self, root: Element) -> None:
        """What must be settled while the words of a block are still as they were written."""
        if self._notes:
            self._notes.place(root)
        place_quotes(root, self._labels.disputed)

    def after_inline(self, root: Element) -> None:
        """What needs the finished tree."""
        note_ids = self._notes.number(root) if self._notes else frozenset()
        keep_links(root, self._token)
        place_cells(root)
        if self._notes:
            self._notes.take_out(root)
        raise_headings(root, self._heading_level)
        self.toc = number_headings(root, self._id_prefix)
        self.ids = note_ids | {heading.id for heading in self.toc}


class _Before(Treeprocessor):  # type: ignore[misc]
    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self._dialect = dialect

    def run(self, root: Element) -> None:
        self._dialect.before_inline(root)


class _After(_Before):
    def run(self, root: Element) -> None:
        self._dialect.after_inline(root)


class _MentionPattern(InlineProcessor):  # type: ignore[misc]
    """After code spans, so that code stays code; before links and escapes, so that `[[…]]` is nothing else."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(MENTION.pattern)
        self._dialect = dialect

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        words = written(m)
        return self._dialect.placeholder(m["id"], unescape(words) if words else None), m.start(), m.end()


class _NearEnds:
    """Finds the end of a link's text and target by looking at brackets only, and no further than REACH.

    The library walks to the end of the block, character by character, for each bracket that opens: quadratic.
    """

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        depth = 1
        for bracket in _BRACKETS.finditer(data, index, index + REACH):
            depth += 1 if bracket.group() == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
            if depth > DEPTH:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        if data[index : index + 1] != "(":
            return "", None, index, False
        stop, depth, closed = min(len(data), index + REACH), 0, False
        for bracket in _PARENTHESES.finditer(data, index, stop):
            depth += 1 if bracket.group() == "(" else -1
            closed = closed or bracket.group() == ")"
            if depth > DEPTH:
                stop = bracket.start()
                break
        if not closed:
            return "", None, index, False
        href, title, end, handled = super().getLink(data[index:stop], 0)  # type: ignore[misc]
        return href, title, index + end, handled


class _Link(_NearEnds, LinkInlineProcessor):  # type: ignore[misc]
    pass


class _Image(_NearEnds, ImageInlineProcessor):  # type: ignore[misc]
    pass


class _Reference(_NearEnds, ReferenceInlineProcessor):  # type: ignore[misc]
    pass


class _ImageReference(_NearEnds, ImageReferenceInlineProcessor):  # type: ignore[misc]
    pass


class _ShortReference(_NearEnds, ShortReferenceInlineProcessor):  # type: ignore[misc]
    pass


class _ShortImageReference(_NearEnds, ShortImageReferenceInlineProcessor):  # type: ignore[misc]
    pass


_LINKS = (
    ("reference", _Reference, REFERENCE_RE, 170),
    ("link", _Link, LINK_RE, 160),
    ("image_link", _Image, IMAGE_LINK_RE, 150),
    ("image_reference", _ImageReference, IMAGE_REFERENCE_RE, 140),
    ("short_reference", _ShortReference, REFERENCE_RE, 130),
    ("short_image_ref", _ShortImageReference, IMAGE_REFERENCE_RE, 125),
)
