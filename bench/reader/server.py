"""A folder comes in; the same over plain HTTP/1.1, and what was fetched from it, goes out: as a host that compresses text serves it."""

from __future__ import annotations

import gzip
import http.server
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_TEXT = frozenset((".html", ".css", ".js", ".json", ".xml", ".svg", ".txt"))
_NO_PART = frozenset((".html", ".css", ".svg", ".png", ".webp", ".woff2", ".ico", ".xml"))
"""What a page has without any search."""
QUIET = 0.5
"""Seconds without a request after which all is said to be fetched."""
PATIENCE = 120.0


class Answer(NamedTuple):
    """One answer: bytes of its body, as sent; when the request came and when all was sent, in seconds of one clock."""

    path: str
    size: int
    began: float
    ended: float

    @property
    def is_search(self) -> bool:
        """Whether it was fetched for the search: a script, an index, anything but the page and its looks."""
        return Path(self.path).suffix not in _NO_PART


@dataclass
class Log:
    """What was answered, in order."""

    delay: float = 0.0
    """Seconds that every answer waits: what stands for the way there and back."""
    answers: list[Answer] = field(default_factory=list)
    open: int = 0
    turn: int = 0
    """How many browsers have come and gone: what one of them left behind is no request of the next."""
    last: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def leave(self) -> None:
        """The browser has gone, and waits for nothing any more."""
        with self.lock:
            self.open = 0
            self.turn += 1

    def since(self, number: int) -> list[Answer]:
        """What was answered for the search after the first `number` answers, once nothing more comes."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with self.lock:
                if not self.open and time.monotonic() - self.last > QUIET + self.delay:
                    return [answer for answer in self.answers[number:] if answer.is_search]
            time.sleep(0.05)
        raise TimeoutError("the page does not come to rest")


def round_trips(answers: Sequence[Answer]) -> int:
    """How many of the answers one had to wait for one after another. Those that wait for one of a browser's six connections to be free
    count as waiting for what was there before them."""
    depth: list[tuple[float, int]] = []
    for answer in sorted(answers, key=lambda one: one.began):
        before = [number for ended, number in depth if ended <= answer.began]
        depth.append((answer.ended, 1 + max(before, default=0)))
    return max((number for _, number in depth), default=0)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Log]]:
    """The address of the folder, and its log."""
    log = Log()

    class Handler(_Handler):
        root, told = folder.resolve(), log

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", log
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    root: Path
    told: Log

    def do_GET(self) -> None:
        began = time.monotonic()
        with self.told.lock:
            turn = self.told.turn
            self.told.open += 1
        path = unquote(urlsplit(self.path).path).lstrip("/")
        file = (self.root / path).resolve()
        data = file.read_bytes() if file.is_file() and file.is_relative_to(self.root) else None
        status, body, suffix = (404, b"", "") if data is None else (200, data, file.suffix)
        packed = suffix in _TEXT
        if packed:
            body = gzip.compress(body, 6, mtime=0)
        time.sleep(self.told.delay)
        try:
            self.send_response(status)
            self.send_header("Content-Type", _type(suffix))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=3600")
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            pass  # the browser needs it no more
        with self.told.lock:
            self.told.open -= turn == self.told.turn
            self.told.last = time.monotonic()
            self.told.answers.append(Answer(path, len(body), began, self.told.last))

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def _type(suffix: str) -> str:
    types = {
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
        ".wasm": "application/wasm",
    }
    return types.get(suffix, "application/octet-stream")
