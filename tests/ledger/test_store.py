"""The store: all of a build or nothing of it is kept, and only what this user's own build left is read."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.ledger import tables
from auzolan.ledger.same import same
from auzolan.ledger.store import Store, Unusable, is_ours, own_folder, packed, unpacked
from auzolan.ledger.tables import get_table, put_table
from auzolan.model.dates import PartialDate


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a store with one value lies."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    place = tmp_path / "site" / "store.sqlite"
    store = Store.open(place, new=True)
    store.put("kind", "id", {"a": 1})
    store.commit()
    store.close()
    return place


def test_what_was_kept_is_there(path: Path) -> None:
    assert is_ours(path)
    store = Store(path)
    assert store.get("kind", "id") == {"a": 1}
    assert store.get("kind", "other") is None and store.kinds() == ("kind",)
    store.close()
    assert is_ours(path), "reading changes nothing"


def test_without_commit_nothing_is_kept(path: Path) -> None:
    store = Store.open(path, new=False)
    store.put("kind", "id", "other")
    store.put("more", "id", "other")
    assert store.get("kind", "id") == "other"
    store.close()
    assert is_ours(path)
    assert Store(path).get("kind", "id") == {"a": 1}


def test_what_was_dropped_is_gone(path: Path) -> None:
    store = Store.open(path, new=False)
    store.put_packed("many", ((str(n), packed(n)) for n in range(5)))
    store.drop("many", ["1", "3", "no such"])
    store.commit()
    assert dict(Store(path).all("many")) == {str(n): packed(n) for n in (0, 2, 4)}


def test_a_new_store_is_empty(path: Path) -> None:
    store = Store.open(path, new=True)
    assert store.get("kind", "id") is None and store.kinds() == ()
    store.close()
    assert not is_ours(path)


def test_it_can_be_lent_to_a_fork_that_owns_it_then(path: Path) -> None:
    store = Store.open(path, new=False)
    store.lend()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            store.own()
            store.put("kind", "id", "of the fork")
            store.commit()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(pid, 0)[1] == 0
    assert is_ours(path) and store.get("kind", "id") == "of the fork"
    store.close()


def test_a_fork_reads_what_was_kept_before(path: Path) -> None:
    store = Store.open(path, new=False)
    store.put("kind", "id", "not kept yet")
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = 0 if store.get("kind", "id") == {"a": 1} else 2
        finally:
            os._exit(status)
    assert os.waitpid(pid, 0)[1] == 0
    assert store.get("kind", "id") == "not kept yet"
    store.close()


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "written": lambda path: path.write_bytes(path.read_bytes()),
    "touched": lambda path: os.utime(path, (1, 1)),
    "gone": lambda path: path.unlink(),
    "moved": lambda path: path.rename(path.with_name("other")),
    "copied over": lambda path: (shutil.copy2(path, f"{path}2"), os.replace(f"{path}2", path)),  # noqa: PTH105
    "a link": lambda path: (path.rename(f"{path}2"), path.symlink_to(f"{path}2")),
    "half written": lambda path: path.with_name(f"{path.name}-journal").write_bytes(b""),
}


@pytest.mark.parametrize("change", NOT_OURS)
def test_what_somebody_else_left_is_not_ours(path: Path, change: str) -> None:
    NOT_OURS[change](path)
    assert not is_ours(path)


def test_another_users_is_not_ours(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "of another"))
    assert not is_ours(path)


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\0", b"x" * 5000])
def test_what_is_no_store_is_unusable(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    store = Store(path)
    with pytest.raises(Unusable):
        store.get("kind", "id")
    with pytest.raises(Unusable):
        list(store.all("kind"))
    with pytest.raises(Unusable):
        store.kinds()


@pytest.mark.parametrize("change", ["data = x'6d69'", "id = 'other'", "kind = 'kin'", "sum = 1", "data = 'text'"])
def test_a_value_that_is_not_what_was_put_is_unusable(path: Path, change: str) -> None:
    """As by a disk that fails."""
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE kept SET {change}")
    with pytest.raises(Unusable, match="not what was put there"):
        [Store(path).get(kind, id_) for kind in ("kind", "kin") for id_ in ("id", "other")]
    with pytest.raises(Unusable, match="not what was put there"):
        [*Store(path).all("kind"), *Store(path).all("kin")]


def test_a_fork_that_reads_leaves_the_journal_of_who_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    store = Store.open(tmp_path / "store.sqlite", new=True)
    store.put("kind", "id", 1)
    pid = os.fork()
    if pid == 0:
        try:
            with suppress(Unusable):
                store.get("kind", "id")
            gc.collect()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    store.commit()
    assert is_ours(store.path) and store.get("kind", "id") == 1


def test_what_lies_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "store", tmp_path / "file" / "store"):
        with pytest.raises(Unusable):
            Store.open(place, new=True)
    assert (tmp_path / "store").is_dir() and (tmp_path / "file").is_file()


def test_a_store_that_another_writes_is_unusable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.01}))
    first = Store.open(path, new=False)
    with pytest.raises(Unusable):
        Store.open(path, new=False)
    first.close()


def test_where_the_witness_cannot_be_written_nothing_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path.parent / "no folder").write_text("x")
    store = Store.open(path, new=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(path.parent / "no folder"))
    with pytest.raises(Unusable):
        store.commit()
    assert not is_ours(path)


class Named(NamedTuple):
    """A value that is more than its parts."""

    one: int


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
)


@given(PLAIN | st.builds(Named, st.integers()) | st.builds(PartialDate, st.integers(1, 9)))
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    assert same(unpacked(packed(value)), value)


@pytest.mark.parametrize("data", [b"", b"p", b"m", b"pwords", b"x", packed(Named(1))[:-1], b"p" + pickle.dumps(1)[:-1]])
def test_a_damaged_value_is_unusable(data: bytes) -> None:
    with pytest.raises(Unusable):
        unpacked(data)


@given(st.lists(st.dictionaries(st.integers(0, 40).map(str), st.integers(0, 3)), min_size=1, max_size=6))
def test_a_table_is_what_was_put_last(versions: list[dict[str, int]]) -> None:
    store = Store(Path("unused"))
    store._connection, store._process = sqlite3.connect(":memory:"), os.getpid()
    store.connection.execute("CREATE TABLE kept (kind TEXT, id TEXT, data BLOB, sum INTEGER, PRIMARY KEY (kind, id))")
    before = None
    with patch.object(tables, "PIECE", 2):
        for version in versions:
            put_table(store, "name", version, before)
            before = get_table(store, "name")
            assert before == version


def test_a_table_of_which_a_piece_is_missing_is_unusable(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PIECE", 2)
    store = Store.open(path, new=True)
    put_table(store, "name", {"a": 1, "b": 2, "c": 3}, None)
    assert list(get_table(store, "name")) == ["a", "b", "c"]
    store.drop(f"{tables.WHOLE}name", ["000001"])
    with pytest.raises(Unusable):
        get_table(store, "name")
    store.close()


def test_a_table_that_is_missing_is_unusable(path: Path) -> None:
    with pytest.raises(Unusable):
        get_table(Store(path), "none")


def test_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    site.mkdir()

    def own(cache: str) -> Path | None:
        monkeypatch.setenv("XDG_CACHE_HOME", cache)
        return own_folder(site)

    folder = own(str(tmp_path / "own"))
    assert folder == tmp_path / "own" / "auzolan" and folder.stat().st_mode & 0o077 == 0
    assert own("relative") is None
    assert own(str(site / ".cache")) is None, "it may have come with the site"
    folder.chmod(0o770)
    assert own(str(tmp_path / "own")) is None, "others may write into it"
