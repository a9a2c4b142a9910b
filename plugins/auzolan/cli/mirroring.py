"""The commands by which a copy is kept, proven, mended and shown: `auzolan mirror …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.options import Json

mirror = typer.Typer(
    help="Keep a copy of a commons, and prove it. From the web, a disk or a stick.",
    epilog="Begin with: auzolan mirror sync https://commons.example/ our-mirror",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Mirror = Annotated[
    Path | None,
    typer.Argument(
        metavar="[MIRROR]",
        help="The folder of the mirror.",
        show_default="this folder if it is one, else ./mirror",
    ),
]
Copy = Annotated[
    Path | None,
    typer.Argument(
        metavar="[COPY]",
        help="A mirror, the folder of a copy, or a zip.",
        show_default="this folder if it is a mirror, else ./mirror",
    ),
]
From = Annotated[
    str,
    typer.Argument(
        metavar="FROM", help="https://…, http://…, rsync://…, HOST::MODULE, USER@HOST:PATH, a folder or a zip."
    ),
]
Trust = Annotated[
    str,
    typer.Option(
        help="The sha256 of a version of the trust list, as you were told it.", metavar="SHA256", show_default=False
    ),
]
Time = Annotated[str, typer.Option(help="After how long it ends, whatever comes: 90s, 20m, 6h.", metavar="TIME")]
Rate = Annotated[
    int, typer.Option(help="The least that must come, bytes a second; slower is refused.", min=0, metavar="N")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say also that nothing has changed.")]


@mirror.command(
    epilog="Examples:\n\n  auzolan mirror sync https://commons.example/ our-mirror\n\n"
    "  auzolan mirror sync https://commons.example/ our-mirror --trust '3f2a 91c4 …'\n\n"
    "  auzolan mirror sync /media/stick/commons.zip our-mirror --dry-run"
)
def sync(
    from_: From,
    mirror_: Mirror = None,
    trust: Trust = "",
    keep: Annotated[int, typer.Option(help="How many older copies stay.", min=0, max=1000, metavar="N")] = 0,
    time: Time = "6h",
    rate: Rate = 100,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would be fetched, and write nothing.")
    ] = False,
    verbose: Verbose = False,
    json: Json = False,
) -> None:
    """Bring the mirror to the newest edition.

    Only what differs is fetched, every byte is checked, and the old copy stays until the new one is whole. Exit status 1 where
    the edition is refused, 2 where nothing could be fetched or written."""
    from auzolan.cli.mirror import Fetching, run_sync

    run_sync(from_, mirror_, trust, keep, Fetching(time, rate), dry_run=dry_run, verbose=verbose, as_json=json)


@mirror.command(
    epilog="Examples:\n\n  auzolan mirror verify our-mirror\n\n  auzolan mirror verify /media/stick/commons --trust '3f2a 91c4 …'"
)
def verify(copy: Copy = None, trust: Trust = "", json: Json = False) -> None:
    """Say whether a copy is authentic, how fresh it is, and name every file that is not as it was signed.

    Exit status 1 where something is wrong."""
    from auzolan.cli.mirror import run_verify

    run_verify(copy, trust, json)


@mirror.command(
    epilog="Examples:\n\n  auzolan mirror repair our-mirror --from https://commons.example/\n\n"
    "  auzolan mirror repair /media/stick/commons --from our-mirror"
)
def repair(
    copy: Copy = None,
    from_: Annotated[str, typer.Option("--from", help="Any other copy.", metavar="OTHER")] = "",
    remove_foreign: Annotated[
        bool, typer.Option("--remove-foreign", help="Remove files that the edition does not name.")
    ] = False,
    trust: Trust = "",
    time: Time = "6h",
    rate: Rate = 100,
    json: Json = False,
) -> None:
    """Mend damaged and missing files from any other copy.

    Exit status 1 where some could not be mended."""
    from auzolan.cli.mirror import Fetching, run_repair

    if not from_:
        raise typer.BadParameter("say from which copy: --from https://commons.example/", param_hint="--from")
    run_repair(copy, from_, trust, Fetching(time, rate), remove_foreign=remove_foreign, as_json=json)


@mirror.command(epilog="Examples:\n\n  auzolan mirror status our-mirror\n\n  auzolan mirror status our-mirror --json")
def status(mirror_: Mirror = None, json: Json = False) -> None:
    """Tell which edition a mirror has, how fresh it is, and where it comes from.

    Its files are not read: `verify` does that. Exit status 1 where it is not authentic."""
    from auzolan.cli.mirror import run_status

    run_status(mirror_, json)


@mirror.command(
    epilog="Examples:\n\n  auzolan mirror serve our-mirror\n\n  auzolan mirror serve our-mirror --bind 0.0.0.0 --port 80\n\n"
    "  auzolan mirror serve /media/stick/commons.zip"
)
def serve(
    copy: Copy = None,
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = 8000,
    bind: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 lets others on your network in.")
    ] = "127.0.0.1",
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = False,
) -> None:
    """Show a copy on the network, from a small box.

    Only what was signed is shown, also by search without scripts. A sync meanwhile is taken up by itself."""
    from auzolan.cli.mirror_serve import run

    run(copy, port, bind, open_)


@mirror.command(
    epilog="Examples:\n\n  auzolan mirror units https://commons.example/ /srv/mirror\n\n"
    "  auzolan mirror units https://commons.example/ /srv/mirror --write /etc/systemd/system"
)
def units(
    from_: From,
    mirror_: Mirror = None,
    trust: Trust = "",
    write: Annotated[
        Path | None, typer.Option(help="Write the units of systemd into this folder.", metavar="FOLDER")
    ] = None,
    port: Annotated[int, typer.Option(help="The port on which the mirror is shown.", min=1, max=65535)] = 8000,
    bind: Annotated[str, typer.Option(help="The address on which it is shown.")] = "0.0.0.0",
) -> None:
    """Print what syncs a mirror each day and shows it: a line for cron, units for systemd."""
    from auzolan.cli.mirror_units import run

    run(from_, mirror_, trust, write, bind, port)
