"""A file of comma-separated values, from anybody, comes in; its header and rows go out, and findings for all that is none.

Whatever the file holds, a row takes a bounded time and memory, and a broken one costs its neighbours nothing: records are
told apart here, by quotes, and each is then read by Python's `csv` alone.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from auzolan.intake.tables.encodings import SNIFFED, UnusableTable, delimiter_of, encoding_of, known_encoding
from auzolan.load.decoding import refused_characters
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import finding

MAX_FILE = 500_000_000
MAX_ROWS = 100_000
MAX_COLUMNS = 500
MAX_RECORD = 1_000_000
"""Characters of a row."""
MAX_LINES = 200
"""Lines of a row: a quote that is never closed would take in the rest of the file."""
MAX_CELL = 20_000
"""Characters of a cell: more than any field holds."""
_FORMULA = re.compile(r"\s*(?:=|#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A)\s*\Z|[@+-][^\s\d]*[A-Za-z][^\s]*[(!|])")
"""What a spreadsheet would run: `=1+1`, `@SUM(1)`, `+cmd|' /C calc'!A0`; no telephone number and no name with a dash. And what
is left where one failed: `#NAME?`."""
Tell = Callable[[Diagnostic], object]


class Row(NamedTuple):
    """A row: the line of the file on which it begins, and as many cells as the header has."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file that is a table. `encoding` is Python's name of it, `told` what a person should know of how it is read."""

    path: Path
    shown: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    first_line: int
    told: str = ""

    def rows(self, tell: Tell) -> Iterator[Row]:
        """Every row that can be used, in order; what is left out is told, with its line and the number of its cell."""
        count = 0
        with _opened(self.path, self.encoding) as file:
            for line, cells, wrong in _records(file, self.delimiter, len(self.header)):
                if line <= self.first_line:
                    continue
                count += 1
                if count > MAX_ROWS:
                    tell(finding("B002", f"the table has more than {MAX_ROWS:,} rows, and no more are read",
                                 Location(self.shown, line), "cut it into several files"))  # fmt: skip
                    return
                if wrong:
                    tell(finding(wrong[0], wrong[1], Location(self.shown, line), wrong[2]))
                    continue
                yield Row(line, tuple(self._cell(text, line, at, tell) for at, text in enumerate(cells, start=1)))

    def _cell(self, text: str, line: int, column: int, tell: Tell) -> str:
        """The cell, or "" where it cannot be used."""
        text = text.strip()
        if text.isascii() and text.isprintable() and len(text) <= MAX_CELL and text[:1] not in "=@+-#":
            return text
        where = Location(self.shown, line, column)
        if len(text) > MAX_CELL:
            tell(finding("B002", f"the cell has {len(text):,} characters; at most {MAX_CELL:,}", where,
                         "it is left out"))  # fmt: skip
            return ""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\ufffd" in text:
            tell(
                finding("Y008", "the cell has bytes that are no letters", where, "it is left out; --encoding names one")
            )
            return ""
        for one in refused_characters(text, self.shown):
            tell(finding(one.code, one.message, where, "it is left out: delete the character, which is invisible"))
            return ""
        if _FORMULA.match(text[:200]):
            tell(
                finding(
                    "B004", f"`{text[:60]}` is a formula, or what a spreadsheet leaves of one", where, "it is left out"
                )
            )
            return ""
        return text


