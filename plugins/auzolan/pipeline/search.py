"""A commons and what has changed in it come in; the search files of every language, written, go out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auzolan import index
from auzolan.ledger.shelf import Place, Shelf
from auzolan.ledger.store import Store, Unusable
from auzolan.model.pages import FacetNames
from auzolan.pipeline.make import Maker, Past, Work
from auzolan.render.desk import desk_of
from auzolan.render.documents import documenter
from auzolan.render.lists.facets import facet_names

SEGMENT = 500
"""Documents that are indexed in one piece of work."""
LARGE = 20_000
"""Documents from which on segments are put together when all else is made."""


def database(store: Store | None) -> sqlite3.Connection:
    """Where the index keeps what it is made of: the build's memory, or nowhere."""
    return store.connection if store is not None else sqlite3.connect(":memory:")


class Search:
    """The work of search."""

    def __init__(self, db: sqlite3.Connection, past: Past | None, shelf: Shelf) -> None:
        self._db, self._past, self._shelf = db, past, shelf

    def __call__(self, maker: Maker, work: Work) -> None:
        """Adds what can be made side by side to `work`; what cannot, and is little, is done at once. Raises Unusable where
        the memory of the last build turns out to be."""
        if "search" not in maker.context.settings.features:
            return
        with _usable():
            for language in maker.context.speakers:
                paths = self._published(language)
                if self._past is None or any(path not in self._past.made for path in paths) or not paths:
                    self._fresh(maker, work, language)
                else:
                    self._again(maker, language, self._past)

    def _published(self, language: str) -> list[str]:
        return index.published(self._db, language) if self._past is not None else []

    def _fresh(self, maker: Maker, work: Work, language: str) -> None:
        ids = list(_members(maker))
        runs = [ids[start : start + SEGMENT] for start in range(0, len(ids), SEGMENT)]
        segments: list[Place] = []  # all together they are as large as the index

        def put_together() -> None:
            with _usable():
                change = index.update(
                    self._db, language, (), (), map(self._shelf.get, segments), fresh=True,
                    names=_names(maker, language),
                )  # fmt: skip
            maker.product.take(map(maker.folder.put, change.files))

        def take(segment: bytes) -> None:
            segments.extend(self._shelf.put([segment]))
            if len(segments) == len(runs):
                # That takes a second while others work, and of a large site as much memory as one of these.
                if len(ids) < LARGE:
                    put_together()
                else:
                    work.last.append(put_together)

        for run in runs:
            work.add(_piece(maker, language, run), take, run[-1])
        if not runs:
            put_together()  # pages of a commons without entries ask too, and are told that there is nothing

    def _again(self, maker: Maker, language: str, past: Past) -> None:
        members = frozenset(_members(maker))
        there = [id_ for id_ in sorted(past.changed) if id_ in members]
        gone = [id_ for id_ in sorted(past.changed) if id_ not in members]
        documents = map(documenter(maker.commons, maker.context, language), there)
        change = index.update(self._db, language, documents, gone, fresh=False, names=_names(maker, language))
        made = {one.path: one for one in map(maker.folder.put, change.files)}
        maker.product.take(made.get(path) or past.made[path] for path in change.paths)


@contextmanager
def _usable() -> Iterator[None]:
    """A disk that fails may give anything; who made a mistake here meets it in the build from nothing that follows."""
    try:
        yield
    except Exception as problem:
        raise Unusable(str(problem)) from problem


def _names(maker: Maker, language: str) -> FacetNames:
    context = maker.context
    return facet_names(desk_of(maker.commons.plain, context, context.speakers[language]))


def _members(maker: Maker) -> Iterator[str]:
    commons = maker.commons.plain
    yield from commons.listed
    yield from (f"article/{slug}" for slug in sorted(commons.stories))


def _piece(maker: Maker, language: str, ids: list[str]) -> Callable[[], bytes]:
    return lambda: index.segment(list(map(documenter(maker.commons, maker.context, language), ids)), language)
