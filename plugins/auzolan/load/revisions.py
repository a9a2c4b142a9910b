"""A git revision comes in; its entries, words and articles, as plain files in an empty folder, go out. Nothing of it is run.

What a stranger proposes is read so: git's objects are asked for by their ids, and no work tree, index, hook or filter has
to do with it. Only regular files below the folders of the commons are written; links and submodules are findings.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from auzolan.load import files
from auzolan.load.git import TooMuch, answer, answer_up_to, contents, prefix_of
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.errors import AuzolanError
from auzolan.model.rules import finding
from auzolan.model.settings import Settings

MAX_FILES = 400_000
MAX_BYTES = 1_000_000_000
MAX_FILE = 4_000_000
"""Bytes of one file; nothing that may be published is so large. Of a larger one the length alone is told."""
MAX_DEPTH = 20
MAX_PATH = 1_000
"""Bytes of a file's way from the root of the commons: no system takes more than 4,096, its own way to our folder included."""
MAX_TOLD = 60_000_000
"""Bytes of a list of files."""
_REGULAR = frozenset({"100644", "100755", "100664"})
_OTHER = {"120000": "a symbolic link", "160000": "a submodule"}


class UnreadableRevision(AuzolanError):
    """A revision cannot be read, or is too large to be one of a commons."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file of a revision: `path` from the folder of the commons, its `mode`, the id of its blob, and its size in bytes."""

    path: str
    mode: str
    blob: str
    size: int


def tracked_files(settings: Settings, commit: str) -> tuple[Tracked, ...]:
    """The files of the commons at `commit`: those below its folders of entries and of content. Raises UnreadableRevision."""
    folders = [name for name, _ in _folders(settings)]
    prefix = prefix_of(settings.root)
    places = ["--full-tree", commit, "--", *(f"{prefix}{one}" for one in folders)]
    # Sizes are looked up one by one: first it is found out that they are not too many.
    named = _told(settings.root, commit, "ls-tree", "-r", "-z", "--name-only", *places)
    if named is not None and named.count("\0") > MAX_FILES:
        raise UnreadableRevision(f"{commit[:12]} is too large to be a commons: {named.count(chr(0)):,} files")
    told = _told(settings.root, commit, "ls-tree", "-r", "-z", "-l", *places) if named is not None else None
    if told is None:
        raise UnreadableRevision(f"git cannot show what was there at {commit[:12]}", "try `git fsck`")
    found = tuple(_listed(told, prefix))
    if sum(min(one.size, MAX_FILE) for one in found) > MAX_BYTES:
        raise UnreadableRevision(f"{commit[:12]} is too large to be a commons: more than {MAX_BYTES:,} bytes")
    return found


def _told(root: Path, commit: str, *arguments: str) -> str | None:
    try:
        return answer_up_to(root, MAX_TOLD, *arguments)
    except TooMuch:
        raise UnreadableRevision(f"{commit[:12]} is too large to be a commons", "look at it with git") from None


def _listed(told: str, prefix: str) -> Iterator[Tracked]:
    for line in told.split("\0"):
        head, tab, path = line.partition("\t")
        said = head.split()
        if tab and len(said) == 4:
            mode, _, blob, size = said
            yield Tracked(path.removeprefix(prefix), mode, blob, int(size) if size.isdigit() else 0)


