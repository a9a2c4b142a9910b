"""A full disk, a damaged memory, folders that cannot be written: the next build makes the site as if nothing had happened."""

from __future__ import annotations

import errno
import os
import pickle
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.grown import Grown, beginning, differences, leftovers, settings_file
from tests.running import auzolan

from auzolan import write
from auzolan.ledger import store as stores
from auzolan.pipeline.memory import place_of

ENTRY = "name: Aa\nsummary: They {}.\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grown:
    """A small commons, built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    made = grown(tmp_path / "site")
    assert not made.build().refused
    return made


def grown(root: Path) -> Grown:
    made = Grown(root)
    made.become(beginning())
    made.write("directory/cooperatives/aa.yaml", ENTRY.format("grow"))
    made.write("directory/tools/aa.yaml", "name: Ledger\nsummary: A book.\n")
    return made


def edit(site: Grown) -> None:
    site.write("directory/cooperatives/aa.yaml", ENTRY.format("reap"))


def holds(site: Grown, *whys: str) -> None:
    """Builds, and holds that the site is what it should be, and that it was made for one of these reasons."""
    told = site.build()
    why = site.why
    assert not told.refused, told.words
    expected_told, expected = site.fresh()
    assert told.findings == expected_told.findings
    assert not (found := differences(site.made(), expected)), found
    assert not leftovers(site.root)
    assert why in whys
    assert site.build() == told and site.why == "nothing changed"


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


@pytest.mark.parametrize("seed", range(24))
def test_a_memory_that_was_damaged_and_looks_as_it_did(site: Grown, seed: int) -> None:
    """As by a disk that fails: what was written is read as something else."""
    place, chance = place_of(site.settings()).store, random.Random(seed)
    (_shorter if seed % 4 == 0 else _some_bytes)(place, chance)
    stores._witness(place).write_text(stores.looks_of(place))
    edit(site)
    assert not site.build().refused and site.why != "nothing changed"
    assert not (found := differences(site.made(), site.fresh()[1])), found


def test_a_memory_of_another_site(site: Grown, tmp_path: Path) -> None:
    other = grown(tmp_path / "other")
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
    holds(moved, "it is the first build")


class _Full:
    """A disk on which there is room for so many bytes more."""

    def __init__(self, room: int) -> None:
        self.room = room

    def open(self, *arguments: Any, **more: Any) -> Any:
        file = open(*arguments, **more)  # noqa: PTH123, SIM115
        return _FullFile(file, self) if "w" in str(arguments[1:]) else file


class _FullFile:
    def __init__(self, file: Any, disk: _Full) -> None:
        self._file, self._disk = file, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: Any) -> int:
        self._disk.room -= len(data)
        if self._disk.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return int(self._file.write(data))


@pytest.mark.parametrize("room", [0, 20_000, 200_000, 1_000_000, 1_500_000])
def test_a_disk_that_is_full(site: Grown, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    site.write("pelicanconf.py", settings_file("Another name, which stands on all pages"))
    with monkeypatch.context() as patch:
        patch.setattr(write, "open", _Full(room).open, raising=False)
        told = site.build()
    assert told.refused and "cannot be written: No space left on device" in told.words
    holds(site, "the last build did not finish")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[Path, int], bool]]:
    """Mounts a disk of so many bytes at a folder, where this user may."""
    mounted: list[Path] = []

    def mount(folder: Path, size: int) -> bool:
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
        )
        if done.returncode == 0:
            mounted.append(folder)
        return done.returncode == 0

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="there is no mount")
@pytest.mark.parametrize("size", [100_000, 1_000_000, 2_000_000])
@pytest.mark.parametrize("where", ["output", ".cache", "own"])
def test_a_small_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_disk: Callable[[Path, int], bool], size: int, where: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    site = grown(tmp_path / "site")
    disk = tmp_path / "own" if where == "own" else site.root / where
    if not small_disk(disk, size):
        pytest.skip("only root may mount a disk")
    told = site.build(jobs=2)
    if told.refused:  # where there is no room to note what is written, nothing is
        assert "cannot be written: No space left on device" in told.words
    else:  # without a memory, where there is no room for one
        assert where != "output" and not (found := differences(site.made(), site.fresh()[1])), found
    subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
    edit(site)
    assert not site.build().refused
    assert not (found := differences(site.made(), site.fresh()[1])), found
    assert not leftovers(site.root)
    assert not site.build().refused and site.why == "nothing changed"


def test_a_memory_that_cannot_be_written_is_the_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    site = grown(tmp_path / "site")
    (site.root / ".cache").write_text("no folder")
    assert not site.build().refused and site.why == "it is the first build"
    assert not site.build().refused and site.why == "nothing changed"
    edit(site)
    assert not site.build().refused and site.why == ""
    assert not (found := differences(site.made(), site.fresh()[1])), found


def test_where_nothing_can_be_noted_nothing_is_written(tmp_path: Path) -> None:
    site = grown(tmp_path / "site")
    (site.root / ".cache").write_text("no folder")
    (tmp_path / "own").write_text("no folder")
    done = auzolan("build", cwd=site.root, XDG_CACHE_HOME=str(tmp_path / "own"))
    assert done.returncode == 2
    assert "cannot be written: " in done.stderr and str(tmp_path / "own") in done.stderr
    assert not site.made()


@pytest.mark.parametrize("output", ["README.md", "README.md/output", "directory/tools/aa.yaml/output"])
def test_an_output_folder_that_cannot_be(tmp_path: Path, output: str) -> None:
    site = grown(tmp_path / "site")
    done = auzolan("build", "-o", output, cwd=site.root, XDG_CACHE_HOME=str(tmp_path / "own"))
    assert done.returncode == 2, done.stderr
    assert f"{site.root / output} cannot be written: " in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
@pytest.mark.parametrize("folder", ["output", ".cache"])
def test_folders_that_may_not_be_written(site: Grown, folder: str) -> None:
    edit(site)
    (site.root / folder).chmod(0o500)
    told = site.build()
    (site.root / folder).chmod(0o700)
    assert told.refused == (folder == "output")
    assert not site.build().refused
    assert not (found := differences(site.made(), site.fresh()[1])), found
