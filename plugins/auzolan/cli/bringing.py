"""The commands that bring in many entries at once: `auzolan import …` and `auzolan inbox …`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.options import HERE, Json, Lang, Settings

bring = typer.Typer(
    help="Bring in many entries at once, from a table.",
    epilog="Begin with: auzolan import csv coops.csv --propose-mapping > coops.yaml",
    no_args_is_help=True,
    rich_markup_mode=None,
)
post = typer.Typer(
    help="Bring in what people sent. Mails, saved forms, issues, paper forms, bundles.",
    epilog="Begin with: auzolan inbox list mails/",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@bring.command(
    "csv",
    epilog="Examples:\n\n  auzolan import csv coops.csv --propose-mapping --kind cooperative > coops.yaml\n\n"
    "  auzolan import csv coops.csv --mapping coops.yaml --dry-run\n\n  auzolan import csv coops.csv --mapping coops.yaml",
)
def import_csv(
    file: Annotated[Path, typer.Argument(help="A table: a row an entry, the first row the names of the columns.")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", help="How its columns become fields.", metavar="M.YAML")
    ] = None,
    propose: Annotated[
        bool, typer.Option("--propose-mapping", help="Print the draft of a mapping, made from headers and values.")
    ] = False,
    kind: Annotated[str, typer.Option(help="The kind of entry, for the draft; guessed where left out.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would be written, and write nothing.")
    ] = False,
    hold: Annotated[
        int,
        typer.Option(
            help="Keep rows back that look like another entry, from so many of 100 on; 0: none.", min=0, max=100
        ),
    ] = 0,
    encoding: Annotated[str, typer.Option(help="The encoding of the table; guessed where left out.")] = "",
    delimiter: Annotated[str, typer.Option(help="What stands between cells; guessed where left out.")] = "",
    settings: Settings = HERE,
    json: Json = False,
) -> None:
    """Make entries of the rows of a table, or bring up to date those that it made.

    What people changed since stays. Exit status 1 where a finding is an error."""
    from auzolan.cli.import_csv import Asked, run, run_propose

    if propose:
        run_propose(settings, file, kind, encoding, delimiter)
    else:
        run(settings, file, mapping, Asked(dry_run, hold, encoding, delimiter, json))


Sent = Annotated[
    list[Path], typer.Argument(metavar="PATH…", help="Mails, mailboxes, saved files, bundles, or folders.")
]
KindOption = Annotated[str, typer.Option(help="The kind of what does not say it itself.", metavar="KIND")]
Base = Annotated[
    str, typer.Option(help="The git revision on which the edits were begun.", metavar="REVISION", show_default=False)
]
Page = Annotated[
    str,
    typer.Option(
        help="The page of comments that do not say theirs: tools/nextcloud.", metavar="PAGE", show_default=False
    ),
]

SURE = 80
"""The score from which on a new entry is held back: the same name, in the same country."""


class IssueForge(StrEnum):
    """Whose issue forms: Gitea and Forgejo read those of GitHub too."""

    github = "github"
    forgejo = "forgejo"


@post.command(
    "import",
    epilog="Examples:\n\n  auzolan inbox import mails/ --dry-run\n\n  auzolan inbox import our-bakery.eml\n\n"
    "  auzolan inbox import stick/bundle --base edition-7 --refused to-mend\n\n  auzolan inbox import 2026-05-03-k7wq2m.md --page tools/nextcloud",
)
def inbox_import(
    paths: Sent,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would be written, and write nothing.")
    ] = False,
    replace: Annotated[
        list[str] | None,
        typer.Option(help="Put what was sent in the place of this entry; may be repeated.", metavar="ID"),
    ] = None,
    base: Base = "",
    kind: KindOption = "",
    hold: Annotated[
        int,
        typer.Option(
            help="Keep new entries back that look like another, from so many of 100 on; 0: none.", min=0, max=100
        ),
    ] = SURE,
    refused: Annotated[
        Path | None,
        typer.Option(help="Write what was not brought in there, to be mended and imported again.", metavar="FOLDER"),
    ] = None,
    page: Page = "",
    settings: Settings = HERE,
    json: Json = False,
) -> None:
    """Make entries and comments of what people sent.

    Only their text is kept; the files that were sent stay as they are. Exit status 1 where something was not brought in."""
    from auzolan.cli.inbox import Asked, run

    run(settings, paths, Asked(kind, replace or (), base, hold, refused, dry_run, json, page=page))


@post.command("list", epilog="Examples:\n\n  auzolan inbox list mails/\n\n  auzolan inbox list stick/bundle --json")
def inbox_list(
    paths: Sent,
    base: Base = "",
    kind: KindOption = "",
    page: Page = "",
    settings: Settings = HERE,
    json: Json = False,
) -> None:
    """List what is there, and what would become of it.

    Nothing is written; `import --dry-run` tells every finding. Exit status 1 where something would not be brought in."""
    from auzolan.cli.inbox import Asked, run

    run(settings, paths, Asked(kind, (), base, SURE, None, True, json, lists=True, page=page))


@post.command(
    "forms",
    epilog="Examples:\n\n  auzolan inbox forms\n\n  auzolan inbox forms --forge forgejo --lang ca\n\n  auzolan inbox forms --check",
)
def inbox_forms(
    forge: Annotated[IssueForge, typer.Option(help="Whose forms.")] = IssueForge.github,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The root of the repository.", show_default="the commons")
    ] = None,
    lang: Lang = "",
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit status 1 where they are not what the kinds say.")
    ] = False,
    settings: Settings = HERE,
) -> None:
    """Write an issue form for each kind.

    By them, people with an account at the forge add entries."""
    from auzolan.cli.inbox import run_forms

    run_forms(settings, forge.value, output, lang, check)
