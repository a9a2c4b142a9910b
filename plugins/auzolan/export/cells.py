"""Values of a field come in; spreadsheet cells by column name go out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from auzolan.model.commons import Reference, SourceRef
from auzolan.model.kinds import Field
from auzolan.model.text import choose

Column = tuple[str, str]
"""A field's dotted path, and the language, scheme or `key` it is split by ("" where it is not)."""
Cell = str | list["Cell"]

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z", re.ASCII)
# A spreadsheet set to split at `;` or tab sees cells, and rows after a line break, where we wrote none: so not only the
# first character counts. The wide forms are read as formulas where full-width typing is usual.
_FORMULA = re.compile(r"(\A|[\n\r\t;])(?=[=+\-@\t\r＝＋－＠])")


def defused(text: str) -> str:
    """`text` with an apostrophe before whatever a spreadsheet would run as a formula. Negative numbers stay numbers."""
    return text if _NUMBER.match(text) else _FORMULA.sub(r"\1'", text)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180, UTF-8. The byte order mark is for Excel, which reads `Forn i càtering` as noise without it; people open
    tables in spreadsheets, and programs have everything.json."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([defused(name) for name in header])
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def cells(values: Mapping[str, Any], fields: Mapping[str, Field], prefix: str = "") -> dict[Column, Cell]:
    """The cells of `values`; a list of things gives lists of one length, so that the nth parts belong together."""
    found: dict[Column, Cell] = {}
    for name, field in fields.items():
        value = values.get(name)
        if value is None or field.type == "relation":
            continue
        path = f"{prefix}{name}"
        if field.many == "list":
            found |= _side_by_side([_one(item, field, path) for item in value])
        elif field.many == "keyed":
            found |= _side_by_side([{(path, "key"): key, **_one(value[key], field, path)} for key in sorted(value)])
        else:
            found |= _one(value, field, path)
    return found


def _one(value: Any, field: Field, path: str) -> dict[Column, Cell]:
    if field.fields:
        return cells(value, field.fields, f"{path}.")
    if isinstance(value, Mapping):
        return {(path, str(key)): scalar(text) for key, text in value.items()}
    return {(path, ""): scalar(value)}


def _side_by_side(items: list[dict[Column, Cell]]) -> dict[Column, Cell]:
    columns = dict.fromkeys(column for item in items for column in item)
    return {column: [item.get(column, "") for item in items] for column in columns}


def scalar(value: object) -> str:
    """One value as text: `true` and `false`, ISO 8601 dates, an id, else the name or address of what is wanted."""
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
    if isinstance(cell, str):
        return re.sub(r"([\\|;])", r"\\\1", cell) if depth else cell
    return ("|" if depth == 0 else ";").join(joined(item, depth + 1) for item in cell)


def columns(fields: Mapping[str, Field], used: Iterable[Column], prefix: str = "") -> list[Column]:
    """The columns of `fields` in the order of declaration: every field has one, and one per language or scheme in use
    where it is split by those."""
    suffixes: dict[str, set[str]] = {}
    for path, suffix in used:
        suffixes.setdefault(path, set()).add(suffix)
    return list(_columns(fields, prefix, lambda path: sorted(suffixes.get(path, ()))))


def _columns(fields: Mapping[str, Field], prefix: str, suffixes: Callable[[str], list[str]]) -> Iterator[Column]:
    for name, field in fields.items():
        if field.type == "relation":
            continue
        path = f"{prefix}{name}"
        if field.many == "keyed":
            yield path, "key"
        if field.fields:
            yield from _columns(field.fields, f"{path}.", suffixes)
            continue
        split = field.type in ("text", "prose", "identifier") and field.to != ("source",)
        for suffix in suffixes(path) if split else [""]:
            if (field.many, suffix) != ("keyed", "key"):
                yield path, suffix


def column_name(column: Column) -> str:
    """`name.en`, `same_as.wikidata`, `record.sources.key`, `website`."""
    return ".".join(filter(None, column))
