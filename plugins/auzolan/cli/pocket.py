"""`auzolan pocket`: a settings file and a choice of entries come in; one HTML file goes out that holds them, and what it weighs."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from auzolan.cli.choice import Asked
from auzolan.cli.console import console, progress, show_findings
from auzolan.cli.narrowing import chosen_of, languages_called
from auzolan.intake.slugs import slug_of
from auzolan.load.files import printable
from auzolan.load.settings import load_settings
from auzolan.mirror.reading import reader
from auzolan.mirror.statements import EDITION, MAX_STATEMENT, edition_of
from auzolan.model.dates import PartialDate
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError
from auzolan.model.parts import KIND
from auzolan.model.settings import Settings
from auzolan.pipeline.pocket import Pocket, pocket
from auzolan.pipeline.read import read
from auzolan.render.pocket.about import Edition
from auzolan.render.pocket.part import Chosen, Part, part_of
from auzolan.render.pocket.shell import MARK
from auzolan.report import summary
from auzolan.write.alone import put_alone
from auzolan.write.made import UnwritableOutput, is_packed

BUDGET, PER = 1_000_000, 500
"""So many bytes for so many entries are passed on without a thought."""


def run(asked: Asked, settings_path: Path, output: Path | None) -> None:
    """Raises SystemExit(1) where a finding is in the way, AuzolanError where there is no such part or it cannot be written."""
    settings, told = load_settings(settings_path)
    language = next(iter(languages_called(asked.languages, settings)), settings.default_language)
    chosen = chosen_of(asked, settings, language)
    if "article" in chosen[KIND]:
        raise AuzolanError("articles are no part of a pocket edition", "it holds entries; see docs/pocket.md")
    if output is not None:
        _writable(output)
    edition = None if is_packed(settings.output) else _edition(settings)
    with progress() as say:
        say("reading")
        reading = read(settings, told)
        show_findings(reading.findings, settings.root)
        commons = reading.commons
        if commons is None or has_errors(reading.findings):
            console().print(f"{summary(reading.findings)}; nothing was written", style="bold red")
            raise SystemExit(1)
        part = part_of(commons, chosen)
        if not part.total:
            raise AuzolanError("this commons has no entries yet", "auzolan new cooperative writes a first one")
        if not part.ids:
            raise AuzolanError(f"no entry is in this part: {_said(part.chosen)}", "ask for less, or for another part")
        file = output or Path(f"{_named(settings, part, language)}.html")
        _writable(file)
        made = pocket(commons, part, language, edition, say)
        changed = put_alone(file, made.data, MARK.encode())
    _tell(file, made, part, language, changed)


def _edition(settings: Settings) -> Edition | None:
    """The edition of this commons that lies in its output folder. Raises Refused for what is none."""
    data = reader(settings.output)(EDITION, MAX_STATEMENT) if settings.output.is_dir() else None
    found = edition_of(data, str(settings.output / EDITION)) if data is not None else None
    if found is None or found.site != settings.site_id:
        return None
    return found.serial, PartialDate(found.date.year, found.date.month, found.date.day)


def _writable(output: Path) -> None:
    if output.suffix.lower() not in (".html", ".htm"):
        raise UnwritableOutput(f"{output} is no name of an HTML file", "-o our-region.html")
    if output.is_dir():
        raise UnwritableOutput(f"{output} is a folder", "name a file: -o our-region.html")
    if not output.parent.is_dir():
        raise UnwritableOutput(f"there is no folder {output.parent}", "make it first, or name another file")


def _said(chosen: Chosen) -> str:
    return "; ".join(f"{facet} {' or '.join(values)}" for facet, values in chosen.items())


def _named(settings: Settings, part: Part, language: str) -> str:
    """`our-commons-es-ct-ca`: whoever gets the file knows what it is before it is opened."""
    words = [value for values in part.chosen.values() for value in values]
    return slug_of(" ".join([settings.site_name, *words, language]))


def _tell(file: Path, made: Pocket, part: Part, language: str, changed: bool) -> None:
    size, count = len(made.data), len(part.ids)
    what = ", ".join([*(value for values in part.chosen.values() for value in values), language])
    state = "" if changed else "; it lay there already"
    out = console()
    told = f"{file}: {what}, {count:,} of {part.total:,} entries, {_kilobytes(size)}{state}"
    out.print(Text(printable(told), "bold green"))
    out.print(Text("    of these: " + ", ".join(f"{name} {_kilobytes(bytes_)}" for name, bytes_ in made.sizes.items())))
    room = BUDGET * max(1, -(-count // PER))
    if size > room:
        out.print(
            f"    that is more than {_kilobytes(room)}: a smaller part (--region, --country, --kind, --sector) is passed on more easily",
            style="yellow",
        )


def _kilobytes(size: int) -> str:
    return f"{-(-size // 1000):,} KB"
