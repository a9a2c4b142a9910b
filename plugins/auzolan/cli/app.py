"""The list of commands, in the order in which people need them."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command_name
from typer.models import CommandInfo

from auzolan.cli.bringing import bring, post
from auzolan.cli.editions import edition
from auzolan.cli.examining import examine
from auzolan.cli.mirroring import mirror
from auzolan.cli.options import HERE, Lang, Settings
from auzolan.cli.using import use

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


# Help lists them in this order, below what is declared here.
app.add_typer(examine)
app.add_typer(use)
app.add_typer(bring, name="import")
app.add_typer(post, name="inbox")
app.add_typer(edition, name="edition")
app.add_typer(mirror, name="mirror")


def only(name: str) -> typer.Typer:
    """The app with the command of this name alone, where there is one: to make all of them takes a tenth of a build in which
    nothing has changed. For help, and for what is misspelt, all are needed."""
    made = copy(app)
    unnamed = [group.typer_instance for group in app.registered_groups if not group.name]
    for one in (app, *filter(None, unnamed)):
        found = [command for command in one.registered_commands if _called(command) == name]
        if found:
            made.registered_commands, made.registered_groups = found, []
            return made
    groups = [group for group in app.registered_groups if group.name == name]
    if name and groups:
        made.registered_commands, made.registered_groups = [], groups
    return made


def _called(command: CommandInfo) -> str:
    return command.name or get_command_name(command.callback.__name__ if command.callback else "")


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Grows a directory and a knowledge commons from plain files."""


@app.command(
    epilog="Examples:\n\n  auzolan init our-commons --languages ca,es --region ES-CT\n\n"
    "  auzolan init our-commons --from source.zip\n\n"
    "  auzolan init our-commons --from https://commons.example/",
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
        str,
        typer.Option(
            "--from",
            help="A copy to grow on from: an address, a folder, a mirror, a packed site or a source.zip.",
            metavar="COPY",
            show_default=False,
        ),
    ] = "",
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
