"""`auzolan edition confirm`: a copy comes in; its source is built again, and whether that is the same, goes out."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import typer

from auzolan import __version__
from auzolan.cli.compared import amount, name_all
from auzolan.cli.console import console, progress
from auzolan.intake.copies import source_of
from auzolan.mirror.comparing import compare
from auzolan.mirror.kept import FOLDER, PARTS, name_of, write
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of
from auzolan.mirror.proving import walk
from auzolan.mirror.reading import reader
from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import EDITIONS, public_key, who_signed
from auzolan.mirror.signatures import sign as signature_of
from auzolan.mirror.statements import EDITION, MAX_STATEMENT, SIGNATURE, Edition, Trust, edition_of, plain_key
from auzolan.model.errors import AuzolanError


def run(copy: Path, key: Path | None, yes: bool) -> None:
    """Raises typer.Exit(1) where something differs, Refused where the copy is not whole."""
    read = reader(copy)
    chain = walk(read, None)
    data = read(EDITION, MAX_STATEMENT)
    if data is None:
        raise AuzolanError(f"{copy} holds no edition", "name the folder in which edition.json lies")
    edition = edition_of(data)
    if not who_signed(data, EDITION, EDITIONS, chain[-1].signers, read):
        # What nobody vouches for is not run.
        raise Refused("signatures", "nobody whom its trust list names has signed the edition", "take another copy")
    files = files_of(read(SUMS, MAX_SUMS) or b"", edition)
    out = console()
    if differences := compare(files, copy):
        name_all(differences)
        raise Refused(
            "tampered",
            "the copy itself is not whole: its files are not those that its edition names",
            "take another copy",
        )
    name = _name_of_key(key, chain[-1]) if key else ""
    if not yes:
        _ask(copy)
    with tempfile.TemporaryDirectory(prefix="auzolan-") as place:
        source, built = Path(place) / "source", Path(place) / "output"
        _unpack(copy, source)
        _build(source, built, edition)
        found = compare(files, built)
    if found:
        name_all(found)
        said = (
            f" It was built by {edition.program}, and this is auzolan {__version__}."
            if edition.program != f"auzolan {__version__}"
            else ""
        )
        out.print(
            f"What was built from its source is not {edition.called}: {amount(found, 'the copy', 'what was built')}.{said}",
            style="bold red",
        )
        raise typer.Exit(1)
    out.print(f"What its source builds is {edition.called}: {len(files):,} files, byte for byte.", style="bold green")
    if key and name:
        path = SIGNATURE.format(EDITION, name)
        write(copy, [(path, signature_of(edition.data, EDITIONS, key.expanduser()))])
        out.print(f"{copy / path}: your signature. Send it to those who keep {FOLDER}/{_place(edition)}/.")


def _name_of_key(key: Path, trust: Trust) -> str:
    name = name_of(plain_key(public_key(key.expanduser())) or "", trust.signers)
    if not name:
        raise AuzolanError(
            "this key is nobody's whom the trust list names", "leave --key out to build and compare alone"
        )
    return name


def _place(edition: Edition) -> str:
    return f"{PARTS}/{edition.part.folder}/{edition.serial}" if edition.part else str(edition.serial)


def _ask(copy: Path) -> None:
    said = f"Its pelicanconf.py is a program, which will run: read it in {copy}/data/source.zip first."
    if not sys.stdin.isatty():
        raise AuzolanError(said, "then say --yes")
    console().print(said, style="yellow")
    if not typer.confirm("Run it?", err=True):
        raise AuzolanError("nothing was built")


def _unpack(copy: Path, source: Path) -> None:
    for file in source_of(copy):
        path = source / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)


def _environment(cache: Path) -> dict[str, str]:
    """This process' without the date of a build: the source brings its own. And nothing that another build has kept."""
    mine = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    return {**mine, "XDG_CACHE_HOME": os.fspath(cache)}


def _build(source: Path, output: Path, edition: Edition) -> None:
    options = edition.part.options() if edition.part else []
    with progress() as say:
        say("building")
        done = subprocess.run(
            [sys.executable, "-m", "auzolan", "build", "-s", "pelicanconf.py", "-o", os.fspath(output), *options],
            cwd=source,
            env=_environment(output.parent / "cache"),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise AuzolanError(f"the source of {edition.called} cannot be built here", f"it was built by {edition.program}")
