"""A name, languages and a region come in; the files of a new commons go out."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auzolan import export
from auzolan.check.types import countries, regions
from auzolan.intake.examples import SLUG, example_of
from auzolan.intake.forges import forge_files, install_files
from auzolan.intake.slugs import slug_of
from auzolan.intake.writing import entry_text
from auzolan.load.declarations import load_declarations
from auzolan.load.settings import settings_of
from auzolan.load.shipped import shipped_root
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError
from auzolan.model.pages import File

STARTER = Path(__file__).parent / "starter"
_NAME = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]{1,80}\Z")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a founder said. `languages` begin with the default one; `region` and `poster` may be ""."""

    name: str
    languages: tuple[str, ...]
    region: str
    poster: str
    today: datetime.date


def begin(plan: Plan) -> Iterator[File]:
    """Every file of the new commons. Raises AuzolanError for a name, language, region or colour that cannot be used."""
    _refuse(plan)
    language = plan.languages[0]
    values = {
        "name": plan.name, "language": language, "languages": list(plan.languages), "region": plan.region,
        "poster": plan.poster, "site_id": f"{slug_of(plan.name)},{plan.today.isoformat()}:commons",
    }  # fmt: skip
    yield _file("pelicanconf.py", (STARTER / "pelicanconf.txt").read_text("utf-8").format(**values))
    yield _file("README.md", _starter("README", language).replace("{name}", plan.name))
    yield from forge_files()
    yield from install_files()
    yield _file(".gitignore", (STARTER / "gitignore.txt").read_text("utf-8"))
    yield _file("content/pages/about.md", _starter("about", language))
    yield from _guides(plan.languages)
    shipped = shipped_root() / "directory"
    declarations, _ = load_declarations(shipped, shipped, shipped, plan.languages)
    for kind in declarations.kinds.values():
        text = entry_text(kind, example_of(kind, language, plan.region))
        yield _file(f"directory/{kind.folder}/{SLUG}.yaml", text)
    yield from export.schema_files(declarations)
    yield export.editor_settings(declarations)


def _refuse(plan: Plan) -> None:
    if not plan.name.strip() or not _NAME.match(plan.name):
        raise AuzolanError(f"`{plan.name}` cannot be the name of a commons", "one line of up to 80 letters")
    if plan.region and plan.region not in regions() and plan.region not in countries():
        raise AuzolanError(f"`{plan.region}` is not a country or region", "ISO 3166: ES, ES-CT, MX-CHP")
    shipped = shipped_root()
    values = {
        "DEFAULT_LANG": plan.languages[0],
        "AUZOLAN_LANGUAGES": list(plan.languages),
        "AUZOLAN_POSTER": plan.poster,
    }
    _, told = settings_of(values, shipped, "auzolan init")
    if has_errors(told):
        first = next(one for one in told if one.severity == "error")
        raise AuzolanError(first.message, first.hint)


def _starter(name: str, language: str) -> str:
    path = STARTER / f"{name}.{language.split('-')[0]}.md"
    return (path if path.is_file() else STARTER / f"{name}.en.md").read_text("utf-8")


def _guides(languages: tuple[str, ...]) -> Iterator[File]:
    """The contributor's guide that ships, in those languages it is written in, with its pictures; the default language has
    the English one where there is no other."""
    content = shipped_root() / "content"
    for language in languages:
        base = language.split("-")[0]
        own = content / "pages" / ("guide.md" if base == "en" else f"guide.{base}.md")
        if not own.is_file():
            if language != languages[0]:
                continue
            own, base = content / "pages" / "guide.md", "en"
        yield File(f"content/pages/guide{'' if language == languages[0] else f'.{language}'}.md", own.read_bytes())
        for picture in sorted((content / "images" / "guide").glob(f"*.{base}.webp")):
            yield File(f"content/images/guide/{picture.name}", picture.read_bytes())


def _file(path: str, text: str) -> File:
    return File(path, text.encode())
