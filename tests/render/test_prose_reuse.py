"""render/prose/prose_dialect.py and prose_plain.py: one reader for many texts gives what a new one gives that tries every pattern everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor
from tests.render.test_prose_safety import CAPS, PIECES, VECTORS

from auzolan.check.prose_text import prose_problems
from auzolan.render.prose import prose as room
from auzolan.render.prose.prose_dialect import Dialect, Options
from auzolan.render.prose.prose_plain import BEGINNING, BLOCK_BEGINNING

SIGNS = {
    "backtick": "`",
    "mention": "[",
    "escape": "\\",
    "footnote": "[",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "<",
    "automail": "<",
    "linebreak": "  \n",
    # One for both signs in newer versions of the library, several in older ones.
    "not_strong": "*",
    "em_strong": "*",
    "em_strong2": "_",
}
BLOCKS = {
    "empty": "",
    "indent": "    a",
    "defindent": "    a",
    "code": "    a",
    "table": "a | b",
    "hashheader": "a\n# b",
    "setextheader": "a\n---",
    "hr": "a\n * * *",
    "olist": " 1. a",
    "ulist": " - a",
    "deflist": "a\n : b",
    "quote": "a\n > b",
    "footnote": "a\n [^1]: b",
    "reference": "a\n [1]: b",
}
OPTIONS = Options(2, "x-", "Disputed", "Back")
USED = {footnotes: Dialect(footnotes=footnotes) for footnotes in (False, True)}
TESTS = Path(__file__).resolve().parents[1]


def slow(footnotes: bool) -> Dialect:
    """A dialect that has read nothing and passes over nothing."""
    made = Dialect(footnotes=footnotes)
    made._markdown.parser.blockprocessors.deregister("auzolan_plain")
    made._markdown.treeprocessors.register(InlineProcessor(made._markdown), "inline", 20)
    return made


def read(dialect: Dialect, text: str) -> tuple[object, ...]:
    made = dialect.convert(text, "token", OPTIONS)
    return made.body, made.footnotes, made.toc, made.ids, made.mentions


def strings(value: Any) -> list[str]:
    """Every text in a vector file."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    return [text for one in value for text in strings(one)] if isinstance(value, list) else [str(value)]


SHARED = sorted({text for path in (TESTS / "vectors").glob("*.json") for text in strings(json.loads(path.read_text()))})
PROSE = sorted(path.read_text("utf-8") for path in (TESTS.parent / "content").rglob("*.md"))


@pytest.mark.parametrize("footnotes", [False, True])
@pytest.mark.parametrize("texts", [VECTORS, SHARED, PROSE], ids=["hostile", "shared", "articles"])
def test_a_text_is_read_as_if_it_were_the_first(texts: list[str], footnotes: bool) -> None:
    assert texts
    for text in texts:
        assert read(USED[footnotes], text) == read(slow(footnotes), text), text


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
def test_any_text_is_read_as_if_it_were_the_first(text: str, footnotes: bool) -> None:
    if not any(problem[0] in CAPS for problem in prose_problems(text)):
        assert read(USED[footnotes], text) == read(slow(footnotes), text)


def test_what_one_text_defines_the_next_does_not_know() -> None:
    first = "[a]: https://a.example\n\n[^1]: Note.\n\n*open [[tool/x]] `code\n\n```\nfence\n```\n\n7. seven"
    assert "href" in str(read(USED[True], first + "\n\n[a] b[^1]"))
    body, footnotes, toc, ids, mentions = read(USED[True], "[a] b[^1]* x_\n\nc")
    assert (body, footnotes) == ("<p>[a] b[^1]* x_</p>\n<p>c</p>", "")
    assert (toc, ids, mentions) == ((), frozenset(), [])


def test_a_reader_that_failed_reads_no_other_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    idle: dict[bool, list[Dialect]] = {False: [], True: []}
    monkeypatch.setattr(room, "_IDLE", idle)
    room.prose("a", link=lambda *_: None)
    kept = idle[True][0]
    room.prose("b", link=lambda *_: None)
    assert idle[True] == [kept]
    monkeypatch.setattr(room.Dialect, "before_inline", fail)
    with pytest.raises(RecursionError):
        room.prose("c", link=lambda *_: None)
    assert idle[True] == []


def test_every_pattern_of_the_dialect_is_looked_for() -> None:
    """A pattern that is new, here or in the library, needs its sign among those whose absence lets it be passed over."""
    markdown = USED[True]._markdown
    assert set(markdown.inlinePatterns._data) <= SIGNS.keys()
    assert set(markdown.parser.blockprocessors._data) - {"auzolan_plain", "paragraph"} <= BLOCKS.keys()
    assert all(BEGINNING.search(sign) for sign in SIGNS.values())
    assert all(BLOCK_BEGINNING.search(block) for block in BLOCKS.values())
    plain = "Words, and no sign: (a) 1 > 0 - & b!\nNext - line"
    assert not BEGINNING.search(plain) and not BLOCK_BEGINNING.search(plain)
