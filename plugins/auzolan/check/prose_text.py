"""Prose as it was written in; what is wrong with it out, each with its place inside the text.

These caps come before the Markdown reader, whose work grows with the square of some inputs: a text without a finding
of M002 to M005 renders in well under a second (bench/prose_caps.py tries to prove otherwise).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from auzolan.check.prose_shape import Shape, is_plain, shape_problems
from auzolan.model.mentions import MASK, mask_code
from auzolan.model.prose_links import HIDDEN, image_refusal, link_refusal

Problem = tuple[str, int, int, str, str]
"""Code, line, column (1-based, in code points, inside the text), message, hint."""

MAX_LENGTH = 100_000
"""Characters in a text, unless a field says less."""

_NEWLINE = re.compile(r"\r\n?")
_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])")
_AUTOLINK = re.compile(r"<(?:(?P<url>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)|[^<> !@]+@[^@<> ]+)>")
_ENTITY = re.compile(r"&(?:#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8});?")
_TARGET = r"[ ]*\n?[ ]*(?:<(?P<angled>[^<>\n]*)>|(?P<bare>[^\s<>][^\s)]*))"
_LINK = re.compile(r"\]\((?<!\\\]\()" + _TARGET)
"""Backwards after the brackets, because a pattern that begins with plain signs is found faster."""
_DEFINITION = re.compile(r"^[ >]*\[(?!\^)(?P<label>[^\[\]\n]{0,300})\]:" + _TARGET, re.MULTILINE)
_IMAGE = re.compile(r"(?<!\\)!\[(?P<text>[^\[\]\n]{0,300})\](?:(?P<inline>\()|[ ]?\[(?P<label>[^\[\]\n]{0,300})\])?")


def prose_problems(text: str, max_length: int = MAX_LENGTH) -> Iterator[Problem]:
    """Everything wrong with `text`: M001 to M007, in no order of place.

    Where a cap is passed (M002 to M005), the rest is not looked for: it would cost the time that the cap saves.
    `max_length` above MAX_LENGTH counts as MAX_LENGTH.
    """
    text = _NEWLINE.sub("\n", text)
    limit = min(max_length, MAX_LENGTH)
    if len(text) > limit:
        line, column = _place(text, limit)
        yield (
            "M005",
            line,
            column,
            f"the text has {len(text):,} characters; at most {limit:,} fit here",
            ("shorten it, or move the long part into an article and link to it"),
        )
        return
    capped = False
    for code, offset, message, hint in () if is_plain(text) else shape_problems(Shape.of(text)):
        capped = True
        yield (code, *_place(text, offset), message, hint)
    if not capped:
        for code, offset, message, hint in sorted(_markup_problems(text), key=lambda found: found[1]):
            yield (code, *_place(text, offset), message, hint)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _markup_problems(text: str) -> Iterator[tuple[str, int, str, str]]:
    prose = mask_code(text)
    if "<" in prose:
        yield from _html_problems(prose)
    yield from _hidden_problems(prose, text)
    if "](" not in prose and "]:" not in prose:
        return
    shown = tuple(_IMAGE.finditer(prose)) if "![" in prose else ()
    images = {match.end("inline") for match in shown if match["inline"]}
    labels = {(match["label"] or match["text"]).strip().lower() for match in shown if not match["inline"]}
    for match in _LINK.finditer(prose):
        yield from _target_problems(match, image=prose.find("(", match.start()) + 1 in images)
    for match in _DEFINITION.finditer(prose) if "]:" in prose else ():
        yield from _target_problems(match, image=match["label"].strip().lower() in labels)


def _html_problems(prose: str) -> Iterator[tuple[str, int, str, str]]:
    for match in _AUTOLINK.finditer(prose):
        if match["url"] and "://" in match["url"]:
            yield from _refused("M006", match.start("url"), match["url"], link_refusal(unescape(match["url"])))
    angled = {match.start("angled") - 1 for pattern in (_LINK, _DEFINITION) for match in pattern.finditer(prose)}
    for match in _TAG.finditer(prose):
        if match.start() in angled or _AUTOLINK.match(prose, match.start()):
            continue
        shown = re.match(r"<[^\s<>]{0,20}", prose[match.start() :])
        yield (
            "M001",
            match.start(),
            f"raw HTML, {shown.group() if shown else '<'!r}, is not read here",
            ("use Markdown; to show the sign itself, write `\\<` or put it in backticks"),
        )


def _hidden_problems(prose: str, text: str) -> Iterator[tuple[str, int, str, str]]:
    # Nothing hidden is printable, and nearly every text is.
    for match in () if text.replace("\n", "").isprintable() else HIDDEN.finditer(text):
        yield "M001", match.start(), f"U+{ord(match.group()):04X} cannot be seen on the page", "remove the character"
    for match in _ENTITY.finditer(prose) if "&" in prose else ():
        if HIDDEN.search(unescape(match.group())) or unescape(match.group()) == "\ufffd":
            yield "M001", match.start(), f"{match.group()} stands for a character that cannot be seen", "remove it"


def _target_problems(match: re.Match[str], *, image: bool) -> Iterator[tuple[str, int, str, str]]:
    group = "angled" if match["angled"] is not None else "bare"
    url, offset = match[group].strip(), match.start(group)
    if MASK in url or (group == "bare" and url.startswith(")")):
        return
    refusal = image_refusal(unescape(url)) if image else link_refusal(unescape(url))
    yield from _refused("M007" if image else "M006", offset, url, refusal)


def _refused(code: str, offset: int, url: str, refusal: str | None) -> Iterator[tuple[str, int, str, str]]:
    if refusal is None:
        return
    shown = url if len(url) <= 60 else url[:59] + "…"
    if code == "M007":
        yield (
            code,
            offset,
            f"the image {shown!r} cannot be shown: {refusal}",
            ("put the file into content/images and write `{static}/images/name.jpg`"),
        )
    else:
        yield code, offset, f"the link {shown!r} cannot be kept: {refusal}", "write https://…, mailto:… or a path"


def addresses_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Line, column and target of every link to the web in prose that renders; nothing of prose that would not."""
    text = _NEWLINE.sub("\n", text)
    if (
        "://" not in text
        or len(text) > MAX_LENGTH
        or (not is_plain(text) and any(True for _ in shape_problems(Shape.of(text))))
    ):
        return
    prose = mask_code(text)
    found = [(match.start("url"), match["url"]) for match in _AUTOLINK.finditer(prose) if match["url"]]
    for pattern in (_LINK, _DEFINITION):
        for match in pattern.finditer(prose):
            group = "angled" if match["angled"] is not None else "bare"
            found.append((match.start(group), match[group].strip()))
    for offset, written in sorted(found):
        url = unescape(written)
        if url.startswith(("https://", "http://")) and MASK not in url:
            yield (*_place(text, offset), url)
