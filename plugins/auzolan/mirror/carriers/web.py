"""An http or https address comes in; files below it go out. The other side may be anybody.

Nothing is sent but names of files. Nothing is unpacked, no other site is asked, and each answer ends: by its bytes, by its
slowness, or by the moment at which all must be done.
"""

from __future__ import annotations

import http.client
import io
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from auzolan import __version__
from auzolan.load.files import printable
from auzolan.mirror.carriers.carrier import PIECE, Patience, Turn, Unreachable, bounded, endless, whole
from auzolan.mirror.refused import Refused
from auzolan.model.errors import AuzolanError

MAX_HOPS = 5
_RANGE = re.compile(r"bytes (\d{1,16})-", re.ASCII)
_BUFFER = 1 << 16


class _Paced(io.RawIOBase):
    """A connection that is read as long as enough comes."""

    def __init__(self, raw: Any, connection: socket.socket, turn: Turn) -> None:
        self._raw, self._connection, self._turn = raw, connection, turn

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As RawIOBase has it. Raises Refused where too little has come."""
        self._connection.settimeout(self._turn.wait())
        try:
            count: int = self._raw.readinto(buffer)
        except TimeoutError:
            self._turn.wait()  # is it all that is over, or this answer alone?
            raise self._turn.slow() from None
        self._turn.came(count)
        return count

    def close(self) -> None:
        """Lets go of the connection."""
        self._raw.close()
        super().close()


class _Readable:
    """What HTTPResponse needs of a socket."""

    def __init__(self, connection: socket.socket, turn: Turn) -> None:
        self._connection, self._turn = connection, turn

    def makefile(self, mode: str) -> io.BufferedReader:
        """A reader of the answer."""
        raw = self._connection.makefile("rb", buffering=0)
        return io.BufferedReader(_Paced(raw, self._connection, self._turn), _BUFFER)


class Web:
    """A copy behind an address, by at most four connections at one time."""

    workers = 4

    def __init__(self, address: str, patience: Patience) -> None:
        """Raises AuzolanError where it is no address that may be asked."""
        try:
            parts = urlsplit(address)
            _ = parts.port
        except ValueError as problem:
            raise AuzolanError(f"`{printable(address)}` is no address: {problem}") from problem
        if not parts.hostname or not address.isprintable() or " " in address:
            raise AuzolanError(f"`{printable(address)}` is no address", "such as https://commons.example/")
        if "@" in parts.netloc:
            raise AuzolanError(
                "an address may hold no name and password: every copy is for everybody", "leave them out"
            )
        if parts.query or parts.fragment:
            raise AuzolanError(f"`{printable(address)}` is no folder of a site", "leave out all from ? or # on")
        self.where = address
        self._base = parts._replace(path=quote(parts.path.rstrip("/") + "/", safe="/%~"))
        self._patience = patience
        self._mine = threading.local()
        self._trust = ssl.create_default_context()
        self._all: list[http.client.HTTPConnection] = []

    def read(self, path: str, most: int) -> bytes | None:
        """As every carrier's."""
        return whole(self.fetch(path, 0, most))

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """As every carrier's."""
        answer = self._asked(path, start)
        if answer.status == 416:  # what lies here is not a part of what lies there
            answer.read()
            answer = self._asked(path, start := 0)
        if answer.status in (404, 410):
            self._drop()
            return None
        if answer.status not in (200, 206):
            self._drop()
            raise Unreachable(f"{self.where} answers {answer.status} when asked for `{path}`", "run it again later")
        if answer.getheader("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            self._drop()
            raise Refused("endless", f"`{path}` comes packed, though that was not asked for", "take another copy")
        if answer.status == 200:
            start = 0
        else:
            told = _RANGE.match(answer.getheader("Content-Range", ""))
            if not told or int(told[1]) != start:
                self._drop()
                raise Unreachable(f"{self.where} gives another part of `{path}` than was asked for")
        if answer.length is not None and start + answer.length > most:
            self._drop()
            raise endless(path, most)
        return start, bounded(self._pieces(answer, path), path, start, most)

    def _pieces(self, answer: http.client.HTTPResponse, path: str) -> Iterator[bytes]:
        ended = False
        try:
            while piece := answer.read(PIECE):
                yield piece
            if answer.length:
                raise Unreachable(
                    f"{self.where} broke off in the middle of `{path}`", "run it again: what has come is kept"
                )
            ended = True
        except (http.client.HTTPException, ValueError, OSError) as problem:
            raise self._gone(problem) from problem
        finally:
            if not ended:
                self._drop()

    def _asked(self, path: str, start: int) -> http.client.HTTPResponse:
        """The answer to a question, after as many redirects as there are within the site."""
        address = self._base._replace(path=self._base.path + quote(path, safe="/~"))
        for _ in range(MAX_HOPS):
            answer = self._answer(address, start)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            self._drop()
            address = self._redirected(address, answer.getheader("Location", ""))
        raise Refused("redirect", f"{self.where} leads round in circles", "is this the address of the copy itself?")

    def _redirected(self, address: SplitResult, location: str) -> SplitResult:
        """Where it leads to, if that is the same site, or the same by https."""
        elsewhere = Refused("redirect", f"{self.where} leads elsewhere: {printable(location)[:200]}",
                            "if you trust that address, name it yourself")  # fmt: skip
        try:
            parts = urlsplit(urljoin(address.geturl(), location))
            same = (parts.scheme, parts.hostname, parts.port) == (address.scheme, address.hostname, address.port)
            # The usual way from http to https, on the ports that these have.
            safer = (parts.scheme, parts.hostname, address.scheme) == ("https", address.hostname, "http")
            safer = safer and address.port in (None, 80) and parts.port in (None, 443)
        except ValueError as problem:
            raise elsewhere from problem
        plain = location.isprintable() and location.isascii() and " " not in location and "@" not in parts.netloc
        if not plain or not (same or safer):
            raise elsewhere
        if safer:
            self._base = self._base._replace(scheme="https", netloc=parts.netloc)
        return parts._replace(fragment="")

    def _answer(self, address: SplitResult, start: int) -> http.client.HTTPResponse:
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": f"auzolan/{__version__} (mirror)"}
        if start:
            headers["Range"] = f"bytes={start}-"
        target = address.path + (f"?{address.query}" if address.query else "")
        while True:
            connection, kept = self._connection(address)
            turn = self._patience.turn()
            connection.response_class = _class(turn)
            connection.timeout = turn.wait()
            if connection.sock is not None:
                connection.sock.settimeout(connection.timeout)
            try:
                connection.request("GET", target, headers=headers)
                return connection.getresponse()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError) as problem:
                self._drop()
                if not kept:  # servers close what was still for a while; then it is asked once more
                    raise self._gone(problem) from problem
            except TimeoutError as problem:
                self._drop()
                raise self._gone(problem) from problem
            except (http.client.HTTPException, ValueError, OSError) as problem:
                self._drop()
                raise self._gone(problem) from problem

    def _connection(self, address: SplitResult) -> tuple[http.client.HTTPConnection, bool]:
        """This thread's connection to the site, and whether it was there."""
        key = (address.scheme, address.netloc)
        if getattr(self._mine, "key", None) == key:
            return self._mine.connection, True
        self._drop()
        host, port = address.hostname or "", address.port
        made: http.client.HTTPConnection
        if address.scheme == "https":
            made = http.client.HTTPSConnection(host, port, context=self._trust)
        else:
            made = http.client.HTTPConnection(host, port)
        self._mine.key, self._mine.connection = key, made
        self._all.append(made)
        return made, False

    def _drop(self) -> None:
        """Whatever still comes on this thread's connection is not read."""
        if getattr(self._mine, "key", None) is not None:
            self._mine.connection.close()
            self._mine.key = None

    def _gone(self, problem: Exception) -> AuzolanError:
        if isinstance(problem, ssl.SSLCertVerificationError):
            return Unreachable(
                f"the certificate of {self.where} is not to be trusted: {printable(problem.verify_message)[:200]}",
                "if it is that of a box of your own, take it from there by hand and name the file: SSL_CERT_FILE=box.pem auzolan mirror sync …",
            )
        said = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
        return Unreachable(f"{self.where} does not answer as it should: {printable(said)[:200]}",
                           "is the address right, and the network there? What has come is kept")  # fmt: skip

    def prepare(self, files: Mapping[str, str], most: int, total: int, into: Path) -> None:
        """Nothing: files are asked for one by one."""

    def close(self) -> None:
        """Ends all connections."""
        for one in self._all:
            one.close()


def _class(turn: Turn) -> Any:
    def made(connection: socket.socket, *_: Any, method: str | None = None, **__: Any) -> http.client.HTTPResponse:
        return http.client.HTTPResponse(_Readable(connection, turn), method=method)  # type: ignore[arg-type]

    return made
