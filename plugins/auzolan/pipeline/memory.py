"""What a build learnt comes in; a store that the next build of the same site into the same folder reads goes out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from auzolan.ledger.scan import Seen, digest_of
from auzolan.ledger.store import Store, Unusable, is_ours, looks_of, own_folder
from auzolan.ledger.tables import get_table
from auzolan.model.settings import Settings
from auzolan.write.made import Made

if TYPE_CHECKING:
    from auzolan.ledger.facts import Fetched
    from auzolan.model.commons import Profile
    from auzolan.model.entries import EntryId

T = TypeVar("T")
HEAD = "head"
TABLES = frozenset({"files", "made", "briefs", "standings", "gists", "units", "runs", "derived", "reads", "relations"})
"""What of it is a large dictionary, of which a build changes little."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site lies, and where the memory of what was built of it into one output folder. No `notes`: this user has no
    cache folder of their own."""

    site: Path
    store: Path
    notes: Path | None


@dataclass(slots=True)
class Warm:
    """What a process that builds often knows of the last build without reading it: what the store kept, as long as the
    store still `looks` as it left it, and as the objects that it stands for (`opened`); profiles that were unpacked, and facts that were fetched."""

    looks: str = ""
    heads: dict[str, Any] = field(default_factory=dict)
    opened: dict[str, Any] = field(default_factory=dict)
    profiles: dict[EntryId, Profile] = field(default_factory=dict)
    facts: dict[str, Fetched] = field(default_factory=dict)

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
    """`.cache/auzolan/` in the site's folder, or where that cannot be written, the user's own cache folder: the store, by the
    name of settings file and output folder. Always in the user's own: the notes of what was written into an output folder,
    by which files are removed."""
    output = os.fspath(settings.output.resolve())
    folder, own = settings.root / ".cache" / "auzolan", own_folder(settings.root)
    if not _can_be_written(folder) and own is not None:
        folder = own / "sites"
    store = _name(f"{settings.root}\0{settings.settings_path}\0{output}")
    notes = own / "outputs" / _name(output) if own is not None else None
    return Place(settings.root, folder / f"{store}.sqlite", notes)


def _name(text: str) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:12]


def _can_be_written(folder: Path) -> bool:
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


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
        try:
            told = os.lstat(f"{base}/{path}")
        except OSError:
            continue
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
def alone(place: Place, waiting: Callable[[], object]) -> Iterator[None]:
    """One build of a site at a time; `waiting` is called where another one is under way. The lock ends with the process,
    however that ends, and those that it forked. It lies on the site's folder itself, so that nothing need be written."""
    try:
        import fcntl

        handle = os.open(place.site, os.O_RDONLY)
    except (ImportError, OSError):  # where there is no such lock, builds are told apart by their journals alone
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            pass  # some file systems have no locks
        yield
    finally:
        os.close(handle)
