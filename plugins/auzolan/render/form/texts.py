"""Entries come in; the texts of their files go out as classic scripts, for the form that improves them: nothing else can be
read from a page that lies on a disk.

One script has the texts of about fifty entries: a file for each would be most of the files of a site. In which one an
entry lies follows from its slug, so that a page need not be told, and an entry more or less moves no other.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import File, Unit
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import script_json

TOGETHER = 50
"""Entries in one script, at most, where slugs fall evenly."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """A unit for each script. Its name tells who is in it, so that it is made again where somebody comes or goes."""
    for kind in commons.catalog.declarations.kinds.values():
        scripts: dict[int, list[str]] = {}
        count = scripts_of(commons, kind)
        for id_ in sorted(commons.by_kind.get(kind.name, ())):
            scripts.setdefault(script_of(id_.partition("/")[2], count), []).append(id_)
        for number, ids in sorted(scripts.items()):
            who = hashlib.blake2b("\0".join(ids).encode(), digest_size=8).hexdigest()
            yield Unit(f"texts {number} {who} {ids[-1]}", partial(_script, commons, kind, number, ids))


def scripts_of(commons: Commons, kind: Kind) -> int:
    """How many scripts a kind has: a power of two."""
    return commons.derived(f"texts.{kind.name}", lambda: _scripts(len(commons.by_kind.get(kind.name, ()))))


def script_of(slug: str, count: int) -> int:
    """The number of the script in which an entry lies; theme/client/contribute/load.ts knows it too."""
    return zlib.crc32(slug.encode()) % count


def _scripts(entries: int) -> int:
    return 1 << max(0, -(-entries // TOGETHER) - 1).bit_length()


def _script(commons: Commons, kind: Kind, number: int, ids: list[str]) -> Iterator[File]:
    texts = {id_: commons.catalog.text(id_) for id_ in ids}
    yield File(f"{kind.folder}/texts-{number}.js", f"AUZOLAN_ENTRIES({script_json(texts)});\n".encode())
