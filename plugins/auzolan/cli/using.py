"""The commands that make the site and ask it, and tell what may be written: `auzolan build`, `search`, `pocket` and `kinds`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.options import (
    HERE,
    AlsoJson,
    Json,
    Lang,
    ListFormat,
    Settings,
    format_asked,
)

use = typer.Typer()
Region = Annotated[
    list[str] | None,
    typer.Option(help="Only what is in this region, by its code or its name; may be repeated.", metavar="REGION"),
]
Country = Annotated[
    list[str] | None,
    typer.Option(help="Only what is in this country: its code or its name; may be repeated.", metavar="COUNTRY"),
]
Kind = Annotated[list[str] | None, typer.Option(help="Only entries of this kind; may be repeated.", metavar="KIND")]
Sector = Annotated[
    list[str] | None, typer.Option(help="Only what works in this sector; may be repeated.", metavar="SECTOR")
]


@use.command(
    epilog="Examples:\n\n  auzolan build\n\n  auzolan build -s publishconf.py -o public\n\n  auzolan build --jobs 1 --verify\n\n  auzolan build -o site.zip\n\n  auzolan build --timings --trace trace.json\n\n  auzolan build -o /tmp/again --compare output\n\n  auzolan build --country ES --language ca --without-images -o parts/es-ca"
)
def build(
    settings: Settings = HERE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the site is written: a folder, or one file, site.zip.")
    ] = None,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", help="Processes side by side.", min=0, show_default="one a processor", metavar="N"
        ),
    ] = 0,
    verify: Annotated[
        bool, typer.Option("--verify", help="Read every file, whatever its time says, before trusting the last build.")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Say afterwards where the time went.")] = False,
    trace: Annotated[
        Path | None, typer.Option("--trace", help="Write a trace that Perfetto and speedscope open.", metavar="FILE")
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            "--compare", help="Then name the files that are not the same in another copy of the site.", metavar="DIR"
        ),
    ] = None,
    region: Region = None,
    country: Country = None,
    kind: Kind = None,
    sector: Sector = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            "--lang",
            help="Pages in this language alone; may be repeated, the default one first.",
            metavar="LANG",
        ),
    ] = None,
    without_images: Annotated[bool, typer.Option("--without-images", help="Leave the pictures out.")] = False,
    json: Json = False,
) -> None:
    """Make the site, or what of it has changed.

    Or a part of it, as a site of its own, in a folder of its own. Nothing is written while any file has an error: exit status 1 then; so where --compare finds a difference."""
    from auzolan.cli.build import run
    from auzolan.cli.choice import Asked
    from auzolan.pipeline.build import Options
    from auzolan.timings import Timings

    told = Timings(fine=timings or trace is not None)
    asked = Asked(language or (), region or (), country or (), kind or (), sector or (), images=not without_images)
    run(settings, output, json, Options(jobs=jobs, verify=verify, timings=told), timings, trace, compare, asked)


@use.command(
    epilog="Examples:\n\n  auzolan search housing\n\n  auzolan search --kind tool --kind plan free software\n\n"
    "  auzolan search --country ES --where sectors=housing coop\n\n  auzolan search --lang ca habitatge --json"
)
def search(
    query: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS…]", help="Words, or the beginning of one; none where --kind, --country or --where narrow."
        ),
    ] = None,
    settings: Settings = HERE,
    lang: Annotated[
        str, typer.Option(help="The language to search in; the site's default where left out.", metavar="LANG")
    ] = "",
    limit: Annotated[int, typer.Option(help="How many results to show.", min=1, max=1000, metavar="N")] = 10,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only entries of this kind, or `article`; may be repeated.", metavar="KIND"),
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Only what is in this country: its code or its name; may be repeated.", metavar="COUNTRY"),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            help="Only what has this value: sectors=housing. Values of one facet widen.", metavar="FACET=VALUE"
        ),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The built site.")] = None,
    as_typed: Annotated[
        bool, typer.Option("--as-typed", help="Look for no other words in place of unknown ones.")
    ] = False,
    json: Json = False,
) -> None:
    """Search the built site from the terminal.

    By the same files that the browser reads. Exit status 1 where nothing is found, 2 where nothing can be looked for."""
    from auzolan.cli.search import Asked, run

    if not (query or kind or country or where):
        raise typer.BadParameter("say what to look for: auzolan search housing", param_hint="WORDS")
    asked = Asked(" ".join(query or ()), lang, limit, not as_typed, kind or (), country or (), where or ())
    run(asked, settings, output, as_json=json)


@use.command(
    epilog="Examples:\n\n  auzolan pocket\n\n  auzolan pocket --region ES-CT --language ca\n\n  auzolan pocket --country ES --kind cooperative --sector housing -o housing.html"
)
def pocket(
    region: Region = None,
    country: Country = None,
    kind: Kind = None,
    sector: Sector = None,
    lang: Annotated[
        str,
        typer.Option(
            "--lang", "--language", help="The language of the file; the site's default where left out.", metavar="LANG"
        ),
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The file to write; named by its part where left out.", metavar="FILE.html"
        ),
    ] = None,
    settings: Settings = HERE,
) -> None:
    """Put a part of the commons into one file that a phone opens.

    It holds the entries, the search and the forms, needs no network, and says what it is. Without options: everything."""
    from auzolan.cli.choice import Asked
    from auzolan.cli.pocket import run

    run(Asked([lang] if lang else (), region or (), country or (), kind or (), sector or ()), settings, output)


@use.command(
    epilog="Examples:\n\n  auzolan zim -o commons.zim\n\n  auzolan zim /media/stick/commons -o commons.zim\n\n  auzolan zim --verify commons.zim"
)
def zim(
    copy: Annotated[
        Path | None, typer.Argument(metavar="[COPY]", help="The folder of a copy; else the built site.")
    ] = None,
    settings: Settings = HERE,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The file to write.",
            show_default="called as the commons' folder",
            metavar="FILE.zim",
        ),
    ] = None,
    verify: Annotated[
        Path | None,
        typer.Option(help="Write nothing; compare this file with the copy, item by item.", metavar="FILE.zim"),
    ] = None,
) -> None:
    """Pack the built site for Kiwix, in one ZIM file.

    With titles, redirections and an index of all words. Exit status 1 where --verify finds a difference."""
    from auzolan.cli.zim import run

    run(copy, settings, output, verify)


@use.command(
    epilog="Examples:\n\n  auzolan kinds\n\n  auzolan kinds cooperative --lang ca\n\n  auzolan kinds cooperative places\n\n  auzolan kinds --format markdown > fields.md"
)
def kinds(
    kind: Annotated[
        str, typer.Argument(metavar="[KIND]", help="Show what an entry of this kind may say.", show_default=False)
    ] = "",
    field: Annotated[
        str, typer.Argument(metavar="[FIELD]", help="Show the parts of this field.", show_default=False)
    ] = "",
    settings: Settings = HERE,
    format_: Annotated[
        ListFormat | None,
        typer.Option(
            "--format", "-f", help="How they are told; markdown has every field of every kind.", show_default="text"
        ),
    ] = None,
    json: AlsoJson = False,
    lang: Lang = "",
) -> None:
    """List the kinds of entries, or the fields of one.

    Or the parts of a field."""
    from auzolan.cli.kinds import run

    run(kind, field, settings, lang, format_asked(format_, json, ListFormat.text))
