"""A site in a zip file comes in; a web application that shows it as it is goes out. Nothing is unpacked.

A zip comes from anywhere. Names in it are only ever looked up, never opened as paths; what may not be a file of a site
is left out; and no more of a file is in memory at once than a piece of it.
"""

from __future__ import annotations

import mimetypes
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from auzolan.cli.served import application, plain_page, span_of, to_folder
from auzolan.cli.served_search import ServedSearch
from auzolan.model.errors import AuzolanError
from auzolan.model.unzips import DAMAGED, MAX_FILE, opened

MAX_READ = 64_000_000
"""Bytes of a file that a search reads."""
_PIECE = 256 * 1024


class ServedZip:
    """A packed site. `files` are the members that are shown, by name; `left_out` counts those that are not: their name
    leads out of the site or stands twice, or they are links, encrypted, or larger than MAX_FILE."""

    def __init__(self, path: Path) -> None:
        """Raises AuzolanError where there is no zip, or no site in it."""
        try:
            self._zip, self.files, self.left_out = opened(path)
        except (*DAMAGED, ValueError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else str(problem)
            hint = (
                "auzolan serve, with no name behind it, builds a site and shows it; auzolan build -o site.zip packs one"
            )
            raise AuzolanError(f"{path} is no packed site: {reason}", hint) from problem
        self._sound: dict[str, bool] = {}
        self.search = ServedSearch(self._read)
        if "index.html" not in self.files:
            self._zip.close()
            raise AuzolanError(f"there is no site in {path}", "it should hold index.html, in no folder")

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(one.file_size for one in self.files.values())

    def app(self, hosts: Sequence[str] = ("*",)) -> Starlette:
        """The application. It answers to `hosts` only."""
        return application(hosts, Route("/{path:path}", self._file))

    async def _file(self, request: Request) -> Response:
        asked = request.path_params["path"]
        if (answer := await self.search.response(request)) is not None:
            return answer
        name = f"{asked}index.html" if not asked or asked.endswith("/") else asked
        if name not in self.files:
            return to_folder(request) if f"{asked}/index.html" in self.files else await self._missing(request)
        return await self._answer(request, self.files[name])

    def _read(self, path: str) -> bytes | None:
        """A file of the site, whole, if it is sound and of a size that the search reads."""
        member = self.files.get(path)
        if member is None or member.file_size > MAX_READ or not self._is_sound(member):
            return None
        return b"".join(self._pieces(member, 0, member.file_size))

    async def _missing(self, request: Request) -> Response:
        if "404.html" in self.files:
            return await self._answer(request, self.files["404.html"], 404)
        return HTMLResponse(plain_page("Not found"), 404)

    async def _answer(self, request: Request, member: zipfile.ZipInfo, status: int = 200) -> Response:
        if not await run_in_threadpool(self._is_sound, member):
            return HTMLResponse(plain_page("Damaged", f"{member.filename} cannot be unpacked."), 500)
        size, tag = member.file_size, f'"{member.CRC:08x}-{member.file_size:x}"'
        headers = {"Cache-Control": "no-cache", "Accept-Ranges": "bytes", "ETag": tag}
        if status == 200 and request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        start, end = 0, size
        span = span_of(request.headers.get("range", ""), size)
        if status == 200 and span is not None and request.headers.get("if-range", tag) == tag:
            start, end = span
            if start >= end:
                return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
            status, headers = 206, {**headers, "Content-Range": f"bytes {start}-{end - 1}/{size}"}
        headers["Content-Length"] = str(end - start)
        kind = mimetypes.guess_type(member.filename)[0] or "text/plain"
        pieces = iter(()) if request.method == "HEAD" else self._pieces(member, start, end)
        return StreamingResponse(pieces, status, headers, kind)

    def _is_sound(self, member: zipfile.ZipInfo) -> bool:
        """Whether the file can be unpacked and has the size and checksum that are told: found out once, before any of it
        is sent, since an answer that has begun cannot be taken back."""
        if member.filename not in self._sound:
            try:
                whole = sum(map(len, self._pieces(member, 0, MAX_FILE))) == member.file_size
            except DAMAGED:
                whole = False
            self._sound[member.filename] = whole
        return self._sound[member.filename]

    def _pieces(self, member: zipfile.ZipInfo, start: int, end: int) -> Iterator[bytes]:
        with self._zip.open(member) as opened:
            at = 0
            while at < end and (piece := opened.read(min(_PIECE, end - at))):
                if at + len(piece) > start:
                    yield piece[max(start - at, 0) :]
                at += len(piece)
