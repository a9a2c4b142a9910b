"""Everything that was read, before anything is concluded from it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field

from auzolan.model.changes import Step
from auzolan.model.kinds import Declarations
from auzolan.model.nodes import Mapping
from auzolan.model.settings import Settings

EntryId = str
"""`<kind>/<slug>`, from the path alone."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file under `directory/` says. `path` is relative to the site's root; `digest` is the sha256 of its
    bytes in hex; `source` is the file's text."""

    id: EntryId
    kind: str
    slug: str
    path: str
    fields: Mapping
    digest: str
    source: str


@dataclass(frozen=True, slots=True)
class Article:
    """One language version of an article or page: front matter and Markdown. `body_line` is the 1-based line on
    which the body begins; `area` is `articles` or `pages`."""

    slug: str
    language: str
    area: str
    path: str
    fields: Mapping
    body: str
    body_line: int
    digest: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader said to a page: `page` is its path without language and ending (`articles/mill`, `tools/ledger`), `id`
    tells it from others there; `body_line` is the 1-based line on which the body begins."""

    page: str
    id: str
    path: str
    fields: Mapping
    body: str
    body_line: int
    digest: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image file of the content: `size` in bytes, `width` and `height` in pixels."""

    path: str
    size: int
    width: int
    height: int
    format: str


@dataclass(frozen=True, slots=True)
class History:
    """When files came and last changed (path → date, UTC), from git or `history.json`; `known` is false where there
    is neither. `build_date` is SOURCE_DATE_EPOCH, else HEAD's commit date, else None: never the clock. `latest` is the day after
    which nothing can have happened yet; no page knows it. `changes` are the
    changelogs of entries by the paths of their files, as lines (model/changes.py): where nobody asked for what git tells,
    those of `history.json` alone; `steps` are what git says was done to each entry's file, oldest first, until its changelog is
    made of it."""

    created: MappingOf[str, datetime.date] = field(default_factory=dict)
    changed: MappingOf[str, datetime.date] = field(default_factory=dict)
    known: bool = False
    build_date: datetime.date | None = None
    changes: MappingOf[str, str] = field(default_factory=dict)
    steps: MappingOf[str, Sequence[Step]] = field(default_factory=dict)
    latest: datetime.date | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that was read: settings, declarations, entries by id, articles, pages, images by path, history, and comments by
    the page that they are about. `texts` are those of the entries' files, where they are at hand without the entries."""

    settings: Settings
    declarations: Declarations
    entries: MappingOf[EntryId, Entry]
    articles: tuple[Article, ...]
    pages: tuple[Article, ...]
    images: MappingOf[str, Image]
    history: History
    comments: MappingOf[str, tuple[Comment, ...]] = field(default_factory=dict)
    texts: MappingOf[EntryId, str] | None = None

    def text(self, id_: EntryId) -> str:
        """The text of an entry's file."""
        return self.entries[id_].source if self.texts is None else self.texts[id_]
