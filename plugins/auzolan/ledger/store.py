"""A path comes in; a store of named values goes out, which one build writes and the next one reads.

It is one SQLite file under the site's `.cache/auzolan/`. What lies in it is unpickled, so it is read only where this
user's own build wrote it: beside it, in the user's cache folder, stands what the file looked like when it was last
written. A file that came with a copy or a repository, was damaged, or was written by a build that was killed, looks
otherwise, and counts as none.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import pickle
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

FORMAT = "auzolan-ledger/2"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS kept (kind TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, sum INTEGER NOT NULL, "
    "PRIMARY KEY (kind, id))"
)


class Unusable(Exception):
    """The store cannot be read or written; the message says why."""


class Store:
    """Values by kind and id. Everything since it was opened is one transaction of the process that opened it: `commit`
    keeps all of it, anything else none. Forked processes may read what was kept before.

    Whoever opens one to write closes it, whatever happens: a connection that lives on until nobody refers to it any more
    takes the journal of a later one along."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._owner = 0
        self._connection: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._process = 0

    @classmethod
    def open(cls, path: Path, *, new: bool) -> Store:
        """The store at `path`, to be written; emptied where `new` is asked for. Raises Unusable."""
        store = cls(path)
        if new:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                for leftover in (path, path.with_name(path.name + "-journal")):
                    leftover.unlink(missing_ok=True)
            except OSError as problem:
                raise Unusable(str(problem)) from problem
        store.own()
        return store

    def own(self) -> None:
        """Makes this process the one that writes. Raises Unusable."""
        try:
            connection = sqlite3.connect(self.path, isolation_level=None)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_TABLE)
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem
        self._connection, self._owner, self._process = connection, os.getpid(), os.getpid()

    def lend(self) -> None:
        """Gives up writing, so that a process forked after this can own it; this one can read on."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._owner = None, 0

    @property
    def connection(self) -> sqlite3.Connection:
        """An open connection of this process: to write in the one that owns the store, to read in others."""
        if self._connection is None or self._process != os.getpid():
            # A connection must not be used, nor closed, in a process forked after it was opened.
            # That would take back what the other process has written, and its journal.
            self._inherited = self._connection
            self._connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
            self._process = os.getpid()
        return self._connection

    def get(self, kind: str, id_: str = "") -> Any:
        """A value, or None. Raises Unusable where it cannot be read."""
        data = self.get_packed(kind, id_)
        return None if data is None else unpacked(data)

    def get_packed(self, kind: str, id_: str = "") -> bytes | None:
        """A value as `packed` left it, or None. Raises Unusable."""
        try:
            row = self.connection.execute(
                "SELECT data, sum FROM kept WHERE kind = ? AND id = ?", (kind, id_)
            ).fetchone()
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem
        return None if row is None else _sound(kind, id_, *row)

    def all(self, kind: str) -> Iterator[tuple[str, bytes]]:
        """Every id of a kind with its packed value, for `unpacked`."""
        try:
            for id_, data, told in self.connection.execute("SELECT id, data, sum FROM kept WHERE kind = ?", (kind,)):
                yield id_, _sound(kind, id_, data, told)
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem

    def put(self, kind: str, id_: str, value: Any) -> None:
        """Keeps a value; plain ones are quicker to read again."""
        self.put_packed(kind, [(id_, packed(value))])

    def put_packed(self, kind: str, values: Iterable[tuple[str, bytes]]) -> None:
        """Keeps many values of a kind that `packed` has packed."""
        self.put_rows((kind, id_, data) for id_, data in values)

    def put_rows(self, rows: Iterable[tuple[str, str, bytes]]) -> None:
        """Keeps values that `packed` has packed, each with its kind and id."""
        try:
            self.connection.executemany(
                "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)",
                ((kind, id_, data, _sum(kind, id_, data)) for kind, id_, data in rows),
            )
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem

    def drop(self, kind: str, ids: Iterable[str]) -> None:
        """Forgets values."""
        try:
            self.connection.executemany("DELETE FROM kept WHERE kind = ? AND id = ?", ((kind, id_) for id_ in ids))
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem

    def kinds(self) -> tuple[str, ...]:
        """All kinds of what is kept, sorted."""
        found: list[str] = []
        try:
            while row := self.connection.execute(
                "SELECT min(kind) FROM kept WHERE kind > ?", found[-1:] or [""]
            ).fetchone():
                if row[0] is None:
                    break
                found.append(row[0])
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem
        return tuple(found)

    def count(self, kind: str) -> int:
        """How many values of a kind there are."""
        try:
            found: int = self.connection.execute("SELECT count(*) FROM kept WHERE kind = ?", (kind,)).fetchone()[0]
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem
        return found

    def drop_kind(self, kind: str) -> None:
        """Forgets all values of a kind."""
        try:
            self.connection.execute("DELETE FROM kept WHERE kind = ?", (kind,))
        except sqlite3.Error as problem:
            raise Unusable(str(problem)) from problem

    def commit(self) -> None:
        """Keeps everything, and says what the file looks like now. Raises Unusable."""
        try:
            self.connection.execute("COMMIT")
            self.lend()
            witness = _witness(self.path)
            witness.parent.mkdir(parents=True, exist_ok=True)
            temporary = witness.with_name(f"{witness.name}.{os.getpid()}")
            temporary.write_text(looks_of(self.path), "utf-8")
            temporary.replace(witness)
        except (OSError, sqlite3.Error) as problem:
            raise Unusable(str(problem)) from problem

    def close(self) -> None:
        """Lets go of the file, and of everything since `open`."""
        self.lend()


def is_ours(path: Path) -> bool:
    """Whether the store at `path` is as this user's last build left it."""
    try:
        return not path.with_name(path.name + "-journal").exists() and _witness(path).read_text("utf-8") == looks_of(
            path
        )
    except (OSError, UnicodeDecodeError, Unusable):
        return False


