"""A folder and a language's catalogues come in; a store of compiled templates goes out, so that a build that renders
one page need not compile them all.

What is kept holds for one source, one Python, one Jinja, one generator and the same words; anything else is made anew.
It is code that is run, so the folder must be one that nobody but the user writes to: never the site's own, which may have
come from elsewhere. A folder that cannot be read or written is no error: templates are compiled then."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from auzolan.render.shared import template_code

DIGEST = 32
"""Bytes of a sha256, with which each file begins: of all that the code after it depends on."""


class Compiled(BytecodeCache):
    """Compiled templates of one language in `folder`, one file for each name: sites that have the shipped templates share
    them, and where two have different ones of a name, the last that was compiled is kept. `catalogues` are the files
    whose sentences are written into the code."""

    def __init__(self, folder: Path, language: str, catalogues: Iterable[Path]) -> None:
        self._folder, self._language = folder, language
        made_by = f"{sys.version}\0{version('jinja2')}\0{version('markupsafe')}\0{language}\0"
        self._base = hashlib.sha256(made_by.encode())
        for path in (Path(template_code.__file__), *catalogues):
            self._base.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """A template's code, if it is kept, and the place for it. Its checksum is the sha256, in hex, of all that the code
        depends on."""
        digest = self._base.copy()
        digest.update(f"{name}\0{filename}\0{source}".encode())
        place = hashlib.sha256(f"{self._language}\0{name}".encode()).hexdigest()[:32]
        bucket = Bucket(environment, place, digest.hexdigest())
        self.load_bytecode(bucket)
        return bucket

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
