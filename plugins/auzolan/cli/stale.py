"""`auzolan stale`: a settings file and a day come in; what needs another look goes out, the most urgent first."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import typer
from rich.text import Text

from auzolan.check.freshness import stale
from auzolan.cli.console import COLOURS, console, print_json, progress
from auzolan.cli.options import today
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError
from auzolan.report import sentence
from auzolan.report.late import age, counted, told_in_markdown, told_plainly, whose


def run(settings_path: Path, on: str, format_: str, kinds: list[str], limit: int) -> None:
    """As text at most `limit` are told, or all where it is 0. Raises typer.Exit(1) where anything needs a look; AuzolanError where nobody could look."""
    day = _day(on)
    settings, _ = load_settings(settings_path)
    with progress() as say:
        say("reading")
        catalog, told = load_catalog(settings)
        known = [*catalog.declarations.kinds, *(["article"] if catalog.declarations.article else [])]
        unknown = [kind for kind in kinds if kind not in known]
        if unknown:
            raise AuzolanError(f"there is no kind `{unknown[0]}`", "known: " + " ".join(known))
        say("looking")
        found = stale(catalog, day, frozenset(kinds))
    if format_ == "json":
        print_json(told_plainly(found, day, settings.root))
    elif format_ == "markdown":
        sys.stdout.write(told_in_markdown(found, day))
    else:
        out = console(error=False)
        for one in found[: limit or None]:
            code, where = one.finding.code, one.finding.location
            out.print(Text.assemble(f"{where}: ", (code, COLOURS[one.finding.severity]), f" {age(one)}: ",
                                    (sentence(one.name), "bold"), f": {sentence(one.finding.message)}"))  # fmt: skip
            out.print(Text(f"    what to do: {sentence(one.finding.hint)}"))
            out.print(Text(f"    whose move: {sentence(whose(one.move))}"))
    if has_errors(told):
        console().print(
            "Some files could not be read, and were not looked at: auzolan check tells which.", style="yellow"
        )
    console().print(counted(found, day), style="bold yellow" if found else "bold green")
    if format_ == "text" and limit and len(found) > limit:
        console().print(f"The {limit:,} most urgent are told; --limit 0 tells all, --kind only some.")
    if found:
        raise typer.Exit(1)


def _day(on: str) -> datetime.date:
    """The day that is asked about; SOURCE_DATE_EPOCH, else today in UTC, where none is named."""
    if on:
        try:
            return datetime.date.fromisoformat(on)
        except ValueError:
            raise AuzolanError(f"`{on}` is not a day", "write it as 2026-11-29") from None
    return today()
