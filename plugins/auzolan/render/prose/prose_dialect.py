"""Markdown in; its HTML before the sanitiser out, with headings, generated ids and mentions set down on the way.

One set of extensions for articles and entries: notes, tables, definition lists, sane lists, fenced code, quotations
with their speaker. Raw HTML is not part of the dialect: a tag is shown as the characters it is written with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
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
from auzolan.render.prose.prose_notes import Notes, read_notes
from auzolan.render.prose.prose_plain import pass_over
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
class Options:
    """What one text asks for: the level of its topmost heading, what follows `h-` and `fn-` in ids, and the words of the
    interface on a disputed quotation and on the way back from a note."""

    heading_level: int
    id_prefix: str
    disputed_label: str
    back_label: str


@dataclass(slots=True)
class Text:
    """One text on its way: what is asked for, and what has been found in it. `token` is in no text; `mentions` are ids
    and words by number; `body` and `footnotes` are HTML, neither sanitised."""

    token: str
    options: Options
    notes: Notes
    mentions: list[tuple[str, str | None]] = field(default_factory=list)
    toc: tuple[Heading, ...] = ()
    ids: frozenset[str] = frozenset()
    body: str = ""
    footnotes: str = ""


class Dialect:
    """Reads texts, one after the other; with or without the notation of notes. Making one costs as much as reading some
    texts. After an exception it may hold half a text, and is not to be used again."""

    def __init__(self, *, footnotes: bool) -> None:
        self._text: Text | None = None
        self._markdown = markdown = Markdown(
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
        pass_over(markdown)
        markdown.treeprocessors.register(_Before(self), "auzolan_before", 50)
        markdown.treeprocessors.register(_After(self), "auzolan_after", -10)
        if footnotes:
            read_notes(markdown, lambda: self.text.notes)

    @property
    def text(self) -> Text:
        """The text that is being read."""
        assert self._text is not None
        return self._text

    def convert(self, text: str, token: str, options: Options) -> Text:
        """The text with all that is known of it in the end."""
        markdown = self._markdown.reset()
        self._text = made = Text(token, options, Notes(markdown.parser, options.id_prefix, options.back_label))
        made.body = markdown.convert(text)
        made.footnotes = made.notes.html(markdown)
        self._text = None
        return made

    def placeholder(self, entry_id: str, words: str | None) -> Element:
        """An element that the fill finds again: its class holds a token that no text can contain."""
        mentions = self.text.mentions
        element = Element("span", {"class": f"{self.text.token}-{len(mentions)}"})
        element.text = AtomicString(words or entry_id)
        mentions.append((entry_id, words))
        return element

    def before_inline(self, root: Element) -> None:
        """What must be settled while the words of a block are still as they were written."""
        self.text.notes.place(root)
        place_quotes(root, self.text.options.disputed_label)

    def after_inline(self, root: Element) -> None:
        """What needs the finished tree."""
        text = self.text
        note_ids = text.notes.number(root)
        keep_links(root, text.token)
        place_cells(root)
        text.notes.take_out(root)
        raise_headings(root, text.options.heading_level)
        text.toc = number_headings(root, text.options.id_prefix)
        text.ids = note_ids | {heading.id for heading in text.toc}


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
