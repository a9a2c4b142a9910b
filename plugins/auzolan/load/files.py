"""A folder comes in; its regular files go out in order, and findings for all that may not be followed or published."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import finding

MAX_DEPTH = 6
_IGNORED = frozenset({"thumbs.db", "desktop.ini"})


def walk(folder: Path, root: Path, tell: Callable[[Diagnostic], None], depth: int = 0) -> Iterator[Path]:
    """Every regular file below `folder`, sorted by name; hidden ones are passed over, links and devices are findings.
    `root` is what findings' paths are relative to."""
    if not depth and folder.is_symlink():
        tell(finding("F003", f"`{printable(folder.name)}` is a symbolic link", Location(relative(folder, root)),
                     "put the folder itself here"))  # fmt: skip
        return
    try:
        items = sorted(os.scandir(folder), key=lambda item: item.name)
    except OSError as problem:
        tell(finding("F007", f"the folder cannot be read: {problem.strerror}", Location(relative(folder, root))))
        return
    for item in items:
        if item.name.startswith(".") or item.name.lower() in _IGNORED or item.name.endswith("~"):
            continue
        path = Path(item.path)
        mode = item.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode) or not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            what = "a symbolic link" if stat.S_ISLNK(mode) else "no regular file"
            tell(finding("F003", f"`{printable(item.name)}` is {what}", Location(relative(path, root)),
                         "put the file itself here"))  # fmt: skip
        elif stat.S_ISDIR(mode):
            if depth + 1 < MAX_DEPTH:
                yield from walk(path, root, tell, depth + 1)
            else:
                tell(finding("F002", f"folders are read {MAX_DEPTH} deep; `{printable(item.name)}` lies deeper",
                             Location(relative(path, root)), "move its files up"))  # fmt: skip
        else:
            yield path


def read(path: Path, root: Path, limit: int) -> tuple[bytes, list[Diagnostic]]:
    """The first `limit` + 1 bytes of a file, or nothing with a finding where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1), []
    except OSError as problem:
        return b"", [finding("F007", f"the file cannot be read: {problem.strerror}", Location(relative(path, root)))]


def relative(path: Path, root: Path) -> str:
    """`path` as findings show it: from the site's root, posix, with no character that a terminal would act on."""
    try:
        inside = path.relative_to(root)
    except ValueError:
        inside = path
    return printable(inside.as_posix())


def printable(text: str) -> str:
    """`text` with every character that is not printable shown as its escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
