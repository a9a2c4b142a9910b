"""A commons comes in; everything that its site is made of goes out, not made yet: units, large files in parts, documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from auzolan.load import shipped_root
from auzolan.model.commons import Commons
from auzolan.model.pages import Unit
from auzolan.render.shared.context import Context, context_of


@dataclass(frozen=True, slots=True)
class Given:
    """What the Pelican side gives: finished bodies of articles by path, and the names that a foreign theme's base.html reads."""

    bodies: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)


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
