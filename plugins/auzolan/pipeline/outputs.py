"""A commons comes in; everything that its site is made of goes out, not made yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auzolan import export
from auzolan.check.licenses import spdx
from auzolan.load.shipped import shipped_root
from auzolan.model.commons import Commons
from auzolan.model.pages import Assembly, Unit
from auzolan.render import pages
from auzolan.render.facts import ask_facts
from auzolan.render.shared.context import Context, Licenses, context_of


@dataclass(frozen=True, slots=True)
class Given:
    """What the Pelican side gives: finished bodies of articles by path, and the names that a foreign theme's base.html reads."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)


def context(commons: Commons, given: Given) -> Context:
    """What the pages of this build share."""
    themes = dict.fromkeys((commons.catalog.settings.theme, shipped_root() / "theme"))
    return context_of(
        commons,
        themes=themes,
        overrides=commons.catalog.settings.overrides,
        bodies=given.bodies,
        outlines=outlines(),
        variables=given.variables,
        licenses=_licenses,
    )


def _licenses() -> Licenses:
    known = spdx()
    return Licenses(known.ids, known.exceptions, known.deprecated)


def outlines() -> str:
    """The SVG path of the land (1000 × 500, equirectangular), or "" where the client was not built."""
    path = shipped_root() / "theme" / "static" / "built" / "outlines.json"
    return str(json.loads(path.read_text("utf-8"))["path"]) if path.is_file() else ""


def units_of(commons: Commons, context: Context) -> Iterator[Sequence[Unit]]:
    """Pages, feeds, styles, scripts, by what makes them."""
    return pages.by_builders(commons, context)


def late_units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """What tells of the files that were made before."""
    return pages.units(commons, context, late=True)


def settle_facts(commons: Commons, context: Context, changed: Collection[str]) -> None:
    """Works out anew what others may see of entries and articles that have changed."""
    ask_facts(commons, context, changed)
    if "data" in commons.catalog.settings.features:
        ask = export.asker(commons)
        for id_ in changed:
            if id_ in commons.profiles:
                ask(id_)


def assemblies_of(commons: Commons, digests: Mapping[str, str]) -> Iterator[Assembly]:
    """The files of `data/`; `digests` are the sha256 of the site's own files by their path below its root."""
    if "data" in commons.catalog.settings.features:
        yield from export.assemblies(commons, digests=digests)
