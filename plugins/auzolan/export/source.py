"""A site's own files come in; `data/source.zip` goes out, from which a copy can be grown on."""

from __future__ import annotations

import datetime
import os
import stat
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import FileIO
from pathlib import Path

from auzolan.export import plain as p
from auzolan.export.public import Public
from auzolan.export.texts import pretty, short_hash
from auzolan.model.changes import changes_of, mark_of
from auzolan.model.commons import Commons, Profile
from auzolan.model.entries import History
from auzolan.model.errors import AuzolanError
from auzolan.model.pages import Assembly, Each, Joined, Part, Read
from auzolan.model.roots import source_roots
from auzolan.model.settings import Settings
from auzolan.model.thanks import thanks_of
from auzolan.model.values import former_ids_of
from auzolan.model.zips import directory, member

HISTORY_FORMAT = "auzolan-history/1"
_HISTORY = "history.json"
_LEFT_NAMES = frozenset({"__pycache__", "node_modules", "Thumbs.db", "desktop.ini"})
# Leavings of editors, and keys: none of them belongs in a folder that is published, and there they lie sometimes.
_LEFT_ENDINGS = (".pyc", ".pyo", "~", ".bak", ".orig", ".rej", ".swp", ".tmp", ".pem", ".key", ".p12", ".pfx")


_Held = tuple[str | bytes, str]
"""Where a file lies, or what stands in its place; and a digest of it."""


def source(public: Public, roots: Sequence[Path] | None, digests: Mapping[str, str]) -> Assembly:
    """`data/source.zip`: the regular files under `roots` (files or folders; `source_roots` where None) and
    `history.json`. The same files give the same bytes: names sorted, mode 0644, as a file's time the day on which it last
    changed, else the build's. Never a symbolic link, a hidden file, a name that some systems cannot hold, or the output
    folder; of a withdrawn entry only what may stay of it. `digests` are the sha256 of files by their path below the
    site's root, where they are known; other files are read here, so that the keys of the parts tell what is in them."""
    settings, history = public.commons.catalog.settings, public.commons.catalog.history
    stubs = {public.commons.profiles[id_].path: id_ for id_ in public.withdrawn()}
    # A large site has many files: nothing is held of those whose name tells where they lie, and whose digest is known.
    held: dict[str, _Held] = {}
    found = {_HISTORY}
    for name, path in _found(settings, source_roots(settings) if roots is None else roots):
        found.add(name)
        if name in stubs:
            data = _stub(public.commons.profiles[stubs[name]], public.commons)
            held[name] = data, short_hash(data)
        elif path != f"{settings.root}/{name}" or name not in digests:
            held[name] = path, short_hash(_read(path))
    names, day = sorted(found), history.build_date
    make = partial(_history, public, names)
    last = Part(f"{day} {_told(history, names)} {_HISTORY}", lambda: member(_HISTORY, make(), day))

    def day_of(name: str) -> datetime.date | None:
        return history.changed.get(name, day)

    def key_of(name: str) -> str:
        return f"{day_of(name)} {(held[name][1] if name in held else digests[name])[:32]} {name}"

    def made(name: str) -> bytes:
        what = held[name][0] if name in held else f"{settings.root}/{name}"
        return member(name, what if isinstance(what, bytes) else _read(what), day_of(name))

    at = names.index(_HISTORY)
    parts = Joined([Each(key_of, made, names[:at]), [last], Each(key_of, made, names[at + 1 :])])
    return Assembly("data/source.zip", parts, _directory)


def _read(path: str) -> bytes:
    try:
        with FileIO(path) as file:
            return file.readall()
    except OSError as problem:
        raise AuzolanError(
            f"{path} cannot be read: {problem.strerror}",
            "it goes into data/source.zip: make it readable, or move it out of the site's folders",
        ) from problem


def _directory(read: Read, offsets: Sequence[int], size: int) -> bytes:
    return b"".join(directory(read, offsets, size))


