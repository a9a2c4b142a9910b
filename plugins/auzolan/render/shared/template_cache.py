"""A folder and a language's catalogues come in; a store of compiled templates goes out, so that a build that renders
one page need not compile them all.

What is kept holds for one source, one Python, one Jinja, one generator and the same words; anything else is made anew.
A folder that cannot be read or written is no error: templates are compiled then."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from auzolan.render.shared import template_code

DIGEST = 32
"""Bytes of a sha256, with which each file begins: of all that the code after it depends on."""


class Compiled(BytecodeCache):
    """Compiled templates of one language in `folder`, one file for each. `catalogues` are the files whose sentences are
    written into the code."""

    def __init__(self, folder: Path, language: str, catalogues: Iterable[Path]) -> None:
        self._folder, self._language = folder, language
        made_by = f"{sys.version}\0{version('jinja2')}\0{version('markupsafe')}\0{language}\0"
        self._base = hashlib.sha256(made_by.encode())
        for path in (Path(template_code.__file__), *catalogues):
            self._base.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of the file in which a template is kept."""
        return hashlib.sha256(f"{self._language}\0{name}\0{filename}".encode()).hexdigest()[:32]

    def get_source_checksum(self, source: str) -> str:
        """The sha256, in hex, of a template's source and of all else that its code depends on."""
        digest = self._base.copy()
        digest.update(source.encode())
        return digest.hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code that is kept, if it is still that of the source."""
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = (self._folder / bucket.key).read_bytes()
            if kept[:DIGEST].hex() == bucket.checksum:
                bucket.code = marshal.loads(kept[DIGEST:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code, in one move, so that nobody reads half of it."""
        path = self._folder / bucket.key
        beside = path.with_name(f"{bucket.key}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(bytes.fromhex(bucket.checksum) + marshal.dumps(bucket.code))
            beside.replace(path)
