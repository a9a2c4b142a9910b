"""Manners: one request to a host at a time, with pauses, robots.txt, and what Retry-After asks for."""

from __future__ import annotations

import datetime
import threading

import pytest
from tests.links.misbehaving import answer, serving
from tests.links.test_asking import NOW, Waits, asker

from auzolan.links.asking import Asker
from auzolan.links.hosts import Hosts, Robots, retry_after


def robots(text: str, status: str = "200 OK") -> dict[str, bytes]:
    return {"/robots.txt": answer(status, "Content-Type: text/plain", body=text.encode())}


def test_there_is_a_pause_between_two_requests_to_a_host() -> None:
    waits = Waits()
    hosts = Hosts(waits.clock, 1.0)
    for host in ("a.example", "a.example", "b.example", "a.example"):
        with hosts.turn(host):
            pass
    assert waits.slept == [1.0, 1.0]


def test_a_host_is_asked_by_one_thread_at_a_time() -> None:
    together: list[int] = [0]

    class Counting(Asker):
        """Told here, since a server still closes a connection when the next one comes."""

        def _sent(self, *args: object) -> object:  # type: ignore[override]
            together.append(together[-1] + 1)
            try:
                return super()._sent(*args)  # type: ignore[arg-type]
            finally:
                together.append(together[-1] - 1)

    with serving() as server:
        one = Counting(asker()._manners)
        threads = [threading.Thread(target=one.ask, args=(server.url(f"/{n}"),)) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.asked) == 13 and max(together) == 1


def test_robots_txt_is_asked_first_and_once() -> None:
    with serving(pages=robots("User-agent: *\nDisallow: /here\n")) as server:
        one = asker()
        assert one.ask(server.url("/here")).words == "is closed to programs by the host's robots.txt"
        assert one.ask(server.url("/")).state == "ok"
        assert [request.path for request in server.asked] == ["/robots.txt", "/"]


def test_robots_txt_may_speak_of_us() -> None:
    text = "User-agent: *\nDisallow: /\n\nUser-agent: auzolan-links\nAllow: /\n"
    with serving(pages=robots(text)) as server:
        assert asker().ask(server.url("/here")).state == "ok"
    with serving(pages=robots("User-agent: auzolan-links\nDisallow: /\n")) as server:
        assert asker().ask(server.url("/here")).state == "closed"


def test_a_redirect_leads_to_another_robots_txt() -> None:
    with serving(pages=robots("User-agent: *\nDisallow: /\n")) as closed:
        pages = {"/": answer("301 Moved Permanently", f"Location: http://good.example:{closed.port}/here", body=b"")}
        with serving(pages=pages) as server:
            found = asker().ask(server.url("/"))
            assert found.state == "closed" and "redirects to" in found.words
        assert [request.path for request in closed.asked] == ["/robots.txt"]


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Unauthorized"])
def test_without_a_robots_txt_everything_is_open(status: str) -> None:
    with serving(pages=robots("", status)) as server:
        assert asker().ask(server.url("/here")).state == "ok"


def test_where_robots_txt_fails_nothing_is_asked() -> None:
    with serving(pages=robots("", "500 Internal Server Error")) as server:
        found = asker().ask(server.url("/here"))
        assert (found.state, found.words) == ("failing", "is not asked: its host's robots.txt answers with 500")
        assert {request.path for request in server.asked} == {"/robots.txt"}


def test_a_robots_txt_wants_longer_pauses_within_reason() -> None:
    for wanted, kept in (("3", [3.0]), ("86400", [30.0]), ("soon", [])):
        waits = Waits()
        with serving(pages=robots(f"User-agent: *\nCrawl-delay: {wanted}\n")) as server:
            one = asker(waits)
            assert {one.ask(server.url(path)).state for path in ("/here", "/")} == {"ok"}
        assert waits.slept == kept
    hosts = Hosts(Waits().clock, 1.0)
    hosts.slower("a", 0.5)
    assert hosts._pauses["a"] == 1.0


def test_a_robots_txt_that_is_no_text() -> None:
    for body in (
        "\x00\xff" * 1000,
        "Disallow: /\n" * 10_000,
        "User-agent: *\nDisallow: /%%%\n",
        "\ufeffUser-agent: *\nDisallow:",
    ):
        assert Robots(body).allow("https://a.example/here")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("Sun, 29 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 28 Nov 2026 12:00:30 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("9" * 5000, 999_999_999.0),
        ("²", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_an_hour_of_another_zone() -> None:
    assert retry_after("Sun, 29 Nov 2026 13:00:00 +0100", NOW) == 0.0
    assert retry_after("Sun, 29 Nov 2026 12:00:01", NOW) == datetime.timedelta(seconds=1).total_seconds()
