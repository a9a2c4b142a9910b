"""A YAML text comes in; a tree of texts with their places goes out, and findings for all that is not plain YAML.

The reader is PyYAML's C *event* stream and one pass of ours: nothing is composed, resolved or coerced, so that
aliases cannot expand, `NO` stays Norway, and every refusal knows its line and column.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from auzolan.load.decoding import refused_characters
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Mapping, Node, Scalar, Sequence
from auzolan.model.rules import finding

MAX_DEPTH = 8
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_QUOTES = ("'", '"')
_BLOCKS = ("|", ">")


class _Refused(Exception):
    """Reading this file cannot go on; the finding is already told."""


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Mapping | None, list[Diagnostic]]:
    """The mapping that `text` writes, or None where none can be read, with all findings. `first_line` is the line of
    the file on which `text` begins (front matter does not begin on the first)."""
    reader = _Reader(path, first_line)
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
    """One pass over the events of one file. Events are told apart by their exact class and asked for one by one: a file
    has about eighty, and nine in ten of them are plain texts."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first = first_line
        self.findings: list[Diagnostic] = []
        self.following: Callable[[], Any]
        """The next event. Every event of a text has marks, and every node an anchor or None: the types that PyYAML states
        are looser."""

    def at(self, line: int, column: int, width: int = 1) -> Location:
        return Location(self.path, line + self.first, column + 1, max(1, width))

    def refuse(self, code: str, message: str, mark: Any, hint: str) -> None:
        self.findings.append(finding(code, message, self.at(mark.line, mark.column), hint))

    def document(self, text: str) -> Mapping | None:
        loader = _LOADER(text)
        self.following = loader.get_event
        try:
            root = self.only_root()
        finally:
            loader.dispose()
        if isinstance(root, Mapping):
            return root
        if not self.findings:
            said = "the file is empty" if root is None else "the file does not begin with a field"
            place = Location(self.path, self.first, 1)
            self.findings.append(finding("Y007", said, place, "write fields, one a line: `name: …`"))
        return None

    def only_root(self) -> Node | None:
        """What the first document holds, once it is known that no second one begins."""
        root: Node | None = None
        documents = 0
        while (event := self.following()) is not None:
            if event.__class__ is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self.refuse("Y007", "a second document begins here", event.start_mark,
                                "one file, one entry: delete the line with `---`")  # fmt: skip
                    break
                root = self.node(self.following(), 1)
        return root

    def node(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        if event.anchor is not None or event.tag is not None or depth > MAX_DEPTH:
            refused = self.unwanted(event, mark, depth)
            if refused is not None:
                return refused
        line, column = mark.line + self.first, mark.column + 1
        if event.__class__ is ScalarEvent:
            text, style = event.value, event.style
            end: Any = event.end_mark
            width = end.column - mark.column if end.line == mark.line else 1
            if width < 1:
                width = 1
            if style == '"' and not (text.isascii() and text.isprintable()):
                # Escapes (`"\\u202e"`) write what the file's own characters may not.
                for one in refused_characters(text, self.path):
                    self.refuse(one.code, one.message, mark, "delete the escape")
                    return Scalar("", line, column, width)
            if not text.isascii():
                text = unicodedata.normalize("NFC", text)
            if style not in _QUOTES:
                text = text.strip()
            return Scalar(text, line, column, width, style in _BLOCKS)
        if event.__class__ is SequenceStartEvent:
            items: list[Node] = []
            while (event := self.following()).__class__ is not SequenceEndEvent:
                items.append(self.node(event, depth + 1))
            return Sequence(tuple(items), line, column)
        return self.mapping(depth, line, column)

    def unwanted(self, event: Any, mark: Any, depth: int) -> Scalar | None:
        """Tells anchors, tags and values that are nested too deeply; of an alias, what stands in its place."""
        if event.__class__ is AliasEvent:
            self.refuse(
                "Y003", f"`*{event.anchor}` repeats another part of the file", mark, "write the value out again"
            )
            return Scalar("", mark.line + self.first, mark.column + 1, 1)
        if event.anchor is not None:
            self.refuse("Y003", f"`&{event.anchor}` names a part of the file to repeat it", mark, "delete the anchor")
        if event.tag is not None and event.tag != "!":
            self.refuse("Y004", f"the tag `{event.tag}` is not read", mark, "delete it; every value is read as a text")
        if depth > MAX_DEPTH:
            self.refuse("Y005", f"values are nested more than {MAX_DEPTH} deep", mark, "write it flatter")
            raise _Refused
        return None

    def mapping(self, depth: int, line: int, column: int) -> Mapping:
        values: dict[str, Node] = {}
        keys: dict[str, Scalar] = {}
        following, node, depth = self.following, self.node, depth + 1
        while (event := following()).__class__ is not MappingEndEvent:
            key = node(event, depth)
            value = node(following(), depth)
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
