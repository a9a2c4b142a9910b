"""Note definitions and references of a text in; numbered references in the body, and the notes' own list, out."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

_REFERENCE = r"(?<!\\)\[\^([^\]\n\x02\x03]{1,64})\]"
_MARK = "data-note"


class Notes:
    """The notes of one text. Numbers follow the first reference to each; a note nobody refers to comes last.

    Defining a label twice keeps the first definition, so that a later paste cannot change what was said before.
    """

    def __init__(self, parser: BlockParser, id_prefix: str, back_label: str) -> None:
        self.texts: dict[str, str] = {}
        self._parser = parser
        self._prefix = id_prefix
        self._back = back_label
        self._list: Element | None = None
        self._items: dict[str, Element] = {}

    def define(self, label: str, text: str) -> None:
        """Take down a definition."""
        self.texts.setdefault(label, text)

    def place(self, root: Element) -> None:
        """Parse the notes' blocks and hang them under `root`, so that their words are read like the body's."""
        labels: deque[str] = deque(self.texts)
        while labels:
            label = labels.popleft()
            known = len(self.texts)
            item = Element("li")
            content = SubElement(item, "div")
            self._parser.parseChunk(content, self.texts[label])
            # A definition inside a note is a note as well.
            labels.extend(list(self.texts)[known:])
            self._items[label] = item
        if self._items:
            self._list = SubElement(root, "ol", {"class": "srcs notes"})
            self._list.extend(self._items.values())

    def number(self, root: Element) -> frozenset[str]:
        """Number references and notes in reading order; the ids that were given."""
        if self._list is None:
            return frozenset()
        root.remove(self._list)
        numbers: dict[str, int] = {}
        uses: dict[str, int] = {}
        ids: set[str] = set()
        queue = deque([root])
        waiting = deque(self._items)
        while queue or waiting:
            if not queue:
                label = waiting.popleft()
                if label in numbers:
                    continue
                numbers[label] = len(numbers) + 1
                queue.append(self._items[label])
            for reference, inside_link in _references(queue.popleft()):
                label = reference.attrib.pop(_MARK)
                if label not in numbers:
                    numbers[label] = len(numbers) + 1
                    queue.append(self._items[label])
                text = str(numbers[label])
                if inside_link:
                    reference.text = AtomicString(text)
                    continue
                uses[label] = uses.get(label, 0) + 1
                suffix = "" if uses[label] == 1 else f"-{uses[label]}"
                identifier = f"fnref-{self._prefix}{text}{suffix}"
                ids.add(identifier)
                anchor = SubElement(reference, "a", {"href": f"#fn-{self._prefix}{text}", "id": identifier})
                anchor.text = AtomicString(text)
        for label, number in numbers.items():
            identifier = f"fn-{self._prefix}{number}"
            ids.add(identifier)
            item = self._items[label]
            item.set("id", identifier)
            _finish(item, f"#fnref-{self._prefix}{number}" if label in uses else None, self._back)
        self._list[:] = [self._items[label] for label in numbers]
        root.append(self._list)
        return frozenset(ids)

    def take_out(self, root: Element) -> None:
        """Part the finished notes from the body."""
        if self._list is not None:
            root.remove(self._list)

    def html(self, markdown: Markdown) -> str:
        """The finished notes, through the same last steps as the body."""
        if self._list is None:
            return ""
        html: str = markdown.serializer(self._list)
        for step in markdown.postprocessors:
            html = step.run(html)
        return html.strip()


def read_notes(markdown: Markdown, notes: Callable[[], Notes]) -> None:
    """Teach `markdown` to read definitions and references; `notes` gives those of the text that it reads."""
    markdown.parser.blockprocessors.register(FootnoteBlockProcessor(_Definitions(markdown, notes)), "footnote", 17)
    markdown.inlinePatterns.register(_Reference(notes), "footnote", 175)


class _Definitions:
    """What the library's reader of blocks knows of its own notes."""

    def __init__(self, markdown: Markdown, notes: Callable[[], Notes]) -> None:
        self.parser = markdown.parser
        self._notes = notes

    def setFootnote(self, label: str, text: str) -> None:  # noqa: N802  (the library calls it so)
        self._notes().define(label, text)


class _Reference(InlineProcessor):  # type: ignore[misc]
    def __init__(self, notes: Callable[[], Notes]) -> None:
        super().__init__(_REFERENCE)
        self._notes = notes

    def handleMatch(  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if m[1] not in self._notes().texts:
            return None, None, None
        return Element("sup", {_MARK: m[1]}), m.start(), m.end()


def _references(element: Element) -> Iterator[tuple[Element, bool]]:
    found: list[tuple[Element, bool]] = []
    stack = [(element, False)]
    while stack:
        current, inside_link = stack.pop()
        if _MARK in current.attrib:
            found.append((current, inside_link))
        inside_link = inside_link or current.tag == "a"
        stack.extend((child, inside_link) for child in reversed(current))
    yield from found


def _finish(item: Element, back_target: str | None, back_label: str) -> None:
    content = item[0]
    if len(content) == 1 and content[0].tag == "p" and not (content.text or "").strip():
        # A note of one paragraph needs no paragraph around it.
        item[0] = content = content[0]
        content.tag = "div"
    if back_target is None:
        return
    if content.tag == "div" and len(content) and content[-1].tag == "p":
        content = content[-1]
    elif len(content) and content[-1].tag in ("ul", "ol", "dl", "pre", "table", "blockquote", "figure"):
        content = SubElement(content, "p")
    back = SubElement(content, "a", {"href": back_target})
    back.text = AtomicString(back_label)
    if len(content) > 1:
        content[-2].tail = (content[-2].tail or "").rstrip("\n") + " "
    elif content.text:
        content.text = content.text.rstrip("\n") + " "
