"""All links, host by host and side by side: what is asked, what is known already, and what an interruption leaves."""

from __future__ import annotations

import datetime
import threading

import pytest

from auzolan.links.asking import Outcome
from auzolan.links.hosts import Clock
from auzolan.links.memory import Seen
from auzolan.links.survey import NoNetwork, survey

NOW = datetime.datetime(2026, 11, 29, tzinfo=datetime.UTC)
CLOCK = Clock(now=lambda: NOW)
FINE = Outcome("ok", status=200)
UNREACHED = Outcome("failing", "cannot be reached", remote=False)


def quiet(done: int, of: int) -> None:
    return None


def test_only_what_is_not_known_is_asked() -> None:
    asked: list[tuple[str, bool]] = []
    known = {"https://a.example/": Seen("2026-11-28", "ok"), "https://b.example/": Seen("2026-01-01", "ok"),
             "https://other.example/": Seen("2026-01-01", "ok")}  # fmt: skip
    told: list[tuple[int, int]] = []
    urls = {"https://a.example/": False, "https://b.example/": False, "https://c.example/": True}
    count, seen = survey(urls, known, lambda url, me: asked.append((url, me)) or FINE, CLOCK, 2, False,
                         lambda *at: told.append(at))  # type: ignore[func-returns-value]  # fmt: skip
    assert sorted(asked) == [("https://b.example/", False), ("https://c.example/", True)]
    assert count == 2 and told == [(1, 2), (2, 2)]
    assert {url: one.on for url, one in seen.items()} == {
        "https://a.example/": "2026-11-28", "https://b.example/": "2026-11-29", "https://c.example/": "2026-11-29",
    }  # fmt: skip
    assert "https://other.example/" in known and "https://other.example/" not in seen


def test_hosts_are_asked_side_by_side_and_a_host_in_turn() -> None:
    meeting = threading.Barrier(3, timeout=10)
    running: dict[str, int] = {}

    def ask(url: str, me: bool) -> Outcome:
        host = url.split("/")[2]
        running[host] = running.get(host, 0) + 1
        assert running[host] == 1
        meeting.wait()
        running[host] -= 1
        return FINE

    urls = {f"https://{host}.example/{n}": False for host in "abc" for n in range(4)}
    count, _ = survey(urls, {}, ask, CLOCK, 3, False, quiet)
    assert count == 12


def test_what_was_learnt_before_an_interruption_is_known() -> None:
    known: dict[str, Seen] = {}

    def ask(url: str, me: bool) -> Outcome:
        if "stop" in url:
            raise KeyboardInterrupt
        return FINE

    with pytest.raises(KeyboardInterrupt):
        survey({"https://a.example/1": False, "https://a.example/stop": False}, known, ask, CLOCK, 1, False, quiet)
    assert list(known) == ["https://a.example/1"]


def test_where_nothing_can_be_reached_it_is_our_network() -> None:
    known = {"https://a.example/": Seen("2026-01-01", "ok")}
    urls = {f"https://{host}.example/": False for host in "abc"}
    with pytest.raises(NoNetwork):
        survey(urls, known, lambda url, me: UNREACHED, CLOCK, 2, False, quiet)
    assert known == {"https://a.example/": Seen("2026-01-01", "ok")}
    few = {"https://a.example/": False, "https://b.example/": False}
    assert survey(few, {}, lambda url, me: UNREACHED, CLOCK, 2, False, quiet)[0] == 2
    one_answers = survey(urls, {}, lambda url, me: FINE if "//b" in url else UNREACHED, CLOCK, 2, False, quiet)
    assert [one.state for one in one_answers[1].values()] == ["failing", "ok", "failing"]


def test_nothing_to_ask() -> None:
    assert survey({}, {}, lambda url, me: FINE, CLOCK, 8, False, quiet) == (0, {})


def test_a_fault_at_one_address_costs_no_other_its_answer() -> None:
    def ask(url: str, me: bool) -> Outcome:
        if "bad" in url:
            raise ZeroDivisionError("nobody thought of this")
        return FINE

    urls = {"https://a.example/bad": False, "https://a.example/good": False}
    _, seen = survey(urls, {}, ask, CLOCK, 2, False, quiet)
    assert {url: one.state for url, one in seen.items()} == {
        "https://a.example/bad": "unusable",
        "https://a.example/good": "ok",
    }
    assert "a fault of Auzolan's: ZeroDivisionError" in seen["https://a.example/bad"].words
