"""`auzolan inbox`: what people sent comes in; what became of each piece goes out, in words or as JSON. `forms` writes issue forms."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json, progress, show_findings
from auzolan.cli.kinds import declarations_of, kind_named
from auzolan.cli.schemas import keep_schema
from auzolan.intake.inbox.arriving import pieces_at
from auzolan.intake.inbox.asked.questions import Sheets
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.fates import Fate, Outcome, difference
from auzolan.intake.inbox.importing import Import
from auzolan.intake.inbox.pieces import Desk
from auzolan.intake.inbox.targets import is_page
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import has_errors, in_order
from auzolan.model.entries import Catalog
from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File
from auzolan.model.values import is_entry_id
from auzolan.report import visible
from auzolan.write.folder import Folder

SHOWN = 60
"""Lines of a difference that are printed."""
WORDS = {
    "new": "new", "changed": "changed", "same": "there already", "known": "imported before", "conflict": "not written: it differs",
    "held": "held back", "refused": "refused",
}  # fmt: skip
WAITING = ("conflict", "held", "refused")
"""What somebody has to look at."""


class Asked(NamedTuple):
    """What was asked for on the command line. `lists`: only what there is, in short."""

    kind: str = ""
    replace: Sequence[str] = ()
    base: str = ""
    hold: int = 0
    refused: Path | None = None
    dry: bool = False
    as_json: bool = False
    lists: bool = False
    page: str = ""


def run(settings_path: Path, paths: Sequence[Path], asked: Asked) -> None:
    """Raises AuzolanError where something cannot be read or written; typer.Exit(1) where a piece was not brought in."""
    settings, _ = load_settings(settings_path)
    for id_ in asked.replace:
        if not is_entry_id(id_):
            raise AuzolanError(f"`{id_}` is no id of an entry", "--replace cooperative/our-bakery")
    if asked.page and not is_page(asked.page):
        raise AuzolanError(
            f"`{asked.page}` is no name of a page", "its folder and its own name: --page tools/nextcloud"
        )
    with progress() as say:
        say("reading the commons")
        catalog, _ = load_catalog(settings)
        kind = kind_named(catalog.declarations, asked.kind) if asked.kind else None
        bases = Bases(settings.root, asked.base)
        work = Import(catalog, bases, replacing=asked.replace, hold=asked.hold, say=say)
        desk = Desk(catalog.declarations, kind, Sheets(settings, catalog.declarations), work.told, asked.page)
        pieces = pieces_at(paths, desk, lambda done, all_: say(f"reading: {done:,} of {all_:,} files"))
        outcome = work.run(pieces, dry=asked.dry)
        if not asked.dry:
            for name in dict.fromkeys(
                fate.entry.partition("/")[0] for fate in outcome.fates if fate.entry and fate.what in ("new", "changed")
            ):
                keep_schema(catalog.declarations, name, settings.directory)
    put = _put_aside(outcome, asked.refused, catalog) if asked.refused is not None and not asked.dry else 0
    outcome.findings = list(in_order(outcome.findings))
    waiting = has_errors(outcome.findings) or any(fate.what in WAITING for fate in outcome.fates)
    if asked.as_json:
        print_json(_data(outcome, asked.dry, not waiting))
    else:
        _tell(outcome, asked, put)
    if waiting:
        raise typer.Exit(1)


def _put_aside(outcome: Outcome, folder: Path, catalog: Catalog) -> int:
    """Writes what was not brought in as files that can be mended and imported again; gives how many. They lie as in a bundle."""
    used: set[str] = set()
    out = Folder(folder)
    for number, fate in enumerate(outcome.fates, 1):
        if fate.what in WAITING and fate.text:
            kind, _, slug = fate.entry.partition("/")
            known = catalog.declarations.kinds.get(kind)
            path = fate.aside or (f"{known.folder}/{slug}.yaml" if known else f"piece-{number}.yaml")
            if path in used:
                path = f"{number}/{path}"
            used.add(path)
            out.put(File(path, fate.text.encode("utf-8", "replace")))
    return len(used)


def _tell(outcome: Outcome, asked: Asked, put: int) -> None:
    if not asked.lists:
        show_findings(outcome.findings, Path.cwd(), error=False, texts=outcome.texts)
        for fate in outcome.fates:
            if fate.what == "conflict" and fate.before:
                _show(difference(fate))
    out = console(error=False)
    for fate in outcome.fates:
        colour = "green" if fate.what in ("new", "changed") else "red" if fate.what in WAITING else "dim"
        said = Text.assemble(f"{visible(fate.shown)}: ", (_would(fate.what, asked.dry), colour))
        out.print(said.append(f": {fate.path}") if fate.path else said)
    counts = outcome.counts()
    told = (
        ", ".join(f"{counts[what]:,} {words}" for what, words in WORDS.items() if counts[what]) or "nothing was found"
    )
    err = console()
    err.print(
        f"{told[:1].upper()}{told[1:]}.", style="bold red" if any(counts[what] for what in WAITING) else "bold green"
    )
    if put:
        err.print(f"{put:,} lie in {asked.refused}: mend them, and import that folder.")
    if asked.dry:
        err.print("Nothing was written." if asked.lists else "Nothing was written: it was a dry run.")
    elif counts["new"] or counts["changed"]:
        err.print("auzolan check reads them with all the rest; then commit them.")


def _would(what: str, dry: bool) -> str:
    return f"would be {what}" if dry and what in ("new", "changed") else WORDS[what]


def _show(lines: list[str]) -> None:
    for line in lines[:SHOWN]:
        sys.stdout.write(f"{visible(line)}\n")
    if len(lines) > SHOWN:
        sys.stdout.write(f"… {len(lines) - SHOWN:,} lines more\n")


def _data(outcome: Outcome, dry: bool, ok: bool) -> dict[str, Any]:
    return {
        "pieces": [_fate(fate) for fate in outcome.fates],
        "counts": dict(outcome.counts()),
        "findings": [
            {"code": one.code, "severity": one.severity, "path": one.location.path, "line": one.location.line,
             "column": one.location.column, "message": one.message, "hint": one.hint}
            for one in outcome.findings
        ],
        "dry_run": dry,
        "ok": ok,
    }  # fmt: skip


def _fate(fate: Fate) -> dict[str, str]:
    told = {"from": fate.shown, "what": fate.what, "entry": fate.entry, "path": fate.path}
    return told | ({"difference": "\n".join(difference(fate))} if fate.what == "conflict" and fate.before else {})


def run_forms(settings_path: Path, forge: str, output: Path | None, language: str, check: bool) -> None:
    """Writes the issue forms of a forge below `output`, or with `check` says whether they are as they should be. Raises AuzolanError,
    typer.Exit(1) where `check` finds another."""
    from auzolan.intake.issue_forms import FOLDERS, forms_of

    settings, _ = load_settings(settings_path)
    declarations, default = declarations_of(settings_path)
    root = output or settings.root
    files = list(forms_of(settings, declarations, forge, language or default))
    stale = [file.path for file in files if not _is_so(root / file.path, file.data)]
    extra = _ours_no_more(root / FOLDERS[forge], {file.path for file in files}, root)
    out = console()
    if check:
        for path in [*stale, *extra]:
            sys.stdout.write(f"{path}\n")
        if stale or extra:
            out.print("They are not what the kinds say today: auzolan inbox forms writes them.", style="bold red")
            raise typer.Exit(1)
        out.print(f"{len(files):,} issue forms are up to date.", style="bold green")
        return
    folder = Folder(root)
    for file in files:
        if folder.put(file).written:
            sys.stdout.write(f"{file.path}\n")
    for path in extra:
        out.print(f"{path} is of no kind that there is: delete it", style="yellow")
    out.print(f"{len(stale):,} issue forms written, {len(files) - len(stale):,} as they were.", style="bold green")


def _is_so(path: Path, data: bytes) -> bool:
    try:
        return not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _ours_no_more(folder: Path, made: Iterable[str], root: Path) -> list[str]:
    from auzolan.intake.issue_forms import MARK

    known = set(made)
    found = sorted(folder.glob("*.yml")) if folder.is_dir() else []
    paths = [path.relative_to(root).as_posix() for path in found if path.is_file() and _begins(path, MARK)]
    return [path for path in paths if path not in known]


def _begins(path: Path, mark: str) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark.encode()
    except OSError:
        return False
