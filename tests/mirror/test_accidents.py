"""Killed at any moment, a full disk, one that vanishes or may only be read: the old copy or the new one is whole, and little is fetched twice."""

from __future__ import annotations

import datetime
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from tests.mirror.hostile import serving
from tests.mirror.signed import DAY, Commons
from tests.running import environment, tree

from auzolan.mirror import place as places
from auzolan.mirror import taking
from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.place import Place
from auzolan.mirror.syncing import Synced, sync
from auzolan.mirror.verifying import verify
from auzolan.model.errors import AuzolanError

KILLS = int(os.environ.get("AUZOLAN_KILLS", "12"))
"""Of each sort, a half over http."""
SEED = int(os.environ.get("AUZOLAN_SEED", "1"))


def files(chance: random.Random, before: dict[str, bytes]) -> dict[str, bytes]:
    """A site, of which a third is as it was."""
    kept = {path: data for path, data in before.items() if chance.random() < 0.35}
    made = {
        f"{chance.randint(0, 9)}/{chance.randint(0, 10**6)}.html": chance.randbytes(chance.randint(0, 20_000))
        for _ in range(25)
    }
    return {**kept, **made, "large.bin": chance.randbytes(1_500_000), "index.html": chance.randbytes(900)}


def synced(place: Place, origin: str) -> Synced:
    with closing(carrier_of(origin, patience(60, 0))) as carrier:
        return sync(place, carrier, DAY)


def missing(place: Place, wanted: dict[str, bytes], before: dict[str, bytes]) -> int:
    """Bytes that are neither in the copy before nor have come; where the new copy is there, none."""
    state = place.state()
    there = [place.staging] + ([place.current(state)] if state else []) + list(place.copies.glob("*"))
    have = {
        path
        for path, data in wanted.items()
        if data in before.values() or any((one / path).is_file() and (one / path).read_bytes() == data for one in there)
    }
    parts = [one.stat().st_size for one in place.incoming.glob("*")] if place.incoming.is_dir() else []
    return max(0, sum(len(data) for path, data in wanted.items() if path not in have) - sum(parts))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.parametrize("carrier", ["folder", "http"])
