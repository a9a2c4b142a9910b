"""`auzolan check`: a settings file comes in, findings and an exit status go out."""

from __future__ import annotations

from pathlib import Path

import typer

from auzolan.cli.console import console, finding_data, print_json, progress, show_findings
from auzolan.load.settings import load_settings
from auzolan.model.errors import MissingFolder
from auzolan.pipeline.build import Options, prepare
from auzolan.report import summary


def run(settings_path: Path, files: list[Path], as_json: bool, strict: bool) -> None:
    """Raises typer.Exit(1) where a finding stops the build, or any warning does and `strict` is asked for."""
    settings, told = load_settings(settings_path)
    with progress() as say:
        say("checking")
        build = prepare(settings, told, Options(check=True), say)
        build.close()
    findings = build.findings
    if files:
        places = [there(file) for file in files]
        findings = tuple(finding for finding in findings if is_in(finding.location.path, places, settings.root))
    grave = [finding for finding in findings if finding.severity == "error" or strict]
    if as_json:
        print_json({"findings": [finding_data(finding) for finding in findings], "ok": not grave})
    else:
        show_findings(findings, settings.root, error=False)
        out = console()
        count = ""
        if build.counts is not None:
            entries, articles = build.counts
            count = f"{entries} {'entry' if entries == 1 else 'entries'}, {articles} article{'' if articles == 1 else 's'}: "
        out.print(f"{count}{summary(findings)}", style="bold red" if grave else "bold green")
    if grave:
        raise typer.Exit(1)


def there(file: Path) -> Path:
    """The file or folder that a person named. Raises MissingFolder."""
    if not file.exists():
        raise MissingFolder(f"there is no file {file}", "name files or folders of this commons")
    return file.resolve()


def is_in(path: str, places: list[Path], root: Path) -> bool:
    """Whether a file of the site, by its path from the site's root, is one of the places or lies in one."""
    where = root / path
    return any(where == place or place in where.parents for place in places)
