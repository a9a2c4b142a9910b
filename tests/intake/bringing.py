"""Texts of a table and a mapping come in; what an import makes of them, in a small site, goes out."""

from __future__ import annotations

from pathlib import Path

from tests.running import write

from auzolan.intake.tables.importing import Import, Outcome
from auzolan.intake.tables.mapping import read_mapping
from auzolan.intake.tables.plans import TableMapping
from auzolan.intake.tables.reading import open_table
from auzolan.intake.tables.state import State
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic

HEADER = ("id", "name", "town", "country", "web", "sector", "year")
MAPPING = """\
kind: cooperative
from: Register
id: "{id}"
retrieved: "2026-11-22"
source: {title: Register of the valley}
fields:
  name: "{name}"
  summary: {first: ["A cooperative in {town}.", A cooperative.]}
  website: "{web}"
  started: "{year}"
  places: {country: "{country}", locality: "{town}"}
  sectors: {column: sector, split: "|", words: {Homes: housing, Food and drink: [food, tourism], Other: ""}}
"""
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/mill.yaml": "name: Mill\nsummary: It mills.\nrecord: {sources: {s: {title: Seen}}}\n",
}


def site(folder: Path) -> Path:
    """A site with one entry."""
    return write(folder, SITE)


def rows(*texts: str) -> str:
    """A table of these rows."""
    return "".join(line + "\n" for line in (",".join(HEADER), *texts))


def mapped(text: str, header: tuple[str, ...] = HEADER) -> tuple[TableMapping | None, list[Diagnostic]]:
    """The mapping that a text writes, under the shipped declarations."""
    from tests.helpers import declarations

    return read_mapping(text.encode(), "m.yaml", header, declarations())


def bring(folder: Path, table: str, mapping: str = MAPPING, *, hold: int = 0, dry: bool = False) -> Outcome:
    """Imports the table into the site in `folder`."""
    (folder / "t.csv").write_text(table, "utf-8")
    settings, _ = load_settings(folder / "pelicanconf.py")
    catalog, _ = load_catalog(settings)
    opened = open_table(folder / "t.csv", "t.csv")
    made, told = read_mapping(mapping.encode(), "m.yaml", opened.header, catalog.declarations)
    assert made is not None, told
    return Import(opened, made, catalog, State(folder / "m.imported.jsonl"), hold=hold, dry=dry).run()


def entry(folder: Path, slug: str) -> Path:
    """The file of a cooperative."""
    return folder / "directory" / "cooperatives" / f"{slug}.yaml"


def told(outcome: Outcome) -> list[tuple[str, int, int]]:
    """(code, line, cell) of each finding."""
    return sorted((one.code, one.location.line, one.location.column) for one in outcome.findings)
