"""What the site is made of: pages, documents to be found, and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is rendered: `path` (site-root-relative, posix), the template's name, the language it
    speaks, and `view`: plain values only (str, int, bool, None, list, dict, Markup), all that the template may read."""

    path: str
    template: str
    language: str
    view: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """One thing to be found, as shown in one interface language. `texts` pairs a weight with a text to index;
    `url` is site-root-relative; `place` is "" where none is known."""

    id: str
    kind: str
    language: str
    url: str
    title: str
    summary: str
    place: str
    texts: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site: `path` is site-root-relative, posix."""

    path: str
    data: bytes
