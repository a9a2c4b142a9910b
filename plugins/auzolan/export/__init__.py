"""A Commons comes in; the files of `data/` go out, for people who take the data with them.

`files(commons)` makes them all, `downloads(files, commons)` describes them for the page that offers them, `sums(files)`
makes the record of a whole site, `schema_files(declarations)` makes the schemas that are kept in the repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from auzolan.export.downloads import downloads, readme
from auzolan.export.everything import FORMAT, everything
from auzolan.export.geo import places
from auzolan.export.schemas import schema_files, schema_of, schemas
from auzolan.export.source import HISTORY_FORMAT, source, source_roots
from auzolan.export.sums import sums
from auzolan.export.tables import relations_table, tables
from auzolan.model.commons import Commons
from auzolan.model.pages import File

__all__ = [
    "FORMAT", "HISTORY_FORMAT", "OUTPUTS", "downloads", "files", "schema_files", "schema_of", "source_roots", "sums",
]  # fmt: skip

OUTPUTS: tuple[Callable[[Commons], Iterator[File]], ...] = (
    readme,
    everything,
    tables,
    relations_table,
    places,
    schemas,
)
"""What `data/` holds beside the source, in the order in which it is offered."""


def files(commons: Commons, roots: Sequence[Path] | None = None) -> Iterator[File]:
    """All of `data/` but its page. `roots` are the files and folders that go into source.zip; `source_roots` tells them
    where left out. Nothing but `commons` and the files under `roots` is read: no clock, no environment."""
    for output in OUTPUTS:
        yield from output(commons)
    yield from source(commons, roots)
