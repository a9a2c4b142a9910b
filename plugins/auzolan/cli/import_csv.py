"""`auzolan import csv`: a table and a mapping come in; what became of its rows goes out, in words or as JSON."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typer
from rich.console import Console
from rich.text import Text

from auzolan.cli.console import COLOURS, console, print_json, progress, show_findings
from auzolan.cli.schemas import keep_schema
from auzolan.intake.tables.importing import Import, Outcome
from auzolan.intake.tables.mapping import MAX_BYTES, read_mapping
from auzolan.intake.tables.plans import TableMapping
from auzolan.intake.tables.reading import Table, open_table
from auzolan.intake.tables.state import SUFFIX, State
from auzolan.load.catalog import load_catalog
from auzolan.load.files import printable
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog
from auzolan.model.errors import AuzolanError
from auzolan.pipeline.build import Progress

SHOWN = 10
"""Findings of one rule that are printed; JSON has all."""


class Asked(NamedTuple):
    """What was asked for on the command line."""

    dry: bool
    hold: int
    encoding: str
    delimiter: str
    as_json: bool


def run(settings_path: Path, file: Path, mapping_path: Path | None, asked: Asked) -> None:
    """Raises AuzolanError where table or mapping cannot be read; typer.Exit(1) where a finding is an error."""
    began = time.monotonic()
    table = _table(file, asked.encoding, asked.delimiter)
    if mapping_path is None:
        raise AuzolanError(
            "which column is which field?", f"auzolan import csv {file} --propose-mapping drafts a mapping"
        )
    settings, _ = load_settings(settings_path)
    with progress() as say:
        say("reading the commons")
        catalog, _ = load_catalog(settings)
        mapping, findings = read_mapping(
            _read(mapping_path), printable(str(mapping_path)), table.header, catalog.declarations
        )
        outcome = Outcome(findings=findings)
        if mapping is not None:
            outcome = _import(table, mapping, catalog, mapping_path, asked, say)
    outcome.findings = list(in_order(outcome.findings))
    wrong = has_errors(outcome.findings)
    if asked.as_json:
        print_json(_data(outcome, table, asked.dry, not wrong))
    elif mapping is None:
        show_findings(outcome.findings, Path.cwd(), error=False)
        console().print("The mapping cannot be used; nothing was read.", style="bold red")
    else:
        _tell(outcome, table, asked.dry, time.monotonic() - began)
    if wrong:
        raise typer.Exit(1)


def run_propose(settings_path: Path, file: Path, kind: str, encoding: str, delimiter: str) -> None:
    """Prints the draft of a mapping."""
    from auzolan.cli.kinds import declarations_of, kind_named
    from auzolan.intake.tables.propose import propose

    table = _table(file, encoding, delimiter)
    declarations, _ = declarations_of(settings_path)
    sys.stdout.write(propose(table, declarations, kind_named(declarations, kind) if kind else None))
    out = console()
    if table.told:
        out.print(Text(f"{table.shown}: {table.told}"), style="yellow")
    out.print("Look through what is marked with `?`, then: auzolan import csv … --mapping … --dry-run")


def _import(
    table: Table, mapping: TableMapping, catalog: Catalog, mapping_path: Path, asked: Asked, say: Progress
) -> Outcome:
    state = State(mapping_path.with_name(mapping_path.stem + SUFFIX))
    outcome = Import(table, mapping, catalog, state, hold=asked.hold, dry=asked.dry, say=say).run()
    if outcome.written and not asked.dry:
        keep_schema(catalog.declarations, mapping.kind.name, catalog.settings.directory)
    return outcome


def _table(file: Path, encoding: str, delimiter: str) -> Table:
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    if len(delimiter) > 1 or delimiter in ('"', "\n", "\r"):
        raise AuzolanError(f"`{printable(delimiter)}` cannot stand between cells", "one sign: , ; | or the word tab")
    return open_table(file, printable(str(file)), encoding, delimiter)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise AuzolanError(f"{path} cannot be read: {problem.strerror}", "name the mapping of the table") from problem


def _tell(outcome: Outcome, table: Table, dry: bool, seconds: float) -> None:
    out = console(error=False)
    shown: Counter[str] = Counter()
    for told in outcome.findings:
        shown[told.code] += 1
        if shown[told.code] <= SHOWN:
            _tell_one(told, table, out)
    for code, count in sorted(shown.items()):
        if count > SHOWN:
            out.print(f"{count - SHOWN:,} more of {code}: --json has them all", style="dim")
    if dry and outcome.first:
        out.print(Text(f"\nThe first new entry would be:\n\n{outcome.first}"))
    _summary(outcome, table, dry, seconds, console())


def _tell_one(told: Diagnostic, table: Table, out: Console) -> None:
    where = told.location
    column = table.header[where.column - 1] if 0 < where.column <= len(table.header) else ""
    place = f"{where.path}:{where.line}" + (f":{where.column} ({column})" if column else "")
    words = " ".join(f"{told.message}".split())
    out.print(
        Text.assemble(f"{place}: ", (f"{told.severity} {told.code}", COLOURS[told.severity]), f": {_safe(words)}")
    )
    if told.hint:
        out.print(Text(f"    {_safe(told.hint)}"))


def _safe(words: str) -> str:
    shown = "".join(sign if sign.isprintable() else "�" for sign in words)
    return shown if len(shown) <= 400 else shown[:399] + "…"


def _summary(outcome: Outcome, table: Table, dry: bool, seconds: float, out: Console) -> None:
    if table.told:
        out.print(Text(f"{table.shown}: {table.told}"), style="yellow")
    counts: Sequence[tuple[int, str]] = (
        (outcome.new, "would be new" if dry else "new"),
        (outcome.changed, "would be changed" if dry else "changed"),
        (outcome.same, "as they were"),
        (sum(outcome.skipped.values()), "passed over"),
        (outcome.held, "held back"),
        (outcome.gone, "taken away by people"),
        (outcome.refused, "refused"),
    )
    told = ", ".join(f"{count:,} {what}" for count, what in counts if count) or "no rows"
    out.print(
        f"{outcome.rows:,} rows in {seconds:.1f} s: {told}.", style="bold red" if outcome.refused else "bold green"
    )
    for why, count in outcome.skipped.most_common(SHOWN):
        out.print(Text(f"    passed over, {_safe(why)}: {count:,}"))
    if outcome.kept_fields:
        out.print(f"    {outcome.kept_fields:,} fields stay as people wrote them")
    if dry:
        out.print("Nothing was written: it was a dry run.")
    elif outcome.written:
        out.print("auzolan check reads them all; auzolan duplicates shows what may be there twice.")


def _data(outcome: Outcome, table: Table, dry: bool, ok: bool) -> dict[str, Any]:
    names = ("rows", "new", "changed", "same", "gone", "held", "refused", "kept_fields")
    return {
        **{name: getattr(outcome, name) for name in names},
        "skipped": dict(outcome.skipped),
        "encoding": table.encoding,
        "told": table.told,
        "findings": [_finding(told, table) for told in outcome.findings],
        "written": outcome.written,
        "dry_run": dry,
        "ok": ok,
    }


def _finding(told: Diagnostic, table: Table) -> dict[str, Any]:
    where = told.location
    header = table.header[where.column - 1] if 0 < where.column <= len(table.header) else ""
    return {"code": told.code, "severity": told.severity, "path": where.path, "line": where.line, "column": where.column,
            "header": header, "message": told.message, "hint": told.hint}  # fmt: skip
