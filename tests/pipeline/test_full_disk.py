"""A full disk, folders that cannot be written: a build says so, and the next makes the site as if nothing had happened."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.grown import Grown, differences, leftovers, settings_file
from tests.pipeline.small import edit, holds, small
from tests.running import auzolan

from auzolan.write import folder as folders


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


@pytest.mark.parametrize("room", [0, 20_000, 1_500_000])
def test_a_disk_that_is_full(site: Grown, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    site.write("pelicanconf.py", settings_file("Another name, which stands on all pages"))
    with monkeypatch.context() as patch:
        patch.setattr(folders, "open", _Full(room).open, raising=False)
        told = site.build()
    assert told.refused and "cannot be written: No space left on device" in told.words
    holds(site, "the last build did not finish")


def test_a_build_that_is_refused_leaves_no_memory_open(begun: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next build of this process, as in `auzolan serve`, would lose its own when the open one is let go."""
    monkeypatch.setattr("auzolan.pipeline.build.can_fork", lambda: False)
    before = _open_memories()  # of other tests, which the collector has not met yet
    with monkeypatch.context() as patch:
        patch.setattr(folders, "open", _Full(20_000).open, raising=False)
        assert begun.build().refused
    assert not [one for one in _open_memories() if one not in before]


def _open_memories() -> list[sqlite3.Connection]:
    return [one for one in gc.get_objects() if isinstance(one, sqlite3.Connection) and _is_in_use(one)]


def _is_in_use(one: sqlite3.Connection) -> bool:
    try:
        return one.in_transaction
    except sqlite3.ProgrammingError:  # it was closed, and the collector has not met it yet
        return False


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
@pytest.mark.parametrize("size", [100_000, 1_500_000])
@pytest.mark.parametrize("where", ["output", ".cache", "own"])
def test_a_small_disk(begun: Grown, own: Path, small_disk: Callable[[Path, int], bool], size: int, where: str) -> None:
    site = begun
    disk = own if where == "own" else site.root / where
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


def test_a_memory_that_cannot_be_written_is_the_users(begun: Grown) -> None:
    site = begun
    (site.root / ".cache").write_text("no folder")
    assert not site.build().refused and site.why == "it is the first build"
    assert not site.build().refused and site.why == "nothing changed"
    edit(site)
    assert not site.build().refused and site.why == ""
    assert not (found := differences(site.made(), site.fresh()[1])), found


def test_where_nothing_can_be_noted_everything_is_made_each_time(tmp_path: Path) -> None:
    site = small(tmp_path / "site")
    (site.root / ".cache").write_text("no folder")
    (tmp_path / "own").write_text("no folder")
    for written in ("written", "nothing changed"):
        done = auzolan("build", cwd=site.root, XDG_CACHE_HOME=str(tmp_path / "own"))
        assert done.returncode == 0 and written in done.stderr, done.stderr
    assert site.made() and not leftovers(site.root)


@pytest.mark.parametrize("output", ["README.md", "README.md/output"])
def test_an_output_folder_that_cannot_be(tmp_path: Path, output: str) -> None:
    site = small(tmp_path / "site")
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
