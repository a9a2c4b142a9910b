"""An output folder comes in; a web application that shows it, with findings and reloads added to responses only, goes out."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from auzolan.cli.served_search import ServedSearch

LONGEST = 64 * 1024 * 1024
"""Bytes that the process that builds may say in a line: all findings are in one."""
PATIENCE = 30.0
"""Seconds that a question waits for a build that is under way."""
ASSETS = Path(__file__).parent / "assets"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z", re.ASCII)
# The policy's last rule, as it stands in an escaped attribute.
_CSP_END = re.compile(r"base-uri (?:'|&#39;)none(?:'|&#39;)")


def application(hosts: Sequence[str], *routes: Route) -> Starlette:
    """An application of `routes`. It answers to `hosts` only: a page elsewhere whose name is made to lead here reads nothing."""
    trusted = Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    return Starlette(middleware=[trusted], routes=list(routes))


def to_folder(request: Request) -> Response:
    """Sends whoever named a folder without its slash there: the links in its page begin at the slash."""
    return Response(status_code=307, headers={"Location": request.url.path + "/"})


def plain_page(title: str, told: str = "") -> str:
    """A page where the site has none."""
    shown = f"<h1>{title}</h1><pre>{html.escape(told)}</pre>"
    return f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>{shown}</body></html>'


def span_of(told: str, size: int) -> tuple[int, int] | None:
    """The bytes from start to before end that a Range header means of a file of `size`; `bytes=-5` are the last five. None where there is
    none that is answered: the whole file is, then. An empty span cannot be."""
    wanted = _RANGE.match(told)
    if not wanted or not any(wanted.groups()):
        return None
    first, last = wanted.groups()
    if not first:
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1, size) if last else size


class Served:
    """A site that is being written. `told` is what the last build said; `count` grows with every build that succeeded."""

    def __init__(
        self, settings_path: Path, output: Path, themes: Sequence[Path] = (), overrides: Sequence[Path] = ()
    ) -> None:
        self.settings_path = settings_path
        self.output = output
        self.told = ""
        self.count = 0
        self.failed = False
        self.search = ServedSearch(self._read, themes, overrides, self._written)
        self._at_rest = asyncio.Event()
        self._at_rest.set()
        self._changed = asyncio.Event()
        self._closed = False
        self._process: asyncio.subprocess.Process | None = None

    async def build(self) -> None:
        """Builds in a process of its own, which is kept for the next time. Open pages are shown anew as soon as all pages are
        written; data and search follow."""
        before = self.count
        self._at_rest.clear()
        try:
            builder = await self._builder()
            assert builder.stdin is not None and builder.stdout is not None
            builder.stdin.write(b"build\n")
            await builder.stdin.drain()
            while line := await builder.stdout.readline():
                told = json.loads(line)
                if "ready" not in told:
                    self.failed, self.told = told["failed"], told["told"]
                    break
                self.count = before + 1
                self.failed, self.told = False, ""
                self.search.forget()
                self._tell()
            else:
                self.failed, self.told = True, "auzolan: the process that builds was ended from outside\n"
        except (OSError, ValueError, KeyError) as problem:
            self.failed, self.told = True, f"auzolan: the process that builds does not answer: {problem}\n"
            # Whatever it says later would be taken for the answer to another question.
            await self.end()
            self._process = None
        if not self.failed:
            self.count = before + 1
        self.search.forget()
        self._at_rest.set()
        self._tell()

    async def _written(self) -> None:
        """Waits until no build is under way, but not for ever."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._at_rest.wait(), PATIENCE)

    async def _builder(self) -> asyncio.subprocess.Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "auzolan.cli.builder", str(self.settings_path), str(self.output),
                cwd=self.settings_path.parent, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
                env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"}, limit=LONGEST,
            )  # fmt: skip
        return self._process

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def end(self) -> None:
        """Ends the process that builds."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.terminate()
        # Its pipes are closed with it, while the loop that they hang on still runs.
        try:
            await self._process.communicate()
        except asyncio.CancelledError:
            # Ctrl-C comes once more from uvicorn, which gives it back when it has ended.
            await self._process.communicate()

    def close(self) -> None:
        """Lets every open page go, so that the server can end."""
        self._closed = True
        self._changed.set()

    def state(self) -> str:
        """What an open page needs to know, as JSON."""
        findings = self.told if self.failed or " warning " in self.told else ""
        heading = (
            "Not built: these findings come first" if self.failed else "Built, with findings" if findings else "Built"
        )
        return json.dumps({"built": self.count, "findings": findings, "heading": heading, "failed": self.failed})

    def app(self, hosts: Sequence[str] = ("*",)) -> Starlette:
        """The application. It answers to `hosts` only."""
        return application(
            hosts,
            Route("/_auzolan/events", self._events),
            Route("/_auzolan/{name:path}", self._asset),
            Route("/{path:path}", self._file),
        )

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def _stream(self) -> AsyncIterator[str]:
        while not self._closed:
            changed = self._changed
            yield f"data: {self.state()}\n\n"
            try:
                await asyncio.wait_for(changed.wait(), timeout=15)
            except TimeoutError:
                continue

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in ("serve.js", "serve.css"):
            return self._missing()
        return FileResponse(ASSETS / name, headers={"Cache-Control": "no-store"})

    async def _file(self, request: Request) -> Response:
        asked = request.path_params["path"]
        if (answer := await self.search.response(request, self._with_reload)) is not None:
            return answer
        try:
            # Where it leads comes before what lies there: nothing outside the site may be felt out.
            resolved = (self.output / asked).resolve()
            if asked.startswith("/") or not resolved.is_relative_to(self.output):
                return self._missing()
            if resolved.is_dir():
                if not request.url.path.endswith("/"):
                    return to_folder(request)
                resolved = resolved / "index.html"
            if resolved.is_symlink() or not resolved.is_file():
                return self._missing()
        except (OSError, ValueError):  # a name that no file can have
            return self._missing()
        if resolved.suffix == ".html":
            return HTMLResponse(self._with_reload(resolved.read_text("utf-8")), headers={"Cache-Control": "no-store"})
        return FileResponse(resolved, headers={"Cache-Control": "no-cache"})

    def _read(self, path: str) -> bytes | None:
        """A file of the site, by a name that nobody outside chose."""
        file = self.output / path
        try:
            return file.read_bytes() if file.is_file() and not file.is_symlink() else None
        except FileNotFoundError:  # a build took it away in between
            return None

    def _missing(self) -> Response:
        page = self.output / "404.html"
        if page.is_file():
            return HTMLResponse(self._with_reload(page.read_text("utf-8")), 404)
        title = "Not built yet" if self.count == 0 else "Not found"
        body = plain_page(title, self.told if self.count == 0 else "")
        return HTMLResponse(self._with_reload(body), 404)

    def _with_reload(self, page: str) -> str:
        """The page with our script, and leave for it to ask this server. Files never hold either."""
        added = (
            '<link rel="stylesheet" href="/_auzolan/serve.css"><script src="/_auzolan/serve.js" defer></script></head>'
        )
        allowed = _CSP_END.sub(lambda rule: f"{rule[0]}; connect-src &#39;self&#39;", page, count=1)
        return allowed.replace("</head>", added, 1)
