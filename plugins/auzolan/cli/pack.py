"""`auzolan edition pack`: a copy comes in; one file goes out, and what both take on a stick."""

from __future__ import annotations

from pathlib import Path

from auzolan.cli.console import console, progress
from auzolan.load.settings import load_settings
from auzolan.mirror.making import sums_of
from auzolan.mirror.names import files_of
from auzolan.mirror.packing import CLUSTER, edition_in, folders_of, on_stick, pack, statements_in, whole


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
    folder = on_stick(((copy / path).stat().st_size for path in paths), folders_of(paths))
    file = archive.stat().st_size
    out = console()
    out.print(f"{archive}: edition {edition.serial}, {len(paths):,} files, {_mb(file)}", style="bold green")
    out.print(f"On a stick that gives out {CLUSTER // 1024} KB at a time: this file {_mb(on_stick([file], 0))} and one write, "
              f"the folder {_mb(folder)} and {len(paths):,}.")  # fmt: skip


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
