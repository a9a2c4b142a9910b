"""Options that several commands share, and the forms in which they tell what they find."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from auzolan.load.history import build_date

HERE = Path("pelicanconf.py")
Settings = Annotated[
    Path, typer.Option("--settings", "-s", help="The settings file of the commons.", show_default="pelicanconf.py")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


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
    return build_date(None) or datetime.datetime.now(datetime.UTC).date()
