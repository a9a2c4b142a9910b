"""What a build learnt comes in; a store that the next build of the same site into the same folder reads goes out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from auzolan.ledger.scan import Seen, digest_of
from auzolan.ledger.store import Store, Unusable, is_ours, looks_of
from auzolan.ledger.tables import get_table
from auzolan.model.commons import Profile
from auzolan.model.entries import EntryId
from auzolan.model.settings import Settings
from auzolan.write import Made

T = TypeVar("T")
HEAD = "head"
TABLES = frozenset({"files", "made", "briefs", "standings", "units", "runs", "derived", "reads", "relations"})
"""What of it is a large dictionary, of which a build changes little."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the memory of one site and one output folder lies."""

    store: Path
    journals: Path
    lock: Path


@dataclass(slots=True)
class Warm:
    """What a process that builds often knows of the last build without reading it: what the store kept, as long as the
    store still `looks` as it left it, and as the objects that it stands for (`opened`); profiles that were unpacked, and facts that were fetched."""

    looks: str = ""
    heads: dict[str, Any] = field(default_factory=dict)
    opened: dict[str, Any] = field(default_factory=dict)
    profiles: dict[EntryId, Profile] = field(default_factory=dict)
    facts: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def forget(self) -> None:
        """Nothing is known."""
        self.looks = ""
        self.heads, self.opened, self.profiles, self.facts = {}, {}, {}, {}


@dataclass(frozen=True, slots=True)
class Last:
    """The last build: its store, open, and of what it keeps, what every build asks for. `made` are the files it left."""

    store: Store
    key: Mapping[str, str]
    files: Mapping[str, Seen]
    made: Mapping[str, Made]
    warm: Warm

    def get(self, name: str) -> Any:
        """Something else that it keeps. Raises Unusable where it is not there."""
        if name not in self.warm.heads:
            found = get_table(self.store, name) if name in TABLES else self.store.get(HEAD, name)
            if found is None:
                raise Unusable(f"{name} is missing")
            self.warm.heads[name] = found
        return self.warm.heads[name]

    def opened(self, name: str, make: Callable[[Any], T]) -> T:
        """The same as the object that `make` makes of it."""
        if name not in self.warm.opened:
            self.warm.opened[name] = make(self.get(name))
        found: T = self.warm.opened[name]
        return found


def place_of(settings: Settings) -> Place:
    """`.cache/auzolan/` in the site's folder, under a name of the settings file and the output folder."""
    name = hashlib.sha256(os.fsencode(f"{settings.settings_path}\0{settings.output.resolve()}")).hexdigest()[:12]
    folder = settings.root / ".cache" / "auzolan"
    return Place(folder / f"{name}.sqlite", folder / name, folder / f"{name}.lock")


def last_build(place: Place, warm: Warm | None, *, write: bool) -> Last | None:
    """The last build, or None where there is none that can be relied on. To `write` its store is one process' alone."""
    if not is_ours(place.store):
        return None
    try:
        store = Store.open(place.store, new=False) if write else Store(place.store)
        looks = looks_of(place.store)
        if warm is None or warm.looks != looks:
            warm = warm or Warm()
            warm.forget()
            warm.looks = looks
        last = Last(store, {}, {}, {}, warm)
        return replace(last, key=last.get("key"), files=last.get("files"), made=last.opened("made", _made))
    except (Unusable, TypeError, ValueError):
        return None


def _made(rows: Mapping[str, tuple[str, int, int]]) -> dict[str, Made]:
    return {path: Made(path, digest, size, time, False) for path, (digest, size, time) in rows.items()}


def untouched(made: Mapping[str, Made], output: Path, *, read_all: bool = False) -> dict[str, Made]:
    """Those of the files of the last build that still lie in the output folder as it left them, by their size and time;
    by what is in them too, where `read_all` asks for it."""
    base = os.fspath(output)
    found: dict[str, Made] = {}
    for path, one in made.items():
        with suppress(OSError):
            told = os.lstat(f"{base}/{path}")
            if (
                told.st_mtime_ns == one.time
                and told.st_size == one.size
                and (not read_all or digest_of(f"{base}/{path}") == one.digest)
            ):
                found[path] = one
    return found


def rows_of(made: Mapping[str, Made]) -> dict[str, tuple[str, int, int]]:
    """Made files as plain values, for the store."""
    return {one.path: (one.digest, one.size, one.time) for one in made.values()}


@contextmanager
def alone(place: Place, waiting: Any) -> Iterator[None]:
    """One build of a site at a time; `waiting` is called where another one is under way. The lock ends with the process,
    however that ends."""
    try:
        import fcntl
    except ImportError:  # where there is no such lock, builds are told apart by their journals alone
        yield
        return
    with suppress(OSError):
        place.lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place.lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
