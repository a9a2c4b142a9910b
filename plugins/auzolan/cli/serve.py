"""`auzolan serve`: a commons comes in; its site on a local address, built anew and shown anew on every change, goes out.

Or a packed site comes in, and is shown as it is."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from auzolan.cli.console import console
from auzolan.cli.served import Served
from auzolan.cli.served_zip import ServedZip
from auzolan.load.settings import load_settings
from auzolan.model.errors import AuzolanError

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""What a machine calls itself."""
DELAY = 20
"""Milliseconds without a change after which a build begins: programs write a file in several steps."""
LONGEST_HEAD = 256 * 1024
"""Bytes of a request's first lines that are read, so that a question that is much too long is answered in words."""
IGNORED = (".cache", ".git", "__pycache__", ".venv", "node_modules")


def run(settings_path: Path, port: int, bind: str, open_browser: bool, output: Path | None) -> None:
    """Serves until it is interrupted. Raises AuzolanError where the port is taken."""
    settings, _ = load_settings(settings_path)
    listening = listen(bind, port)
    folder = (output or settings.output).resolve()
    served = Served(settings_path.resolve(), folder, [settings.theme], settings.overrides)
    watched = [settings.directory, settings.content, settings.theme, *settings.overrides]
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_build_and_serve(served, listening, watched, open_browser))


async def _build_and_serve(served: Served, listening: socket.socket, watched: list[Path], open_browser: bool) -> None:
    out = console()
    try:
        with out.status("building") if out.is_terminal else contextlib.nullcontext():
            await served.build()
        _say(served)
        tell(listening, "Every change is built and shown at once. Ctrl-C ends.", open_browser)
        await _serve(served, listening, watched)
    finally:
        await served.end()


def run_zip(path: Path, port: int, bind: str, open_browser: bool) -> None:
    """Shows a packed site until it is interrupted. Raises AuzolanError where there is none, or the port is taken."""
    served = ServedZip(path)
    listening = listen(bind, port)
    told = f"{path.name} is shown as it is: {len(served.files):,} files, {served.size / 1e6:,.1f} MB. Ctrl-C ends."
    if served.left_out:
        told += f"\n{served.left_out:,} more in it are left out: they are no files of a site."
    tell(listening, told, open_browser)
    answer(served.app(hosts_of(listening)), listening)


def answer(app: Any, listening: socket.socket) -> None:
    """Answers for an application until it is interrupted."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(uvicorn.Server(config(app)).serve(sockets=[listening]))


def tell(listening: socket.socket, told: str, open_browser: bool) -> None:
    """Says where it is, and what."""
    host, port = listening.getsockname()[:2]
    address = f"http://{'localhost' if host in ('127.0.0.1', '::1') else host}:{port}/"
    out = console()
    out.print(f"\n  {address}\n", style="bold")
    out.print(told, markup=False)
    if open_browser:
        webbrowser.open(address)


class _Server(uvicorn.Server):
    """Lets the open pages go as soon as it is told to end: it would wait for them, and they for it."""

    served: Served

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called with the signal that ends the server."""
        self.served.close()
        super().handle_exit(sig, frame)


async def _serve(served: Served, listening: socket.socket, watched: list[Path]) -> None:
    server = _Server(config(served.app(hosts_of(listening))))
    server.served = served
    watching = asyncio.create_task(_watch(served, watched))
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()
        served.close()


def hosts_of(listening: socket.socket) -> tuple[str, ...]:
    """On the loopback only this machine's own names are meant; on a network, whatever people call this machine."""
    return LOOPBACK if listening.getsockname()[0] in ("127.0.0.1", "::1") else ("*",)


def config(app: Any) -> uvicorn.Config:
    """How an application is served."""
    return uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, lifespan="off",
                          h11_max_incomplete_event_size=LONGEST_HEAD)  # fmt: skip


async def _watch(served: Served, paths: list[Path]) -> None:
    """Builds after every change below `paths`, of the files beside the settings (editors replace a file rather than write
    it, so its folder is watched), and of what git has committed."""
    from watchfiles import DefaultFilter, awatch

    ignoring = DefaultFilter(ignore_dirs=IGNORED)
    # What is passed over is so below the site; in a folder of what name the site itself lies is no matter.
    root = served.settings_path.parent
    changed = asyncio.Event()

    async def watch(*places: Path, recursive: bool, wanted: Callable[[Any, str], bool]) -> None:
        there = [place for place in dict.fromkeys(places) if place.is_dir()]
        if there:
            seen = awatch(*there, watch_filter=wanted, debounce=200, step=DELAY, recursive=recursive)
            async for _ in seen:
                changed.set()

    watchers = [
        watch(
            *paths, recursive=True, wanted=lambda change, path: ignoring(change, path.removeprefix(f"{root}{os.sep}"))
        ),
        watch(
            root,
            recursive=False,
            wanted=lambda _, path: not Path(path).name.startswith(".") and not Path(path).is_dir(),
        ),
        watch(root / ".git" / "logs", recursive=False, wanted=lambda _, path: Path(path).name == "HEAD"),
    ]
    async with asyncio.TaskGroup() as group:
        for watcher in watchers:
            group.create_task(watcher)
        while True:
            await changed.wait()
            changed.clear()
            await served.build()
            _say(served)


def _say(served: Served) -> None:
    sys.stderr.write(served.told)
    sys.stderr.flush()


def listen(bind: str, port: int) -> socket.socket:
    """A socket that people may come to. Raises AuzolanError where the port is taken."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    # Named so, or asyncio takes it for something else than TCP, and each answer waits 40 ms for the browser's nod.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((bind, port))
    except OSError as problem:
        made.close()
        raise AuzolanError(
            f"{bind}:{port} cannot be used: {problem.strerror}", "another port: auzolan serve --port 0"
        ) from problem
    made.listen()  # who reads the address may come at once
    return made
