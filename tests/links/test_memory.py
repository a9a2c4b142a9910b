"""What is kept between runs: for how long, since when, and how little is believed of the file."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from auzolan.links.asking import Outcome
from auzolan.links.memory import FORMAT, Seen, is_fresh, load_memory, remembered, save_memory

DAY = datetime.date(2026, 11, 29)
NOON = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
URL = "https://a.example/"


def days(count: int) -> datetime.timedelta:
    return datetime.timedelta(days=count)


def test_what_was_fine_is_asked_again_after_a_week() -> None:
    seen = remembered(Outcome("ok", status=200), None, DAY)
    assert is_fresh(seen, NOON + days(6), False, False)
    assert not is_fresh(seen, NOON + days(7), False, False)
    assert not is_fresh(seen, NOON, False, True)
    assert not is_fresh(None, NOON, False, False)
    assert not is_fresh(seen, NOON - days(1), False, False), "the clock was wrong once"


def test_what_failed_is_asked_again_the_next_day() -> None:
    seen = remembered(Outcome("failing", "answers with 503", 503), None, DAY)
    assert is_fresh(seen, NOON, False, False)
    assert not is_fresh(seen, NOON + days(1), False, False)


def test_a_page_into_which_nobody_looked_is_asked_where_it_matters() -> None:
    seen = remembered(Outcome("ok", status=200), None, DAY)
    assert not is_fresh(seen, NOON, True, False)
    assert is_fresh(remembered(Outcome("ok", status=200, me=()), None, DAY), NOON, True, False)


def test_who_wants_to_be_left_alone_is_whatever_is_asked_for() -> None:
    until = NOON + days(3)
    seen = remembered(Outcome("later", "x", 429, until=until), None, DAY)
    assert is_fresh(seen, NOON + days(2), True, True)
    assert not is_fresh(seen, NOON + days(4), False, False)


def test_failures_are_counted_by_the_day() -> None:
    gone = Outcome("gone", "answers with 404", 404)
    first = remembered(gone, None, DAY)
    assert (first.since, first.times) == ("2026-11-29", 1)
    assert remembered(gone, first, DAY).times == 1
    second = remembered(gone, first, DAY + days(8))
    assert (second.since, second.times, second.on) == ("2026-11-29", 2, "2026-12-07")
    assert remembered(Outcome("failing"), second, DAY + days(9)).times == 3
    waiting = remembered(Outcome("later", until=NOON), second, DAY + days(9))
    assert (waiting.since, waiting.times) == ("2026-11-29", 2)
    assert remembered(Outcome("ok"), second, DAY + days(9)).times == 0


def test_it_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "links.json"
    known = {
        URL: Seen("2026-11-29", "ok", status=200, me=("https://b.example/",)),
        "https://ü.example/": Seen("2026-11-28", "gone", "answers with 404", 404, since="2026-11-01", times=2),
        "https://c.example/": Seen("2026-11-28", "ok", me=()),
        "https://d.example/": Seen("2026-11-28", "later", until="2026-12-01T00:00:00+00:00"),
    }
    save_memory(path, known)
    assert load_memory(path) == (known, "")
    assert [one.name for one in path.parent.iterdir()] == ["links.json"]
    before = path.read_bytes()
    save_memory(path, dict(reversed(known.items())))
    assert path.read_bytes() == before


def test_no_file_yet_is_nothing_to_tell(tmp_path: Path) -> None:
    assert load_memory(tmp_path / "links.json") == ({}, "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is damaged"),
        (b"\xff\xfe", "it is damaged"),
        (b"{", "it is damaged"),
        (b"[" * 100_000, "it is damaged"),
        (b"[]", "it is none of ours"),
        (b"{}", "it is none of ours"),
        (b'{"format": "other/1", "links": {}}', "it is none of ours"),
        (json.dumps({"format": FORMAT, "links": []}).encode(), "it is none of ours"),
    ],
)
def test_a_damaged_file_is_left_aside(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "links.json"
    path.write_bytes(data)
    assert load_memory(path) == ({}, said)


@pytest.mark.parametrize(
    "one",
    [
        None, 7, [], {}, {"on": "2026-11-29"}, {"on": "soon", "state": "ok"}, {"on": "2026-11-29", "state": "splendid"},
        {"on": "2026-11-29", "state": "ok", "status": "200"}, {"on": "2026-11-29", "state": "ok", "times": -1},
        {"on": "2026-11-29", "state": "ok", "me": "x"}, {"on": "2026-11-29", "state": "ok", "me": [7]},
        {"on": "2026-11-29", "state": "gone", "since": "once"}, {"on": "2026-11-29", "state": "later", "until": "2026-12-01"},
        {"on": "2026-11-29", "state": "ok", "words": "x" * 5_000}, {"on": "2026-11-29", "state": "ok", "times": True},
    ],
)  # fmt: skip
def test_what_has_not_the_right_shape_is_left_out(tmp_path: Path, one: object) -> None:
    path = tmp_path / "links.json"
    good = {"on": "2026-11-29", "state": "ok"}
    path.write_text(json.dumps({"format": FORMAT, "links": {"https://bad.example/": one, URL: good}}))
    assert load_memory(path) == ({URL: Seen("2026-11-29", "ok")}, "")
