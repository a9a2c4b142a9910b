"""A folder comes in; its regular files go out in order, and findings for all that may not be followed or published."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.rules import finding

MAX_DEPTH = 6
_IGNORED = frozenset({"thumbs.db", "desktop.ini"})


class Item(NamedTuple):
    """A regular file: its path, the same from the folder of the search on (posix), its own name, and what the system
    says of it."""

    path: str
    inside: str
    name: str
    stat: os.stat_result


def walk(folder: Path, root: Path, tell: Callable[[Diagnostic], None]) -> Iterator[Path]:
    """Every regular file below `folder`, sorted by name; hidden ones are passed over, links and devices are findings.
    `root` is what findings' paths are relative to."""
    for item in scan(folder, root, tell):
        yield Path(item.path)


def scan(folder: Path, root: Path, tell: Callable[[Diagnostic], None]) -> Iterator[Item]:
    """What `walk` gives, without a Path for each of the many files of a large commons."""
    if folder.is_symlink():
        tell(finding("F003", f"`{printable(folder.name)}` is a symbolic link", Location(relative(folder, root)),
                     "put the folder itself here"))  # fmt: skip
        return
    yield from _below(str(folder), "", root, tell, 1)


def _below(folder: str, inside: str, root: Path, tell: Callable[[Diagnostic], None], depth: int) -> Iterator[Item]:
    try:
        items = sorted(os.scandir(folder), key=lambda item: item.name)
    except OSError as problem:
        tell(finding("F007", f"the folder cannot be read: {problem.strerror}", Location(relative(folder, root))))
        return
    for item in items:
        name, path = item.name, item.path
        if name.startswith(".") or name.endswith("~") or name.lower() in _IGNORED:
            continue
        said = item.stat(follow_symlinks=False)
        mode = said.st_mode
        if stat.S_ISREG(mode):
            yield Item(path, inside + name, name, said)
        elif not stat.S_ISDIR(mode):
            what = "a symbolic link" if stat.S_ISLNK(mode) else "no regular file"
            tell(finding("F003", f"`{printable(name)}` is {what}", Location(relative(path, root)),
                         "put the file itself here"))  # fmt: skip
        elif depth < MAX_DEPTH:
            yield from _below(path, f"{inside}{name}/", root, tell, depth + 1)
        else:
            tell(finding("F002", f"folders are read {MAX_DEPTH} deep; `{printable(name)}` lies deeper",
                         Location(relative(path, root)), "move its files up"))  # fmt: skip


def read(path: Path, root: Path, limit: int) -> tuple[bytes, list[Diagnostic]]:
    """The first `limit` + 1 bytes of a file, or nothing with a finding where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(limit + 1), []
    except OSError as problem:
        return b"", [finding("F007", f"the file cannot be read: {problem.strerror}", Location(relative(path, root)))]


def relative(path: Path | str, root: Path) -> str:
    """`path` as findings show it: from the site's root, posix, with no character that a terminal would act on."""
    written, start = str(path), f"{root}{os.sep}"
    if written.startswith(start):
        return printable(written[len(start) :].replace(os.sep, "/"))
    inside = Path(path)
    if inside.is_relative_to(root):
        inside = inside.relative_to(root)
    return printable(inside.as_posix())


def printable(text: str) -> str:
    """`text` with every character that is not printable shown as its escape."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
