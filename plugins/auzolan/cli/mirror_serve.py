"""`auzolan mirror serve`: a copy comes in; it is shown on an address until somebody ends it."""

from __future__ import annotations

import datetime
from pathlib import Path

import typer

from auzolan.cli.mirror import copy_asked, progress_of, say_refused
from auzolan.cli.mirror_served import PAGE, ServedCopy
from auzolan.cli.serve import answer, hosts_of, listen, tell
from auzolan.mirror.refused import Refused
from auzolan.mirror.showing import shown
from auzolan.model.errors import AuzolanError


def run(copy: Path | None, port: int, bind: str, open_browser: bool) -> None:
    """Raises typer.Exit(1) where the copy is not authentic, AuzolanError where there is none, or the port is taken."""
    where = copy_asked(copy)
    if not where.exists():
        raise AuzolanError(f"there is no copy at {where}", "name a mirror, the folder of a copy, or a zip")
    try:
        with progress_of() as said:
            found = shown(where, datetime.datetime.now(datetime.UTC), said)
    except Refused as problem:
        say_refused(problem)
        raise typer.Exit(1) from problem
    listening = listen(bind, port)
    edition = found.proven.edition
    told = (f"{edition.called}, verified on {found.verified:%Y-%m-%d}: {edition.files:,} files, "
            f"{edition.size / 1e6:,.1f} MB. /{PAGE} tells about it. Ctrl-C ends.")  # fmt: skip
    if found.left_out:
        told += f"\n{len(found.left_out):,} files are left out: they are not as they were signed. auzolan mirror repair mends them."
    tell(listening, told, open_browser)
    answer(ServedCopy(where, found).app(hosts_of(listening)), listening)
