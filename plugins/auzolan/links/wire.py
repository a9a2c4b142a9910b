"""A target and a number that may be asked come in; one answer of a web server goes out, or why there is none.

Whatever the other side does, one request ends: at its deadline, or when its bytes are spent. Nothing is decompressed.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auzolan.links.targets import Target

HEAD_BYTES = 64 * 1024
"""Bytes that status line and headers may have."""
_PIECE = 4096


class Unusable(Exception):
    """What came is no answer of the web: garbage, too much, or cut off; `str()` says what, after "it"."""


class Slow(TimeoutError):
    """Somebody is there, and answers too slowly."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Headers by their names in small letters. `body` is as much as was asked for; `whole` whether that is all of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool


class _Timed(io.RawIOBase):
    """A connection that is read until a moment (of the monotonic clock), and up to a number of bytes."""

    def __init__(self, connection: socket.socket, deadline: float, most: int) -> None:
        self._connection = connection
        self._deadline = deadline
        self.left = most

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As RawIOBase has it. Raises TimeoutError at the deadline, Unusable when the bytes are spent."""
        seconds = self._deadline - time.monotonic()
        if seconds <= 0:
            raise Slow("it did not answer in time")
        if self.left <= 0:
            raise Unusable(f"sends headers beyond {HEAD_BYTES // 1024} kB")
        self._connection.settimeout(seconds)
        try:
            count = self._connection.recv_into(memoryview(buffer)[: self.left])
        except TimeoutError as problem:
            raise Slow("it did not answer in time") from problem
        self.left -= count
        return count


class _Readable:
    """What HTTPResponse needs of a socket."""

    def __init__(self, raw: _Timed) -> None:
        self._raw = raw

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._raw, _PIECE)


def ask(
    target: Target, numbers: list[str], method: str, headers: Mapping[str, str], body_bytes: int, seconds: float,
    trust: ssl.SSLContext,
) -> Answer:  # fmt: skip
    """One request to the first of `numbers` that takes a connection, all of it within `seconds`. Raises OSError (TimeoutError
    and ssl.SSLError are such) where there is no answer (Slow where somebody is there), Unusable where it is none."""
    deadline = time.monotonic() + seconds
    with _connected(target, numbers[:3], deadline, trust) as connection:
        lines = [f"{method} {target.path} HTTP/1.1", f"Host: {target.site}",
                 *(f"{name}: {value}" for name, value in headers.items()), "Connection: close", "", ""]  # fmt: skip
        connection.settimeout(max(0.01, deadline - time.monotonic()))
        connection.sendall("\r\n".join(lines).encode("ascii", "replace"))
        raw = _Timed(connection, deadline, HEAD_BYTES)
        response = http.client.HTTPResponse(_Readable(raw), method=method)  # type: ignore[arg-type]
        try:
            response.begin()
        except http.client.RemoteDisconnected as problem:
            raise ConnectionResetError("it hung up without an answer") from problem
        except http.client.HTTPException as problem:
            raise Unusable(f"does not speak HTTP, or not well ({type(problem).__name__})") from problem
        except ValueError as problem:
            raise Unusable("does not speak HTTP") from problem
        told = {name.lower(): value.strip() for name, value in response.getheaders()}
        packed = told.get("content-encoding", "identity").lower() not in ("", "identity")
        if method == "HEAD" or packed or not body_bytes:
            return Answer(response.status, told, b"", not packed)
        raw.left = body_bytes + HEAD_BYTES
        body, whole = _body(response, body_bytes)
        return Answer(response.status, told, body, whole)


def _body(response: http.client.HTTPResponse, most: int) -> tuple[bytes, bool]:
    """At most so many bytes, and whether they are all."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size < most:
            piece = response.read(min(_PIECE, most - size))
            if not piece:
                if response.length:
                    raise Unusable(f"promised {response.length:,} more bytes than it sent")
                return b"".join(pieces), True
            pieces.append(piece)
            size += len(piece)
    except http.client.HTTPException as problem:
        raise Unusable("broke off in the middle of its answer") from problem
    except ValueError as problem:
        raise Unusable("counts its own answer wrongly") from problem
    return b"".join(pieces), False


def _connected(target: Target, numbers: list[str], deadline: float, trust: ssl.SSLContext) -> socket.socket:
    failed: OSError = OSError("its name stands for no number")
    for place, number in enumerate(numbers):
        seconds = (deadline - time.monotonic()) / (len(numbers) - place)
        if seconds <= 0:
            break
        try:
            plain = socket.create_connection((number, target.port), timeout=seconds)
        except OSError as problem:
            failed = problem
            continue
        if not target.secure:
            return plain
        try:
            plain.settimeout(max(0.01, deadline - time.monotonic()))
            return trust.wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise
    raise failed
