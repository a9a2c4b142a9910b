"""A memory that was damaged, or is not ours: the next build makes the site as if nothing had happened."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.grown import Grown, differences
from tests.pipeline.small import ENTRY, edit, holds, small

from auzolan.ledger import store as stores
from auzolan.pipeline.memory import place_of

DAMAGED = "the memory of the last build is damaged, or not ours"
Damage = Callable[[Path, random.Random], object]


def _some_bytes(path: Path, chance: random.Random, how_many: int = 20) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(how_many):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _shorter(path: Path, chance: random.Random) -> None:
    os.truncate(path, chance.randrange(path.stat().st_size))


def _a_folder(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


def _a_link(path: Path, _: random.Random) -> None:
    path.rename(path.with_name("kept"))
    path.symlink_to(path.with_name("kept"))


def _a_copy(path: Path, _: random.Random) -> None:
    shutil.copy2(path, path.with_name("copy"))
    path.with_name("copy").replace(path)


def _nothing(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def _a_journal(path: Path, _: random.Random) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))


DAMAGES: dict[str, Damage] = {
    "bytes": _some_bytes, "shorter": _shorter, "empty": _nothing, "a folder": _a_folder, "a link": _a_link,
    "a copy": _a_copy, "a journal": _a_journal,
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("edited", [True, False])
def test_a_memory_that_was_damaged(site: Grown, damage: str, edited: bool) -> None:
    DAMAGES[damage](place_of(site.settings()).store, random.Random(damage))
    if edited:
        edit(site)
    if damage != "a folder":
        holds(site, DAMAGED)
        return
    for _ in range(2):  # it is not ours to delete: nothing is remembered while it lies there
        assert not site.build().refused and site.why == DAMAGED
        assert not (found := differences(site.made(), site.fresh()[1])), found


@pytest.mark.parametrize("seed", range(int(os.environ.get("AUZOLAN_KILLS", "15")) // 5))
def test_a_memory_that_was_damaged_and_looks_as_it_did(site: Grown, seed: int) -> None:
    """As by a disk that fails: what was written is read as something else."""
    place, chance = place_of(site.settings()).store, random.Random(seed)
    (_shorter if seed % 4 == 0 else _some_bytes)(place, chance)
    stores._witness(place).write_text(stores.looks_of(place))
    edit(site)
    assert not site.build().refused and site.why != "nothing changed"
    assert not (found := differences(site.made(), site.fresh()[1])), found


def test_a_memory_of_another_site(site: Grown, tmp_path: Path) -> None:
    other = small(tmp_path / "other")
    other.write("directory/cooperatives/bb.yaml", ENTRY.format("sow"))
    other.build()
    shutil.copy2(place_of(other.settings()).store, place_of(site.settings()).store)
    holds(site, DAMAGED)


class _Trap:
    def __reduce__(self) -> Any:
        return os.system, ("touch trapped",)


def test_a_memory_from_elsewhere_is_never_unpickled(
    site: Grown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = place_of(site.settings()).store
    with sqlite3.connect(place) as db:
        db.execute("UPDATE kept SET data = ?", (b"p" + pickle.dumps(_Trap()),))
    db.close()
    holds(site, DAMAGED)
    assert not (tmp_path / "trapped").exists()


def test_a_site_that_came_with_its_memory(site: Grown, tmp_path: Path) -> None:
    moved = Grown(tmp_path / "moved", dict(site.files))
    shutil.copytree(site.root, moved.root)
    holds(moved, "nothing is remembered of the last build")
