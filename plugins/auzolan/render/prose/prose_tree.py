"""The element tree of a text in; the same tree with quotations, headings and links as this site shows them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE, AtomicString

from auzolan.model.prose_links import HIDDEN, image_refusal, link_refusal

_HEADING = re.compile(r"h[1-6]")
_DISPUTED = re.compile(r"\{disputed\}$")
_SIDES = {"center": "center", "right": "end"}
_SPEAKER = re.compile(r"(?:\u2014|--) +(?=\S)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as a table of contents needs it: level as shown (1 to 6), the id to link to, plain words."""

    level: int
    id: str
    text: str


def place_quotes(root: Element, disputed_label: str) -> None:
    """Make a quotation with a speaker, or with `{disputed}` before it, a figure; other quotations stay as they are.

    The library joins quotations that follow one another, so a speaker's line also ends its quotation.
    """
    for parent in list(root.iter()):
        if any(child.tag == "blockquote" for child in parent):
            parent[:] = [
                part
                for child in parent
                for part in (_quotes(child, disputed_label) if child.tag == "blockquote" else [child])
            ]


def _quotes(joined: Element, disputed_label: str) -> list[Element]:
    made: list[Element] = []
    quote, disputed = Element("blockquote"), False
    for child in joined:
        if _take_line(child, 0, _DISPUTED) is not None:
            made += _figure(quote, disputed, None, disputed_label)
            quote, disputed = Element("blockquote"), True
        speaker = _take_line(child, -1, _SPEAKER)
        if child.tag != "p" or child.text:
            quote.append(child)
        if speaker is not None:
            made += _figure(quote, disputed, speaker, disputed_label)
            quote, disputed = Element("blockquote"), False
    return made + _figure(quote, disputed, None, disputed_label)


def _figure(quote: Element, disputed: bool, speaker: str | None, disputed_label: str) -> list[Element]:
    if speaker is None and not disputed:
        return [quote] if len(quote) else []
    figure = Element("figure", {"class": "said disputed" if disputed else "said"})
    if disputed:
        tag = SubElement(SubElement(figure, "p"), "span", {"class": "tag bad"})
        tag.text = AtomicString(disputed_label)
    figure.append(quote)
    if speaker is not None:
        SubElement(figure, "figcaption").text = _SPEAKER.sub("", speaker, count=1)
    return [figure]


def _take_line(paragraph: Element, end: int, wanted: re.Pattern[str]) -> str | None:
    """Take the first (0) or last (-1) line out of the paragraph where it is the `wanted` one."""
    if paragraph.tag != "p" or len(paragraph):
        return None
    lines = (paragraph.text or "").split("\n")
    if not wanted.match(lines[end].strip()):
        return None
    line = lines.pop(end).strip()
    paragraph.text = "\n".join(lines)
    return line


def place_cells(root: Element) -> None:
    """Say by class what the table's second line says of a column: HTML has no `align`, and "right" is the end of the line."""
    for cell in root.iter():
        side = _SIDES.get(cell.attrib.pop("align", "")) if cell.tag in ("td", "th") else None
        if side:
            cell.set("class", side)


def raise_headings(root: Element, level: int) -> None:
    """Shift all headings together so that the topmost is at `level`; none goes below 6."""
    headings = [element for element in root.iter() if _HEADING.fullmatch(element.tag)]
    top = min((int(heading.tag[1]) for heading in headings), default=1)
    for heading in headings:
        heading.tag = f"h{min(6, int(heading.tag[1]) - top + level)}"


def number_headings(root: Element, id_prefix: str) -> tuple[Heading, ...]:
    """Give the text's own headings (not those in quotations and lists) their ids, in order."""
    found: list[Heading] = []
    for element in root:
        words = _words(element) if _HEADING.fullmatch(element.tag) else ""
        if words:
            element.set("id", f"h-{id_prefix}{len(found) + 1}")
            found.append(Heading(int(element.tag[1]), element.attrib["id"], words))
    return tuple(found)


def _words(element: Element) -> str:
    parts: list[str] = []

    def gather(current: Element) -> None:
        if current.tag == "img":
            parts.append(current.get("alt", ""))
        if current.tag != "sup":
            parts.append(current.text or "")
            for child in current:
                gather(child)
                parts.append(child.tail or "")

    gather(element)
    return " ".join(HIDDEN.sub("", unescape("".join(parts))).split())


def keep_links(root: Element, token: str) -> None:
    """Unmake refused links and images, leaving their words; mark those that leave the site; no link inside a link."""
    stack = [(root, False)]
    while stack:
        element, inside_link = stack.pop()
        if element.tag == "a":
            target = unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&"))
            if inside_link or link_refusal(target):
                element.tag = "span"
                element.attrib.clear()
            elif re.match(r"https?:", target, re.IGNORECASE):
                element.set("rel", "noopener noreferrer")
            inside_link = inside_link or element.tag == "a"
        elif element.tag == "img" and image_refusal(unescape(element.get("src", ""))):
            element.tag = "span"
            element.text = AtomicString(element.get("alt", ""))
            element.attrib.clear()
        elif inside_link and element.get("class", "").startswith(token):
            del element.attrib["class"]
        stack.extend((child, inside_link) for child in element)
