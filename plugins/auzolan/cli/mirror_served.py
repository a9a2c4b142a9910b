"""A copy comes in; a web application that shows it goes out, for a small box: files as they were signed, and nothing else.

Whoever asks as a browser does for a page gets a line more, at its foot: which edition it is a copy of. Whoever copies the
site asks otherwise, and gets the bytes that were signed.
"""

from __future__ import annotations

import asyncio
import datetime
import gzip
import hashlib
import json
import mimetypes
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from auzolan.cli.served import application, plain_page, span_of, to_folder
from auzolan.cli.served_search import ServedSearch
from auzolan.load.shipped import shipped_root
from auzolan.mirror.refused import Refused
from auzolan.mirror.showing import Copy, shown_again, stamp
from auzolan.mirror.strict import moment_text
from auzolan.model.errors import AuzolanError
from auzolan.model.text import in_groups
from auzolan.render.doors.copied import POLICY, About, Line, Words, about_page

PAGE, DATA = "mirror.html", "mirror.json"
WHOLE = 4_000_000
"""Bytes of a file that is read whole: checked, and packed where that helps. A larger one comes in pieces, as it lies there."""
MOST_PACKED = 32_000_000
"""Bytes of packed files that are kept."""
LOOK = 1.0
"""Seconds between two looks whether the mirror has turned to a new copy."""
LONG = 3_600
"""Seconds for which a browser need not ask again about what pages are made with: names of files do not change with what is in them."""
_LASTING = ("static/", "search/")
_PACKED = re.compile(r"(?:text/|application/(?:json|geo\+json|javascript|xml|atom\+xml|ld\+json)|image/svg\+xml)")
_KINDS = {".js": "text/javascript", ".geojson": "application/geo+json", ".atom": "application/atom+xml", ".svg": "image/svg+xml",
          ".json": "application/json", ".webmanifest": "application/manifest+json", ".zip": "application/zip"}  # fmt: skip
_TAG = re.compile(r'(?:W/)?("[^"]*")')


