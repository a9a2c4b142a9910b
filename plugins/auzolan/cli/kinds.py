"""`auzolan kinds`: declarations come in; a table that a contributor can read goes out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

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
    found, _ = load_declarations(shipped_root() / "directory", settings.directory, settings.root, settings.languages)
    return found, settings.default_language


def kind_named(declarations: Declarations, name: str) -> Kind:
    """The kind called `name`, or by its folder. Raises AuzolanError with the nearest names."""
    for kind in declarations.kinds.values():
        if name.lower() in (kind.name, kind.folder):
            return kind
    raise AuzolanError(f"there is no kind `{name}`", "one of: " + " ".join(declarations.kinds))


def run(name: str, field: str, settings_path: Path, language: str, format_: str) -> None:
    """Prints all kinds, one kind's fields or one field's parts, as "text" or "json"; all fields of all kinds (or of that one) as
    "markdown". Raises AuzolanError."""
    declarations, default = declarations_of(settings_path)
    language = language_of(declarations, language or default, default)
    if format_ == "markdown":
        sys.stdout.write(field_tables(declarations, language, kind_named(declarations, name) if name else None))
        return
    if not name:
        rows = [
            {"kind": kind.name, "folder": f"directory/{kind.folder}/", "label": choose(kind.label, language)[0],
             "describes": choose(kind.describes, language)[0]}
            for kind in declarations.kinds.values()
        ]  # fmt: skip
        _show(rows, ("kind", "folder", "describes"), format_ == "json")
        return
    kind = kind_named(declarations, name)
    chosen = _chosen(kind, field)
    parts = bool(field) or format_ == "json"
    _show(_rows(chosen, language, parts=parts), ("field", "type", "needed", "label", "help"), format_ == "json")
    groups = [] if parts else [one.name for one in chosen.values() if one.fields and one.show != "hidden"]
    if groups:
        console().print(
            f"auzolan kinds {kind.name} {groups[0]} shows the parts of a group; so for {', '.join(groups[1:])}"
        )


def _chosen(kind: Kind, name: str) -> Mapping[str, Field]:
    """The fields of a kind, or the one that is named. Raises AuzolanError."""
    if not name:
        return kind.fields
    if name not in kind.fields:
        raise AuzolanError(f"a {kind.name} has no field `{name}`", "one of: " + " ".join(kind.fields))
    return {name: kind.fields[name]}


def language_of(declarations: Declarations, language: str, default: str) -> str:
    """The language, where any kind has a label in it or it is the commons' own. Raises AuzolanError."""
    spoken = list(dict.fromkeys((default, *(tag for kind in declarations.kinds.values() for tag in kind.label))))
    if language not in spoken:
        raise AuzolanError(f"no kind has a label in `{language}`", "one of: " + " ".join(spoken))
    return language


def _rows(fields: Mapping[str, Field], language: str, depth: int = 0, parts: bool = True) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for field in fields.values():
        if field.show == "hidden" and depth == 0:
            continue
        many = {"list": " (list)", "keyed": " (named)"}.get(field.many, "")
        rows.append(
            {"field": "  " * depth + field.name, "type": field.type + many + (f": {field.vocabulary}" if field.vocabulary else ""),
             "needed": "yes" if field.required else "", "label": choose(field.label, language)[0],
             "help": choose(field.help, language)[0], "example": field.examples.get(language) or field.example}
        )  # fmt: skip
        if field.fields and depth < 2 and parts:
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
        table.add_row(*(Text(str(row[column])) for column in columns))
    console(error=False).print(table)


def field_tables(declarations: Declarations, language: str, only: Kind | None = None) -> str:
    """Every kind (or one) with a table of its fields, in Markdown: the contributor's field table. What several kinds share is
    told with each: a contributor reads about one kind."""
    parts = [
        "# Fields\n\nWhat an entry of each kind may say. Made from `directory/kinds/` by `auzolan kinds --format markdown`.\n"
    ]
    kinds = [*declarations.kinds.values(), *([declarations.article] if declarations.article else [])]
    for kind in [only] if only else kinds:
        place = "content/articles/" if kind is declarations.article else f"directory/{kind.folder}/"
        parts.append(
            f"\n## {choose(kind.label, language)[0]}: `{kind.name}`\n\n{choose(kind.describes, language)[0]} Files: `{place}`.\n\n"
        )
        parts.append("| field | type | what to write | example |\n|---|---|---|---|\n")
        for row in _rows(kind.fields, language):
            name = row["field"]
            indent = "&nbsp;" * (len(name) - len(name.lstrip()))
            example = f"`{row['example']}`" if isinstance(row["example"], str) else ""
            needed = " (needed)" if row["needed"] else ""
            cells = (f"{indent}`{name.strip()}`{needed}", row["type"], row["help"], example)
            parts.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n")
    return "".join(parts)
