"""`auzolan edition pack`: a copy comes in; one file goes out, what both take on a stick, and how long."""

from __future__ import annotations

from pathlib import Path

from auzolan.cli.carrying import ASSUMED, duration, megabytes
from auzolan.cli.console import console, progress
from auzolan.load.settings import load_settings
from auzolan.mirror.making import sums_of
from auzolan.mirror.names import files_of
from auzolan.mirror.packing import CLUSTER, Carried, carried, edition_in, on_stick, pack, statements_in, whole


def run(settings_path: Path, output: Path | None, archive: Path) -> None:
    """Raises AuzolanError, Refused where the copy is not whole."""
    copy = output or load_settings(settings_path)[0].output
    edition = edition_in(copy)
    files = files_of(sums_of(copy), edition)
    paths = [*files, *statements_in(copy)]
    with progress() as say:
        whole(copy, files, lambda done: say(f"reading {done:,} of {len(files):,} files") if done % 500 == 0 else None)
        pack(
            copy,
            paths,
            edition,
            archive,
            lambda done: say(f"packing {done:,} of {len(paths):,} files") if done % 500 == 0 else None,
        )
    size = archive.stat().st_size
    file, folder = Carried(1, size, on_stick([size], 0)), carried(copy, paths)
    out = console()
    out.print(f"{archive}: {edition.called}, {len(paths):,} files, {megabytes(size)}", style="bold green")
    out.print(f"On a stick that gives out {CLUSTER // 1024} KB at a time: this file {megabytes(file.taken)}, written in about "
              f"{duration(file.seconds)}; the folder {megabytes(folder.taken)} and {len(paths):,} writes, about {duration(folder.seconds)} "
              f"({ASSUMED}).")  # fmt: skip
