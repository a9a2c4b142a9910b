"""An application comes in; a server of its own on the loopback, asked with paths just as they are written, goes out."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import uvicorn

from auzolan.cli.mirror_served import ServedCopy
from auzolan.cli.serve import config
from auzolan.cli.served import Served
from auzolan.cli.served_zip import ServedZip


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Client:
    """A site on a port of its own."""

    def __init__(self, served: Served | ServedZip | ServedCopy, hosts: Sequence[str] = ("*",)) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.server = uvicorn.Server(config(served.app(hosts)))
        self.thread = threading.Thread(target=self.server.run, args=([self.socket],), daemon=True)
        self.thread.start()

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection(*self.socket.getsockname(), timeout=60)
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Host": "localhost", "Connection": "close", **(headers or {})}.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())

    def end(self) -> None:
        self.server.should_exit = True
        self.thread.join(60)
        self.socket.close()
