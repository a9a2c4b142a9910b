"""What people sent, as text, comes in; what the inbox makes of it in a small commons goes out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from tests.running import write

from auzolan.intake.inbox.arriving import pieces_at
from auzolan.intake.inbox.asked.questions import Sheets
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.fates import Outcome
from auzolan.intake.inbox.importing import Import
from auzolan.intake.inbox.pieces import Desk
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings

MILL = """\
# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json
name: The Mill of the Valley
summary: A mill that grinds the grain of thirty farms.
# asked for by the millers
places:
  - country: ES   # the valley
    locality: Solsona
record:
  sources:
    book: {title: "Mills: a history"}
"""
BAKERY = """\
# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json
name: Forn Nou
summary: "A bakery that belongs to its bakers: bread for twenty groups of neighbours, and for the school beside it."
places:
  - country: ES
    region: ES-CT
    locality: Lleida
record:
  sources:
    fornnou:
      title: fornnou.coop
      url: https://fornnou.coop/about
  submitted_by: third-party
"""
COMMONS = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nAUZOLAN_LANGUAGES = ['ca']\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/mill.yaml": MILL,
}
PATH = "directory/cooperatives/forn-nou.yaml"


def commons(folder: Path) -> Path:
    """A commons with one entry, in `folder`; beside it `sent` takes what people send."""
    write(folder, COMMONS)
    return folder


def letter(text: str = BAKERY, path: str = PATH, began: str | None = None) -> str:
    """What the form puts into a mail; `began` is the text that an edit began with."""
    base = "" if began is None else f" #{zlib.crc32(began.encode()):08x}"
    return f"----- {path}{base} -----\n{text}----- end -----\n"


def sent(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes what was sent into a folder of its own; gives the folder."""
    for name, data in files.items():
        path = folder / "sent" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder / "sent"


def brought(
    site: Path, *paths: Path, kind: str = "", replacing: Sequence[str] = (), base: str = "", hold: int = 80, dry: bool = False,
    page: str = "",
) -> Outcome:  # fmt: skip
    """Imports what lies at the paths (by default in `sent`) into the commons."""
    settings, _ = load_settings(site / "pelicanconf.py")
    catalog, _ = load_catalog(settings)
    work = Import(catalog, Bases(settings.root, base), replacing=replacing, hold=hold)
    known = catalog.declarations.kinds.get(kind)
    desk = Desk(catalog.declarations, known, Sheets(settings, catalog.declarations), work.told, page)
    return work.run(pieces_at(paths or (site / "sent",), desk), dry=dry)


def whats(outcome: Outcome) -> list[tuple[str, str]]:
    """(what, entry) of each piece."""
    return [(fate.what, fate.entry) for fate in outcome.fates]


def codes(outcome: Outcome) -> list[str]:
    """The codes of all findings, sorted."""
    return sorted(one.code for one in outcome.findings)