def _found(settings: Settings, roots: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Files by their name in the zip, each with its path."""
    output = os.fspath(settings.output)
    # The source of a part without pictures has none either; all else of the whole is there.
    without = f"{_name(settings.content, settings)}/images/" if settings.part and not settings.part.images else None
    for root in roots:
        name = _name(root, settings)
        if not any(part.startswith(".") for part in name.split("/")):
            for path, inside in _regular(os.fspath(root), name, output):
                if without is not None and inside.startswith(without):
                    continue
                yield inside, path


def _name(root: Path, settings: Settings) -> str:
    """What a root is called in the zip: its path from the site's root, or its usual name where it lies elsewhere."""
    if root.is_relative_to(settings.root):
        return root.relative_to(settings.root).as_posix()
    return {settings.directory: "directory", settings.content: "content"}.get(root, root.name)


def _regular(path: str, name: str, output: str) -> Iterator[tuple[str, str]]:
    """The regular files at and under `path`, each with its name in the zip; symbolic links are never followed."""
    if not _is_kept(path, name.rsplit("/", 1)[-1], output):
        return
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode):
        yield path, name
    elif stat.S_ISDIR(mode):
        yield from _inside(path, name, output)


def _inside(folder: str, name: str, output: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as there:
        for one in there:
            if not _is_kept(one.path, one.name, output):
                continue
            if one.is_file(follow_symlinks=False):
                yield one.path, f"{name}/{one.name}"
            elif one.is_dir(follow_symlinks=False):
                yield from _inside(one.path, f"{name}/{one.name}", output)


def _is_kept(path: str, base: str, output: str) -> bool:
    left_out = base.startswith(".") or base in _LEFT_NAMES or base.endswith(_LEFT_ENDINGS)
    return not left_out and path != output and "\\" not in base and base.isprintable()


def _stub(profile: Profile, commons: Commons) -> bytes:
    """What a withdrawn entry's file may say; a comment left in the file on disk is not carried. Words, dates and ids
    need no quoting, but YAML 1.1 readers would take a bare date for something else than a text."""
    told = p.withdrawal(profile, commons)
    former = list(former_ids_of(commons.catalog.entries[profile.id]))
    lines = ["status: withdrawn", *(f'{name}: "{value}"' for name, value in told.items())]
    lines += ["former_ids:", *(f"  - {id_}" for id_ in former)] if former else []
    return "".join(f"{line}\n" for line in lines).encode()


def _history(public: Public, names: Sequence[str]) -> bytes:
    """The dates and changelogs of the files in the zip; names of files that are gone stay out, and of people whom the entry
    names no more even their marks."""
    history = public.commons.catalog.history
    told: dict[str, object] = {
        "format": HISTORY_FORMAT,
        "date": history.build_date.isoformat() if history.build_date else None,
        "created": {path: history.created[path].isoformat() for path in names if path in history.created},
        "changed": {path: history.changed[path].isoformat() for path in names if path in history.changed},
        "changes": {path: lines for path in names if path in history.changes and (lines := _changes(public, path))},
    }
    if not history.known:
        told["known"] = False
    return f"{pretty(told)}\n".encode()


def _changes(public: Public, path: str) -> list[str]:
    names = thanks_of(public.commons, public.id_at(path))
    if names is None:
        return []
    kept = frozenset(map(mark_of, names))
    changes = changes_of(public.commons.catalog.history.changes[path])
    told = [replace(change, thanks=tuple(mark for mark in change.thanks if mark in kept)) for change in changes]
    return [change.line() for change in told if change.sort != "added" or change.thanks]


def _told(history: History, names: Sequence[str]) -> str:
    """Tells one `_history` from another, and is made sooner."""
    days = array("l")
    for dates in (history.created, history.changed):
        days.extend([day.toordinal() if (day := dates.get(name)) else 0 for name in names])
    changes = "\0".join(history.changes.get(name, "") for name in names)
    return short_hash("\0".join([*names, changes]).encode("utf-8", "surrogateescape") + days.tobytes())
