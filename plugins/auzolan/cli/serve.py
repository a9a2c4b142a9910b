"""`auzolan serve`: a commons comes in; its site on a local address, built anew and shown anew on every change, goes out."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import webbrowser
from pathlib import Path
from types import FrameType

import uvicorn

from auzolan.cli.console import console
from auzolan.cli.served import Served
from auzolan.load.settings import load_settings
from auzolan.model.errors import AuzolanError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""What a machine calls itself."""
IGNORED = (".cache", ".git", "__pycache__", ".venv", "node_modules")


def run(settings_path: Path, port: int, bind: str, open_browser: bool, output: Path | None) -> None:
    """Serves until it is interrupted. Raises AuzolanError where the port is taken."""
    settings, _ = load_settings(settings_path)
    listening = _listen(bind, port)
    host, port = listening.getsockname()[:2]
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}/"
    served = Served(settings_path.resolve(), (output or settings.output).resolve())
    out = console()
    with out.status("building") if out.is_terminal else console():
        asyncio.run(served.build())
    _say(served)
    out.print(f"\n  {address}\n", style="bold")
    out.print("Every change is built and shown at once. Ctrl-C ends.")
    if open_browser:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            _serve(served, listening, [settings.directory, settings.content, settings.theme, settings_path.resolve()])
        )


class _Server(uvicorn.Server):
    """Lets the open pages go as soon as it is told to end: it would wait for them, and they for it."""

    served: Served

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called with the signal that ends the server."""
        self.served.close()
        super().handle_exit(sig, frame)


async def _serve(served: Served, listening: socket.socket, watched: list[Path]) -> None:
    # On the loopback only this machine's own names are meant; on a network, whatever people call this machine.
    hosts = LOOPBACK if listening.getsockname()[0] in ("127.0.0.1", "::1") else ("*",)
    config = uvicorn.Config(served.app(hosts), log_level="warning", timeout_graceful_shutdown=1, lifespan="off")
    server = _Server(config)
    server.served = served
    watching = asyncio.create_task(_watch(served, watched))
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()
        served.close()


async def _watch(served: Served, paths: list[Path]) -> None:
    from watchfiles import DefaultFilter, awatch

    there = [path for path in dict.fromkeys(paths) if path.exists()]
    async for _ in awatch(*there, watch_filter=DefaultFilter(ignore_dirs=IGNORED), debounce=100, step=50):
        await served.build()
        _say(served)


def _say(served: Served) -> None:
    sys.stderr.write(served.told)
    sys.stderr.flush()


def _listen(bind: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((bind, port))
    except OSError as problem:
        made.close()
        raise AuzolanError(
            f"{bind}:{port} cannot be used: {problem.strerror}", "another port: auzolan serve --port 0"
        ) from problem
    return made
