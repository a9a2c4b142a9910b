"""A mirror follows: what is unchanged is linked, what has come is kept, an old copy catches up."""

from __future__ import annotations

import datetime
import os
from contextlib import closing
from pathlib import Path

import pytest
from tests.mirror.hostile import Answering, serving
from tests.mirror.signed import DAY, FILES, Commons, list_path, put, write
from tests.running import tree

from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import Unreachable, patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.carriers.web import Web
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused
from auzolan.mirror.state import STATE, state_data, state_of
from auzolan.mirror.statements import FRESHNESS
from auzolan.mirror.syncing import Synced, sync
from auzolan.mirror.verifying import Verified, verify
from auzolan.model.errors import AuzolanError

NEW = {**FILES, "index.html": b"<h1>Home, again</h1>", "new.html": b"<h1>New</h1>"}


def synced(
    origin: str | Path, place: Place, days: int = 1, keep: int = 0, pinned: str = "", dry_run: bool = False
) -> Synced:
    with closing(carrier_of(str(origin), patience(60, 0))) as carrier:
        return sync(place, carrier, DAY + datetime.timedelta(days=days), keep=keep, pinned=pinned, dry_run=dry_run)


def verified(where: Path) -> Verified:
    return verify(where, Folder(where / "site" if (where / STATE).exists() else where), DAY, lambda *_: None)


@pytest.fixture
def commons() -> Commons:
    return Commons()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "mirror")


