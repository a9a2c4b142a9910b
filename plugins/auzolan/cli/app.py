"""The list of commands, in the order in which people need them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.bringing import bring, post
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

app = typer.Typer(
    name="auzolan",
    help="Grows a directory and a knowledge commons from plain files.",
    epilog="Begin with: auzolan init my-commons",
    no_args_is_help=True,
    add_completion=False,
    # Boxes and colours take longer to load than all else that help needs, and read badly aloud.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from auzolan import __version__

        typer.echo(f"auzolan {__version__}")
        raise typer.Exit


app.add_typer(bring, name="import")
app.add_typer(post, name="inbox")


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Grows a directory and a knowledge commons from plain files."""


@app.command(
    epilog="Examples:\n\n  auzolan init our-commons --languages ca,es --region ES-CT\n\n"
    "  auzolan init our-commons --from source.zip",
)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="NAME", help="The folder to make; its name is the commons' first name.")
    ],
    languages: Annotated[
        str, typer.Option(help="Languages of the pages, the default one first.", metavar="CA,ES", show_default="en")
    ] = "",
    region: Annotated[
        str, typer.Option(help="The country or region it is about (ISO 3166): ES-CT, SN.", metavar="CODE")
    ] = "",
    name: Annotated[str, typer.Option(help="What the commons is called, if not as the folder.")] = "",
    poster: Annotated[str, typer.Option(help="The colour of its home page: #8fd3c8.", metavar="#RRGGBB")] = "",
    copy: Annotated[
        Path | None, typer.Option("--from", help="A source.zip, or the folder of a copy, to grow on from.")
    ] = None,
) -> None:
    """Begin a commons of your own."""
    from auzolan.cli.init import run

    run(folder, languages, region, name, poster, copy)


@app.command(epilog="Examples:\n\n  auzolan serve\n\n  auzolan serve --port 8080 --no-open\n\n  auzolan serve site.zip")
def serve(
    packed: Annotated[
        Path | None, typer.Argument(metavar="[SITE.ZIP]", help="A packed site, shown as it is; nothing is built.")
    ] = None,
    settings: Settings = HERE,
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = 8000,
    bind: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 lets others on your network in.")
    ] = "127.0.0.1",
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where the site is built.")] = None,
) -> None:
    """Show the site while you write.

    Every change is built and shown at once. Or a packed site, as it is."""
    from auzolan.cli.serve import run, run_zip

    if packed is not None:
        run_zip(packed, port, bind, open_)
    else:
        run(settings, port, bind, open_, output)


@app.command(
    epilog="Examples:\n\n  auzolan new cooperative\n\n  auzolan new tool --name Nextcloud --set license=AGPL-3.0-or-later"
)
def new(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of entry: see auzolan kinds.")],
    settings: Settings = HERE,
    name: Annotated[str, typer.Option(help="Its name; asked for where left out.")] = "",
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", help="An answer given beforehand; may be repeated.", metavar="FIELD=VALUE"),
    ] = None,
    lang: Lang = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing: take what was given.")] = False,
) -> None:
    """Write a new entry. It asks, suggests words, and writes a valid file."""
    from auzolan.cli.new import run

    run(kind, settings, name, set_ or [], lang, yes)


@app.command(
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


@app.command(
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


@app.command(
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


@app.command(
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


@app.command(
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


@app.command(
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


@app.command(
    epilog="Examples:\n\n  auzolan build\n\n  auzolan build -s publishconf.py -o public\n\n  auzolan build --jobs 1 --verify\n\n  auzolan build -o site.zip\n\n  auzolan build --timings --trace trace.json"
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
    json: Json = False,
) -> None:
    """Make the site, or what of it has changed.

    Nothing is written while any file has an error: exit status 1 then."""
    from auzolan.cli.build import run
    from auzolan.pipeline.build import Options
    from auzolan.timings import Timings

    told = Timings(fine=timings or trace is not None)
    run(settings, output, json, Options(jobs=jobs, verify=verify, timings=told), timings, trace)


@app.command(
    epilog="Examples:\n\n  auzolan search housing\n\n  auzolan search --kind tool --kind plan free software\n\n  auzolan search --country ES housing\n\n"
    "  auzolan search --lang ca habitatge --json"
)
def search(
    query: Annotated[list[str], typer.Argument(metavar="WORDS…", help="Words, or the beginning of one.")],
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
        typer.Option(help="Only entries in this country, by code or name; may be repeated.", metavar="COUNTRY"),
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

    asked = Asked(" ".join(query), lang, limit, not as_typed, kind or (), country or ())
    run(asked, settings, output, as_json=json)


@app.command(
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
