"""What is put on a shelf is there again, in whatever process, on whatever disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.ledger import shelf as module
from auzolan.ledger.shelf import Shelf, Shelved
from auzolan.ledger.store import packed
from auzolan.work import elsewhere, side_by_side


@given(runs=st.lists(st.lists(st.binary(max_size=40), max_size=5), max_size=8), room=st.sampled_from((0, 30, 1000)))
def test_every_value_comes_back(runs: list[list[bytes]], room: int) -> None:
    shelf = Shelf()
    shelf._room = room
    places = [(place, data) for run in runs for place, data in zip(shelf.put(run), run, strict=True)]
    assert [shelf.get(place) for place, _ in places] == [data for _, data in places]
    shelf.close()


def test_the_file_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed leaves nothing behind."""
    monkeypatch.setattr(module, "ROOM", 0)
    folder = tmp_path / "cache"
    shelf = Shelf(folder)
    (place,) = shelf.put([b"seed"])
    assert folder.is_dir()
    assert not list(folder.iterdir())
    assert shelf.get(place) == b"seed"


@pytest.mark.parametrize("where", ["a file", "nowhere at all"])
def test_without_a_folder_it_lies_elsewhere(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 0)
    (tmp_path / "cache").write_text("")
    if where == "nowhere at all":

        def refuse(**_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    shelf = Shelf(tmp_path / "cache")
    places = [shelf.put([data])[0] for data in (b"one", b"two")]
    assert [shelf.get(place) for place in places] == [b"one", b"two"]


class Short:
    """A file on a disk that takes the first half of everything, and says so."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def seek(self, offset: int) -> None:
        self.file.seek(offset)

    def write(self, data: bytes) -> int:
        return int(self.file.write(data[: len(data) // 2]))


def test_a_disk_with_room_for_half_of_it_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 0)
    shelf = Shelf(tmp_path)
    (first,) = shelf.put([b"first"])
    kept = shelf._file
    shelf._file = Short(kept)  # type: ignore[assignment]
    (second,) = shelf.put([b"second"])
    shelf._file = kept
    (third,) = shelf.put([b"third"])
    assert [shelf.get(place) for place in (first, second, third)] == [b"first", b"second", b"third"]


def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 0)
    shelf = Shelf(tmp_path)
    (first,) = shelf.put([b"first"])
    full = os.open("/dev/full", os.O_RDWR) if Path("/dev/full").exists() else None
    if full is None:
        pytest.skip("there is no /dev/full here")
    kept = shelf._file
    with os.fdopen(full, "r+b", buffering=0) as device:
        shelf._file = device
        (second,) = shelf.put([b"second"])
        shelf._file = kept
    (third,) = shelf.put([b"third"])
    assert [shelf.get(place) for place in (first, second, third)] == [b"first", b"second", b"third"]


def test_values_by_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ROOM", 20)
    shelf = Shelf()
    values: Shelved[dict[str, int]] = Shelved(shelf, 2)
    shelf.number("abc")
    values.put({"b": packed({"n": 1}), "a": packed({"n": 2}), "z": packed({})})
    assert list(values) == ["a", "b", "z"], "in the order in which ids were numbered"
    values.put({"y": packed({})})
    assert list(values) == ["a", "b", "z", "y"]
    others: Shelved[dict[str, int]] = Shelved(shelf)
    assert (list(others), "a" in others) == ([], False)
    assert values["a"] is values["a"] == {"n": 2}
    assert (len(values), "c" in values, values.get("c"), values.get("unknown")) == (4, False, None, None)
    values.put({"a": packed({"n": 3})})
    assert values["a"] == {"n": 3}
    assert values.packed("a") == packed({"n": 3})
    with pytest.raises(KeyError):
        values["c"]


def test_forked_processes_read_what_was_put_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each at its own place, although they share one file."""
    monkeypatch.setattr(module, "ROOM", 100)
    shelf = Shelf()
    texts = [str(number).encode() * 7 for number in range(200)]
    places = shelf.put(texts[:150]) + shelf.put(texts[150:])
    told = dict(side_by_side(lambda number: [shelf.get(place) for place in places[number::4]], 4, 4))
    assert [told[number] for number in range(4)] == [texts[number::4] for number in range(4)]


def test_another_process_puts_and_this_one_goes_on(tmp_path: Path) -> None:
    """What it tells comes without what is on the shelf, and is read there."""
    shelf = Shelf(tmp_path)
    assert shelf.settle()
    before = shelf.put([b"before"])[0]
    assert shelf.settle()

    def made() -> tuple[bytes, int]:
        values: Shelved[str] = Shelved(shelf)
        values.put({"a": packed("a" * 100_000)})
        assert shelf.settle()
        return shelf.told([values, values])

    told = elsewhere(made)
    assert len(told[0]) < 1000
    one, other = shelf.heard(told)
    assert one is other and one["a"] == "a" * 100_000
    after = shelf.put([b"after"])[0]
    assert (shelf.get(before), shelf.get(after), one["a"][:3]) == (b"before", b"after", "aaa")


def test_where_no_disk_has_room_nothing_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    shelf = Shelf()
    shelf.put([b"late"])
    assert not shelf.settle()
