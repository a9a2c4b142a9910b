"""The commands that look at what is there: `auzolan check`, `fmt`, `duplicates`, `diff`, `stale` and `links`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.options import (
    HERE,
    AlsoJson,
    DiffFormat,
    Json,
    Lang,
    LinksFormat,
    ListFormat,
    ReportFormat,
    Settings,
    format_asked,
)

examine = typer.Typer()


@examine.command(
    epilog="Examples:\n\n  auzolan check\n\n  auzolan check directory/tools/nextcloud.yaml --json\n\n  auzolan check --fix\n\n  auzolan check --changed origin/main --format github\n\n  auzolan check --format sarif > findings.sarif"
)
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]…", help="Show only findings in these files or folders.")
    ] = None,
    settings: Settings = HERE,
    format_: Annotated[
        ReportFormat | None, typer.Option("--format", "-f", help="How findings are told.", show_default="text")
    ] = None,
    json: AlsoJson = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
    changed: Annotated[
        str,
        typer.Option(
            help="Only findings in files that differ from this git revision, and those elsewhere that came with them.",
            metavar="BASE",
            show_default=False,
        ),
    ] = "",
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="First mend what needs no thought: other names of words, codes, blanks at the ends of lines."
        ),
    ] = False,
) -> None:
    """Say what is wrong with the files, where, and how to mend it.

    Exit status 1 where there is an error; with --strict, a warning too."""
    from auzolan.cli.check import Asked, run

    run(settings, Asked(files or (), format_asked(format_, json, ReportFormat.text), strict, changed, fix))


@examine.command(
    epilog="Examples:\n\n  auzolan fmt\n\n  auzolan fmt directory/tools/nextcloud.yaml --diff\n\n  auzolan fmt --check"
)
def fmt(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]…", help="Only these entries, articles or folders.")
    ] = None,
    settings: Settings = HERE,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit status 1 where a file would change.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
) -> None:
    """Put the fields of entries in one order, comments with them.

    It is the order of their declaration. Nothing that is said changes."""
    from auzolan.cli.fmt import run

    run(settings, files or [], check, diff)


@examine.command(
    epilog="Examples:\n\n  auzolan duplicates\n\n  auzolan duplicates directory/cooperatives/our-bakery.yaml\n\n"
    "  auzolan duplicates --least 80 --strict --json"
)
def duplicates(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]…", help="Show only what these files, or files in these folders, may double."),
    ] = None,
    settings: Settings = HERE,
    least: Annotated[int, typer.Option(help="How sure it must be, of 100.", min=1, max=100, metavar="N")] = 60,
    json: Json = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 where anything is shown.")] = False,
) -> None:
    """Show entries that may be about the same thing, and why.

    It informs: the exit status is 0, without --strict."""
    from auzolan.cli.duplicates import run

    run(settings, files or [], least, json, strict)


@examine.command(
    epilog="Examples:\n\n  auzolan diff main\n\n  auzolan diff origin/main..my-branch --format html > report.html\n\n"
    "  auzolan diff ../their-copy . --lang ca",
)
def diff(
    base: Annotated[
        str, typer.Argument(metavar="BASE[..HEAD]", help="What there was: a git revision, or the folder of a commons.")
    ],
    head: Annotated[
        str, typer.Argument(metavar="[HEAD]", help="What is to be; what lies here where left out.", show_default=False)
    ] = "",
    settings: Settings = HERE,
    format_: Annotated[
        DiffFormat | None, typer.Option("--format", "-f", help="How it is told.", show_default="markdown")
    ] = None,
    json: AlsoJson = False,
    lang: Lang = "",
) -> None:
    """Say in words what a change changes.

    Entries, relations, states, doubts. Exit status 1 if it brings an error."""
    from auzolan.cli.diff import run

    run(settings, base, head, format_asked(format_, json, DiffFormat.markdown), lang)


@examine.command(
    epilog="Examples:\n\n  auzolan stale\n\n  auzolan stale --kind cooperative --kind article\n\n"
    "  auzolan stale --on 2027-06-30 --format markdown"
)
def stale(
    settings: Settings = HERE,
    on: Annotated[str, typer.Option(help="The day to ask about.", metavar="YYYY-MM-DD", show_default="today")] = "",
    format_: Annotated[
        ListFormat | None, typer.Option("--format", "-f", help="How it is told.", show_default="text")
    ] = None,
    json: AlsoJson = False,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only entries of this kind, or `article`; may be repeated.", metavar="KIND"),
    ] = None,
    limit: Annotated[int, typer.Option(help="How many are told as text; 0: all.", min=0, metavar="N")] = 20,
) -> None:
    """Show what needs another look: what has ended or grown old.

    Review dates passed, offers ended, translations and knowledge grown old. Exit status 1 if there is any."""
    from auzolan.cli.stale import run

    run(settings, on, format_asked(format_, json, ListFormat.text), kind or [], limit)


@examine.command(
    epilog="Examples:\n\n  auzolan links\n\n  auzolan links cooperative/our-bakery directory/tools\n\n"
    "  auzolan links -s publishconf.py --format markdown --cache links.json"
)
def links(
    entries: Annotated[
        list[str] | None,
        typer.Argument(help="Only links of these entries (by id), files or folders.", metavar="[ENTRY]…"),
    ] = None,
    settings: Settings = HERE,
    format_: Annotated[
        LinksFormat | None, typer.Option("--format", "-f", help="How findings are told.", show_default="text")
    ] = None,
    json: AlsoJson = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", help="Hosts asked side by side.", min=1, max=64, metavar="N")
    ] = 8,
    timeout: Annotated[
        float, typer.Option(help="Seconds that one answer may take.", min=0.1, max=300, metavar="SECONDS")
    ] = 20,
    pause: Annotated[
        float, typer.Option(help="Seconds between two requests to one host.", min=0, max=60, metavar="SECONDS")
    ] = 1,
    cache: Annotated[
        Path | None,
        typer.Option(help="Where it is kept what was found.", metavar="FILE", show_default=".cache/auzolan/links.json"),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Ask about all of them, whatever is known from before.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Write into entries that their own site links to them (rel=me).")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Ask addresses of private networks too: for a commons in one, never in a workflow."
        ),
    ] = False,
) -> None:
    """Ask the web about all external links, politely.

    Exit status 1 if one is dead, has moved, or is no good otherwise."""
    from auzolan.cli.links import Asked, run

    told = format_asked(format_, json, LinksFormat.text)
    run(settings, Asked(entries or (), told, jobs, timeout, pause, cache, all_, record, allow_private))
