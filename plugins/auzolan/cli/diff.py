"""`auzolan diff`: a settings file and two states come in; what differs, in words or as data, and an exit status go out."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from auzolan.cli.console import console, print_json, progress
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.pipeline.compared import Compared, compared
from auzolan.report.changes import Reader, data, written
from auzolan.report.words import sentence


def run(settings_path: Path, base: str, head: str, format_: str, language: str) -> None:
    """Raises typer.Exit(1) where the new side has errors that the old one has not; AuzolanError."""
    settings, _ = load_settings(settings_path)
    if language and language not in settings.languages:
        raise AuzolanError(f"the commons does not speak `{sentence(language)}`", " ".join(settings.languages))
    base, head = _sides(base, head)
    with progress() as say:
        found = compared(settings, base, head, say)
    difference = found.difference
    if format_ == "json":
        print_json(data(difference, sentence(base), sentence(head)))
    else:
        reader = _reader(settings, found, language or settings.default_language)
        sys.stdout.write(written(difference, reader, found.own_words, format_))
    errors = difference.errors
    if errors:
        console().print(f"{errors} new {'error' if errors == 1 else 'errors'}", style="bold red")
        raise typer.Exit(1)


def _sides(base: str, head: str) -> tuple[str, str]:
    """`A..B` (or `A...B`, which is the same here) as two; a folder of such a name is one."""
    if head or ".." not in base or Path(base).is_dir():
        return base, head
    first, _, second = base.partition("..")
    return first or "HEAD", second.removeprefix(".") or "HEAD"


def _reader(settings: Settings, found: Compared, language: str) -> Reader:
    from auzolan.render.shared.naming import speaker

    folders = (settings.theme / "locales", shipped_root() / "theme" / "locales")
    return Reader(speaker(language, settings.default_language, found.old, folders), found.new, found.difference.names)
