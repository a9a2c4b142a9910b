"""What somebody names as the copy to grow on from comes in; the files of its source go out, and how far they are proven."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from auzolan.cli.console import console
from auzolan.intake.copies import MAX_BYTES, MAX_FILE, MAX_FILES, PLACES, Most, packed_files, source_of
from auzolan.model.pages import File


def files_from(copy: str) -> Iterator[File]:
    """`copy` is a source.zip, the folder of a copy, or whatever `auzolan mirror sync` takes: an address, a mirror, a packed
    site. Raises AuzolanError."""
    path = Path(copy)
    if path.is_file() and not _is_site(path):
        return source_of(path)
    if path.is_dir() and not (path / "SHA256SUMS").exists() and any((path / place).is_file() for place in PLACES):
        return source_of(path)
    from auzolan.mirror.seed import seed_of

    seed = seed_of(copy, datetime.datetime.now(datetime.UTC))
    out = console()
    if seed.proven:
        edition = seed.proven.edition
        out.print(f"{edition.called}, signed by {', '.join(seed.proven.signed)}", style="dim")
        if edition.part:
            out.print("A part carries the source of the whole: you get all of its entries.", style="dim")
        if edition.part and not edition.part.images:
            at = f" ({edition.address})" if edition.address else ""
            out.print(f"It was made without pictures. Take content/images/ from the whole{at}, or build without them: "
                      "auzolan build --without-images -o FOLDER", style="yellow")  # fmt: skip
    else:
        out.print("This copy is no signed edition: it is whole, but who made it is not proven.", style="yellow")
    return packed_files(
        io.BytesIO(seed.data), f"{copy}: source.zip", Most(MAX_FILES, MAX_BYTES, MAX_FILE), is_source=True
    )


def _is_site(path: Path) -> bool:
    """Whether a file is a packed site, and not a source.zip."""
    try:
        with zipfile.ZipFile(path) as opened:
            return "data/source.zip" in opened.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
