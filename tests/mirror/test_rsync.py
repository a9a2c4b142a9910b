"""A copy behind rsync: what differs is brought, judged by its bytes, and no link comes along."""

from __future__ import annotations

import datetime
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.mirror.signed import DAY, FILES, Commons, put
from tests.running import tree

from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import Unreachable, patience
from auzolan.mirror.carriers.rsync import Rsync
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused
from auzolan.mirror.syncing import Synced, sync
from auzolan.model.errors import AuzolanError

pytestmark = pytest.mark.skipif(shutil.which("rsync") is None, reason="there is no rsync")
NEW = {**FILES, "index.html": b"<h1>Home, again</h1>", "new.html": b"<h1>New</h1>"}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A daemon of rsync that gives out `site`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "rsyncd.conf").write_text(
        f"use chroot = no\nlog file = {tmp_path}/log\n[commons]\npath = {tmp_path}/site\nread only = yes\n"
    )
    daemon = subprocess.Popen(
        [
            "rsync",
            "--daemon",
            "--no-detach",
            "--address=127.0.0.1",
            f"--port={port}",
            f"--config={tmp_path}/rsyncd.conf",
        ]
    )
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"rsync://127.0.0.1:{port}/commons"
    finally:
        daemon.terminate()
        daemon.wait()


def synced(address: str, place: Place, seconds: float = 60) -> Synced:
    with closing(carrier_of(address, patience(seconds, 0))) as carrier:
        return sync(place, carrier, DAY + datetime.timedelta(days=1))


def test_what_differs_is_brought(tmp_path: Path, address: str) -> None:
    commons, place = Commons(), Place(tmp_path / "mirror")
    commons.copy(tmp_path / "site")
    assert synced(address, place).fetched == len(FILES)
    assert tree(place.root / "site") == tree(tmp_path / "site")
    edition = commons.copy(tmp_path / "site", NEW, 2)
    commons.fresh(tmp_path / "site", edition, 1)
    told = synced(address, place)
    assert (told.fetched, told.fetched_bytes) == (2, len(NEW["index.html"]) + len(NEW["new.html"]))
    assert tree(place.root / "site") == tree(tmp_path / "site")
    assert not synced(address, place).changed
    assert sorted(one.name for one in place.root.iterdir()) == ["copies", "site", "state.json"]


def _huge(site: Path) -> None:
    with (site / "new.html").open("ab") as file:
        file.truncate(1 << 32)


def _link(site: Path) -> None:
    (site / "new.html").unlink()
    (site / "new.html").symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("spoil", "threats"),
    [
        (lambda site: put(site, {"new.html": b"<h1>Old</h1>"}), ["tampered"]),
        (lambda site: put(site, {"edition.json": b"{}"}), ["malformed"]),
        (lambda site: put(site, {"SHA256SUMS": b"x"}), ["sums"]),
        (_huge, ["missing", "endless"]),
        (_link, ["missing", "symlink"]),
    ],
    ids=["file", "edition", "sums", "huge", "link"],
)
def test_what_is_not_what_was_signed_is_refused(
    tmp_path: Path, address: str, spoil: Callable[[Path], None], threats: list[str]
) -> None:
    commons, place = Commons(), Place(tmp_path / "mirror")
    commons.copy(tmp_path / "site")
    synced(address, place)
    before = tree(place.root / "site")
    commons.copy(tmp_path / "site", NEW, 2)
    spoil(tmp_path / "site")
    with pytest.raises(Refused) as told:
        synced(address, place)
    assert told.value.threat in threats and tree(place.root / "site") == before
    commons.copy(tmp_path / "site", NEW, 3)
    assert synced(address, place).changed


def test_who_does_not_answer(tmp_path: Path, address: str) -> None:
    place = Place(tmp_path / "mirror")
    with pytest.raises(Unreachable, match="rsync does not reach"):
        synced(address.replace("/commons", "/other"), place)
    with pytest.raises(Refused, match="was not done in the time"):
        synced(address, place, seconds=0)


@pytest.mark.parametrize("address", ["-e sh/::x", "--rsh=sh:x", "rsync://a\n/x"])
def test_what_rsync_would_take_for_an_option(address: str) -> None:
    with pytest.raises(AuzolanError):
        Rsync(address, patience(1, 0))


def test_without_rsync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AuzolanError, match="there is no rsync"):
        carrier_of("box.example::commons", patience(1, 0))
