"""Asking a server that misbehaves: each way of it has an outcome, and none takes more time, memory or trust than it may."""

from __future__ import annotations

import datetime
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.links.misbehaving import Server, answer, self_signed, serving

from auzolan.links.asking import HOPS, Asker, Manners, Outcome
from auzolan.links.hosts import Clock
from auzolan.links.targets import Refused, is_public, target_of

NOW = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
SHORT = 0.5
NAMES = {
    "inside.example": ["10.0.0.7"],
    "mail.example": ["203.0.113.5"],
    "good.example": ["127.0.0.1"],
    "rebinding.example": ["10.0.0.7", "127.0.0.1"],
}


class Waits:
    """A clock that stands still, and remembers for how long it was asked to wait."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.time = 1_000.0

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.sleep, lambda: NOW)


def resolved(host: str, port: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    if host == "lost.example":
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    if host == "later.example":
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def asker(waits: Waits | None = None, **more: object) -> Asker:
    """One for whom 127.0.0.1 is a public address, and no other private one."""
    public = lambda number: number == "127.0.0.1" or is_public(number)  # noqa: E731
    told = {"seconds": SHORT, "pause": 0.0, "public": public, "resolve": resolved, **more}
    return Asker(Manners("auzolan-links/test (+https://ours.example)", clock=(waits or Waits()).clock, **told))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def outcome(server: Server, path: str, **more: object) -> Outcome:
    return asker(**more).ask(server.url(path))


def test_a_page_that_is_there(server: Server) -> None:
    assert outcome(server, "/here") == Outcome("ok", status=200)
    last = server.asked[-1]
    assert (last.method, last.headers["host"]) == ("HEAD", f"127.0.0.1:{server.port}")
    assert last.headers["user-agent"] == "auzolan-links/test (+https://ours.example)"
    assert last.headers["accept-encoding"] == "identity"
    assert not {"cookie", "referer", "authorization"} & last.headers.keys()


def test_slow_headers_end_at_the_deadline(server: Server) -> None:
    found = outcome(server, "/slow-headers")
    assert (found.state, found.remote) == ("failing", True)
    assert found.words == "did not answer within 0.5 seconds"


def test_an_endless_body_is_read_up_to_its_cap(server: Server) -> None:
    found = asker().ask(server.url("/endless-body"), look_for_me=True)
    assert (found.state, found.me) == ("ok", ())
    assert server.sent["/endless-body"] < 16 * 1024 * 1024


def test_a_body_that_drips_ends_at_the_deadline(server: Server) -> None:
    found = asker().ask(server.url("/slow-body"), look_for_me=True)
    assert found.state == "failing" and "did not answer within" in found.words


def test_a_link_may_take_no_longer_than_its_requests_together(server: Server) -> None:
    pages = {f"/{n}": answer("302 Found", f"Location: /{n + 1}", body=b"") for n in range(3)} | {
        "/robots.txt": answer("404 No", body=b"")
    }
    asked = 0.0

    class Slow(Asker):
        def _sent(self, *args: object) -> object:  # type: ignore[override]
            nonlocal asked
            asked += 1
            self._mine.left -= 0.9 * SHORT
            return super()._sent(*args)  # type: ignore[arg-type]

    with serving(pages=pages) as redirecting:
        found = Slow(asker()._manners).ask(redirecting.url("/0"))
    assert found.words.endswith("did not come to an end within 1.5 seconds") and asked == 4


def test_a_loop_of_redirects(server: Server) -> None:
    assert outcome(server, "/loop") == Outcome("looping", "redirects in a circle", 302)


def test_more_redirects_than_are_followed() -> None:
    pages = {f"/{n}": answer("302 Found", f"Location: /{n + 1}", body=b"") for n in range(20)}
    with serving(pages=pages) as server:
        assert outcome(server, "/0").words == f"redirects more than {HOPS} times"


def test_a_redirect_to_nowhere(server: Server) -> None:
    assert outcome(server, "/nowhere").words == "redirects, and does not say where to"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/to-metadata", "redirects to http://169.254.169.254/latest/meta-data/, which leads into a private network"),
        ("/to-private-name", "redirects to http://inside.example/, which leads into a private network (10.0.0.7)"),
        ("/to-file", "redirects to an address that begins with `file:`"),
        ("/to-port-25", "redirects to an address that names port 25"),
    ],
)
def test_a_redirect_into_a_private_network_is_not_followed(server: Server, path: str, said: str) -> None:
    found = outcome(server, path)
    assert found.state == "private" and found.words.startswith(said)


def test_429_with_retry_after_is_waited_for(server: Server) -> None:
    waits = Waits()
    assert outcome(server, "/429", waits=waits).state == "ok"
    assert waits.slept == [7.0]


def test_429_for_a_day_is_left_alone_until_then(server: Server) -> None:
    waits = Waits()
    found = outcome(server, "/429-long", waits=waits)
    assert found.state == "later" and found.until == NOW + datetime.timedelta(days=1)
    assert waits.slept == [] and server.methods("/429-long") == ["HEAD"]


def test_429_that_does_not_say_for_how_long_is_left_alone_for_a_day(server: Server) -> None:
    assert outcome(server, "/429-silent").until == NOW + datetime.timedelta(days=1)


def test_503_that_passes_is_no_failure(server: Server) -> None:
    waits = Waits()
    assert outcome(server, "/503-flapping", waits=waits).state == "ok"
    assert waits.slept == [5.0]


def test_503_that_stays_is_a_failure_for_now(server: Server) -> None:
    assert outcome(server, "/503") == Outcome("failing", "answers with 503", 503)


def test_a_connection_reset_in_the_middle(server: Server) -> None:
    found = asker().ask(server.url("/reset"), look_for_me=True)
    assert found.state in ("failing", "unusable")
    assert found.words in ("hangs up in the middle", "promised 996 more bytes than it sent")


def test_a_connection_closed_without_a_word(server: Server) -> None:
    assert outcome(server, "/silent") == Outcome("failing", "hangs up in the middle")


def test_garbage_that_is_not_http(server: Server) -> None:
    assert outcome(server, "/garbage") == Outcome("unusable", "does not speak HTTP, or not well (BadStatusLine)")


@pytest.mark.parametrize("path", ["/huge-headers", "/many-headers", "/long-header", "/continues"])
def test_headers_that_are_too_many_or_too_large(server: Server, path: str) -> None:
    found = outcome(server, path)
    assert found.state == "unusable" and ("headers beyond 64 kB" in found.words or "does not speak HTTP" in found.words)


def test_a_gzip_bomb_is_not_unpacked(server: Server) -> None:
    found = asker().ask(server.url("/bomb"), look_for_me=True)
    # The page is there; what it says nobody knows, since nobody unpacks it.
    assert (found.state, found.me) == ("ok", None)
    assert asker().ask(server.url("/bomb")).state == "ok"


def test_head_not_allowed_and_get_fine(server: Server) -> None:
    assert outcome(server, "/head-405").state == "ok"
    assert server.methods("/head-405") == ["HEAD", "GET"]
    assert server.asked[-1].headers["range"] == "bytes=0-65535"
    assert outcome(server, "/head-404").state == "ok"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/too-short", "promised 4,950 more bytes than it sent"),
        ("/bad-chunks", "broke off in the middle of its answer"),
    ],
)
def test_a_length_that_is_wrong(server: Server, path: str, said: str) -> None:
    assert outcome(server, path) == Outcome("unusable", said)


def test_a_length_that_is_no_length_is_passed_over(server: Server) -> None:
    assert outcome(server, "/bad-length").state == "ok"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_a_certificate_that_nobody_signed(tmp_path: Path) -> None:
    with serving(self_signed(tmp_path)) as server:
        found = asker().ask(f"https://localhost:{server.port}/here")
        assert found.state == "certificate" and "self-signed certificate" in found.words


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_the_name_is_checked_though_the_number_is_pinned(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate))
    with serving(certificate) as server:
        assert asker(trust=trust).ask(f"https://localhost:{server.port}/here").state == "ok"
        assert server.asked[-1].headers["host"] == f"localhost:{server.port}"
        # good.example is the same number, and not the name of this certificate.
        assert "mismatch" in asker(trust=trust).ask(f"https://good.example:{server.port}/here").words.lower()


def test_no_tls_where_https_was_said(server: Server) -> None:
    # A server that waits for a request, and one that answers what it takes for one.
    assert asker().ask(f"https://localhost:{server.port}/here").state == "failing"
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")
                connection.recv(4096)

        threading.Thread(target=greet, daemon=True).start()
        found = asker().ask(f"https://localhost:{listening.getsockname()[1]}/")
    assert found.state == "certificate"


def test_moved_for_good_and_for_now(server: Server) -> None:
    new = server.url("/here")
    assert outcome(server, "/moved") == Outcome("moved", f"has moved for good to {new}", 200, new)
    assert outcome(server, "/moved-twice").to == new
    assert outcome(server, "/moved-for-now").state == "ok"


def test_what_moved_to_nothing_is_gone(server: Server) -> None:
    found = outcome(server, "/moved-to-nothing")
    assert (found.state, found.words) == ("gone", f"redirects to {server.url('/gone')}, which answers with 404")


def test_what_leads_to_the_front_page_now(server: Server) -> None:
    found = outcome(server, "/to-front")
    assert (found.state, found.to) == ("soft", server.url("/"))
    assert outcome(server, "/").state == "ok"


def test_gone_and_closed(server: Server) -> None:
    assert outcome(server, "/gone") == Outcome("gone", "answers with 404", 404)
    assert outcome(server, "/gone-for-good").status == 410
    assert outcome(server, "/login").state == "closed"
    assert outcome(server, "/teapot").state == "gone"


def test_names_that_stand_for_nothing() -> None:
    assert asker().ask("http://lost.example/") == Outcome("gone", "names a host that does not exist", remote=False)
    assert asker().ask("http://later.example/").state == "failing"


def test_a_name_that_is_looked_up_too_slowly() -> None:
    never = threading.Event()

    def slow(host: str, port: int) -> list[str]:
        never.wait(5)
        return []

    found = asker(seconds=0.1, resolve=slow).ask("http://good.example/")
    never.set()
    assert found == Outcome("failing", "could not be reached within 0.1 seconds", remote=False)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    found = asker().ask(f"http://127.0.0.1:{port}/")
    assert found.state == "failing" and found.words.startswith("cannot be reached: Connection refused")


def test_a_host_that_cannot_be_reached_is_asked_once() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "")

    one = asker(resolve=resolve)
    assert {one.ask(f"http://down.example/{n}").state for n in range(9)} == {"failing"}
    assert asked == ["down.example"]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/",
        "http://169.254.169.254/", "http://100.64.0.1/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1]/",
        "http://[fc00::1]/", "http://224.0.0.1/", "http://255.255.255.255/",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_however_they_are_written(url: str) -> None:
    found = Asker(Manners("test", clock=Waits().clock, pause=0)).ask(url)
    assert found.state in ("private", "gone", "failing") and not found.remote
    assert found.state == "private" or "[" in url or "0x" in url or "2130706433" in url


def test_no_connection_is_made_to_a_private_number(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []

    def connect(address: tuple[str, int], **_: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    one = asker()
    assert one.ask("http://inside.example/").state == "private" and tried == []
    # Of several numbers only those are tried that may be; the name is looked up once, so it cannot change in between.
    assert one.ask("http://rebinding.example/").state == "failing" and set(tried) == {"127.0.0.1"}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://good.example/", "begins with `ftp:`"),
        ("file:///etc/passwd", "begins with `file:`"),
        ("http://user:pass@good.example/", "user name"),
        ("http://good.example:22/", "names port 22"),
        ("http://good.example/a b", "a blank"),
        ("http://good.example/\r\nX: y", "a blank"),
        ("http://good.example:99999/", "no usable address"),
        ("http://[::/", "no usable address"),
        ("http:///nothing", "names no host"),
        ("http://" + "a" * 3000, "longer than 2,000"),
        ("http://" + "ü" * 300 + ".example/", "names no host"),
    ],
)
def test_addresses_that_are_not_asked(url: str, said: str) -> None:
    found = asker().ask(url)
    assert found.state == "private" and said in found.words


def test_a_name_that_the_system_will_not_have() -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    with serving() as server:
        found = asker(resolve=resolve).ask(f"https://.example:{server.port}/")
    assert (found.state, found.words) == ("private", "is no usable address")


def test_signs_beyond_ascii_are_encoded(server: Server) -> None:
    asker().ask(server.url("/està aquí".replace(" ", "%20") + "?q=ñ#part"))
    assert server.asked[-1].path == "/est%C3%A0%20aqu%C3%AD?q=%C3%B1"


def test_a_private_network_may_be_asked_on_purpose(server: Server) -> None:
    mine = Asker(Manners("test", seconds=SHORT, pause=0, allow_private=True, clock=Waits().clock))
    assert mine.ask(server.url("/here")).state == "ok"


@pytest.mark.parametrize("number", [
    "127.0.0.1", "0.0.0.0", "169.254.169.254", "100.64.0.1", "168.63.129.16", "::1", "::7f00:1", "::ffff:127.0.0.1", "fec0::1", "fe80::1%eth0",
    "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "fd00:ec2::254", "ff0e::1", "no number",
])  # fmt: skip
def test_numbers_that_are_not_of_the_open_internet(number: str) -> None:
    assert not is_public(number)
    assert is_public("8.8.8.8") and is_public("2606:4700::1111") and is_public("::ffff:8.8.8.8")


@pytest.mark.parametrize("url", ["http://x/?q=\ud800", "http://\udc80/", "http://x/a b", "http://x/\r\nHost: y"])
def test_an_address_that_no_request_can_hold_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url)
