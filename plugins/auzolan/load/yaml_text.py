"""A YAML text comes in; a tree of texts with their places goes out, and findings for all that is not plain YAML.

The reader is PyYAML's C *event* stream and one pass of ours: nothing is composed, resolved or coerced, so that
aliases cannot expand, `NO` stays Norway, and every refusal knows its line and column.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import yaml

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Mapping, Node, Scalar, Sequence
from auzolan.model.rules import finding

MAX_BYTES = 100_000
MAX_DEPTH = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """Reading this file cannot go on; the finding is already told."""


def decode(data: bytes, path: str, limit: int = MAX_BYTES) -> tuple[str, list[Diagnostic]]:
    """The text of a file, or "" with findings where it is too large, is not UTF-8 or holds refused characters.
    Of `data`, one byte more than `limit` is enough."""
    if len(data) > limit:
        return "", [
            finding("Y006", f"the file has more than {limit:,} bytes, and no more are read", Location(path),
                    "move long prose into an article and mention the entry there")
        ]  # fmt: skip
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # Places are counted without the byte-order mark, which the decoder drops first.
        read = bytes(problem.object)
        before = read[: problem.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        return "", [
            finding("Y008", f"byte 0x{read[problem.start]:02X} is not UTF-8", Location(path, line, column),
                    "save the file as UTF-8")
        ]  # fmt: skip
    text = text.replace("\r\n", "\n")
    refused = list(refused_characters(text, path))
    return ("" if refused else text), refused


def refused_characters(text: str, path: str) -> Iterator[Diagnostic]:
    """A finding for each place (at most one a line) with a character that hides text or breaks pages and feeds."""
    if text.isascii() and text.isprintable():
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.isprintable() and not _BLANK_LETTERS.intersection(line):
            continue
        for column, character in enumerate(line, start=1):
            if _is_refused(character, line, column - 1):
                name = unicodedata.name(character, "a control character")
                yield finding(
                    "Y009", f"U+{ord(character):04X} ({name.lower()}) is not allowed", Location(path, number, column),
                    "delete it; it is invisible, so select the letters around it and type them again",
                )  # fmt: skip
                break


_JOINERS = "\u200c\u200d"
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Letters and marks by their category, blank by their look."""


def _is_refused(character: str, line: str, index: int) -> bool:
    if character in _BLANK_LETTERS:
        return True
    if character.isprintable() or character in "\t\xa0\u202f\u2009\u3000\xad":
        return False
    if character in _JOINERS:
        # Persian, Hindi and others need the joiners between two of their letters; elsewhere they only hide text.
        around = line[max(0, index - 1) : index] + line[index + 1 : index + 2]
        return len(around) < 2 or around.isascii()
    if unicodedata.category(character) == "Cn":
        # A letter newer than this Python is a letter all the same; a non-character never becomes one.
        return ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Mapping | None, list[Diagnostic]]:
    """The mapping that `text` writes, or None where none can be read, with all findings. `first_line` is the line of
    the file on which `text` begins (front matter does not begin on the first)."""
    reader = _Reader(path, first_line - 1)
    try:
        return reader.document(text), reader.findings
    except _Refused:
        return None, reader.findings
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        place = reader.at(mark.line, mark.column) if mark else Location(path)
        said = " ".join(part for part in (problem.context, problem.problem) if part)
        reader.findings.append(finding("Y001", f"this is not YAML: {said}", place, _way_out(said)))
    except yaml.YAMLError as problem:
        reader.findings.append(finding("Y001", f"this is not YAML: {problem}", Location(path)))
    return None, reader.findings


def _way_out(said: str) -> str:
    if "mapping values are not allowed" in said:
        return 'a text with a colon in it needs quotes: "like this: so"'
    if "cannot start any token" in said:
        return "indent with spaces, never tabs; put quotes around a text that begins with @, ` or %"
    if "expected <block end>" in said:
        return "the lines of one mapping begin in the same column"
    return "compare with an entry that works, line by line; quotes around the text often help"


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, path: str, offset: int) -> None:
        self.path = path
        self.offset = offset
        self.findings: list[Diagnostic] = []

    def at(self, line: int, column: int, width: int = 1) -> Location:
        return Location(self.path, line + 1 + self.offset, column + 1, max(1, width))

    def refuse(self, code: str, message: str, mark: Any, hint: str) -> None:
        self.findings.append(finding(code, message, self.at(mark.line, mark.column), hint))

    def document(self, text: str) -> Mapping | None:
        # Every event of a text has marks, and every node an anchor or None: the types that PyYAML states are looser.
        events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.refuse("Y007", "a second document begins here", event.start_mark,
                                "one file, one entry: delete the line with `---`")  # fmt: skip
                    break
                root = self.node(next(events), events, 1)
        if isinstance(root, Mapping):
            return root
        if not self.findings:
            said = "the file is empty" if root is None else "the file does not begin with a field"
            place = Location(self.path, 1 + self.offset, 1)
            self.findings.append(finding("Y007", said, place, "write fields, one a line: `name: …`"))
        return None

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self.refuse(
                "Y003", f"`*{event.anchor}` repeats another part of the file", mark, "write the value out again"
            )
            return Scalar("", mark.line + 1 + self.offset, mark.column + 1, 1)
        if event.anchor is not None:
            self.refuse("Y003", f"`&{event.anchor}` names a part of the file to repeat it", mark, "delete the anchor")
        if event.tag is not None and event.tag != "!":
            self.refuse("Y004", f"the tag `{event.tag}` is not read", mark, "delete it; every value is read as a text")
        if depth > MAX_DEPTH:
            self.refuse("Y005", f"values are nested more than {MAX_DEPTH} deep", mark, "write it flatter")
            raise _Refused
        line, column = mark.line + 1 + self.offset, mark.column + 1
        if isinstance(event, yaml.ScalarEvent):
            end: Any = event.end_mark
            width = end.column - mark.column if end.line == mark.line else 1
            if event.style == '"':
                # Escapes (`"\\u202e"`) write what the file's own characters may not.
                for refused in refused_characters(event.value, self.path):
                    self.refuse(refused.code, refused.message, mark, "delete the escape")
                    return Scalar("", line, column, max(1, width))
            text = unicodedata.normalize("NFC", event.value)
            if event.style not in ("'", '"'):
                text = text.strip()
            return Scalar(text, line, column, max(1, width), event.style in ("|", ">"))
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self.node(event, events, depth + 1))
            return Sequence(tuple(items), line, column)
        return self.mapping(events, depth, line, column)

    def mapping(self, events: Iterator[Any], depth: int, line: int, column: int) -> Mapping:
        values: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.findings.append(
                    finding(
                        "Y010",
                        "a list or mapping stands where a key should",
                        Location(self.path, key.line, key.column),
                        "put quotes around a text that begins with [ or {",
                    )
                )
            elif key.text == "<<":
                self.findings.append(
                    finding("Y003", "`<<` merges another mapping", Location(self.path, key.line, key.column, 2),
                            "write the fields out")
                )  # fmt: skip
            elif key.text in values:
                first = keys[key.text]
                self.findings.append(
                    finding("Y002", f"`{key.text}` stands here a second time; the first is in line {first.line}",
                            Location(self.path, key.line, key.column, key.width), "keep one of the two")
                )  # fmt: skip
            else:
                values[key.text] = value
                keys[key.text] = key
        return Mapping(values, keys, line, column)
