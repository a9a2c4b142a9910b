"""Options that several commands share, and the forms in which they tell what they find."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

HERE = Path("pelicanconf.py")
Settings = Annotated[
    Path, typer.Option("--settings", "-s", help="The settings file of the commons.", show_default="pelicanconf.py")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
AlsoJson = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Lang = Annotated[
    str, typer.Option(help="The language of what is told; the site's default where left out.", metavar="LANG")
]


class ReportFormat(StrEnum):
    """How `check` tells what it finds: to people, or to one of the programs that read it."""

    text = "text"
    json = "json"
    github = "github"
    gitlab = "gitlab"
    sarif = "sarif"
    rdjson = "rdjson"


class DiffFormat(StrEnum):
    """How `diff` tells what differs."""

    markdown = "markdown"
    html = "html"
    json = "json"


class ListFormat(StrEnum):
    """How a list is told: to people, to an issue or a summary, or to programs."""

    text = "text"
    markdown = "markdown"
    json = "json"


class LinksFormat(StrEnum):
    """How `links` tells what it finds."""

    text = "text"
    markdown = "markdown"
    json = "json"
    github = "github"


def today() -> datetime.date:
    """The day on which somebody asks: SOURCE_DATE_EPOCH, else the clock's in UTC. No build asks."""
    from auzolan.load.history import build_date

    return build_date(None) or datetime.datetime.now(datetime.UTC).date()


def format_asked(format_: StrEnum | None, json: bool, otherwise: StrEnum) -> str:
    """The one form that `--format` and `--json` ask for, or `otherwise`. Raises typer.BadParameter where they ask for two."""
    if json and format_ not in (None, "json"):
        raise typer.BadParameter(f"--json and --format {format_} exclude each other")
    return "json" if json else (format_ or otherwise).value
