"""A copy comes in; its ZIM file goes out, and is compared with it, item by item."""

from __future__ import annotations

import datetime
import mimetypes
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auzolan.mirror.comparing import paths_in
from auzolan.mirror.kiwix.about import SIDE, About, about
from auzolan.mirror.kiwix.pages import read as read_page
from auzolan.mirror.packing import statements_in
from auzolan.mirror.reading import reader
from auzolan.model.errors import AuzolanError

MAX_FILE = 1_000_000_000
_MIME = {
    ".atom": "application/atom+xml", ".geojson": "application/geo+json", ".webp": "image/webp", ".js": "text/javascript",
    ".csv": "text/csv", ".json": "application/json", ".svg": "image/svg+xml", ".xml": "application/xml", ".yaml": "text/yaml",
}  # fmt: skip
"""What this machine may not know, or call otherwise than another does."""
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: how many items and redirections, and bytes."""

    items: int
    redirections: int
    size: int


class NoLibrary(AuzolanError):
    """libzim is not installed."""


def make(copy: Path, file: Path, tell: Tell, date: datetime.date | None = None) -> Made:
    """Writes the ZIM file of a copy, whole or not at all. `date` is told where the copy has none of its own. Raises
    AuzolanError."""
    writer = _library("writer")
    site = about(copy)
    paths = files_of(copy)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".auzolan-", suffix=".zim", dir=file.parent)
        os.close(handle)
        unfinished = Path(name)
        unfinished.unlink()  # libzim writes no file that is there
    except OSError as problem:
        raise AuzolanError(
            f"{file} cannot be written: {problem.strerror}", "name a place that you may write to: -o FILE"
        ) from problem
    try:
        redirections = _write(writer, site, copy, paths, unfinished, tell, date or datetime.date(1980, 1, 1))
        unfinished.chmod(0o644)
        unfinished.replace(file)
    except (OSError, RuntimeError) as problem:
        raise AuzolanError(f"{file} cannot be written: {problem}", "is there room on the disk?") from problem
    finally:
        for left in (unfinished, *file.parent.glob(unfinished.name + "*")):
            with suppress(OSError):
                left.unlink()
    return Made(len(paths) - redirections, redirections, file.stat().st_size)


def _write(writer: Any, site: About, copy: Path, paths: list[str], file: Path, tell: Tell, date: datetime.date) -> int:
    item = _items(writer)
    read = reader(copy)
    redirections = 0
    with _quiet(), writer.Creator(file).config_indexing(True, site.indexed) as creator:
        creator.set_mainpath("index.html")
        for name, text in site.metadata(site.date or date).items():
            creator.add_metadata(name, text)
        creator.add_illustration(SIDE, site.picture())
        for done, path in enumerate(paths):
            tell(done, len(paths))
            data = read(path, MAX_FILE) or b""
            page = read_page(path, data.decode("utf-8", "replace")) if path.endswith(".html") else None
            front = path in site.front
            title = page.title.removesuffix(f" · {site.title}") if page else ""
            if page and page.leads_to in site.front:
                creator.add_redirection(path, title, page.leads_to, {writer.Hint.FRONT_ARTICLE: True})
                redirections += 1
            else:
                creator.add_item(item(path, title, mime_of(path), data, page.text if page and front else "", front))
    return redirections


@contextmanager
def _quiet() -> Iterator[None]:
    """libzim tells its steps on standard output, which is for what is asked for."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _items(writer: Any) -> Any:
    """The class of an item: libzim wants to see its own base class, which is there only once it was imported."""

    class Words(writer.IndexData):  # type: ignore[misc]
        def __init__(self, title: str, text: str) -> None:
            super().__init__()
            self._title, self._text = title, text

        def has_indexdata(self) -> bool:
            return bool(self._text)

        def get_title(self) -> str:
            return self._title

        def get_content(self) -> str:
            return self._text

        def get_keywords(self) -> str:
            return ""

        def get_wordcount(self) -> int:
            return self._text.count(" ") + 1

    class Item(writer.Item):  # type: ignore[misc]
        def __init__(self, path: str, title: str, mime: str, data: bytes, text: str, front: bool) -> None:
            super().__init__()
            self._path, self._title, self._mime, self._data, self._text, self._front = (
                path,
                title,
                mime,
                data,
                text,
                front,
            )

        def get_path(self) -> str:
            return self._path

        def get_title(self) -> str:
            return self._title

        def get_mimetype(self) -> str:
            return self._mime

        def get_contentprovider(self) -> Any:
            return writer.StringProvider(self._data)

        def get_hints(self) -> dict[Any, int]:
            return {writer.Hint.FRONT_ARTICLE: self._front}

        def get_indexdata(self) -> Any:
            return Words(self._title, self._text)

    return Item


def differences(copy: Path, file: Path, tell: Tell) -> Iterator[str]:
    """In what a ZIM file is not the copy: a line for each item, `~` of other bytes, `-` not in the file, `+` only there. Two
    ZIM files of one copy are never the same bytes (each has a number of its own), their items are. Raises AuzolanError."""
    archive = open_(file)
    read, paths = reader(copy), files_of(copy)
    site = about(copy)
    known = set(paths)
    for done, path in enumerate(paths):
        tell(done, len(paths))
        data = read(path, MAX_FILE)
        if not archive.has_entry_by_path(path):
            yield f"- {path}"
            continue
        entry = archive.get_entry_by_path(path)
        if entry.is_redirect:
            page = read_page(path, (data or b"").decode("utf-8", "replace"))
            if page.leads_to not in site.front or entry.get_redirect_entry().path != page.leads_to:
                yield f"~ {path}"
        elif bytes(entry.get_item().content) != data:
            yield f"~ {path}"
    for number in range(archive.entry_count):
        path = archive._get_entry_by_id(number).path
        if path not in known and archive.has_entry_by_path(path):
            yield f"+ {path}"


def open_(file: Path) -> Any:
    """The archive. Raises AuzolanError."""
    reader_ = _library("reader")
    if not file.is_file():
        raise AuzolanError(f"there is no {file}", "auzolan zim makes one of a built site")
    try:
        return reader_.Archive(file)
    except RuntimeError as problem:
        raise AuzolanError(f"{file} is no ZIM file that can be read: {problem}") from problem


def files_of(copy: Path) -> list[str]:
    """The files of a copy, its edition's statements too."""
    return sorted({*paths_in(copy), *statements_in(copy)})


def mime_of(path: str) -> str:
    """The same on every machine."""
    suffix = Path(path).suffix.lower()
    return _MIME.get(suffix) or mimetypes.guess_type(path)[0] or "text/plain"


def _library(module: str) -> Any:
    try:
        import importlib

        return importlib.import_module(f"libzim.{module}")
    except ImportError as problem:
        raise NoLibrary("libzim is not installed", "pip install 'auzolan[zim]'") from problem
