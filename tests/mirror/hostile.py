"""A folder comes in; a web server that gives it out, except for what it was told to do otherwise, goes out."""

from __future__ import annotations

import contextlib
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Answering(BaseHTTPRequestHandler):
    """One request to the server."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Gives a file, or part of it."""
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).lstrip("/")
        self.server.asked.append(path)
        self.server.headers.append(dict(self.headers))
        with contextlib.suppress(ConnectionError):
            odd = self.server.odd.get(path) or self.server.odd.get("*")
            if odd:
                odd(self)
                return
            file = self.server.folder / path
            if not file.is_file():
                self.answer(404, b"nothing here")
                return
            data, began = file.read_bytes(), self.headers.get("Range", "")
            if began and self.server.ranges:
                start = int(began.removeprefix("bytes=").removesuffix("-"))
                if start >= len(data):
                    self.answer(416, b"")
                    return
                self.answer(206, data[start:], **{"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})
            else:
                self.answer(200, data)

    def answer(self, status: int, data: bytes, **headers: str) -> None:
        """A whole answer."""
        self.begin(status, **{"Content-Length": str(len(data)), **headers})
        for at in range(0, len(data), 1 << 16):
            self.wfile.write(data[at : at + (1 << 16)])
            self.server.sent += len(data[at : at + (1 << 16)])

    def begin(self, status: int, **headers: str) -> None:
        """The head of an answer."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """`odd` is what happens at a path, or at "*"; `asked` are the paths that were asked for, `sent` counts bytes of files."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.folder = folder
        self.odd: dict[str, Callable[[Answering], None]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.sent = 0
        self.ranges = True
        self.ending = threading.Event()

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever hangs up does so."""


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server of this folder, until the end."""
    with Server(folder) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()


def endless(one: Answering) -> None:
    """Never ends."""
    one.begin(200, Connection="close")
    while not one.server.ending.is_set():
        one.wfile.write(b"x" * 65536)


def dripping(one: Answering) -> None:
    """A byte now and then."""
    one.begin(200, Connection="close")
    while not one.server.ending.wait(0.02):
        one.wfile.write(b"x")


def silent(one: Answering) -> None:
    """Takes the question, and says nothing."""
    one.server.ending.wait()


def leads_to(address: str) -> Callable[[Answering], None]:
    """A redirect."""
    return lambda one: one.answer(302, b"", Location=address)
