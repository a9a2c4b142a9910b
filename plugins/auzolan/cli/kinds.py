"""`auzolan kinds`: declarations come in; a table that a contributor can read goes out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from auzolan.cli.console import console, print_json
from auzolan.load.declarations import load_declarations
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.model.errors import AuzolanError
from auzolan.model.kinds import Declarations, Field, Kind
from auzolan.model.text import choose


def declarations_of(settings_path: Path) -> tuple[Declarations, str]:
    """The declarations of a site, and its default language."""
    settings, _ = load_settings(settings_path)
    found, _ = load_declarations(
        shipped_root() / "directory", settings.directory, settings.root, settings.languages
    )
    return found, settings.default_language


def kind_named(declarations: Declarations, name: str) -> Kind:
    """The kind called `name`, or by its folder. Raises AuzolanError with the nearest names."""
    for kind in declarations.kinds.values():
        if name.lower() in (kind.name, kind.folder):
            return kind
    raise AuzolanError(f"there is no kind `{name}`", "one of: " + " ".join(declarations.kinds))


def run(name: str, settings_path: Path, language: str, as_json: bool) -> None:
    """Prints all kinds, or one kind's fields."""
    declarations, default = declarations_of(settings_path)
    language = language or default
    if not name:
        rows = [
            {"kind": kind.name, "folder": f"directory/{kind.folder}/", "label": choose(kind.label, language)[0],
             "describes": choose(kind.describes, language)[0]}
            for kind in declarations.kinds.values()
        ]  # fmt: skip
        _show(rows, ("kind", "folder", "describes"), as_json)
        return
    kind = kind_named(declarations, name)
    _show(_rows(kind.fields, language), ("field", "type", "needed", "label", "help"), as_json)


def _rows(fields: Mapping[str, Field], language: str, depth: int = 0) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for field in fields.values():
        if field.show == "hidden" and depth == 0:
            continue
        many = {"list": " (list)", "keyed": " (named)"}.get(field.many, "")
        rows.append(
            {"field": "  " * depth + field.name, "type": field.type + many + (f": {field.vocabulary}" if field.vocabulary else ""),
             "needed": "yes" if field.required else "", "label": choose(field.label, language)[0],
             "help": choose(field.help, language)[0], "example": field.example}
        )  # fmt: skip
        if field.fields and depth < 2:
            rows += _rows(field.fields, language, depth + 1)
    return rows


def _show(rows: list[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column in ("kind", "field"))
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    console(error=False).print(table)
