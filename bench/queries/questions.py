"""A file of judged questions comes in; `Question`s go out, or the place and the reason why the file is unsound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("id", "language", "page", "type", "query", "expected")
LANGUAGES = ("en", "es", "ca", "fr", "pt")
TYPES = (
    "name",
    "abbreviation",
    "other-name",
    "typo",
    "place",
    "sector",
    "licence",
    "concept",
    "cross-language",
)
GRADES = {"1": 1, "2": 2}
_ID = re.compile(r"[a-z]+[0-9]+\Z")


class Unsound(Exception):
    """A file of questions that cannot be used; the message has the place and the reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader typed at a page in the language `page`, and the ids that answer it with their grades: 2 is the very
    thing, 1 a good answer."""

    id: str
    language: str
    page: str
    type: str
    query: str
    expected: Mapping[str, int]

    @property
    def half(self) -> str:
        """`odd` or `even`, by the number in the id: one chooses on the odd ones and reports on the even ones."""
        return "odd" if int(self.id[-1]) % 2 else "even"


def read_questions(path: Path) -> list[Question]:
    """In the order of the file. Raises Unsound."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise Unsound(f"{path}: {problem}") from problem
    if not lines or tuple(lines[0].split("\t")) != COLUMNS:
        raise Unsound(f"{path}:1: the first line names the columns: {' '.join(COLUMNS)}, with tabs between")
    found: dict[str, Question] = {}
    for number, line in enumerate(lines[1:], 2):
        try:
            question = _question(line.split("\t"))
        except ValueError as problem:
            raise Unsound(f"{path}:{number}: {problem}") from problem
        if question.id in found:
            raise Unsound(f"{path}:{number}: the id {question.id} is there twice")
        found[question.id] = question
    return list(found.values())


def _question(cells: list[str]) -> Question:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} cells instead of {len(COLUMNS)}")
    id_, language, page, type_, query, expected = cells
    if not _ID.match(id_):
        raise ValueError(f"`{id_}` is no letter and number")
    if language not in LANGUAGES or type_ not in TYPES:
        raise ValueError(f"`{language}` is none of {' '.join(LANGUAGES)}, or `{type_}` none of {' '.join(TYPES)}")
    if not query.strip() or query != unicodedata.normalize("NFC", query):
        raise ValueError("the query is empty, or not in the composed form of Unicode (NFC)")
    return Question(id_, language, page, type_, query, _grades(expected))


def _grades(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in text.split():
        id_, _, grade = one.rpartition("=")
        if not id_ or grade not in GRADES or id_ in found:
            raise ValueError(f"`{one}`: write id=2 (the very thing) or id=1 (a good answer), each id once")
        found[id_] = GRADES[grade]
    if 2 not in found.values():
        raise ValueError("no answer is the very thing (2)")
    return found
