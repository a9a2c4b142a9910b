"""Settings come in; a checked commons, and every file of its site, go out. This file knows the order of the workshops."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auzolan import export, index
from auzolan.check import check
from auzolan.link import link
from auzolan.load import load_catalog, shipped_root
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.pages import File
from auzolan.model.settings import Settings
from auzolan.render.documents import documents
from auzolan.render.files import assets, feeds, site_css, sitemap, strings
from auzolan.render.pages import pages
from auzolan.render.shared.context import Context, context_of
from auzolan.render.shared.environment import renderer

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the Pelican side gives: finished bodies of articles by path, and the names that a foreign theme's base.html reads."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)


def read(settings: Settings, told: tuple[Diagnostic, ...] = ()) -> tuple[Commons | None, tuple[Diagnostic, ...]]:
    """Everything is read and checked; where nothing is wrong, linked. All findings come back sorted; without a commons
    where one of them is an error."""
    catalog, found = load_catalog(settings)
    findings = in_order([*told, *found, *check(catalog)])
    return (None if has_errors(findings) else link(catalog)), findings


def context(commons: Commons, given: Given, downloads: tuple[Mapping[str, Any], ...] = ()) -> Context:
    """What the pages of this build share."""
    themes = dict.fromkeys((commons.catalog.settings.theme, shipped_root() / "theme"))
    return context_of(
        commons,
        themes=themes,
        overrides=commons.catalog.settings.overrides,
        bodies=given.bodies,
        outlines=outlines(),
        downloads=downloads,
        variables=given.variables,
    )


def outlines() -> str:
    """The SVG path of the land (1000 × 500, equirectangular), or "" where the client was not built."""
    path = shipped_root() / "theme" / "static" / "built" / "outlines.json"
    return str(json.loads(path.read_text("utf-8"))["path"]) if path.is_file() else ""


def build(commons: Commons, given: Given, progress: Progress) -> Iterator[File]:
    """Every file of the site, SHA256SUMS last. Nothing is written."""
    hashes: dict[str, str] = {}
    for file in _files(commons, given, progress):
        hashes[file.path] = hashlib.sha256(file.data).hexdigest()
        yield file
    yield export.sums(hashes.items())


def _files(commons: Commons, given: Given, progress: Progress) -> Iterator[File]:
    features = commons.catalog.settings.features
    data: list[File] = []
    if "data" in features:
        progress("data")
        data = list(export.files(commons))
        yield from data
    described = ((file.path, len(file.data), hashlib.sha256(file.data).hexdigest()) for file in data)
    made = context(commons, given, tuple(export.downloads(described, commons)))
    progress("pages")
    render = renderer(commons, made)
    for page in pages(commons, made):
        yield File(page.path, render(page))
    progress("feeds")
    for output in (feeds, *((site_css, strings, sitemap, assets) if "articles" in features else ())):
        yield from output.files(commons, made)
    if "search" in features:
        for language in made.speakers:
            progress(f"search ({language})")
            yield from index.build(tuple(documents(commons, made, language)), language)