def _sum(kind: str, id_: str, data: bytes) -> int:
    return zlib.crc32(data, zlib.crc32(f"{kind}\0{id_}".encode()))


def _sound(kind: str, id_: str, data: Any, told: object) -> bytes:
    """What a row holds, where it is what was put there: a disk that fails may give something else. Raises Unusable."""
    if not isinstance(data, bytes) or _sum(kind, id_, data) != told:
        raise Unusable(f"{kind} {id_} is not what was put there")
    return data


def packed(value: Any) -> bytes:
    """A value as bytes: marshal's where it is plain, else pickle's."""
    try:
        return b"m" + marshal.dumps(value)
    except ValueError:
        return b"p" + pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes) -> Any:
    """The value again. Raises Unusable."""
    try:
        return _loads(data)
    except Exception as problem:
        raise Unusable(str(problem)) from problem


def _loads(data: bytes) -> Any:
    return marshal.loads(memoryview(data)[1:]) if data[:1] == b"m" else pickle.loads(memoryview(data)[1:])


def looks_of(path: Path) -> str:
    """What tells this state of the file from all others. Raises OSError where there is none."""
    told = path.lstat()
    return f"{FORMAT} {told.st_ino} {told.st_size} {told.st_mtime_ns} {told.st_ctime_ns}\n"


def own_folder(site: Path | None) -> Path | None:
    """The user's own cache folder, which nobody else writes into and no copy of the site at `site` brings along; made where
    it is not there. None where there is no such folder."""
    try:
        told = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    except RuntimeError:  # this user has no home
        return None
    # The XDG specification has relative paths ignored; and a folder of the site's own may come with the site.
    if not told.is_absolute() or (site is not None and told.resolve().is_relative_to(site.resolve())):
        return None
    folder = told / "auzolan"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
    except OSError:
        return None
    if hasattr(os, "geteuid") and (state.st_uid != os.geteuid() or state.st_mode & 0o022):
        return None
    return folder


def _witness(path: Path) -> Path:
    """Where is noted what the store at `path` looks like. Raises Unusable."""
    folder = own_folder(None)
    if folder is None:
        raise Unusable("this user has no cache folder of their own")
    return folder / hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:32]
