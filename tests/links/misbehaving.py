"""A path comes in; what a web server that misbehaves in just this way sends goes out, on 127.0.0.1 alone.

Sockets and threads, no http.server: nothing here is well-mannered unless it is meant to be.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PAGE = b"<!doctype html><title>Hello</title><p>Here we are."
BOMB = gzip.compress(b"\0" * 40_000_000)
"""40 MB in 40 kB."""


def answer(status: str, *headers: str, body: bytes = PAGE, length: int | None = None) -> bytes:
    told = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    return "\r\n".join(told).encode() + body


@dataclass
class Request:
    """What was asked, and the connection to answer on."""

    method: str
    path: str
    headers: dict[str, str]
    connection: socket.socket
    server: Server

    def send(self, data: bytes) -> None:
        with suppress(OSError):
            self.connection.sendall(data)


@dataclass
class Server:
    """`asked` are the requests in their order; `stop` is set when the server ends, so that no thread outlives a test."""

    port: int
    pages: dict[str, bytes]
    asked: list[Request] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    stop: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def methods(self, path: str) -> list[str]:
        return [one.method for one in self.asked if one.path == path]


Way = Callable[[Request], None]


def slow_headers(request: Request) -> None:
    """A byte now and then: each keeps the connection alive, and none ends the headers."""
    request.send(b"HTTP/1.1 200 OK\r\n")
    while not request.server.stop.wait(0.05):
        try:
            request.connection.sendall(b"X")
        except OSError:
            return


def endless_body(request: Request) -> None:
    request.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not request.server.stop.is_set() and request.method == "GET":
        try:
            request.connection.sendall(b"a" * 4096)
            request.server.sent[request.path] += 4096
        except OSError:
            return


def slow_body(request: Request) -> None:
    request.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not request.server.stop.wait(0.05) and request.method == "GET":
        try:
            request.connection.sendall(b"a")
        except OSError:
            return


def hang_up(request: Request) -> None:
    """In the middle of the body, and rudely: the other side gets a reset."""
    request.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def head_refused(request: Request) -> None:
    request.send(answer("405 Method Not Allowed", body=b"") if request.method == "HEAD" else answer("200 OK"))


def flapping(request: Request) -> None:
    """It fails for one visit (HEAD and GET), then all is well."""
    before = len(request.server.methods(request.path))
    request.send(answer("503 Service Unavailable", body=b"") if before <= 2 else answer("200 OK"))


def wanting_peace(request: Request) -> None:
    first = len(request.server.methods(request.path)) == 1
    request.send(answer("429 Too Many Requests", "Retry-After: 7", body=b"") if first else answer("200 OK"))


def only_pages(request: Request, body: bytes) -> None:
    """Whatever HEAD says, GET sends this."""
    request.send(answer("405 Method Not Allowed", body=b"") if request.method == "HEAD" else body)


WAYS: dict[str, Way] = {
    "/slow-headers": slow_headers,
    "/endless-body": endless_body,
    "/slow-body": slow_body,
    "/loop": lambda r: r.send(answer("302 Found", "Location: /loop-2", body=b"")),
    "/loop-2": lambda r: r.send(answer("302 Found", "Location: /loop", body=b"")),
    "/nowhere": lambda r: r.send(answer("302 Found", body=b"")),
    "/to-metadata": lambda r: r.send(answer("302 Found", "Location: http://169.254.169.254/latest/meta-data/", body=b"")),
    "/to-private-name": lambda r: r.send(answer("302 Found", "Location: http://inside.example/", body=b"")),
    "/to-file": lambda r: r.send(answer("302 Found", "Location: file:///etc/passwd", body=b"")),
    "/to-port-25": lambda r: r.send(answer("302 Found", "Location: http://mail.example:25/", body=b"")),
    "/moved": lambda r: r.send(answer("301 Moved Permanently", "Location: /here", body=b"")),
    "/moved-twice": lambda r: r.send(answer("308 Permanent Redirect", "Location: /moved", body=b"")),
    "/moved-for-now": lambda r: r.send(answer("302 Found", "Location: /here", body=b"")),
    "/moved-to-nothing": lambda r: r.send(answer("301 Moved Permanently", "Location: /gone", body=b"")),
    "/to-front": lambda r: r.send(answer("302 Found", "Location: /", body=b"")),
    "/429": wanting_peace,
    "/429-long": lambda r: r.send(answer("429 Too Many Requests", "Retry-After: 86400", body=b"")),
    "/429-silent": lambda r: r.send(answer("429 Too Many Requests", body=b"")),
    "/503-flapping": flapping,
    "/503": lambda r: r.send(answer("503 Service Unavailable", body=b"")),
    "/reset": hang_up,
    "/silent": lambda r: None,
    "/garbage": lambda r: r.send(b"SSH-2.0-OpenSSH_9.6\r\nGo away\r\n"),
    "/huge-headers": lambda r: r.send(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"a" * 4000) for n in range(60))),
    "/many-headers": lambda r: r.send(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + b"\r\n"),
    "/long-header": lambda r: r.send(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 10_000_000),
    "/continues": lambda r: r.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000),
    "/bomb": lambda r: only_pages(r, answer("200 OK", "Content-Encoding: gzip", body=BOMB)),
    "/head-405": head_refused,
    "/head-404": lambda r: r.send(answer("404 Not Found", body=b"") if r.method == "HEAD" else answer("200 OK")),
    "/too-short": lambda r: only_pages(r, answer("200 OK", length=5_000)),
    "/bad-length": lambda r: only_pages(r, b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\nabc"),
    "/bad-chunks": lambda r: only_pages(r, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\nabc"),
    "/gone": lambda r: r.send(answer("404 Not Found")),
    "/gone-for-good": lambda r: r.send(answer("410 Gone")),
    "/login": lambda r: r.send(answer("403 Forbidden")),
    "/teapot": lambda r: r.send(answer("418 I'm a teapot")),
    "/here": lambda r: r.send(answer("200 OK")),
    "/": lambda r: r.send(answer("200 OK")),
}  # fmt: skip


@contextmanager
def serving(certificate: Path | None = None, pages: dict[str, bytes] | None = None) -> Iterator[Server]:
    """`pages` are sent as they are, by their paths (`/robots.txt`); all else as `WAYS` has it, or not found."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(listening.getsockname()[1], dict(pages or {}))
    trust = None
    if certificate is not None:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        trust.load_cert_chain(certificate)
    guard = threading.Lock()

    def talk(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(10)
            if trust is not None:
                connection = trust.wrap_socket(connection, server_side=True)
            data = b""
            while b"\r\n\r\n" not in data:
                piece = connection.recv(4096)
                if not piece:
                    return
                data += piece
            first, *lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            method, path, _ = first.split(" ")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            request = Request(method, path, headers, connection, server)
            with guard:
                server.asked.append(request)
            try:
                way = WAYS.get(path, lambda r: r.send(answer("404 Not Found", body=b"")))
                page = server.pages.get(path)
                if page is None:
                    way(request)
                else:
                    request.send(page if method == "GET" else page.split(b"\r\n\r\n")[0] + b"\r\n\r\n")
            finally:
                connection.close()

    def accept() -> None:
        while not server.stop.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        server.stop.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def self_signed(folder: Path, host: str = "localhost") -> Path:
    """A certificate, with its key, that nobody has signed."""
    path = folder / "self-signed.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}",
         "-addext", f"subjectAltName=DNS:{host},IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return path