def open_table(path: Path, shown: str, encoding: str = "", delimiter: str = "") -> Table:
    """The table in a file. `shown` is how findings call it. Raises UnusableTable."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnusableTable(f"{shown} is no file", "name a file of comma-separated values")
        if size > MAX_FILE:
            raise UnusableTable(f"{shown} has more than {MAX_FILE:,} bytes", "cut it into several files")
        encoding, told = (known_encoding(encoding), "") if encoding else encoding_of(path)
        with _opened(path, encoding) as file:
            delimiter = delimiter or delimiter_of(file.read(SNIFFED))
        with _opened(path, encoding) as file:
            line, cells, wrong = next(_records(file, delimiter), (0, [], None))
        if not line:
            raise UnusableTable(f"{shown} is empty", "its first row says what the columns are called")
    except OSError as problem:
        raise UnusableTable(f"{shown} cannot be read: {problem.strerror or problem}") from problem
    if wrong:
        raise UnusableTable(f"the first row of {shown} cannot be read: {wrong[1]}", wrong[2])
    return Table(path, shown, encoding, delimiter, _header(cells, shown), line, told)


def _header(cells: list[str], shown: str) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names or len(names) > MAX_COLUMNS:
        raise UnusableTable(f"the first row of {shown} names {len(names)} columns", f"1 to {MAX_COLUMNS}")
    for number, name in enumerate(names, start=1):
        if not name or not name.isprintable() or len(name) > 200 or "{" in name or "}" in name:
            raise UnusableTable(
                f"column {number} of {shown} has no usable name", "write what it holds into the first row"
            )
        if name in names[: number - 1]:
            raise UnusableTable(f"two columns of {shown} are called `{name}`", "give one another name")
    return tuple(names)


def _opened(path: Path, encoding: str) -> IO[str]:
    # Line ends stay as they are: within quotes they are part of a cell.
    return path.open(encoding=encoding, errors="replace", newline="")


Problem = tuple[str, str, str] | None
"""(code, message, hint)"""


def _records(file: IO[str], delimiter: str, width: int = 0) -> Iterator[tuple[int, list[str], Problem]]:
    """(line, cells, problem) of each record that is not blank; of so many cells, where there is a `width`. Where several lines
    make no record together, a quotation mark may be the culprit: reading goes on with the line after the first."""
    waiting: deque[tuple[int, str]] = deque()
    number = 0
    while True:
        start, text, quoted, lines = 0, [], False, 0
        again: list[tuple[int, str]] = []
        while True:
            if waiting:
                here, line = waiting.popleft()
            else:
                number += 1
                here, line = number, file.readline(MAX_RECORD + 1)
            start = start or here
            if not line or len(line) > MAX_RECORD:
                break
            lines += 1
            text.append(line)
            again.append((here, line))
            quoted = _in_quotes(line, delimiter, quoted)
            if not quoted or lines == MAX_LINES or sum(map(len, text)) > MAX_RECORD:
                break
        if len(line) > MAX_RECORD:
            while line and line[-1] not in "\r\n":
                line = file.readline(SNIFFED)
            yield start, [], ("B002", f"the row has more than {MAX_RECORD:,} characters", "it is left out")
        elif quoted:
            waiting.extendleft(reversed(again[1:]))
            yield start, [], ("B001", "a quotation mark is not closed", 'a `"` within a text is written twice: ""')
        elif not text:
            return
        elif record := "".join(text).strip("\r\n"):
            cells, wrong = _cells(record, delimiter, width)
            if wrong:
                waiting.extendleft(reversed(again[1:]))
            if wrong or any(cell.strip() for cell in cells):
                yield start, cells, wrong


def _in_quotes(line: str, delimiter: str, quoted: bool) -> bool:
    """Whether the end of the line is within quotes. They begin where a cell begins, and nowhere else."""
    place = 0
    while True:
        if quoted:
            end = line.find('"', place)
            if end < 0:
                return True
            if line.startswith('""', end):
                place = end + 2
                continue
            quoted, place = False, end + 1
        elif line.startswith('"', place) and (not place or line[place - 1] == delimiter):
            quoted, place = True, place + 1
            continue
        following = line.find(delimiter, place)
        if following < 0:
            return quoted
        place = following + 1


def _cells(text: str, delimiter: str, width: int) -> tuple[list[str], Problem]:
    """The cells of one record, without its line end."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as problem:
        if "field limit" in str(problem):
            return [], ("B002", "a cell is far too large", "the row is left out")
        return [], ("B001", f"this is no row: {problem}", 'a `"` within a text is written twice: ""')
    cells = rows[0] if rows else []
    while width and len(cells) > width and not cells[-1].strip():
        cells.pop()
    if width and len(cells) != width and any(cell.strip() for cell in cells):
        shown = "tab" if delimiter == "\t" else delimiter
        return [], ("B001", f"the row has {len(cells)} {'cell' if len(cells) == 1 else 'cells'}, the header {width}",
                    f"is a `{shown}` missing, or one too many without quotes around it?")  # fmt: skip
    return cells, None
