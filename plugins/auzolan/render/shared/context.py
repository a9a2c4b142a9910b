"""A commons and what the pipeline knows beside it come in; what every page builder shares goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from auzolan.model.commons import Commons
from auzolan.model.settings import Settings
from auzolan.render.shared import addresses
from auzolan.render.shared.naming import Speaker, speaker


class Licenses(NamedTuple):
    """SPDX's list as the check has it: ids, ids of exceptions, deprecated ids → those that stand for them now."""

    ids: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    deprecated: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Context:
    """What builders share. `themes` are theme folders (`templates/`, `locales/`, `static/`), the site's own first,
    the shipped one last; `overrides` are folders of templates that come before
    theirs; `bodies` maps the path of an article's file to its finished, sanitised HTML; `outlines` is
    the SVG path of the land, or ""; `downloads` are dicts with path, size, sha256, license, title, description; `extent` is how
    many files the site has but for the pages that tell of them, and their bytes;
    `speakers` holds one Speaker for each language of the interface, in the site's order; `variables` are what a
    foreign theme's base.html reads (Pelican's own context), empty with ours; `licenses` gives the list of licences when
    a page asks for it; `places` are the first countries of each part of the gazetteer, sorted."""

    settings: Settings
    speakers: Mapping[str, Speaker]
    themes: tuple[Path, ...] = ()
    overrides: tuple[Path, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=dict)
    outlines: str = ""
    downloads: tuple[Mapping[str, Any], ...] = ()
    extent: tuple[int, int] = (0, 0)
    variables: Mapping[str, Any] = field(default_factory=dict)
    licenses: Callable[[], Licenses] = Licenses
    places: tuple[str, ...] = ()

    @property
    def default(self) -> str:
        """The language whose pages have bare addresses."""
        return self.settings.default_language

    def find(self, language: str) -> str:
        """Where one looks for something: the search page; without search, the words by which entries are sorted."""
        lead = addresses.find if "search" in self.settings.features else addresses.glossary
        return lead(language, self.default)


def context_of(
    commons: Commons,
    *,
    themes: Iterable[Path],
    overrides: Iterable[Path] = (),
    bodies: Mapping[str, str] | None = None,
    outlines: str = "",
    downloads: Iterable[Mapping[str, Any]] = (),
    extent: tuple[int, int] = (0, 0),
    variables: Mapping[str, Any] | None = None,
    licenses: Callable[[], Licenses] = Licenses,
) -> Context:
    """The context of one build."""
    settings = commons.catalog.settings
    folders = tuple(themes)
    locales = [folder / "locales" for folder in folders]
    default = settings.default_language
    declarations = commons.catalog.declarations
    return Context(
        settings=settings,
        speakers={tag: speaker(tag, default, declarations, locales) for tag in settings.languages},
        themes=folders,
        overrides=tuple(overrides),
        bodies=bodies or {},
        outlines=outlines,
        downloads=tuple(downloads),
        extent=extent,
        variables=variables or {},
        licenses=licenses,
        places=_places(folders),
    )


def _places(themes: Iterable[Path]) -> tuple[str, ...]:
    """The parts of the gazetteer that a theme ships, each by its first country: `places/AD.js`."""
    folder = next((path for theme in themes if (path := theme / "static" / "built" / "places").is_dir()), None)
    return tuple(sorted(path.stem for path in folder.glob("??.js"))) if folder else ()
