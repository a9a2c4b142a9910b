"""`auzolan zim`: a copy comes in; a ZIM file for Kiwix goes out, or in what the two differ."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from auzolan.cli.console import console, progress
from auzolan.cli.options import today
from auzolan.load.settings import load_settings
from auzolan.mirror.kiwix.making import Tell, differences, make

_SHOWN = 50


def run(copy: Path | None, settings_path: Path, file: Path | None, verify: Path | None) -> None:
    """Raises typer.Exit(1) where the file that is to be verified is not the copy; AuzolanError."""
    if copy is None:
        settings, _ = load_settings(settings_path)
        copy = settings.output
    with progress() as say:

        def tell(done: int, all_: int) -> None:
            if done % 100 == 0:
                say(f"{done:,} of {all_:,} files")

        if verify is not None:
            _verify(copy, verify, tell)
            return
        file = file or Path(f"{copy.resolve().parent.name}.zim")
        made = make(copy, file, tell, today())
    console().print(
        f"{file}: {made.items:,} items, {made.redirections:,} redirections, {made.size:,} bytes", style="bold green"
    )


def _verify(copy: Path, file: Path, tell: Tell) -> None:
    found = list(differences(copy, file, tell))
    for line in found[:_SHOWN]:
        sys.stdout.write(line + "\n")
    if len(found) > _SHOWN:
        sys.stdout.write(f"and {len(found) - _SHOWN:,} more\n")
    if found:
        console().print(f"{file} is not {copy}: {len(found):,} items differ", style="bold red")
        raise typer.Exit(1)
    console().print(f"{file} is {copy}, item by item", style="bold green")