def lay_out_plain(
    settings: Settings, commit: str, folder: Path, same: Mapping[str, Path] | None = None
) -> tuple[Settings, dict[str, Path], list[Diagnostic]]:
    """Writes the commons as it is at `commit` into `folder`, which is empty. Gives the settings that are in force, for that
    folder; where each blob lies, by its id; and findings for all that was not written. `same` is what another call
    gave: what is in it is linked, not written again. Raises UnreadableRevision."""
    written: dict[str, Path] = {}
    findings: list[Diagnostic] = []
    wanted: list[tuple[Tracked, Path]] = []
    tracked = tracked_files(settings, commit)
    often = Counter(one.path for one in tracked)
    for one in tracked:
        if one.mode not in _REGULAR:
            what = _OTHER.get(one.mode, "no regular file")
            findings.append(_refused(one, f"is {what}", "put the file itself here"))
        elif not _is_usable(one.path):
            findings.append(_refused(one, "has a name that no file may have", "give it another name"))
        elif often[one.path] > 1 or any(str(parent) in often for parent in PurePosixPath(one.path).parents):
            # No git makes such a tree, but somebody may.
            findings.append(_refused(one, "lies where something else does too", "give it another name"))
        else:
            wanted.append((one, folder / one.path))
    for name, _ in _folders(settings):
        (folder / name).mkdir(parents=True, exist_ok=True)
    fresh = [one for one in wanted if not (same and one[0].blob in same)]
    small = [one for one in fresh if one[0].size <= MAX_FILE]
    held = contents(settings.root, (one.blob for one, _ in small), MAX_FILE)
    try:
        for one, path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            if same and one.blob in same:
                os.link(same[one.blob], path)
            elif one.size <= MAX_FILE:
                path.write_bytes(_held(*next(held)))
            else:
                with path.open("wb") as file:
                    file.truncate(MAX_FILE + 1)
            written.setdefault(one.blob, path)
    except (OSError, ValueError, StopIteration) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        raise UnreadableRevision(f"what {commit[:12]} holds cannot be written: {why}", "try `git fsck`") from problem
    directory, content = (folder / name for name, _ in _folders(settings))
    return replace(settings, root=folder, directory=directory, content=content), written, findings


def _held(id_: str, data: bytes | None) -> bytes:
    if data is None:
        raise OSError(f"git has no {id_[:12]}")
    return data


def other_files(settings: Settings, base: str, head: str) -> tuple[str, ...]:
    """The files that differ between two commits and lie in no folder of entries or content: settings, theme, workflows.
    Their paths begin at the root of the repository. Raises UnreadableRevision."""
    prefix = prefix_of(settings.root)
    inside = tuple(f"{prefix}{name}/" for name, _ in _folders(settings))
    if head:
        old, new = (_whole_tree(settings.root, commit) for commit in (base, head))
        differ = [path for path in {*old, *new} if old.get(path) != new.get(path)]
    else:
        told = answer(settings.root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--")
        if told is None:
            raise UnreadableRevision(f"git cannot compare with {base[:12]}", "try `git fsck`")
        differ = told.split("\0")
    return tuple(sorted(path for path in differ if path and not path.startswith(inside)))


def _whole_tree(root: Path, commit: str) -> dict[str, str]:
    """Mode, type and id of each file of the repository. `git diff` would gather all that differs before it says a word."""
    told = _told(root, commit, "ls-tree", "-r", "-z", "--full-tree", commit)
    if told is None:
        raise UnreadableRevision(f"git cannot show what was there at {commit[:12]}", "try `git fsck`")
    return {path: head for head, _, path in (line.partition("\t") for line in told.split("\0")) if path}


def _folders(settings: Settings) -> tuple[tuple[str, str], ...]:
    """The folders of a commons by their way from its root, and what the settings call them."""
    found = []
    for key in ("directory", "content"):
        folder: Path = getattr(settings, key)
        # A setting may climb out of the site; what lies there is no part of its history.
        inside = Path(os.path.normpath(folder))
        if not inside.is_relative_to(settings.root) or inside == settings.root:
            raise UnreadableRevision(
                f"`{folder.name}` lies outside the commons, and git cannot tell what it held",
                "compare two folders instead: auzolan diff OLD NEW",
            )
        found.append((inside.relative_to(settings.root).as_posix(), key))
    return tuple(found)


def _is_usable(path: str) -> bool:
    parts = path.split("/")
    return (
        len(parts) <= MAX_DEPTH
        and len(os.fsencode(path)) <= MAX_PATH
        and all(
            part not in ("", ".", "..") and part.lower() != ".git" and len(os.fsencode(part)) <= 255 for part in parts
        )
    )


def _refused(one: Tracked, what: str, hint: str) -> Diagnostic:
    return finding("F003", f"`{files.printable(PurePosixPath(one.path).name)}` {what}",
                   Location(files.printable(one.path)), hint)  # fmt: skip
