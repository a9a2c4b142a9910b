"""Two versions of a file: what changed, by the names of fields; and versions that no file of ours would be."""

from __future__ import annotations

import datetime

import pytest
from tests.helpers import declarations

from auzolan.load.versions import MOST_READ, blocks_of, told_by
from auzolan.model.changes import Change, changes_of, mark_of

FIELDS = declarations().kinds["cooperative"].fields
DAY = datetime.date(2026, 5, 3)
HEAD = "name: Mill\nsummary: It grinds.\n"


def told(before: str | bytes, after: str | bytes) -> str:
    """The line of the change from one text to another, without its day."""
    one, other = (text.encode() if isinstance(text, str) else text for text in (before, after))
    line = told_by(Change(DAY), blocks_of(one), blocks_of(other), FIELDS).line()
    assert changes_of(line)[0].line() == line
    return line.removeprefix("2026-05-03").strip()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", 'started: "2010"\n', "+started"),
        ('started: "2010"\n', "", "-started"),
        ('started: "2010"\n', 'started: "2011"\n', "~started"),
        ("summary: It grinds.\n", "summary: {en: It grinds., ca: Mol.}\n", "+summary@ca"),
        ("summary: {en: It grinds., ca: Mol.}\n", "summary: {en: It grinds., es: Muele.}\n", "-summary@ca +summary@es"),
        ("summary: {en: A., ca: B.}\n", "summary: {en: C., ca: B.}\n", "~summary@en"),
        ("summary: A.\n", "summary: {en: C., ca: B.}\n", "~summary"),
        ("summary: {en: A.}\n", "summary: A.\n", "~summary"),
        ("topics: [commons]\n", "topics:\n- commons\n- food\n", "~topics"),
        ("", "relations:\n  - {type: partner-of, to: tool/aa}\n", "+relations=partner-of:tool/aa"),
        ("relations: [{type: uses, to: {name: Saw}}]\n", "", "-relations=uses"),
        (
            "relations: [{type: uses, to: tool/aa}, {type: uses, to: tool/bb}]\n",
            'relations: [{type: uses, to: tool/bb}, {type: uses, to: tool/aa, since: "2010"}]\n',
            "~relations=uses:tool/aa",
        ),
        ("", "record: {sources: {a: {title: T}}, as_of: 2010}\n", "+record.sources +record.as_of"),
        ("record: {sources: {a: {title: T}}}\n", "record: {sources: {a: {title: U}}}\n", "~record.sources"),
        ("", "record: {thanks: [Ana]}\n", f"*{mark_of('Ana')}"),
        ("record: {thanks: [Ana]}\n", "record: {thanks: [Ana, Biel]}\n", f"*{mark_of('Biel')}"),
        ("record: {thanks: [Ana, Biel]}\n", "record: {thanks: [Biel]}\n", ""),
    ],
)  # fmt: skip
def test_what_changed(before: str, after: str, expected: str) -> None:
    assert told(HEAD.replace("summary: It grinds.\n", "" if "summary" in before + after else "summary: It grinds.\n")
                + before, "name: Mill\n" + ("" if "summary" in before + after else "summary: It grinds.\n") + after) == expected  # fmt: skip


@pytest.mark.parametrize(
    "after",
    [
        "summary: It grinds.\nname: Mill\n",
        '# words\nname: "Mill"   # more\n\nsummary: >\n  It grinds.\n'.replace(">", ">-"),
        "---\nname: Mill\nsummary: It grinds.\n...\n",
        "name: Mill\r\nsummary: It grinds.\r\n",
        "\ufeffname: Mill\nsummary: It grinds.\n",
    ],
)
def test_a_file_that_is_only_written_otherwise(after: str) -> None:
    assert told(HEAD, after) == "layout"


def test_of_what_is_not_declared_nothing_is_told() -> None:
    assert told(HEAD, f"{HEAD}secret_plan: of mine\n") == ""
    assert told(HEAD, f"{HEAD}secret_plan: of mine\nstarted: 2010\n") == "+started"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe\x00\x01",
        b"\x00" * 50_000,
        b"name: Mill\n" + b"x" * 200_000,
        b"[" * 90_000,
        b"{name: Mill, summary: It grinds.}\n",
        b"- a\n- b\n",
        b"name: Mill\nname: Mill\n",
        b"a line of words\n",
        b"<<<<<<< HEAD\nname: A\n=======\nname: B\n>>>>>>> branch\n",
    ],
)
def test_versions_that_cannot_be_read(broken: bytes) -> None:
    assert told(broken, HEAD) == ""
    assert told(HEAD, broken) == ""


@pytest.mark.parametrize(
    "block",
    [
        "started: [[[[[[[[[[[[1]]]]]]]]]]]]",
        "started: !!python/object/apply:os.system [ls]",
        "started: {a: b",
        "started: \x07",
        "started: '",
    ],
)
def test_a_broken_field_is_another_one(block: str) -> None:
    assert told(HEAD + 'started: "2010"\n', f"{HEAD}{block}\n") == "~started"


def test_a_field_too_long_to_be_read_is_only_said_to_differ() -> None:
    long = "summary: {en: " + "a" * MOST_READ + "}\n"
    assert told("name: Mill\n" + long, "name: Mill\n" + long.replace("{en", "{ca")) == "~summary"


def test_names_that_no_field_has_are_left_out() -> None:
    hostile = "relations:\n  - {type: 'a b', to: 'x y'}\n  - {type: uses, to: '../../x'}\n"
    assert told(HEAD, HEAD + hostile) == "+relations +relations=uses"
    hostile = "summary: {en: It grinds., '<script>': x, 'a\\nb': y}\n"
    assert told("name: Mill\nsummary: {en: It grinds.}\n", f"name: Mill\n{hostile}") == ""


def test_many_differences_are_not_all_told() -> None:
    many = "".join(f"  - {{type: uses, to: tool/t{n}}}\n" for n in range(300))
    assert len(told(HEAD, f"{HEAD}relations:\n{many}").split()) == 40


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Within quotes, libyaml asks for no indentation: a line that looks like a remark, or like a field, is text.
        ('summary: "It grinds\n# well.\n And well."\n', 'summary: "It grinds\n# nothing.\n And well."\n', "~summary"),
        ('summary: "It grinds\nzzz: \'well\n and well."\n', 'summary: "It grinds\nzzz: \'no\n and well."\n', ""),
        ("summary: It grinds.\rwebsite: https://a.example/\n", "summary: It grinds.\rwebsite: https://b.example/\n", "~summary"),
        ("summary: It grinds.\nzzz: {\n", "summary: It grinds.\nzzz: {x\n", ""),
        # Sources are numbered as they stand.
        ("record: {sources: {a: {title: A}, b: {title: B}}}\n", "record: {sources: {b: {title: B}, a: {title: A}}}\n", ""),
        ("record: {as_of: 2010, sources: {a: {title: A}}}\n", "record: {sources: {a: {title: A}}, as_of: 2010}\n", "layout"),
    ],
)  # fmt: skip
def test_nothing_that_is_shown_hides_as_layout(before: str, after: str, expected: str) -> None:
    assert told(f"name: Mill\n{before}", f"name: Mill\n{after}") == expected
