"""A comment on a forge: what strangers wrote is only ever shown; it is never too long, and says what it leaves out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.report.changes.sides import difference, told

from auzolan.report.changes.markdown import MOST, markdown
from auzolan.report.changes.said import LONGEST, Piece, ours, quoted
from auzolan.report.changes.sections import Item, Section

HOSTILE = (
    "@everybody", "@all", "<img src=x onerror=alert(1)>", "<!-- x", "![p](https://evil.example/p.png)", "[a](javascript:x)",
    "https://evil.example", "www.evil.example", "a@evil.example", "#1", "!2", "GH-3", "`", "``", "```", "a ` b", " ` ",
    "| a | b |", "::set-env name=A::b", "%0A::error::x", "\n::error::x\n\n# H", ":smile:", "\\`", "&lt;", "$x^2$", "~~~",
    "- [ ] x", "1. x", "> x", "[x]: https://evil.example", "\u202egpj.exe", "</code></li>", "**x**", "/close", "/label ~bug",
)  # fmt: skip


def report(*texts: str) -> str:
    items = tuple(Item(quoted(text), (ours("Name: ") + quoted(text),)) for text in texts)
    return markdown("Title", "Short.", [Section("added", "Added", items)], "… and %(count)s more")


def shown(text: str) -> list[str]:
    """The texts of all code spans, once everything in the report is known to be a heading, a list, plain text or a span."""
    spans = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        assert token.type.split("_")[0] in {"heading", "paragraph", "bullet", "list", "inline"}, token.type
        for inner in token.children or ():
            assert inner.type in {"text", "code_inline", "softbreak", "text_special"}, inner.type
            if inner.type == "code_inline":
                spans.append(inner.content)
            else:
                assert not re.search(r"[@<>]|://|www\.", inner.content), inner.content
    return spans


@pytest.mark.parametrize("text", HOSTILE)
def test_what_somebody_wrote_stands_in_spans(text: str) -> None:
    seen = quoted(text)[0].text
    assert shown(report(text)) == [seen, seen]
    assert not any(line.startswith("::") for line in report(text).splitlines())


@settings(deadline=None)
@given(st.lists(st.text(alphabet="`a \\<@*_[]()!#|~\n", min_size=1, max_size=30), min_size=1, max_size=4))
def test_whatever_somebody_wrote(texts: list[str]) -> None:
    seen = [quoted(text)[0].text for text in texts if quoted(text)]
    assert shown(report(*[text for text in texts if quoted(text)])) == [one for one in seen for _ in range(2)]


def test_values_are_cut_and_nothing_unseen_is_left() -> None:
    cut = quoted("x" * 10_000)[0].text
    assert len(cut) == LONGEST and cut.endswith("…")
    assert quoted("a\u200b\u202eb\x00\n\tc") == (Piece("a\ufffd\ufffdb\ufffd c", True),)
    assert quoted("") == () and quoted(" \n") == ()


def test_it_is_never_too_long_and_says_how_much_more_there_is() -> None:
    long = tuple(Item(quoted("é" * 290), tuple(quoted("ü" * 290) for _ in range(90))) for _ in range(400))
    sections = [Section(str(number), f"Section {number}", long, "A note.") for number in range(12)]
    text = markdown("Title", "Short.", sections, "… and %(count)s more")
    assert len(text.encode()) <= MOST
    told = re.findall(r"^### Section (\d+) \((\d+)\)$", text, re.MULTILINE)
    assert [number for number, _ in told] == [str(number) for number in range(12)]
    assert {count for _, count in told} == {"400"}
    assert len(re.findall(r"^- … and \d+ more$", text, re.MULTILINE)) == 12


def test_many_items_are_counted() -> None:
    text = report(*(f"entry {number}" for number in range(250)))
    assert text.count("\n- ") == 101 and "… and 150 more" in text


def test_an_entry_full_of_tricks_changes_nothing_but_text() -> None:
    trick = '"@all <b>x</b> ![i](https://evil.example/i.png) | `x` ::error::y"'
    new = {"cooperative/a": f"name: {trick}\nwritten_in: en\nsummary: {trick}\nrelations: [{{type: member-of, to: {{name: {trick}}}}}]\n"}  # fmt: skip
    text = told(difference({}, new))
    assert len(shown(text)) >= 3
    assert "<b>" not in told(difference({}, new), "html") and "&lt;b&gt;" in told(difference({}, new), "html")
