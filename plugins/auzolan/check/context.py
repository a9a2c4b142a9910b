"""A catalog and briefs come in; what several rules need to know of the whole commons goes out, worked out once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from auzolan.model.briefs import Brief, briefs_of, ids_of
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog, EntryId
from auzolan.model.kinds import Declarations, Field
from auzolan.model.nodes import Node, is_on_one_line, place
from auzolan.model.rules import finding
from auzolan.model.text import as_scalar

Shared = tuple[Diagnostic, Iterable[EntryId]]
"""A finding about several files at once, with the entries among them."""


@dataclass(frozen=True)
class Context:
    """The catalog; the `briefs` of all entries by id, sorted; every id that a reference may lead to (`ids`, former ones
    included → today's id); the licences that entries of their own stand for; how entries of each kind
    and articles are laid out; and the articles there are (`article/<slug>`)."""

    catalog: Catalog
    briefs: Mapping[EntryId, Brief]
    ids: Mapping[EntryId, EntryId]
    licenses: frozenset[str]
    layouts: Mapping[str, Layout]
    article_layout: Layout | None
    articles: frozenset[str]

    @property
    def declarations(self) -> Declarations:
        """All declarations."""
        return self.catalog.declarations

    @property
    def latest(self) -> datetime.date | None:
        """The day after which nothing can have happened yet; None where nobody knows."""
        return self.catalog.history.latest or self.catalog.history.build_date

    @cached_property
    def sorted_ids(self) -> list[EntryId]:
        """All of `ids` in order: what a wrong one is compared with."""
        return sorted(self.ids)

    @cached_property
    def article_paths(self) -> frozenset[str]:
        """The paths of all articles and pages."""
        return frozenset(article.path for article in (*self.catalog.articles, *self.catalog.pages))


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields that a mapping may have, those that it must have, and the layouts of its groups by field."""

    fields: Mapping[str, Field]
    required: tuple[Field, ...]
    inner: Mapping[str, Layout]


def context_of(catalog: Catalog, briefs: Mapping[EntryId, Brief] | None) -> Context:
    """The context of `catalog`; without `briefs`, those of its entries."""
    declarations = catalog.declarations
    if briefs is None:
        briefs = briefs_of(catalog)
    briefs = {id_: briefs[id_] for id_ in sorted(briefs)}
    return Context(
        catalog,
        briefs,
        ids_of(briefs.values()),
        frozenset(brief.spdx_id for brief in briefs.values() if brief.spdx_id),
        {kind.name: layout_of(kind.fields) for kind in declarations.kinds.values()},
        layout_of(declarations.article.fields) if declarations.article else None,
        frozenset(f"article/{article.slug}" for article in catalog.articles),
    )


def layout_of(fields: Mapping[str, Field]) -> Layout:
    """The layout of a mapping that may have `fields`."""
    required = tuple(field for field in fields.values() if field.required)
    return Layout(fields, required, {name: layout_of(field.fields) for name, field in fields.items() if field.fields})


def at(code: str, message: str, path: str, node: Node, hint: str = "", meant: str = "") -> Diagnostic:
    """A finding at `node` of the file `path`. `meant` is the text that `node` should be, where there is no doubt."""
    return finding(code, message, place(path, node), hint, as_scalar(meant) if meant and is_on_one_line(node) else None)
