"""A question in an address comes in; the site's own search page goes out with the results in it, for browsers without scripts.

`/search?q=…` and the page to which the search forms lead are answered alike, in every language of the site. All that is known
comes from the built files, so that a packed site is answered as one that is being written.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from auzolan.cli.asked import PAGE, PAGES, Asked, Refused, asked_of
from auzolan.index import Reader, Results, UnreadableShards, open_shards, pieces
from auzolan.index.facets import KIND
from auzolan.index.format import json_in
from auzolan.index.words import parse_query
from auzolan.load.shipped import shipped_root
from auzolan.render.doors.results import Answer, Row, Teller

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
UNREADABLE = 503
"""The status where search files are damaged, or of two builds."""
SIDE_BY_SIDE = 2
"""Questions that are answered at one time: files are served meanwhile."""
TIMES = 3
"""A question is asked of files that were being replaced, before it is said that they cannot be read."""
MOST_HELD = 24_000_000
"""Bytes of search files that are kept between two questions."""
_PLACE = re.compile(r"(?P<folder>(?:[a-z0-9-]+/)?search/)(?:index\.html)?\Z|(?P<plain>(?:[a-z0-9-]+/)?search)\Z")
# A packed site may hold any page: none of these looks twice at the same letters, however a page is made.
_LANGUAGE = re.compile(r'<html\b[^<>]*\bdata-lang="([A-Za-z0-9-]{2,35})"')
_FOUND = b"self.AUZOLAN_FOUND="
_HITS = re.compile(r'<[a-z]+\b[^<>]*\bid="hits"[^<>]*>')
_BROWSE = re.compile(r'<[a-z]+\b[^<>]*\bid="browse"')
_BOX = re.compile(r'<input\b[^<>]*\bname="q"')
_WITHOUT = re.compile(r"<noscript>[^<]*(?:<(?!/?noscript>)[^<]*)*</noscript>")
_TITLE = re.compile(r"<title>")
_UP = re.compile(r'(\s(?:href|src|action|data-root)=")\.\./')


class ServedSearch:
    """The search of a site of which `read` gives the bytes of a file by its path, None where there is none. `themes` and `overrides` are
    folders that say results in other words than the shipped theme. Where the site is being written, `written` waits until that is done."""

    def __init__(
        self,
        read: Callable[[str], bytes | None],
        themes: Iterable[Path] = (),
        overrides: Iterable[Path] = (),
        written: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        self._read = read
        self._written = written
        self._themes = (*themes, shipped_root() / "theme")
        self._overrides = tuple(overrides)
        self._turn = asyncio.Semaphore(SIDE_BY_SIDE)
        self.forget()

    def forget(self) -> None:
        """Files may have changed: all are read again."""
        self._readers: dict[str, tuple[bytes, Reader]] = {}
        self._tellers: dict[str, Teller] = {}

    async def response(self, request: Request, finish: Callable[[str], str] = str) -> Response | None:
        """The answer to a request that asks something; None for all others, and where the site has no search page. `finish` may
        add to the page."""
        path, query = request.path_params["path"], request.scope.get("query_string", b"")
        if not query or not (place := _PLACE.match(path)):
            return None
        for _ in range(TIMES if self._written else 1):
            async with self._turn:
                made = await run_in_threadpool(self._made, place, query)
            if not made or made[1] != UNREADABLE or self._written is None:
                break
            # While files are replaced, some are of the build before: none is of two when all are there.
            await self._written()
        return made and HTMLResponse(finish(made[0]), made[1], HEADERS)

    def _made(self, place: re.Match[str], query: bytes) -> tuple[str, int] | None:
        """A page and its status."""
        plain = place["plain"] is not None
        data = self._read(f"{place['plain']}/index.html" if plain else f"{place['folder']}index.html")
        page = (data or b"").decode("utf-8", "replace")
        spoken = _LANGUAGE.search(page)
        if spoken is None or not _HITS.search(page):
            return None
        page = _WITHOUT.sub("", page)
        if plain:
            # The page lies in a folder of which this address is no part: its ways are shorter by a step.
            page = _UP.sub(lambda found: found[1], page)
        up = place[0].count("/")
        teller = self._teller(spoken[1])
        try:
            asked = asked_of(query)
        except Refused as problem:
            return _with(page, teller.refused(problem.args[0])), 400
        if asked is None:
            return page, 200
        page = _BOX.sub(lambda found: f'{found[0]} value="{html.escape(asked.words)}"', page, count=1)
        if not asked.others and not parse_query(asked.words).all():
            return page, 200
        try:
            signs = self._signs(spoken[1])
            answer = self._answer(asked, spoken[1], signs)
            if answer is None:
                return page, 200
            told = teller.results(answer, signs, "../" * up or "./")
        except Refused as problem:
            return _with(page, teller.refused(problem.args[0])), 400
        except UnreadableShards:
            return _with(page, teller.refused("unreadable")), UNREADABLE
        if asked.words.strip():
            page = _TITLE.sub(lambda found: f"{found[0]}{html.escape(asked.words[:80])} · ", page, count=1)
        # Where nothing was found, the list of all names is the way on.
        page = _BROWSE.sub(lambda found: f"{found[0]} hidden", page, count=1) if answer.total else page
        return _with(page, told), 200

    def _signs(self, language: str) -> Mapping[str, Mapping[str, Any]]:
        """How kinds are shown, as the search script of the site is told."""
        _, _, written = (self._read(f"static/search.{language}.js") or b"").partition(_FOUND)
        try:
            told = json_in(written.rstrip().removesuffix(b";"))
        except (ValueError, RecursionError):
            return {}
        signs = told.get("signs") if isinstance(told, dict) else None
        wanted = {"class", "symbol", "flip", "label"}
        pairs = signs.items() if isinstance(signs, dict) else ()
        return {kind: sign for kind, sign in pairs if isinstance(sign, dict) and wanted <= sign.keys()}

    def _teller(self, language: str) -> Teller:
        if language not in self._tellers:
            self._tellers[language] = Teller(language, self._themes, self._overrides)
        return self._tellers[language]

    def _reader(self, language: str) -> Reader:
        """The reader of a language, made anew where the header has changed. Raises UnreadableShards."""
        header = self._read(f"search/{language}/header.js") or b""
        readers = self._readers  # what is forgotten meanwhile is not written into
        known = readers.get(language)
        if known is None or known[0] != header or known[1].held > MOST_HELD:
            known = (header, open_shards(self._read, language))
            readers[language] = known
        return known[1]

    def _answer(self, asked: Asked, language: str, signs: Mapping[str, Mapping[str, Any]]) -> Answer | None:
        """None where there are neither words nor values of facets."""
        reader = self._reader(language)
        first = (asked.page - 1) * PAGE
        labels = {facet.id: (facet.label, {id_: label for id_, label, _ in facet.values}) for facet in reader.facets()}
        labels[KIND] = ("", {kind: str(sign["label"]) for kind, sign in signs.items()})
        pairs = [pair for pair in dict.fromkeys(asked.others) if pair[0] in labels]
        if not pairs and not parse_query(asked.words).all():
            return None
        chosen: dict[str, list[str]] = {}
        for name, value in pairs:
            chosen.setdefault(name, []).append(value)
        found: Results = reader.search(asked.words, first + PAGE, asked.near, chosen)
        forms = reader.forms(asked.words, asked.near)
        rows = [
            Row(hit.kind, hit.url, *(pieces(text, forms.__contains__) for text in (hit.title, hit.summary, hit.place)))
            for hit in found.hits[first:]
        ]
        more = first + PAGE < found.total and asked.page < PAGES
        if first and not rows:
            raise Refused("page")
        return Answer(
            found.total, found.complete, rows, first, found.unknown, found.meant,
            before=asked.address(page=asked.page - 1) if first else "",
            after=asked.address(page=asked.page + 1) if more else "",
            as_typed=asked.address(near=False),
            chosen=[(labels[name][0], labels[name][1].get(value, value), asked.address(without=(name, value))) for name, value in pairs],
        )  # fmt: skip


def _with(page: str, told: str) -> str:
    """The page with the results where the search script would put them."""
    return _HITS.sub(lambda found: found[0] + told, page, count=1)
