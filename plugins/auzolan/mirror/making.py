"""A built site comes in; what an edition of it says goes out, and its statements beside the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auzolan.load.git import answer
from auzolan.mirror.kept import FOLDER, Kept, write
from auzolan.mirror.names import MAX_SUMS, SUMS, listed
from auzolan.mirror.partial import part_in
from auzolan.mirror.reading import digest_of, reader
from auzolan.mirror.statements import EDITION, FRESHNESS
from auzolan.mirror.strict import fields_of
from auzolan.mirror.told import beside
from auzolan.model.errors import AuzolanError, MissingFolder
from auzolan.model.parts import FORMAT, PATH, Part

MAX_DATA = 1_000_000_000
"""Bytes of data/everything.json."""
_MAX_PART = 100_000
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Site:
    """A built site that was looked through: the sha256 and size of its SHA256SUMS, how many files that names, of how many bytes
    together, the largest of how many."""

    sums: str
    sums_size: int
    files: int
    size: int
    largest: int


def look_through(output: Path, tell: Callable[[int, int], None] = lambda done, all_: None) -> Site:
    """Reads every file of the site. Raises AuzolanError where one is not what SHA256SUMS says, or may not lie in every copy."""
    data = sums_of(output)
    files = listed(data)
    wrong: list[str] = []
    size = largest = 0
    for done, (path, digest) in enumerate(files.items()):
        tell(done, len(files))
        found = digest_of(output, path)
        if found is None or found[0] != digest:
            wrong.append(path)
        else:
            size, largest = size + found[1], max(largest, found[1])
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise AuzolanError(
            f"{output} is not as it was built: {', '.join(wrong[:_SHOWN])}{more}", "build it again: auzolan build"
        )
    return Site(hashlib.sha256(data).hexdigest(), len(data), len(files), size, largest)


def sums_of(output: Path) -> bytes:
    """The SHA256SUMS of a built site. Raises MissingFolder where there is none."""
    data = reader(output)(SUMS, MAX_SUMS) if output.is_dir() else None
    if data is None:
        raise MissingFolder(f"{output} holds no built site", "build it first: auzolan build")
    return data


def built_part(output: Path) -> Part | None:
    """The part of a commons that was built into a folder; None where it is the whole, or nothing. Raises Refused where nobody can
    tell."""
    read = reader(output)
    data = read(PATH, _MAX_PART) if output.is_dir() else None
    # What the build did not write says nothing about it.
    if data is None or f"  {PATH}\n".encode() not in (read(SUMS, MAX_SUMS) or b""):
        return None
    return part_in(fields_of(data, PATH, FORMAT).group("part"))


@dataclass(frozen=True, slots=True)
class Told:
    """What the site's data tell of its entries: their ids, the ids of those that were withdrawn, and by the id of an
    entry the names that were chosen to be thanked."""

    ids: frozenset[str]
    withdrawn: tuple[str, ...]
    thanks: Mapping[str, tuple[str, ...]]


def told_by(output: Path) -> Told:
    """Reads data/everything.json; of a site without data nothing is known."""
    data = reader(output)("data/everything.json", MAX_DATA)
    if data is None:
        return Told(frozenset(), (), {})
    try:
        found = json.loads(data)
        entries: list[dict[str, Any]] = found["entries"]
        withdrawn = tuple(sorted(one["id"] for one in found["withdrawn"]))
    except (ValueError, KeyError, TypeError) as problem:
        raise AuzolanError(
            f"{output}/data/everything.json cannot be read", "build it again: auzolan build"
        ) from problem
    thanks = {one["id"]: names for one in entries if (names := _names(one.get("fields", {}).get("record", {})))}
    return Told(frozenset(one["id"] for one in entries), withdrawn, thanks)


def _names(record: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for one in record.get("thanks", ()) for text in one.values()))


def changed_since(root: Path, directory: Path, folders: Mapping[str, str], commit: str) -> dict[str, str] | None:
    """What happened to entries since a commit, as git tells: id → `new`, `edited` or `gone`. `folders` are the kinds by the names
    of their folders. None where git does not know."""
    if not commit or not directory.is_relative_to(root):
        return None
    below = directory.relative_to(root).as_posix()
    said = answer(root, "diff", "--name-status", "--no-renames", "--relative", "-z", commit, "HEAD", "--", below)
    if said is None:
        return None
    words = said.split("\0")
    found: dict[str, str] = {}
    for status, path in zip(words[::2], words[1::2], strict=False):
        folder, _, name = path.removeprefix(below + "/").partition("/")
        if folder in folders and name.endswith(".yaml") and "/" not in name:
            found[f"{folders[folder]}/{name.removesuffix('.yaml')}"] = {"A": "new", "D": "gone"}.get(
                status[:1], "edited"
            )
    return found


def thanked(told: Told, changed: Iterable[str]) -> tuple[str, ...]:
    """The names chosen by those who wrote these entries, in the order of the alphabet."""
    return tuple(sorted({name for id_ in changed for name in told.thanks.get(id_, ())}))


def commit_of(root: Path) -> tuple[str, bool]:
    """HEAD, "" where there is none; and whether everything in the folder is committed, but for editions themselves."""
    head = (answer(root, "rev-parse", "--verify", "-q", "HEAD") or "").strip()
    return head, head != "" and answer(root, "status", "--porcelain", "--", ".", f":(exclude){FOLDER}") == ""


def put(kept: Kept, output: Path) -> None:
    """Puts what the commons keeps beside a built site: its trust list and, where it is the newest edition's, its signatures. What
    another edition left there goes. Raises AuzolanError."""
    files = [*kept.statements(), *beside(kept.chain[-1:])]
    wanted = {path for path, _ in files} | {FRESHNESS} | {path.name for path in output.glob(f"{FRESHNESS}.*")}
    was = reader(output)(EDITION, MAX_SUMS)
    if kept.edition is None or was != kept.edition.data:
        wanted -= {one for one in wanted if one.startswith(FRESHNESS)}
    try:
        for path in (*output.glob(f"{EDITION}*"), *output.glob(f"{FRESHNESS}*"), *output.glob("trust/*")):
            if path.relative_to(output).as_posix() not in wanted:
                path.unlink()
    except OSError as problem:
        raise AuzolanError(f"{output} cannot be written: {problem.strerror}") from problem
    write(output, files)


def is_same(kept: Kept, output: Path) -> bool:
    """Whether the built site is the newest edition's, by its SHA256SUMS."""
    return kept.edition is not None and hashlib.sha256(sums_of(output)).hexdigest() == kept.edition.sums
