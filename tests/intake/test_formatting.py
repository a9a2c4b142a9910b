"""Formatting never changes what a file says, keeps every line, and has nothing left to do a second time: on all files here, and on
generated ones, read by two readers."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import declarations
from tests.intake.files import TOOL, file_of
from tests.running import ROOT, SITES

from auzolan.intake.formatting import formatted
from auzolan.intake.spacing import words_of
from auzolan.intake.written import WrittenFile, read
from auzolan.model.kinds import Field


def hold(file: WrittenFile, data: bytes) -> bytes:
    """Holds for `data` what formatting promises; gives the formatted bytes."""
    done = formatted(file, data)
    before, findings = read(file, data)
    if before is None:
        assert done.data == data and findings
        return data
    after, _ = read(file, done.data)
    assert after is not None and words_of(after) == words_of(before)
    assert formatted(file, done.data).data == done.data
    if not file.is_article:
        assert plainly(done.data) == plainly(data)
    assert bare(done.data) == bare(data)
    return done.data


def plainly(data: bytes) -> Any:
    """What another reader takes from the file, every value a text; blanks at its ends say nothing."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return {normal(key): bare(one) for key, one in value.items()}
        return [bare(one) for one in value] if isinstance(value, list) else normal(value)

    def normal(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip()

    return bare(yaml.load(data.decode("utf-8-sig"), yaml.BaseLoader))


def bare(data: bytes) -> Counter[str]:
    """Every line but for what may move: blanks at its ends, the hyphen of an item, items between braces."""
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    lines = (line.strip().lstrip("- ") for line in text.splitlines() if line.strip())
    return Counter("".join(sorted(line)) if "{" in line else line for line in lines)


FOLDERS = {"real": ROOT, "everything": SITES / "everything", "minimal": SITES / "minimal", "broken": SITES / "broken"}


@pytest.mark.parametrize("name", FOLDERS)
def test_on_every_entry_and_article_here(name: str) -> None:
    folder, number = FOLDERS[name], 0
    for path in sorted([*folder.glob("directory/*/*.yaml"), *folder.glob("content/*/*.md")]):
        where = path.relative_to(folder).as_posix()
        if where.endswith(".md") or declarations().kind_of_folder(where.split("/")[1]):
            data = path.read_bytes()
            assert hold(file_of(where, folder), data) == data or name != "real", f"auzolan fmt {where}"
            number += 1
    assert number >= {"real": 140, "everything": 8, "minimal": 2, "broken": 60}[name]


WORDS = st.sampled_from(["x", "'# no'", '"a: b"', "NO", "[a, {b: c}]", "2010  # year", "|\n{}  one\n\n{}    two", ">-\n{}  three",
                         "|+\n{}  four\n\n", "a\n{}   b"])  # fmt: skip
COMMENTS = st.lists(st.sampled_from(["# words", "", "# - x: y"]), max_size=2)


TINY = st.sampled_from(["x", "'a, {b'", '"}\\"{"', "NO", "[a, {b: c}]", "it's", "a b", '"c"', "''", "é"])


@st.composite
def braces(draw: st.DrawFn, field: Field, inside: bool = False) -> str:
    """A group, a list of them or names of them, between braces in one line."""
    if not inside and field.many == "list":
        return "[" + ", ".join(draw(st.lists(braces(field, inside=True), min_size=1, max_size=3))) + "]"
    if not inside and field.many == "keyed":
        return (
            "{"
            + ", ".join(f"k{number}: {draw(braces(field, inside=True))}" for number in range(draw(st.integers(1, 2))))
            + "}"
        )
    names = draw(st.lists(st.sampled_from([*field.fields, "unknown"]), min_size=1, max_size=4, unique=True))
    gap = draw(st.sampled_from([", ", ",  ", " , "]))
    items = []
    for name in names:
        part = field.fields.get(name)
        items.append(f"{name}: {draw(braces(part)) if part is not None and part.fields else draw(TINY)}")
    return "{" + gap.join(items) + draw(st.sampled_from(["}", " }"]))


@st.composite
def groups(draw: st.DrawFn, fields: dict[str, Field], indent: str, depth: int) -> list[str]:
    """Lines of a mapping of some of `fields`, in any order, with comments."""
    lines: list[str] = []
    for name in draw(st.lists(st.sampled_from([*fields, "unknown", "other"]), min_size=1, max_size=5, unique=True)):
        lines += [f"{indent}{line}" if line else "" for line in draw(COMMENTS)]
        field = fields.get(name)
        if field is None or not field.fields or depth > 2:
            value = draw(WORDS).replace("{}", indent)
            lines += f"{indent}{name}: {value}".split("\n")
            continue
        inner = dict(field.fields)
        if draw(st.integers(0, 3)) == 0:
            lines.append(f"{indent}{name}: {draw(braces(field))}")
        elif field.many == "list":
            lines.append(f"{indent}{name}:")
            for _ in range(draw(st.integers(1, 3))):
                item = draw(groups(inner, indent + "    ", depth + 1))
                first = next(number for number, line in enumerate(item) if line.strip() and line.strip()[0] != "#")
                lines += [line.replace("    ", "  ", 1) for line in item[:first]]
                lines.append(indent + "  - " + item[first][len(indent) + 4 :])
                lines += item[first + 1 :]
        elif field.many == "keyed":
            lines.append(f"{indent}{name}:")
            for key in draw(st.lists(st.sampled_from(["zeta", "alpha", "mid"]), min_size=1, unique=True)):
                lines += [f"{indent}  {key}:", *draw(groups(inner, indent + "    ", depth + 1))]
        else:
            lines += [f"{indent}{name}:", *draw(groups(inner, indent + "  ", depth + 1))]
    return lines


@settings(deadline=None, max_examples=200)
@given(groups(dict(declarations().kinds["cooperative"].fields), "", 0), st.booleans())
def test_on_generated_entries(lines: list[str], ends: bool) -> None:
    file = file_of("directory/cooperatives/x.yaml")
    data = ("\n".join(lines) + "\n" * ends).encode()
    now = hold(file, data)
    said, _ = read(file, now)
    if said is not None and not formatted(file, data).left:
        known = [name for name in said.tree.keys if name in file.fields and name != "record"]
        assert known == sorted(known, key=list(file.fields).index)
        assert "record" not in list(said.tree.keys)[:-1]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(
    ["name: N", "summary: 'S", "  s'", "# c", "  # d", "record:", "  sources:", "    a:", "      url: x", "      title: T",
     "relations:", "  - to: tool/a", "    type: uses", "  -", "- - x", "? name", ": x", "---", "...", "topics: [a,", "b]", "",
     "description: |2", "   d", "image: {file: f,", "  alt: a}", "\tx", "name: >+", "e\u0301: x", '"summary": "a', '# b"']
), max_size=14))  # fmt: skip
def test_on_any_lines(lines: list[str]) -> None:
    hold(file_of(TOOL), "\n".join(lines).encode())


@pytest.mark.parametrize("data", [b"", b"\xff", b"a" * 200_000, b"[]\n", "name: \u202e\n".encode(), b"- " * 5000])
def test_on_what_is_no_entry(data: bytes) -> None:
    assert hold(file_of(TOOL, Path("/site")), data) == data
