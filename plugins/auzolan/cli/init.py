"""`auzolan init`: a founder's answers come in; a folder with a living commons goes out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from auzolan.cli.console import console
from auzolan.cli.seeds import files_from
from auzolan.intake.begin import Plan, begin
from auzolan.intake.forges import forge_files, install_files
from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File


def run(folder: Path, languages: str, region: str, name: str, poster: str, copy: str) -> None:
    """Raises AuzolanError where the folder is in use or an answer cannot be used; then nothing is left behind."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AuzolanError(f"{folder} is there already and is not empty", "choose another name")
    files: Iterable[File]
    if copy:
        if name or region or poster or languages:
            raise AuzolanError(
                "a copy brings its own name, languages, region and colour", "change them in pelicanconf.py afterwards"
            )
        # A copy brings no hidden files. What it has beside them is its own, and it was written when this is asked.
        ours = (file for file in install_files() if not (folder / file.path).exists())
        files = chain(files_from(copy), forge_files(), ours)
    else:
        tags = tuple(dict.fromkeys(tag.strip() for tag in (languages or "en").split(",") if tag.strip()))
        if not tags:
            raise AuzolanError("a commons speaks at least one language", "--languages ca,es")
        title = name or folder.name.replace("-", " ").replace("_", " ").strip().capitalize()
        files = list(begin(Plan(title, tags, region, poster, datetime.datetime.now(datetime.UTC).date())))
    try:
        for file in files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
    except OSError as problem:
        raise AuzolanError(f"{folder} cannot be written: {problem.strerror}") from problem
    out = console()
    out.print(f"{folder}/ is a commons now.\n", style="bold green")
    if copy:
        out.print(
            "Its pelicanconf.py is a program that came with the copy: read it before you go on.\n", style="yellow"
        )
    out.print(f"    cd {folder}\n    auzolan serve\n")
    out.print("auzolan new cooperative writes a first entry; README.md tells the rest.")
