"""What an index is made of flows into tables of the build's state and out of them again, language by language."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auzolan.index.making.segments import Entry

_TABLES = """
CREATE TABLE IF NOT EXISTS search_total (language TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_document (
    number INTEGER PRIMARY KEY, language TEXT, id TEXT, shown TEXT, kept BLOB, UNIQUE (language, id));
CREATE TABLE IF NOT EXISTS search_run (
    number INTEGER PRIMARY KEY, language TEXT, sort TEXT, first TEXT, last TEXT, items BLOB, UNIQUE (language, sort, first));
CREATE TABLE IF NOT EXISTS search_shard (
    language TEXT, sort TEXT, first TEXT, published BLOB, PRIMARY KEY (language, sort, first)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS search_file (
    language TEXT, path TEXT, hash BLOB, PRIMARY KEY (language, path)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Totals:
    """`documents` counts, for each weight, the documents with a text of that weight, `words` the words of that field;
    `facets`, for each value of a facet (its stem) and kind, the documents that have it; `ids` is the digest of the ids;
    `sizes` tells by what rule the runs were cut."""

    documents: Mapping[float, int]
    words: Mapping[float, int]
    facets: Mapping[tuple[str, str], int]
    ids: bytes
    sizes: Mapping[str, tuple[int, int]]


class Store:
    """The tables `search_…` in an open connection, for one language. Nothing is committed here.

    Documents are kept with what is shown of them and their words. A *run* is what one shard is published from: of sort
    "d" (form, stem, number) triples, of sort "p" items (postings.py); it is found by its first form or stem.
    """

    def __init__(self, db: sqlite3.Connection, language: str) -> None:
        self._db = db
        self._language = language
        for statement in _TABLES.split(";\n"):
            db.execute(statement)

    def clear(self) -> None:
        """Forgets all but which files were published."""
        for table in ("search_total", "search_document", "search_run", "search_shard"):
            self._db.execute(f"DELETE FROM {table} WHERE language = ?", (self._language,))

    def _all(self, sql: str, *values: Any) -> list[Any]:
        return self._db.execute(sql, (self._language, *values)).fetchall()

    def totals(self) -> Totals:
        """The totals, of nothing where there are none."""
        for (data,) in self._all("SELECT data FROM search_total WHERE language = ?"):
            return Totals(*marshal.loads(data))
        return Totals({}, {}, {}, b"", {})

    def keep_totals(self, totals: Totals) -> None:
        """Replaces the totals."""
        counts = (dict(totals.documents), dict(totals.words), dict(totals.facets))
        data = marshal.dumps((*counts, totals.ids, dict(totals.sizes)))
        self._db.execute("INSERT OR REPLACE INTO search_total VALUES (?, ?)", (self._language, data))

    def ids(self) -> list[str]:
        """The ids of all documents, in order."""
        return [id_ for (id_,) in self._all("SELECT id FROM search_document WHERE language = ? ORDER BY id")]

    def kept(self, id_: str) -> bytes | None:
        """The words of one document, None where it is unknown."""
        found = self._all("SELECT kept FROM search_document WHERE language = ? AND id = ?", id_)
        return bytes(found[0][0]) if found else None

    def shown(self, start: int, count: int) -> list[str]:
        """What is shown of `count` documents from the one with the number `start` on."""
        sql = "SELECT shown FROM search_document WHERE language = ? ORDER BY id LIMIT ? OFFSET ?"
        return [text for (text,) in self._all(sql, count, start)]

    def every_shown(self) -> Iterator[str]:
        """What is shown of all documents, in the order of their ids."""
        sql = "SELECT shown FROM search_document WHERE language = ? ORDER BY id"
        return (text for (text,) in self._db.execute(sql, (self._language,)))

    def add(self, entries: Iterable[Entry]) -> None:
        """Adds documents. Raises ValueError where one of that id is there."""
        rows = ((self._language, entry.id, entry.shown, entry.kept) for entry in entries)
        sql = "INSERT INTO search_document (language, id, shown, kept) VALUES (?, ?, ?, ?)"
        try:
            self._db.executemany(sql, rows)
        except sqlite3.IntegrityError as reason:
            raise ValueError("two documents have the same id") from reason

    def remove(self, ids: Iterable[str]) -> None:
        """Removes documents."""
        sql = "DELETE FROM search_document WHERE language = ? AND id = ?"
        self._db.executemany(sql, ((self._language, id_) for id_ in ids))

    def firsts(self, sort: str) -> list[str]:
        """The first form or stem of each run, in order."""
        sql = "SELECT first FROM search_run WHERE language = ? AND sort = ? ORDER BY first"
        return [first for (first,) in self._all(sql, sort)]

    def ends(self, sort: str) -> list[tuple[str, str]]:
        """The first and the last form or stem of each run, in order."""
        return self._all("SELECT first, last FROM search_run WHERE language = ? AND sort = ? ORDER BY first", sort)

    def shards(self, sort: str) -> dict[str, bytes]:
        """The first form or stem of each run that has not changed since its shard was published → what as."""
        return dict(self._all("SELECT first, published FROM search_shard WHERE language = ? AND sort = ?", sort))

    def run(self, sort: str, first: str) -> list[Any]:
        """The items of a run."""
        sql = "SELECT items FROM search_run WHERE language = ? AND sort = ? AND first = ?"
        found: list[Any] = marshal.loads(self._all(sql, sort, first)[0][0])
        return found

    def keep_run(self, sort: str, items: Sequence[Any]) -> None:
        """Adds a run; it is not published."""
        sql = "INSERT INTO search_run (language, sort, first, last, items) VALUES (?, ?, ?, ?, ?)"
        # Version 2 of marshal: later ones depend on who else holds a value, and share what is equal by chance.
        self._db.execute(sql, (self._language, sort, items[0][0], items[-1][0], marshal.dumps(list(items), 2)))

    def published(self, sort: str, first: str, as_: bytes) -> None:
        """Remembers what the shard of a run was published as."""
        sql = "INSERT OR REPLACE INTO search_shard VALUES (?, ?, ?, ?)"
        self._db.execute(sql, (self._language, sort, first, as_))

    def drop_run(self, sort: str, first: str) -> None:
        """Removes a run."""
        for table in ("search_run", "search_shard"):
            sql = f"DELETE FROM {table} WHERE language = ? AND sort = ? AND first = ?"
            self._db.execute(sql, (self._language, sort, first))

    def files(self) -> dict[str, bytes]:
        """Path → hash of every published file."""
        return dict(self._all("SELECT path, hash FROM search_file WHERE language = ?"))

    def keep_files(self, hashes: Mapping[str, bytes], gone: Iterable[str]) -> None:
        """Remembers the hashes of published files, and forgets those that are gone."""
        rows = ((self._language, path, hash_) for path, hash_ in hashes.items())
        self._db.executemany("INSERT OR REPLACE INTO search_file VALUES (?, ?, ?)", rows)
        sql = "DELETE FROM search_file WHERE language = ? AND path = ?"
        self._db.executemany(sql, ((self._language, path) for path in gone))