class ServedCopy:
    """`copy` lies at `where`, and is looked for again when the mirror there turns to a new one."""

    def __init__(self, where: Path, copy: Copy) -> None:
        self._where, self.copy = where, copy
        self._stamp, self._looked = stamp(where), time.monotonic()
        self._turn = asyncio.Lock()
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._words = Words([shipped_root() / "theme"])
        self._line = self._line_of(copy)
        self.search = ServedSearch(self._read)

    def app(self, hosts: Sequence[str] = ("*",)) -> Starlette:
        """The application. It answers to `hosts` only."""
        return application(hosts, Route("/{path:path}", self._file))

    async def _file(self, request: Request) -> Response:
        await self._look()
        asked = request.path_params["path"]
        if (answer := await self.search.response(request, self._finished(asked))) is not None:
            return answer
        copy = self.copy
        path = f"{asked}index.html" if not asked or asked.endswith("/") else asked
        if path in copy.files:
            return await run_in_threadpool(self._answer, request, copy, path)
        if path in (PAGE, DATA):
            return self._about(request, copy, path)
        if f"{asked}/index.html" in copy.files:
            return to_folder(request)
        if "404.html" in copy.files:
            return await run_in_threadpool(self._answer, request, copy, "404.html", 404)
        return HTMLResponse(plain_page("Not found"), 404)

    async def _look(self) -> None:
        if time.monotonic() - self._looked < LOOK or self._turn.locked():
            return
        async with self._turn:
            self._looked = time.monotonic()
            now = stamp(self._where)
            if now is None or now == self._stamp:
                return
            found = await run_in_threadpool(shown_again, self._where, datetime.datetime.now(datetime.UTC))
            if found is not None:
                self._stamp = now
                self.copy, self._line = found, self._line_of(found)
                self.search.forget()

    def _line_of(self, copy: Copy) -> Line:
        return Line(copy.proven.edition.serial, copy.verified, self._words)

    def _finished(self, path: str) -> Callable[[str], str]:
        line = self._line
        return lambda page: line.put(page, "../" * path.count("/") + PAGE)

    def _read(self, path: str) -> bytes | None:
        """A file of the site, whole, by a name that nobody outside chose."""
        size = self.copy.size(path)
        return None if size is None or size > WHOLE else self._whole(self.copy, path)

    @staticmethod
    def _whole(copy: Copy, path: str) -> bytes | None:
        """The bytes that were signed; None where others lie there now."""
        try:
            data = b"".join(copy.pieces(path))
        except (Refused, AuzolanError):
            return None
        digest = copy.files[path]
        return data if not digest or hashlib.sha256(data).hexdigest() == digest else None

    def _answer(self, request: Request, copy: Copy, path: str, status: int = 200) -> Response:
        size = copy.size(path)
        if size is None:
            return _damaged(path)
        headers = {
            "Cache-Control": f"max-age={LONG}" if path.startswith(_LASTING) and not path.endswith("/header.js") else "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Auzolan-Copy": f"edition={copy.proven.edition.serial}; verified={moment_text(copy.verified)}",
        }  # fmt: skip
        kind = kind_of(path)
        page = kind.startswith("text/html") and "text/html" in request.headers.get("accept", "")
        if kind.startswith("text/html"):
            headers["Vary"] = "Accept, Accept-Encoding"
        if size > WHOLE:
            return self._in_pieces(request, copy, path, size, kind, headers)
        data = self._whole(copy, path)
        if data is None:
            return _damaged(path)
        tag = copy.files[path][:40] or hashlib.sha256(data).hexdigest()[:40]
        if page:
            # An address that was not found has any depth; the line leads there from the root.
            up = "/" if status != 200 else "../" * path.count("/")
            data = self._line.put(data.decode("utf-8", "replace"), f"{up}{PAGE}").encode()
            tag = hashlib.sha256(data).hexdigest()[:40]
        headers["ETag"] = f'"{tag}"'
        wanted = request.headers.get("range", "")
        if status == 200 and (headers["ETag"] in (known := _tags(request)) or f'"{tag}-gz"' in known):
            return Response(status_code=304, headers=headers)
        if wanted and status == 200 and request.headers.get("if-range", headers["ETag"]) == headers["ETag"]:
            span = span_of(wanted, len(data))
            if span is not None:
                return _part(data, span, kind, headers)
        if _PACKED.match(kind) and len(data) > 500:
            headers["Vary"] = headers.get("Vary", "Accept-Encoding")
            if _takes_gzip(request):
                headers["ETag"], headers["Content-Encoding"] = f'"{tag}-gz"', "gzip"
                data = self._gzip(tag, data)
        return Response(data, status, {**headers, "Accept-Ranges": "bytes"}, kind)

    def _in_pieces(
        self, request: Request, copy: Copy, path: str, size: int, kind: str, headers: dict[str, str]
    ) -> Response:
        tag = f'"{copy.files[path][:40]}"'
        headers = {**headers, "ETag": tag, "Accept-Ranges": "bytes"}
        if tag in _tags(request):
            return Response(status_code=304, headers=headers)
        start, end, status = 0, size, 200
        wanted = request.headers.get("range", "")
        span = span_of(wanted, size) if wanted and request.headers.get("if-range", tag) == tag else None
        if span is not None:
            start, end = span
            if start >= end:
                return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
            status, headers["Content-Range"] = 206, f"bytes {start}-{end - 1}/{size}"
        headers["Content-Length"] = str(end - start)
        pieces = iter(()) if request.method == "HEAD" else _until(copy.pieces(path, start), end - start)
        return StreamingResponse(pieces, status, headers, kind)

    def _gzip(self, tag: str, data: bytes) -> bytes:
        packed = self._packed.get(tag)
        if packed is None:
            packed = gzip.compress(data, 6, mtime=0)
            self._packed[tag] = packed
            while sum(map(len, list(self._packed.values()))) > MOST_PACKED and len(self._packed) > 1:
                self._packed.popitem(last=False)
        return packed

    def _about(self, request: Request, copy: Copy, path: str) -> Response:
        """What this is a copy of, for people or for programs."""
        edition, now = copy.proven.edition, datetime.datetime.now(datetime.UTC)
        told = {
            "format": "auzolan-copy/1", "site": edition.site, "name": edition.name, "address": edition.address,
            "serial": edition.serial, "sha256": edition.digest, "date": moment_text(edition.date),
            "verified": moment_text(copy.verified), "newest": moment_text(copy.proven.newest), "fresh": copy.proven.is_fresh(now),
            "signed": list(copy.proven.signed), "trust": copy.proven.trust.digest, "files": edition.files,
            "bytes": edition.size, "part": edition.part.told() if edition.part else None,
        }  # fmt: skip
        if path == DATA:
            return Response(
                json.dumps(told, ensure_ascii=False, indent=1) + "\n",
                headers={"Cache-Control": "no-cache"},
                media_type="application/json",
            )
        about = About(
            edition.name, edition.serial, edition.date, copy.proven.signed, copy.verified, copy.proven.newest, copy.proven.is_fresh(now),
            edition.files, edition.size, in_groups(edition.digest), in_groups(copy.proven.trust.digest), edition.part, edition.address,
        )  # fmt: skip
        language = self._words.chosen(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        # In the site's own look, where it has the sheets that our theme has.
        sheets = [one for one in ("static/style.css", "static/site.css") if one in copy.files]
        home = next((one for one in (f"{language}/index.html", "index.html") if one in copy.files), "./")
        icon = "static/favicon.svg" if "static/favicon.svg" in copy.files else ""
        page = about_page(about, self._words, language, str(request.base_url), home, sheets, icon)
        return HTMLResponse(
            page, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language", "Content-Security-Policy": POLICY}
        )


def kind_of(path: str) -> str:
    """The type of a file, by its name; of text, in UTF-8."""
    suffix = Path(path).suffix.lower()
    kind = _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "text/plain"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _tags(request: Request) -> set[str]:
    return set(_TAG.findall(request.headers.get("if-none-match", "")))


def _takes_gzip(request: Request) -> bool:
    for one in ",".join(request.headers.getlist("accept-encoding")).split(","):
        name, _, weight = one.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _part(data: bytes, span: tuple[int, int], kind: str, headers: dict[str, str]) -> Response:
    start, end = span
    if start >= end:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{len(data)}"})
    told = {**headers, "Content-Range": f"bytes {start}-{end - 1}/{len(data)}", "Accept-Ranges": "bytes"}
    return Response(data[start:end], 206, told, kind)


def _until(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        yield piece[:size]
        size -= len(piece)
        if size <= 0:
            return


def _damaged(path: str) -> Response:
    told = f"{path} is not as it was signed. Whoever keeps this copy can mend it: auzolan mirror repair"
    return HTMLResponse(plain_page("Damaged", told), 500)
