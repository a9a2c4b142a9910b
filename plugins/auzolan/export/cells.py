"""Fields come in; the columns of a spreadsheet go out, and what makes the cells of a row from an entry's values."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from auzolan.model.commons import Reference, SourceRef
from auzolan.model.kinds import Field
from auzolan.model.text import choose

Column = tuple[str, str]
"""A field's dotted path, and the language, scheme or `key` it is split by ("" where it is not)."""
Cell = str | Sequence["Cell"] | None
"""A text, the nth parts of a list, or nothing."""
Fill = Callable[[Any], list[Cell]]
"""Makes from a field's value the cells of its columns."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z", re.ASCII)
# A spreadsheet set to split at `;` or tab sees cells, and rows after a line break, where we wrote none: so not only the
# first character counts. The wide forms are read as formulas where full-width typing is usual.
_SIGNS = "=+-@\t\r＝＋－＠"
_FORMULA = re.compile(rf"[\n\r\t;](?=[{re.escape(_SIGNS)}])")
_MARKED = str.maketrans({sign: f"\\{sign}" for sign in "\\|;"})


class _Row:
    """A file for the writer, who gives back what `write` gives back: the row."""

    def write(self, row: str) -> str:
        """`row`."""
        return row


_WRITER = csv.writer(_Row(), lineterminator="\r\n")


def defused(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would run as a formula. Negative numbers stay numbers."""
    if text and text[0] in _SIGNS and not _NUMBER.match(text):
        text = f"'{text}"
    return _FORMULA.sub(r"\g<0>'", text) if _FORMULA.search(text) else text


def row(cells: Iterable[Cell]) -> bytes:
    """A row of a table: RFC 4180, UTF-8."""
    written: str = _WRITER.writerow([defused(joined(cell)) if cell else "" for cell in cells])
    return written.encode()


def header(columns: Iterable[str]) -> bytes:
    """A table's first row. The byte order mark is for Excel, which reads `Forn i càtering` as noise without it; people
    open tables in spreadsheets, and programs have everything.json."""
    return b"\xef\xbb\xbf" + row(columns)


def layout(
    fields: Mapping[str, Field], split: Mapping[str, Sequence[str]], prefix: str = ""
) -> tuple[list[Column], Fill]:
    """The columns of `fields` in the order of declaration, and what fills them. Every field has one, and one per language
    or scheme in `split` (by the field's path) where it is split by those; lists of things have cells that are lists of
    one length, so that the nth parts belong together."""
    made = [
        (name, *_column(field, split, f"{prefix}{name}")) for name, field in fields.items() if field.type != "relation"
    ]
    parts = [(name, [None] * len(columns), fill) for name, columns, fill in made]

    def cells(values: Mapping[str, Any]) -> list[Cell]:
        found: list[Cell] = []
        for name, blank, fill in parts:
            value = values.get(name)
            found += blank if value is None else fill(value)
        return found

    return [column for _, columns, _ in made for column in columns], cells


def _column(field: Field, split: Mapping[str, Sequence[str]], path: str) -> tuple[list[Column], Fill]:
    columns, fill = _one(field, split, path)
    if field.many == "list":
        return columns, lambda items: _side_by_side([fill(item) for item in items], len(columns))
    if field.many == "keyed":
        columns = [(path, "key"), *columns]
        return columns, lambda items: _side_by_side([[key, *fill(items[key])] for key in sorted(items)], len(columns))
    return columns, fill


def _one(field: Field, split: Mapping[str, Sequence[str]], path: str) -> tuple[list[Column], Fill]:
    if field.fields:
        return layout(field.fields, split, f"{path}.")
    if is_split(field):
        suffixes = split.get(path, ())
        return [(path, suffix) for suffix in suffixes], lambda value: [value.get(suffix) for suffix in suffixes]
    return [(path, "")], lambda value: [scalar(value)]


def _side_by_side(items: list[list[Cell]], width: int) -> list[Cell]:
    """The nth cells of all items together; nothing where no item has any."""
    if not items:
        return [None] * width
    together = (list(cells) for cells in zip(*items, strict=True))
    return [cells if cells.count(None) < len(cells) else None for cells in together]


def is_split(field: Field) -> bool:
    """Whether a field has a column for each language or scheme in use."""
    return field.type in ("text", "prose", "identifier") and field.to != ("source",) and not field.fields


def splits(values: Mapping[str, Any], fields: Mapping[str, Field], prefix: str = "") -> Iterator[Column]:
    """The columns that `values` need of fields that are split; some come more than once."""
    for name, field in fields.items():
        value = values.get(name)
        if value is None or field.type == "relation" or not (field.fields or is_split(field)):
            continue
        items = value if field.many == "list" else value.values() if field.many == "keyed" else (value,)
        for item in items:
            if field.fields:
                yield from splits(item, field.fields, f"{prefix}{name}.")
            else:
                for suffix in item:
                    yield f"{prefix}{name}", suffix


def scalar(value: object) -> str:
    """One value as text: `true` and `false`, ISO 8601 dates, an id, else the name or address of what is wanted."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Reference):
        return value.entry or choose(value.name, "en")[0] or value.url
    if isinstance(value, SourceRef):
        return f"{value.entry}#{value.key}"
    return str(value)


def joined(cell: Cell, depth: int = 0) -> str:
    """A list as `a|b`, a list within a list as `a;b|c`; these signs and the backslash get a backslash inside a list."""
    if not cell:
        return ""
    if isinstance(cell, str):
        return cell.translate(_MARKED) if depth else cell
    return ("|" if depth == 0 else ";").join([joined(item, depth + 1) for item in cell])


def column_name(column: Column) -> str:
    """`name.en`, `same_as.wikidata`, `record.sources.key`, `website`."""
    return ".".join(filter(None, column))