def test_a_copy_is_what_it_is_a_copy_of(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    told = synced(tmp_path / "site", place)
    assert told.first and told.fetched == len(FILES)
    assert tree(place.root / "site") == tree(tmp_path / "site")
    assert sorted(one.name for one in place.root.iterdir()) == ["copies", "site", STATE]
    assert verified(place.root).is_whole


def test_a_mirror_of_a_mirror(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    other = Place(tmp_path / "other")
    synced(place.root, other)
    assert tree(other.root / "site") == tree(tmp_path / "site")


def test_what_is_unchanged_is_linked_after_it_was_read(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    old = place.root / "site" / "static" / "style.css"
    number, spoilt = old.stat().st_ino, place.root / "site" / "data" / "all.json"
    spoilt.write_bytes(spoilt.read_bytes().replace(b"entries", b"Entries"))
    commons.copy(tmp_path / "site", NEW, 2)
    told = synced(tmp_path / "site", place)
    assert (told.fetched, told.linked) == (3, len(NEW) - 3)
    assert (place.root / "site" / "static" / "style.css").stat().st_ino == number
    assert verified(place.root).is_whole


def test_where_there_are_no_links_files_are_copied(
    tmp_path: Path, commons: Commons, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    monkeypatch.setattr(Path, "symlink_to", none)
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    commons.copy(tmp_path / "site", NEW, 2)
    assert synced(tmp_path / "site", place).fetched == 2
    state = place.state()
    assert state and not (place.root / "site").exists()
    assert tree(place.current(state)) == tree(tmp_path / "site")


def test_a_file_that_moved_is_not_fetched(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    commons.copy(
        tmp_path / "site",
        {"moved/here.json" if path == "data/all.json" else path: data for path, data in FILES.items()},
        2,
    )
    assert synced(tmp_path / "site", place).fetched == 0


def test_older_copies_are_kept_where_that_is_asked_for(tmp_path: Path, commons: Commons, place: Place) -> None:
    for serial in (1, 2, 3, 4):
        commons.copy(tmp_path / "site", {**FILES, "n.html": b"%d" % serial}, serial)
        synced(tmp_path / "site", place, keep=2)
    assert sorted(one.name[:1] for one in place.copies.iterdir()) == ["2", "3", "4"]
    commons.copy(tmp_path / "site", FILES, 5)
    synced(tmp_path / "site", place)
    assert [one.name[:1] for one in place.copies.iterdir()] == ["5"]


def test_a_dry_run_writes_nothing(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    told = synced(tmp_path / "site", place, dry_run=True)
    assert told.changed and told.fetched == len(FILES) and not place.root.exists()
    synced(tmp_path / "site", place)
    before = tree(place.root)
    commons.copy(tmp_path / "site", NEW, 2)
    told = synced(tmp_path / "site", place, dry_run=True)
    assert (told.fetched, tree(place.root)) == (2, before)


def test_a_copy_three_years_and_five_lists_old_catches_up(tmp_path: Path, commons: Commons, place: Place) -> None:
    pinned = commons.trust.digest
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place, pinned=pinned)
    people = ["anna", "berta", "carla", "dolors", "emma", "fina", "gemma", "helena"]
    for year in range(5):
        commons.change(people[year + 1 : year + 4], by=people[year + 1 : year + 3])
    commons.copy(tmp_path / "site", NEW, 40, days=1_100)
    told = synced(tmp_path / "site", place, days=1_101, pinned=pinned)
    assert told.proven.trust.version == 6 and told.proven.signed == ("fina", "gemma")
    # And whoever begins with this mirror walks the same way, from the first list on.
    other = Place(tmp_path / "other")
    assert synced(place.root, other, days=1_101, pinned=pinned).proven.trust.version == 6
    assert tree(other.root / "site") == tree(tmp_path / "site")
    with pytest.raises(Refused, match="is not the one that was asked for"):
        synced(tmp_path / "site", place, days=1_101, pinned="0" * 64)


def test_a_mirror_that_has_lost_its_copy_gets_it_again(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    commons.change(["anna", "berta", "dolors"])
    commons.copy(tmp_path / "site", FILES, 2)
    synced(tmp_path / "site", place)
    state = place.state()
    assert state
    for one in sorted(place.current(state).rglob("*"), reverse=True):
        one.rmdir() if one.is_dir() else one.unlink()
    place.current(state).rmdir()
    assert synced(tmp_path / "site", place).changed
    assert tree(place.root / "site") == tree(tmp_path / "site")


def test_a_newer_statement_of_freshness_is_taken_alone(tmp_path: Path, commons: Commons, place: Place) -> None:
    edition = commons.copy(tmp_path / "site")
    with serving(tmp_path / "site") as server:
        synced(server.address, place)
        commons.fresh(tmp_path / "site", edition, 40)
        server.asked.clear()
        told = synced(server.address, place, days=41)
        assert told.changed and not told.fetched and not set(server.asked) & {"SHA256SUMS", *FILES}
    assert (place.root / "site" / FRESHNESS).read_bytes() == (tmp_path / "site" / FRESHNESS).read_bytes()
    assert verified(place.root).is_whole


def test_a_sync_goes_on_in_the_middle_of_a_file(tmp_path: Path, commons: Commons, place: Place) -> None:
    large = os.urandom(3_000_000)
    commons.copy(tmp_path / "site", {**FILES, "large.bin": large})

    def breaks_off(one: Answering) -> None:
        one.begin(200, Content_Length=str(len(large)))
        one.wfile.write(large[:2_000_000])
        one.close_connection = True

    with serving(tmp_path / "site") as server:
        server.odd["large.bin"] = breaks_off
        with pytest.raises(Unreachable, match=r"broke off in the middle of `large\.bin`"):
            synced(server.address, place)
        assert place.state() is None and max(one.stat().st_size for one in place.incoming.iterdir()) == 2_000_000
        server.odd.clear()
        server.sent = 0
        told = synced(server.address, place)
        assert told.fetched_bytes <= 1_000_000 + sum(map(len, FILES.values()))
        assert (place.root / "site" / "large.bin").read_bytes() == large
        assert not place.incoming.exists()


@pytest.mark.parametrize("ranges", [True, False])
def test_what_came_before_and_is_wrong_is_fetched_anew(
    tmp_path: Path, commons: Commons, place: Place, ranges: bool
) -> None:
    large = os.urandom(600_000)
    commons.copy(tmp_path / "site", {"large.bin": large})
    with serving(tmp_path / "site") as server:
        server.odd["large.bin"] = lambda one: (one.begin(200, Connection="close"), one.wfile.write(b"x" * 300_000))[0]
        with pytest.raises(Refused):
            synced(server.address, place)
        server.odd["large.bin"] = lambda one: (
            one.begin(200, Content_Length="600000"),
            one.wfile.write(b"x" * 300_000),
            setattr(one, "close_connection", True),
        )[0]  # type: ignore[func-returns-value]
        with pytest.raises(Unreachable):
            synced(server.address, place)
        server.odd.clear()
        server.ranges = ranges
        assert synced(server.address, place).changed
    assert (place.root / "site" / "large.bin").read_bytes() == large


def test_a_connection_that_the_server_closes_is_opened_again(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    with serving(tmp_path / "site") as server:
        server.odd["404.html"] = lambda one: (
            one.answer(200, FILES["404.html"]),
            setattr(one, "close_connection", True),
        )[0]  # type: ignore[func-returns-value]
        assert synced(server.address, place).fetched == len(FILES)


def test_a_server_that_is_not_well(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    with serving(tmp_path / "site") as server:
        for odd in (
            lambda one: one.answer(503, b""), lambda one: one.wfile.write(b"SSH-2.0\r\n"), lambda one: one.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\nX" * 9_000),
            lambda one: one.answer(206, b"x", Content_Range="bytes 5-9/9"),
        ):  # fmt: skip
            server.odd["*"] = odd
            with pytest.raises(Unreachable) as told:
                synced(server.address, place)
            assert place.state() is None and "Traceback" not in str(told.value)
        address = server.address
    with pytest.raises(Unreachable, match="does not answer as it should"):
        synced(address, place)


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://a b/",
        "http://user:secret@box.example/",
        "http://box.example/?x=1",
        "http://box.example:99999/",
        "http://[::1/",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(AuzolanError):
        Web(address, patience(1, 0))


def test_what_is_no_place(tmp_path: Path) -> None:
    with pytest.raises(AuzolanError, match="there is no copy at"):
        carrier_of(str(tmp_path / "nowhere"), patience(1, 0))
    write(tmp_path / "a", {"no.zip": b"PK no"})
    with pytest.raises(AuzolanError, match="cannot be read as a zip"):
        carrier_of(str(tmp_path / "a" / "no.zip"), patience(1, 0))


def test_a_folder_of_others_is_no_mirror(tmp_path: Path, commons: Commons) -> None:
    commons.copy(tmp_path / "site")
    put(tmp_path / "home", {"thesis.txt": b"years of work"})
    with pytest.raises(AuzolanError, match="is no mirror, and holds other files"):
        synced(tmp_path / "site", Place(tmp_path / "home"))


def test_one_at_a_time(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    place.make()
    with place.alone(), pytest.raises(AuzolanError, match="is being synced or repaired already"):
        synced(tmp_path / "site", place)
    assert synced(tmp_path / "site", place).changed


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:50],
        lambda data: b"",
        lambda data: data.replace(b'"copy": "', b'"copy": "../'),
        lambda data: data.replace(b"threshold", b"Threshold"),
    ],
)
def test_a_damaged_state_is_told(tmp_path: Path, commons: Commons, place: Place, change: object) -> None:
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    file = place.root / STATE
    file.write_bytes(change(file.read_bytes()))  # type: ignore[operator]
    with pytest.raises(AuzolanError) as told:
        synced(tmp_path / "site", place)
    assert "begin anew" in told.value.hint


def test_a_state_is_what_it_was(tmp_path: Path, commons: Commons, place: Place) -> None:
    commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    state = place.state()
    assert state and state_of(state_data(state)) == state


def test_a_trust_list_that_changes_alone_is_taken(tmp_path: Path, commons: Commons, place: Place) -> None:
    edition = commons.copy(tmp_path / "site")
    synced(tmp_path / "site", place)
    commons.change(["anna", "berta", "dolors"])
    put(tmp_path / "site", commons.statements(edition, ["anna", "dolors"]))
    (tmp_path / "site" / "edition.json.berta.sig").unlink()
    assert synced(tmp_path / "site", place).changed
    assert (place.root / "site" / list_path(2)).exists()
    assert tree(place.root / "site") == tree(tmp_path / "site")
