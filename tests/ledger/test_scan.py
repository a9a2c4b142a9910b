"""Files are told apart by their times where these can be trusted, by their bytes where not."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from auzolan.ledger import scan
from auzolan.ledger.scan import RACE, RACY, Changes, compare, digest_of, look

LATER = 10 * RACE


def seen(root: Path) -> dict[str, scan.Seen]:
    """What a build long after the last change would remember."""
    return {path: (told, digest_of(path)) for path, told in look([root], time.time_ns() + LATER).items()}


def changes(root: Path, before: dict[str, scan.Seen], *, read_all: bool = False) -> Changes:
    found = compare(before, look([root], time.time_ns() + LATER), read_all=read_all)[1]
    return Changes(*(tuple(Path(path).name for path in paths) for paths in (found.changed, found.gone)))


def test_new_other_and_gone(tmp_path: Path) -> None:
    for name in ("same", "other", "gone"):
        (tmp_path / name).write_text(name)
    before = seen(tmp_path)
    assert not changes(tmp_path, before)
    (tmp_path / "other").write_text("OTHER")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("new")
    assert changes(tmp_path, before) == Changes(("new", "other"), ("gone",))


def test_a_touch_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    before = seen(tmp_path)
    os.utime(tmp_path / "a", ns=(1, 1))
    assert not changes(tmp_path, before)


def test_other_bytes_with_the_size_and_time_of_before(tmp_path: Path) -> None:
    """As `cp -p` and `rsync -t` leave them: the time of the change itself cannot be set."""
    (tmp_path / "a").write_text("one")
    os.utime(tmp_path / "a", ns=(1, 1))
    before = seen(tmp_path)
    time.sleep(0.02)
    (tmp_path / "a").write_text("two")
    os.utime(tmp_path / "a", ns=(1, 1))
    assert (tmp_path / "a").stat().st_mtime_ns == 1
    assert changes(tmp_path, before) == Changes(("a",), ())


def test_another_file_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    before = seen(tmp_path)
    (tmp_path / "b").write_text("two")
    (tmp_path / "b").replace(tmp_path / "a")
    assert changes(tmp_path, before) == Changes(("a",), ())


@pytest.mark.parametrize("times", [None, (1, 1)])
def test_a_file_that_was_just_written_is_not_trusted(tmp_path: Path, times: tuple[int, int] | None) -> None:
    place = tmp_path / "a"
    place.write_text("one")
    if times:
        os.utime(place, ns=times)  # its content may be new all the same
    told = look([tmp_path], time.time_ns())
    assert told == {str(place): RACY}
    before = {str(place): (RACY, digest_of(str(place)))}
    assert not compare(before, look([tmp_path], time.time_ns() + LATER))[1]
    assert not compare(before, look([tmp_path], time.time_ns()))[1]
    place.write_text("two")
    for now in (time.time_ns(), time.time_ns() + LATER):
        assert compare(before, look([tmp_path], now))[1].changed == (str(place),)


def test_a_file_of_the_future_is_read_each_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    os.utime(tmp_path / "a", (2**33, 2**33))
    assert set(look([tmp_path], time.time_ns() + LATER).values()) == {RACY}


def test_everything_is_read_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    (path, (told, _)), = seen(tmp_path).items()  # fmt: skip
    assert not changes(tmp_path, {path: (told, "0" * 64)})
    assert changes(tmp_path, {path: (told, "0" * 64)}, read_all=True).changed == ("a",)


def test_what_is_passed_over(tmp_path: Path) -> None:
    for name in (".git/a", ".hidden", "a/.hidden/b", "a/b/c", "node_modules/a"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    seen = [str(tmp_path / name) for name in ("a/b/c", "node_modules/a")]
    assert sorted(look([tmp_path, tmp_path / "missing"], 0)) == seen
    hidden = [str(tmp_path / name) for name in (".hidden", "a/.hidden/b")]
    assert sorted(look([tmp_path], 0, [tmp_path])) == [*hidden, *seen]


def test_a_folder_that_cannot_be_looked_into_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b").write_text("x")
    before = seen(tmp_path)
    scandir = os.scandir

    def refused(path: str) -> object:
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert changes(tmp_path, before) == Changes(("a",), ("b",))


def test_links_and_devices_are_there_and_have_no_digest(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("x")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "broken").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    found = seen(tmp_path)
    assert {Path(path).name: bool(digest) for path, (_, digest) in found.items()} == {
        "real": True, "link": False, "broken": False, "pipe": False,
    }  # fmt: skip
    assert not changes(tmp_path, found)


def test_links_are_followed_where_that_is_asked_for_and_never_in_a_circle(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "theme", tmp_path / "elsewhere"
    root.mkdir()
    elsewhere.mkdir()
    (elsewhere / "a.html").write_text("x")
    (elsewhere / "back").symlink_to(root)
    (root / "folder").symlink_to(elsewhere)
    (root / "file.html").symlink_to(elsewhere / "a.html")
    (root / "broken").symlink_to("nowhere")
    assert {Path(path).name for path in look([root], 0)} == {"folder", "file.html", "broken"}
    found = look([root], time.time_ns() + LATER, [root])
    assert {str(Path(path).relative_to(root)) for path in found} >= {"folder/a.html", "file.html", "broken"}
    before = {path: (told, digest_of(path)) for path, told in found.items()}
    (elsewhere / "a.html").write_text("other")
    changed = compare(before, look([root], time.time_ns() + LATER, [root]))[1].changed
    assert {str(Path(path).relative_to(root)) for path in changed} >= {"folder/a.html", "file.html"}


def test_a_root_may_be_a_file_or_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/a").write_text("x")
    (tmp_path / "root").symlink_to("real")
    assert list(look([tmp_path / "root"], 0)) == [str(tmp_path / "root/a")]
    assert list(look([tmp_path / "real/a"], 0)) == [str(tmp_path / "real/a")]