def test_killed_at_any_moment(tmp_path: Path, carrier: str) -> None:
    chance, commons, place = random.Random(SEED), Commons(), Place(tmp_path / "mirror")
    old = files(chance, {})
    with serving(tmp_path / "site") as server:
        origin = str(tmp_path / "site") if carrier == "folder" else server.address
        commons.copy(tmp_path / "site", old, 1)
        began = time.monotonic()
        synced(place, origin)
        lasts, outcomes = time.monotonic() - began, set()
        shown = tree(tmp_path / "site")
        for serial in range(2, 2 + max(1, KILLS // 2)):
            new = files(chance, old)
            commons.copy(tmp_path / "site", new, serial)
            wanted = tree(tmp_path / "site")
            for _ in range(chance.randint(1, 3)):
                _killed(lambda: synced(place, origin), chance.random() * lasts * 1.5)
                state = place.state()
                assert state, (SEED, serial)
                copy = tree(place.current(state))
                assert copy in (shown, wanted), (SEED, serial)
                # Web servers follow the link, which may be a breath behind.
                assert tree(place.root / "site") in (shown, wanted), (SEED, serial)
                assert verify(place.root, Folder(place.current(state)), DAY, lambda *_: None).is_whole
                outcomes.add(copy == wanted)
            left = missing(place, new, old)
            told = synced(place, origin)
            assert told.fetched_bytes <= 1.1 * left, (SEED, serial, told, left)
            assert tree(place.root / "site") == wanted and len(list(place.copies.iterdir())) == 1
            assert sorted(one.name for one in place.root.iterdir()) == ["copies", "site", "state.json"]
            old, shown = new, wanted
    if KILLS >= 100:
        assert outcomes == {True, False}


def _killed(do: Callable[[], object], after: float) -> None:
    """Does it in a process of its own, which is killed after so many seconds."""
    child = os.fork()
    if not child:
        try:
            do()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("step", range(8))
def test_killed_between_any_two_steps_of_the_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """The last breath of a sync, step by step: what a kill there would leave is taken up by the next."""
    commons, place = Commons(), Place(tmp_path / "mirror")
    commons.copy(tmp_path / "site", {"index.html": b"1", "old.html": b"old"}, 1)
    synced(place, str(tmp_path / "site"))
    before = tree(tmp_path / "site")
    commons.copy(tmp_path / "site", {"index.html": b"2"}, 2)
    wanted, count = tree(tmp_path / "site"), [0]

    class Killed(BaseException):
        """As by a signal that nobody catches."""

    def counted(do: Callable[..., object]) -> Callable[..., object]:
        def done(*arguments: object, **more: object) -> object:
            if count[0] == step:
                raise Killed
            count[0] += 1
            return do(*arguments, **more)

        return done

    with monkeypatch.context() as patch:
        for name in ("rename", "replace", "symlink_to"):
            patch.setattr(Path, name, counted(getattr(Path, name)))
        patch.setattr(places, "remove", counted(places.remove))
        try:
            synced(place, str(tmp_path / "site"))
        except Killed:
            state = place.state()
            assert state and tree(place.current(state)) in (before, wanted)
            assert tree(place.root / "site") in (before, wanted)
    assert synced(place, str(tmp_path / "site")).fetched_bytes <= 1
    assert tree(place.root / "site") == wanted
    assert [one.name for one in place.copies.iterdir()] == [place.state().copy]  # type: ignore[union-attr]


@pytest.mark.parametrize("room", [0, 10_000, 1_000_000])
def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """By a layer that counts bytes, which needs no right to mount anything."""
    chance, commons, place = random.Random(SEED), Commons(), Place(tmp_path / "mirror")
    old = files(chance, {})
    commons.copy(tmp_path / "site", old, 1)
    synced(place, str(tmp_path / "site"))
    before = tree(place.root / "site")
    new = files(chance, old)
    commons.copy(tmp_path / "site", new, 2)
    rest, real = [room], taking.write_all

    def write(out: object, piece: bytes) -> None:
        real(out, piece[: rest[0]])  # type: ignore[arg-type]
        rest[0] -= len(piece)
        if rest[0] < 0:
            rest[0] = 0
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(taking, "write_all", write)
        with pytest.raises(AuzolanError, match="cannot be written: No space left on device") as told:
            synced(place, str(tmp_path / "site"))
    assert "make room" in told.value.hint and tree(place.root / "site") == before
    left = missing(place, new, old)
    assert synced(place, str(tmp_path / "site")).fetched_bytes <= 1.1 * left
    assert tree(place.root / "site") == tree(tmp_path / "site")


_ON_A_DISK = """
import json, os, subprocess, sys
root = sys.argv[1]
disk = root + "/disk"
def run(*command):
    return subprocess.run(command, capture_output=True, text=True)
def mount(size, how="remount"):
    done = run("mount", *(["-o", f"remount,{size}", disk] if how else ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk]))
    if done.returncode:
        print(json.dumps({"cannot": done.stderr})); sys.exit(0)
def auzolan(*arguments):
    done = run(sys.executable, "-m", "auzolan", "mirror", *arguments)
    return [done.returncode, done.stdout + done.stderr]
os.makedirs(disk)
mount("20m", "")
told = {"first": auzolan("sync", root + "/one", disk)}
used = os.statvfs(disk)
mount(f"size={(used.f_blocks - used.f_bfree) * used.f_frsize + 400_000}")
told["full"] = auzolan("sync", root + "/two", disk)
told["after_full"] = auzolan("verify", disk)
mount("size=20m,ro")
told["read_only"] = auzolan("sync", root + "/two", disk)
told["after_read_only"] = auzolan("verify", disk)
mount("size=20m,rw")
told["again"] = auzolan("sync", root + "/two", disk, "--json")
told["after_again"] = auzolan("verify", disk)
run("umount", disk)
print(json.dumps(told))
"""


def test_a_small_disk(tmp_path: Path) -> None:
    """A real one, in a namespace of its own, where this user may make one."""
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk may be mounted here; test_a_disk_that_is_full counts bytes instead")
    chance, commons = random.Random(SEED), Commons()
    old = files(chance, {})
    commons.copy(tmp_path / "one", old, 1, fresh_days=36_500)
    new = files(chance, old)
    commons.copy(tmp_path / "two", new, 2, fresh_days=36_500)
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", _ON_A_DISK, str(tmp_path)], capture_output=True, text=True, env=environment(), check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    if "cannot" in told:
        pytest.skip(
            f"no disk may be mounted here ({told['cannot'].strip()}); test_a_disk_that_is_full counts bytes instead"
        )
    assert told["first"][0] == 0, told["first"]
    assert told["full"][0] == 2 and "No space left on device" in told["full"][1] and "make room" in told["full"][1]
    assert told["read_only"][0] == 2 and "it is mounted for reading only" in told["read_only"][1]
    for after in ("after_full", "after_read_only"):
        assert told[after][0] == 0 and "edition 1 of Our commons" in told[after][1], told[after]
    assert told["again"][0] == 0
    fetched = json.loads(told["again"][1])["fetched"]["bytes"]
    changed = sum(len(data) for path, data in new.items() if old.get(path) != data)
    assert 0 < fetched < changed, "what had come was kept"
    assert told["after_again"][0] == 0 and "edition 2 of Our commons" in told["after_again"][1]


def test_a_target_that_vanishes(tmp_path: Path) -> None:
    """A disk that is pulled out meanwhile: it is told, and what was on it is whole."""
    chance, commons, place = random.Random(SEED), Commons(), Place(tmp_path / "mirror")
    old = files(chance, {})
    commons.copy(tmp_path / "site", old, 1)
    synced(place, str(tmp_path / "site"))
    before = tree(place.root / "site")
    new = files(chance, old)
    commons.copy(tmp_path / "site", new, 2)
    gone = threading.Event()

    class Vanishing(Folder):
        """While the first file is fetched."""

        def fetch(self, path: str, start: int, most: int):  # type: ignore[no-untyped-def]
            if path in new and not gone.is_set():
                gone.set()
                place.root.rename(tmp_path / "elsewhere")
            return super().fetch(path, start, most)

    with pytest.raises(AuzolanError, match="cannot be written") as told:
        sync(place, Vanishing(tmp_path / "site"), DAY + datetime.timedelta(days=1))
    assert "is the disk still there?" in told.value.hint
    moved = Place(tmp_path / "elsewhere")
    assert tree(moved.root / "site") == before
    shutil.rmtree(place.root, ignore_errors=True)
    assert synced(moved, str(tmp_path / "site")).changed
    assert tree(moved.root / "site") == tree(tmp_path / "site")


def test_an_origin_that_vanishes(tmp_path: Path) -> None:
    commons, place = Commons(), Place(tmp_path / "mirror")
    commons.copy(tmp_path / "site", {"index.html": b"1"}, 1)
    with serving(tmp_path / "site") as server:
        synced(place, server.address)
        address = server.address
    before = tree(place.root / "site")
    for origin in (address, str(tmp_path / "pulled-out")):
        with pytest.raises(AuzolanError):
            synced(place, origin)
        assert tree(place.root / "site") == before


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root writes everywhere; test_a_small_disk mounts one that may only be read"
)
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    commons, place = Commons(), Place(tmp_path / "mirror")
    commons.copy(tmp_path / "site", {"index.html": b"1"}, 1)
    synced(place, str(tmp_path / "site"))
    commons.copy(tmp_path / "site", {"index.html": b"2"}, 2)
    place.root.chmod(0o500)
    with pytest.raises(AuzolanError, match="may you write there"):
        synced(place, str(tmp_path / "site"))
    place.root.chmod(0o700)
    assert (place.root / "site" / "index.html").read_bytes() == b"1"
