"""The commands by which a commons signs what it publishes: `auzolan edition …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from auzolan.cli.options import HERE, Json, Settings

edition = typer.Typer(
    help="Sign what you publish, so that every copy proves itself.",
    epilog="Begin with: auzolan edition trust --signer anna=anna.pub",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="The built site.", show_default="as in the settings")
]
Key = Annotated[
    Path,
    typer.Option(
        "--key", "-k", help="Your OpenSSH key: a file of its own, or the .pub of one in ssh-agent.", metavar="FILE"
    ),
]


@edition.command(
    epilog="Examples:\n\n  auzolan edition trust --signer anna=anna.pub\n\n"
    "  auzolan edition trust --signer anna=anna.pub --signer berta=berta.pub --signer carla=carla.pub --threshold 2 --machine box=box.pub\n\n"
    "  auzolan edition trust --remove carla --signer dolors=dolors.pub"
)
def trust(
    signer: Annotated[
        list[str] | None,
        typer.Option(
            help="Somebody who may sign, and the file of her public key; may be repeated.", metavar="NAME=KEY.pub"
        ),
    ] = None,
    machine: Annotated[
        list[str] | None,
        typer.Option(help="A machine that may only say that an edition is still the newest.", metavar="NAME=KEY.pub"),
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option(help="Who may no longer sign; may be repeated.", metavar="NAME")
    ] = None,
    threshold: Annotated[
        int, typer.Option(help="How many must sign.", min=0, show_default="as before, else 1", metavar="N")
    ] = 0,
    serial: Annotated[
        int,
        typer.Option(
            help="The number from which editions under this list count.",
            min=0,
            show_default="the newest edition's",
            metavar="N",
        ),
    ] = 0,
    settings: Settings = HERE,
) -> None:
    """Say who may sign, and how many must.

    Writes the next version of the trust list, which those of the version before must sign."""
    from auzolan.cli.edition import run_trust

    run_trust(settings, signer or (), machine or (), remove or (), threshold, serial)


@edition.command(
    epilog="Examples:\n\n  auzolan edition make\n\n  auzolan edition make --note en='New: 14 housing cooperatives.' --note ca='Nou: 14 cooperatives d’habitatge.'\n\n  auzolan edition make -o parts/es-ca"
)
def make(
    note: Annotated[
        list[str] | None,
        typer.Option(help="What changed, in words, by language; may be repeated.", metavar="LANG=TEXT"),
    ] = None,
    fresh_days: Annotated[
        int, typer.Option(help="For how many days it calls itself fresh.", min=1, max=36_500, metavar="DAYS")
    ] = 180,
    output: Output = None,
    settings: Settings = HERE,
    json: Json = False,
) -> None:
    """Make an edition of the built site, or of a part that was built.

    It names every file by its checksum, and waits for signatures. Nothing is made where the site has not changed."""
    from auzolan.cli.edition import run_make

    run_make(settings, output, note or (), fresh_days, json)


@edition.command(
    epilog="Examples:\n\n  auzolan edition sign --key ~/.ssh/id_ed25519\n\n  auzolan edition sign --key anna.pub -o public"
)
def sign(key: Key, output: Output = None, settings: Settings = HERE) -> None:
    """Sign what waits for you: the trust list, the edition.

    By ssh-keygen, which asks for a passphrase or a touch itself."""
    from auzolan.cli.edition import run_sign

    run_sign(settings, output, key)


@edition.command(epilog="Examples:\n\n  auzolan edition put\n\n  auzolan edition put -s publishconf.py -o public")
def put(output: Output = None, settings: Settings = HERE) -> None:
    """Put the signed edition beside a site that was built again.

    Exit status 1 where the site is not the edition's."""
    from auzolan.cli.edition import run_put

    run_put(settings, output)


@edition.command(
    epilog="Examples:\n\n  auzolan edition fresh --key /etc/auzolan/box\n\n  auzolan edition fresh --key box -o public"
)
def fresh(key: Key, output: Output = None, settings: Settings = HERE) -> None:
    """State that the edition is still the newest.

    A machine may do that each week; whoever has a copy then knows that nothing is kept from them."""
    from auzolan.cli.edition import run_fresh

    run_fresh(settings, output, key)


@edition.command(epilog="Examples:\n\n  auzolan edition status\n\n  auzolan edition status --json")
def status(output: Output = None, settings: Settings = HERE, json: Json = False) -> None:
    """Tell who may sign, who has signed, and whether the built site is the edition.

    Exit status 1 where it cannot be published as it is."""
    from auzolan.cli.edition import run_status

    run_status(settings, output, json)


@edition.command(
    epilog="Examples:\n\n  auzolan edition pack commons-7.zip\n\n  auzolan edition pack /media/stick/commons-7.tar.gz --output /srv/mirror/site"
)
def pack(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write: .zip or .tar.gz.")],
    output: Output = None,
    settings: Settings = HERE,
) -> None:
    """Pack a copy into one file, for sticks.

    The same edition gives the same bytes. Tells what the folder and the file take on a stick."""
    from auzolan.cli.pack import run

    run(settings, output, archive)


@edition.command(
    epilog="Examples:\n\n  auzolan edition confirm /media/stick/commons\n\n  auzolan edition confirm output --yes --key ~/.ssh/id_ed25519"
)
def confirm(
    copy: Annotated[Path, typer.Argument(help="The folder of a copy.")],
    key: Annotated[
        Path | None,
        typer.Option("--key", "-k", help="Sign the edition with this key, if the same was built.", metavar="FILE"),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Run the copy's pelicanconf.py without asking: you have read it.")
    ] = False,
) -> None:
    """Build an edition again from its source, and tell whether it is the same.

    Exit status 1 where something differs; what does is named."""
    from auzolan.cli.confirm import run

    run(copy, key, yes)
