"""Strict YAML: what is refused, with which rule and where; what is read stays text."""

from __future__ import annotations

import unicodedata

import pytest

from auzolan.load.decoding import MAX_BYTES, decode, refused_characters
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.nodes import Mapping, Scalar, Sequence


def told(text: str) -> list[tuple[str, int, int]]:
    return [(one.code, one.location.line, one.location.column) for one in read_yaml(text, "a.yaml")[1]]


def tree(text: str) -> Mapping:
    made, findings = read_yaml(text, "a.yaml")
    assert made is not None and not findings, findings
    return made


def at(data: bytes) -> list[tuple[str, int, int]]:
    return [(one.code, one.location.line, one.location.column) for one in decode(data, "a.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ("Y002", 3, 1)),
        ("a:\n  b: 1\n  'b': 2\n", ("Y002", 3, 3)),
        ("a: {b: 1, b: 2}\n", ("Y002", 1, 11)),
        ("a: &x 1\n", ("Y003", 1, 4)),
        ("a: 1\nb: *x\n", ("Y003", 2, 4)),
        ("a:\n  <<: {b: 1}\n", ("Y003", 2, 3)),
        ("a: 1\nb: !!python/object:os.system x\n", ("Y004", 2, 4)),
        ("a: !!str x\n", ("Y004", 1, 4)),
        ("!!map {a: 1}\n", ("Y004", 1, 1)),
        ("a: [[[[[[[[x]]]]]]]]\n", ("Y005", 1, 11)),
        ("a: 1\n---\nb: 2\n", ("Y007", 2, 1)),
        ("", ("Y007", 1, 1)),
        ("# only words\n", ("Y007", 1, 1)),
        ("- a\n", ("Y007", 1, 1)),
        ("words\n", ("Y007", 1, 1)),
        ("? [a, b]\n: c\n", ("Y010", 1, 3)),
        ("{a: b}: c\n", ("Y010", 1, 1)),
        ("a: b: c\n", ("Y001", 1, 5)),
        ("a: 1\n\tb: 2\n", ("Y001", 2, 1)),
        ("a: @b\n", ("Y001", 1, 4)),
        ('a: "open\n', ("Y001", 2, 1)),
        ("a: [1, 2\n", ("Y001", 2, 1)),
        ("a: '\\x'\n? b\n", None),
    ],
)
def test_what_is_refused_and_where(text: str, expected: tuple[str, int, int] | None) -> None:
    assert told(text) == ([expected] if expected else [])


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_ends_at_once(sign: str) -> None:
    assert told("a: " * (sign in "[{") + sign * (90_000 // len(sign)))[0][0] in ("Y005", "Y001", "Y010")


def test_fifty_thousand_brackets() -> None:
    assert told("a: " + "[" * 50_000) == [("Y005", 1, 11)]
    assert told("[" * 50_000) == [("Y005", 1, 9)]


def test_aliases_do_not_expand() -> None:
    lines = ["a: &a [x, x]"] + [f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(20)]
    codes = {code for code, *_ in told("\n".join(lines))}
    assert codes == {"Y003"}


def test_every_finding_of_a_file_is_told() -> None:
    assert [code for code, *_ in told("a: &x 1\na: 2\nb: !t 3\n")] == ["Y003", "Y002", "Y004"]


def test_scalars_stay_text() -> None:
    read = tree(
        "country: NO\npostcode: 0123\nhours: 12:30\nflag: yes\nnothing: ~\nhex: 0x10\nbig: 1e3\nday: 2010-01-01\n"
    )
    assert {key: read.text(key) for key in read.items} == {
        "country": "NO",
        "postcode": "0123",
        "hours": "12:30",
        "flag": "yes",
        "nothing": "~",
        "hex": "0x10",
        "big": "1e3",
        "day": "2010-01-01",
    }


def test_places_are_in_code_points() -> None:
    read = tree("a: {🌾🌾: '𝔊rowers', b: [é, x]}\n")
    inner = read.get("a")
    assert isinstance(inner, Mapping)
    assert (inner.keys["🌾🌾"].column, inner.keys["🌾🌾"].width) == (5, 2)
    value = inner.items["🌾🌾"]
    assert isinstance(value, Scalar) and (value.column, value.width) == (9, 9)
    listed = inner.items["b"]
    assert isinstance(listed, Sequence)
    assert [item.column for item in listed.items] == [24, 27]


def test_front_matter_counts_from_its_first_line() -> None:
    made, findings = read_yaml("a: 1\na: 2\n", "a.md", first_line=2)
    assert made is not None
    assert [(one.location.line, one.location.column) for one in findings] == [(3, 1)]
    assert made.items["a"].line == 2
    again, doubled = read_yaml("a: 1\n? [x]\n: y\n", "a.md", first_line=2)
    assert again is not None
    assert (doubled[0].code, doubled[0].location.line) == ("Y010", 3)


def test_block_scalars_say_that_they_are() -> None:
    read = tree("a: |-\n  One\n  two\nb: >\n  One\n  two\nc: plain\n")
    assert [(read.text(key), node.block) for key, node in read.items.items() if isinstance(node, Scalar)] == [
        ("One\ntwo", True), ("One two", True), ("plain", False),
    ]  # fmt: skip


def test_texts_are_composed() -> None:
    assert tree("a: Cafe\u0301\n").text("a") == unicodedata.normalize("NFC", "Cafe\u0301")
    assert told("e\u0301: 1\n\u00e9: 2\n") == [("Y002", 2, 1)]


@pytest.mark.parametrize(
    "escape",
    ["\\u202e", "\\u200b", "\\0", "\\x07", "\\e", "\\u2028", "\\uFEFF", "\\uFFFE", "\\U0001FFFF", "\\L", "\\u3164"],
)
def test_escapes_write_nothing_that_the_file_may_not_hold(escape: str) -> None:
    assert told(f'a: 1\nb: "x{escape}y"\n') == [("Y009", 2, 4)]
    assert told(f'"x{escape}y": 1\n')[0] == ("Y009", 1, 1)


@pytest.mark.parametrize("escape", ["\\ud83d", "\\ud83d\\ude00", "\\U00110000"])
def test_escapes_of_what_is_no_character_at_all(escape: str) -> None:
    assert [code for code, *_ in told(f'a: "{escape}"\n')] == ["Y001"]


def test_escapes_that_are_letters_are_read() -> None:
    assert tree('a: "caf\\u00e9 \\U0001F33E\\n\\tx"\n').text("a") == "café 🌾\n\tx"


@pytest.mark.parametrize(
    "character",
    ["\0", "\x07", "\x1b", "\r", "\x7f", "\x85", "\u200b", "\u200e", "\u202a", "\u202e", "\u2066", "\u2028", "\u2029",
     "\u2060", "\ufeff", "\ufdd0", "\ufffe", "\U0001fffe", "\U000e0041", "\ue000", "\u3164", "\u115f", "\u034f"],
)  # fmt: skip
def test_characters_that_hide_or_break(character: str) -> None:
    assert at(f"a: 1\n🌾b: x{character}y\n".encode()) == [("Y009", 2, 6)]


@pytest.mark.parametrize("text", ["می‌خواهم", "👩‍🌾", "a\tb", "a\u00a0b", "co\u00adop", "क्‍ष", "🏳️‍🌈"])
def test_characters_that_languages_need(text: str) -> None:
    assert not list(refused_characters(text, "a"))


def test_joiners_between_latin_letters_hide() -> None:
    assert [one.code for one in refused_characters("pass\u200dword", "a")] == ["Y009"]
    assert [one.code for one in refused_characters("word\u200c", "a")] == ["Y009"]


def test_a_letter_newer_than_this_python_is_read() -> None:
    assert not list(refused_characters("\U0001fae9", "a"))  # an emoji of Unicode 16


def test_size() -> None:
    assert at(b"a: " + b"x" * MAX_BYTES) == [("Y006", 0, 0)]
    assert decode(b"x" * MAX_BYTES, "a")[0] == "x" * MAX_BYTES


def test_bytes_that_are_no_utf_8() -> None:
    assert at(b"a: 1\nb: \xc3\xa9\xff\n") == [("Y008", 2, 5)]
    assert at("a: é\n".encode("latin-1")) == [("Y008", 1, 4)]
    assert at("a: 1\n".encode("utf-16")) == [("Y008", 1, 1)]


def test_a_byte_order_mark_is_passed_over_and_counts_for_nothing() -> None:
    text, findings = decode("\ufeffa: é\n".encode(), "a")
    assert (text, findings) == ("a: é\n", [])
    finding: Diagnostic = decode(b"\xef\xbb\xbfa: \xff\n", "a")[1][0]
    assert (finding.location.line, finding.location.column) == (1, 4)
    assert "0xFF" in finding.message


def test_lines_may_end_as_on_windows() -> None:
    assert decode(b"a: 1\r\nb: 2\r\n", "a")[0] == "a: 1\nb: 2\n"
    assert at(b"a: 1\rb: 2\n") == [("Y009", 1, 5)]


def test_a_letter_bears_thirty_marks_and_no_more() -> None:
    """Putting marks in order takes the square of their number: a file full of them would hold up every reader."""
    assert at(("a: x" + "\u0316\u0301" * 15 + "y\n").encode()) == []
    assert at(("a: 1\nb: x" + "\u0316\u0301" * 20_000 + "\n").encode()) == [("Y009", 2, 35)]
    assert told('a: "x' + "\\u0301" * 31 + '"\n') == [("Y009", 1, 4)]
    assert at(("a: " + "…" * 80 + "नमस्ते" * 20 + "\n").encode()) == []
