"""`auzolan check`: a settings file comes in, findings and an exit status go out."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import add_to_summary, console, print_json, progress, show_findings
from auzolan.load.changes import Changes, changes_since
from auzolan.load.git import prefix_of
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.errors import MissingFolder
from auzolan.model.settings import Settings
from auzolan.pipeline.build import Build, Options, Progress, prepare
from auzolan.report import sentence, summary


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: findings in `files` or folders (all, where there are none), `base` (a git revision, or "") that what
    changed is told by, `format_` ("text", "json" or one of `report.formats`), and whether warnings count as errors."""

    files: Sequence[Path] = ()
    format_: str = "text"
    strict: bool = False
    base: str = ""
    fix: bool = False
    """Whether what is mechanical is mended first, in the files that are asked for."""


def run(settings_path: Path, asked: Asked) -> None:
    """Raises typer.Exit(1) where a finding stops the build, or any warning does and strictness is asked for; AuzolanError."""
    settings, told = load_settings(settings_path)
    places = [there(file) for file in asked.files]
    changes = changes_since(settings.root, asked.base) if asked.base else None
    mended: list[tuple[str, tuple[str, ...]]] = []
    with progress() as say:
        build = _checked(settings, told, say)
        if asked.fix:
            say("mending")
            mended = _mend(settings, build.findings, places, changes)
            build = _checked(settings, told, say) if mended else build
        findings = build.findings
        if changes is not None:
            from auzolan.pipeline.changed import only_changed

            say(f"comparing with {asked.base}")
            findings = only_changed(findings, settings, changes)
    if places:
        findings = tuple(finding for finding in findings if is_in(finding.location.path, places, settings.root))
    grave = any(finding.severity == "error" or asked.strict for finding in findings)
    for path, what in mended:
        console().print(Text(sentence(f"{path}: mended {', '.join(what)}")), style="green")
    count = _count(build, changes, asked.base)
    if asked.format_ == "text":
        show_findings(findings, settings.root, error=False)
    else:
        told_too = {"mended": {path: list(what) for path, what in mended}} if asked.fix else {}
        _tell_machines(asked.format_, findings, settings, {"ok": not grave, **told_too}, count)
    if asked.format_ in ("text", "github"):
        console().print(f"{count}{summary(findings)}", style="bold red" if grave else "bold green")
    if grave:
        raise typer.Exit(1)


def _checked(settings: Settings, told: Sequence[Diagnostic], say: Progress) -> Build:
    say("checking")
    build = prepare(settings, told, Options(check=True), say)
    build.close()
    return build


def _mend(
    settings: Settings, findings: Sequence[Diagnostic], places: list[Path], changes: Changes | None
) -> list[tuple[str, tuple[str, ...]]]:
    from auzolan.pipeline.mend import mend

    return mend(
        settings,
        findings,
        lambda file: (
            (not places or is_in(file.where, places, settings.root))
            and (changes is None or not changes.commit or file.where in changes.paths)
        ),
    )


def _count(build: Build, changes: Changes | None, base: str) -> str:
    """What was looked at: the beginning of the last line."""
    if changes is not None and changes.commit:
        number = len(changes.paths)
        return f"{number:,} {'file differs' if number == 1 else 'files differ'} from {base} ({changes.commit[:10]}): "
    if build.counts is None:
        return ""
    entries, articles = build.counts
    return f"{entries} {'entry' if entries == 1 else 'entries'}, {articles} article{'' if articles == 1 else 's'}: "


def _tell_machines(
    format_: str, findings: Sequence[Diagnostic], settings: Settings, more: Mapping[str, object], count: str
) -> None:
    from auzolan.report.formats import FORMATS
    from auzolan.report.github import table
    from auzolan.report.record import plain, records_of

    if format_ == "json":
        print_json({"findings": plain(records_of(findings, settings.root)), **more})
        return
    # Forges know the files of a repository by their way from its root.
    records = records_of(findings, settings.root, prefix_of(settings.root))
    sys.stdout.write(FORMATS[format_](records))
    if format_ == "github":
        add_to_summary(table(records, f"{count}{summary(findings)}"))


def there(file: Path) -> Path:
    """The file or folder that a person named. Raises MissingFolder."""
    if not file.exists():
        raise MissingFolder(f"there is no file {file}", "name files or folders of this commons")
    return file.resolve()


def is_in(path: str, places: list[Path], root: Path) -> bool:
    """Whether a file of the site, by its path from the site's root, is one of the places or lies in one."""
    where = root / path
    return any(where == place or place in where.parents for place in places)
