"""A Commons comes in; the files of `data/` go out, for people who take the data with them.

`assemblies(commons)` gives them all in parts, `downloads(files, commons)` describes them for the page that offers them,
`sums(files)` makes the record of a whole site, `schema_files(declarations)` makes the schemas that are kept in the repository,
`editor_settings(declarations)` what leads editors to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from auzolan.export.downloads import downloads, readme
from auzolan.export.everything import FORMAT, everything
from auzolan.export.geo import places
from auzolan.export.public import Public, public_of
from auzolan.export.schemas import editor_settings, schema_files, schema_of, schemas
from auzolan.export.source import HISTORY_FORMAT, source
from auzolan.export.sums import sums
from auzolan.export.tables import needed, relations_table, tables
from auzolan.model.commons import Commons
from auzolan.model.pages import Assembly, File

__all__ = [
    "FORMAT", "HISTORY_FORMAT", "OUTPUTS", "asker", "assemblies", "downloads", "editor_settings", "files",
    "schema_files", "schema_of", "sums",
]  # fmt: skip

OUTPUTS: tuple[Callable[[Public], Iterator[Assembly]], ...] = (
    readme,
    everything,
    tables,
    relations_table,
    places,
    schemas,
)
"""What `data/` holds beside the source, in the order in which it is offered."""
NONE: Mapping[str, str] = MappingProxyType({})


def assemblies(
    commons: Commons, roots: Sequence[Path] | None = None, digests: Mapping[str, str] = NONE
) -> Iterator[Assembly]:
    """All of `data/` but its page, nothing of it made yet. `roots` are the files and folders that go into source.zip;
    `source_roots` tells them where left out. `digests` are the sha256 of the site's files, by path, where they are
    known. Nothing but `commons` and the files under `roots` is read: no clock, no environment."""
    public = public_of(commons)
    for output in OUTPUTS:
        yield from output(public)
    yield source(public, roots, digests)


def asker(commons: Commons) -> Callable[[str], None]:
    """Asks for the facts of one entry that exports ask for, each the same as they."""
    public, kinds = public_of(commons), commons.catalog.declarations.kinds

    def ask(id_: str) -> None:
        if public.told(id_) is not None:
            needed(public, kinds[id_.partition("/")[0]], id_)

    return ask


def files(commons: Commons, roots: Sequence[Path] | None = None) -> Iterator[File]:
    """The same, all of it made here and now."""
    for assembly in assemblies(commons, roots):
        yield File(assembly.path, assembly.whole())
