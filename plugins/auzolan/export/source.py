"""A site's own files come in; `data/source.zip` goes out, from which a copy can be grown on."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from auzolan.export import plain as p
from auzolan.model.commons import Commons, Profile
from auzolan.model.entries import History
from auzolan.model.pages import File
from auzolan.model.settings import Settings
from auzolan.model.values import former_ids_of

HISTORY_FORMAT = "auzolan-history/1"
_PAPERS = ("README", "CONTRIBUTING", "LICENSE", "LICENSES", "GOVERNANCE")
_LEFT_NAMES = frozenset({"__pycache__", "node_modules", "Thumbs.db", "desktop.ini"})
# Leavings of editors, and keys: none of them belongs in a folder that is published, and there they lie sometimes.
_LEFT_ENDINGS = (".pyc", ".pyo", "~", ".bak", ".orig", ".rej", ".swp", ".tmp", ".pem", ".key", ".p12", ".pfx")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""A zip knows no earlier time."""


def source_roots(settings: Settings) -> tuple[Path, ...]:
    """What a living commons is made of: directory, content, a theme of its own, settings, the papers beside them."""
    found = [settings.theme, settings.root / settings.settings_path, settings.root / "publishconf.py"]
    found += settings.overrides
    if settings.root.is_dir():
        found += [path for path in settings.root.iterdir() if path.name.split(".")[0].upper() in _PAPERS]
    # A setting may climb out of the site (`../theme`); what lies there is not the site's to publish.
    inside = {path for path in map(_straight, found) if path.is_relative_to(settings.root) and path != settings.root}
    return tuple(sorted(inside | {settings.directory, settings.content}))


def _straight(path: Path) -> Path:
    return Path(os.path.normpath(path))


def source(commons: Commons, roots: Sequence[Path] | None = None) -> Iterator[File]:
    """`data/source.zip`: the regular files under `roots` (files or folders; `source_roots` where left out) and
    `history.json`. The same files give the same bytes: names sorted, mode 0644, the build's date as every file's
    time. Never a symbolic link, a hidden file, a name that some systems cannot hold, or the output folder; of a
    withdrawn entry only what may stay of it."""
    settings, history = commons.catalog.settings, commons.catalog.history
    members = dict(_members(settings, source_roots(settings) if roots is None else roots))
    members |= {one.path: _stub(one, commons) for one in p.withdrawn(commons) if one.path in members}
    members["history.json"] = _history(history, members)
    yield File("data/source.zip", _zip(members, history))


def _members(settings: Settings, roots: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for root in roots:
        name = _name(root, settings)
        if not any(part.startswith(".") for part in name.split("/")):
            for path, inside in _regular(root, name, settings.output):
                yield inside, path.read_bytes()


def _name(root: Path, settings: Settings) -> str:
    """What a root is called in the zip: its path from the site's root, or its usual name where it lies elsewhere."""
    if root.is_relative_to(settings.root):
        return root.relative_to(settings.root).as_posix()
    return {settings.directory: "directory", settings.content: "content"}.get(root, root.name)


def _regular(path: Path, name: str, output: Path) -> Iterator[tuple[Path, str]]:
    """The regular files at and under `path`, each with its name in the zip; symbolic links are never followed."""
    base = name.rsplit("/", 1)[-1]
    left_out = base.startswith(".") or base in _LEFT_NAMES or base.endswith(_LEFT_ENDINGS)
    if left_out or path == output or "\\" in base or not base.isprintable():
        return
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISREG(mode):
        yield path, name
    elif stat.S_ISDIR(mode):
        for inside in sorted(path.iterdir()):
            yield from _regular(inside, f"{name}/{inside.name}", output)


def _stub(profile: Profile, commons: Commons) -> bytes:
    """What a withdrawn entry's file may say; a comment left in the file on disk is not carried. Words, dates and ids
    need no quoting, but YAML 1.1 readers would take a bare date for something else than a text."""
    told = p.withdrawal(profile, commons)
    former = list(former_ids_of(commons.catalog.entries[profile.id]))
    lines = ["status: withdrawn", *(f'{name}: "{value}"' for name, value in told.items())]
    lines += ["former_ids:", *(f"  - {id_}" for id_ in former)] if former else []
    return "".join(f"{line}\n" for line in lines).encode()


def _history(history: History, members: Mapping[str, bytes]) -> bytes:
    """The dates of the files in the zip; names of files that are gone stay out."""
    told = {
        "format": HISTORY_FORMAT,
        "date": history.build_date.isoformat() if history.build_date else None,
        "created": {path: history.created[path].isoformat() for path in sorted(history.created) if path in members},
        "changed": {path: history.changed[path].isoformat() for path in sorted(history.changed) if path in members},
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _zip(members: Mapping[str, bytes], history: History) -> bytes:
    day = history.build_date
    time = (day.year, day.month, day.day, 0, 0, 0) if day and day.year >= 1980 else _EARLIEST
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, time)
            info.create_system = 3  # Unix, whatever the machine: only there has the mode a meaning
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, members[name], compresslevel=9)
    return buffer.getvalue()
