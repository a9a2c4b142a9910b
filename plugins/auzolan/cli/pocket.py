"""`auzolan pocket`: a settings file and a choice of entries come in; one HTML file goes out that holds them, and what it weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from auzolan.cli.console import console, progress, show_findings
from auzolan.cli.narrowing import countries_called, kinds_called, named
from auzolan.intake.slugs import slug_of
from auzolan.load.edition import edition_in
from auzolan.load.files import printable
from auzolan.load.settings import load_settings
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.model.text import fold
from auzolan.pipeline.pocket import Pocket, pocket
from auzolan.pipeline.read import read
from auzolan.render.pocket.part import KIND, REGION, Chosen, Part, part_of
from auzolan.render.pocket.shell import MARK
from auzolan.report import summary
from auzolan.write.alone import put_alone
from auzolan.write.made import UnwritableOutput, is_packed

COUNTRY, SECTOR = "country", "sectors"
BUDGET, PER = 1_000_000, 500
"""So many bytes for so many entries are passed on without a thought."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it was typed: any of the `regions`, `countries`, `kinds` and `sectors`; `language` "" for the site's own."""

    language: str = ""
    regions: Sequence[str] = ()
    countries: Sequence[str] = ()
    kinds: Sequence[str] = ()
    sectors: Sequence[str] = ()


def run(asked: Asked, settings_path: Path, output: Path | None) -> None:
    """Raises SystemExit(1) where a finding is in the way, AuzolanError where there is no such part or it cannot be written."""
    settings, told = load_settings(settings_path)
    language = asked.language or settings.default_language
    if language not in settings.languages:
        said = f"`{printable(language)}` is not a language of this site"
        raise AuzolanError(said, "one of: " + " ".join(settings.languages))
    kinds, countries = kinds_called(asked.kinds, settings), countries_called(asked.countries, language)
    if "article" in kinds:
        raise AuzolanError("articles are no part of a pocket edition", "it holds entries; see docs/pocket.md")
    if output is not None:
        _writable(output)
    edition = None if is_packed(settings.output) else edition_in(settings.output)
    with progress() as say:
        say("reading")
        reading = read(settings, told)
        show_findings(reading.findings, settings.root)
        commons = reading.commons
        if commons is None or has_errors(reading.findings):
            console().print(f"{summary(reading.findings)}; nothing was written", style="bold red")
            raise SystemExit(1)
        chosen = {
            REGION: [_region(name, commons, language) for name in asked.regions],
            COUNTRY: countries,
            KIND: kinds,
            SECTOR: [_sector(name, commons, language) for name in asked.sectors],
        }
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


def _writable(output: Path) -> None:
    if output.suffix.lower() not in (".html", ".htm"):
        raise UnwritableOutput(f"{output} is no name of an HTML file", "-o our-region.html")
    if output.is_dir():
        raise UnwritableOutput(f"{output} is a folder", "name a file: -o our-region.html")
    if not output.parent.is_dir():
        raise UnwritableOutput(f"there is no folder {output.parent}", "make it first, or name another file")


def _region(name: str, commons: Commons, language: str) -> str:
    """The code of a region that is called so, or by its code. Raises AuzolanError with those that are near."""
    from auzolan.check.types import regions

    return name.upper() if name.upper() in regions() else _word(name, "regions", commons, language, "region").upper()


def _sector(name: str, commons: Commons, language: str) -> str:
    return _word(name, SECTOR, commons, language, "sector")


def _word(name: str, vocabulary: str, commons: Commons, language: str, what: str) -> str:
    """The word of a vocabulary that is called so in any language. Raises AuzolanError with those that are near."""
    declared = commons.catalog.declarations.vocabularies.get(vocabulary)
    words = declared.words if declared is not None else {}
    called = {fold(label): id_ for id_, word in words.items() for label in word.label.values()}
    known = {id_: word.label.get(language) or id_ for id_, word in words.items()}
    return called.get(fold(name)) or named(name, known, f"there is no {what} {{wanted}}")


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
