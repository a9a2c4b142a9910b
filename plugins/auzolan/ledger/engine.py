"""Nothing comes in; a signature of the program itself goes out: its code, its Python and the libraries beside it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from auzolan import __version__

PACKAGE = Path(__file__).resolve().parents[1]


def engine() -> str:
    """A text that is another one after any change of the program, a library or Python. Files are looked at, not read."""
    code = sorted(_code(os.fspath(PACKAGE)))
    return repr((__version__, sys.version, sys.hexversion, _libraries(), code))


def _code(folder: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir():
                if item.name not in ("__pycache__", "shipped"):
                    found += _code(item.path)
            elif not item.name.endswith(".pyc"):
                told = item.stat()
                found.append((item.path, told.st_size, told.st_mtime_ns))
    return found


def _libraries() -> list[str]:
    """Names and versions of all that is installed, as the names of their folders tell them."""
    found: set[str] = set()
    for place in sys.path:
        try:
            with os.scandir(place or ".") as items:
                found.update(item.name for item in items if item.name.endswith((".dist-info", ".egg-info")))
        except OSError:
            continue
    return sorted(found)
