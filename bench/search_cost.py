"""The folder of a site comes in; what search costs there, by itself and in one process, goes out as JSON.

`python -m bench.search_cost FOLDER`. Reading the site and making documents of it is not counted. What is counted: all
documents are analysed, indexed and exported, and their files written; then the same after one document has changed.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from auzolan import index
from auzolan.load.settings import load_settings
from auzolan.model.pages import Document, File
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.pipeline.search import SEGMENT
from auzolan.render.documents import documents

Timed = dict[str, float | int]
"""`wall` and `cpu` in seconds, `files` and `bytes` written, `documents` analysed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where the site has an error."""
    lines = (__doc__ or "").split("\n")
    parser = argparse.ArgumentParser(prog="python -m bench.search_cost", description=lines[0])
    parser.add_argument("folder", type=Path, help="the folder of a site, where its pelicanconf.py lies")
    found = documents_of(parser.parse_args(arguments).folder)
    if found is None:
        print("the site has errors: auzolan check tells them", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(cost(found, Path(folder))))
    return 0


def documents_of(site: Path) -> dict[str, list[Document]] | None:
    """Language → all documents; None where the site has errors."""
    settings, told = load_settings(site / "pelicanconf.py")
    commons = read(settings, told).commons
    if commons is None:
        return None
    shared = context(commons, Given())
    return {language: list(documents(commons, shared, language)) for language in shared.speakers}


def cost(found: dict[str, list[Document]], folder: Path) -> dict[str, Timed]:
    """`whole` and `edited`: what all documents cost, and then one that has changed, in every language."""

    def whole(db: sqlite3.Connection) -> Iterable[File]:
        for language, all_ in found.items():
            runs = (all_[start : start + SEGMENT] for start in range(0, len(all_), SEGMENT))
            segments = (index.segment(run, language) for run in runs)
            yield from index.update(db, language, (), (), segments, fresh=True).files

    def edited(db: sqlite3.Connection) -> Iterable[File]:
        for language, all_ in found.items():
            yield from index.update(db, language, [_edited(all_[len(all_) // 3])], (), fresh=False).files

    return {
        "whole": _timed(whole, folder) | {"documents": sum(map(len, found.values()))},
        "edited": _timed(edited, folder) | {"documents": len(found)},
    }


def _edited(document: Document) -> Document:
    """One word more in a summary."""
    more = f"{document.summary} edited"
    texts = tuple((weight, more if text == document.summary else text) for weight, text in document.texts)
    return replace(document, summary=more, texts=texts)


def _timed(work: Callable[[sqlite3.Connection], Iterable[File]], folder: Path) -> Timed:
    """Does the work as a build does: on a store in a file, in one transaction, the files written before it ends."""
    wall, cpu = time.perf_counter(), time.process_time()
    files = size = 0
    with closing(sqlite3.connect(folder / "store.sqlite", isolation_level=None)) as db:
        _begin(db)
        for file in work(db):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            files, size = files + 1, size + len(file.data)
        db.execute("COMMIT")
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"wall": wall, "cpu": cpu, "files": files, "bytes": size}


def _begin(db: sqlite3.Connection) -> None:
    for said in ("PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -65536", "BEGIN IMMEDIATE"):
        db.execute(said)


if __name__ == "__main__":
    raise SystemExit(main())
