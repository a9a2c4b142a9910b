"""`auzolan fmt`: files come in; the same files in the canonical form go out, or what would change in them."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import console, progress, show_findings
from auzolan.intake.formatting import formatted
from auzolan.intake.written import among, data_of, put_back, written_files
from auzolan.load.declarations import load_declarations
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.model.diagnostics import Diagnostic, has_errors
from auzolan.report import sentence, summary, visible

SHOWN = 5
"""Places of a file that are told of as left."""


def run(settings_path: Path, places: Sequence[Path], check: bool, diff: bool) -> None:
    """With `check` or `diff` nothing is written. Raises typer.Exit(1) where a file could not be read, or would be written;
    AuzolanError."""
    settings, _ = load_settings(settings_path)
    declarations, wrong = load_declarations(
        shipped_root() / "directory", settings.directory, settings.root, settings.languages
    )
    out = console()
    if has_errors(wrong):
        show_findings(wrong, settings.root)
        out.print("nothing was formatted: the order of fields is that of their declarations", style="bold red")
        raise typer.Exit(1)
    found = written_files(settings, declarations)
    chosen = among(found, [place.resolve() for place in places]) if places else found
    changed, findings, left = 0, list[Diagnostic](), list[str]()
    with progress() as say:
        for number, file in enumerate(chosen):
            if number % 100 == 0:
                say(f"formatting: {number:,} of {len(chosen):,} files")
            before = data_of(file.path)
            now = formatted(file, before)
            findings += now.findings
            left += [f"{file.where}:{line}: {why}" for line, why in now.left[:SHOWN]]
            if len(now.left) > SHOWN:
                left.append(f"{file.where}: and {len(now.left) - SHOWN:,} such places more")
            if now.data != before:
                changed += 1
                if diff:
                    sys.stdout.write(_difference(file.where, before, now.data))
                else:
                    sys.stdout.write(f"{file.where}\n")
                if not (check or diff):
                    put_back(file, settings.root, before, now.data)
    for line in left:
        out.print(Text(sentence(line)), style="yellow")
    show_findings(findings, settings.root)
    said = "would change" if check or diff else "formatted"
    unread = f", {summary(findings)} in files that were left" if findings else ""
    failed = bool(findings) or (changed > 0 and (check or diff))
    out.print(f"{_files(changed)} {said}, {len(chosen) - changed:,} as they were{unread}",
              style="bold red" if failed else "bold green")  # fmt: skip
    if failed:
        raise typer.Exit(1)


def _files(number: int) -> str:
    return f"{number:,} {'file' if number == 1 else 'files'}"


def _difference(where: str, before: bytes, after: bytes) -> str:
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    told = difflib.unified_diff(old, new, f"a/{where}", f"b/{where}", lineterm="")
    return "".join(f"{visible(line)}\n" for line in told)
