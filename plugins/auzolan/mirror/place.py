"""The folder of a mirror comes in; its current copy goes out, and a new one in its place, by one rename.

`state.json` says which of `copies/` is current; `site` is a link to it, for web servers. `staging/` is the copy that is being
put together, `incoming/` what has come of single files. Whatever happens, the copy that the state names is whole.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from auzolan.mirror.reading import reader
from auzolan.mirror.refused import Refused
from auzolan.mirror.state import MAX_STATE, STATE, State, state_data, state_of
from auzolan.model.errors import AuzolanError

_OURS = frozenset({STATE, f"{STATE}.new", "copies", "staging", "incoming", "site", "site.new", "lost+found"})
_COPY = re.compile(r"[0-9]+-[0-9a-f]{12}(?:-[0-9]+)?\Z")


class Place:
    """A mirror's folder, which need not be there yet."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.copies, self.staging, self.incoming = root / "copies", root / "staging", root / "incoming"

    def state(self) -> State | None:
        """What it knows; None where nothing was synced yet. Raises AuzolanError where that cannot be read."""
        try:
            data = reader(self.root)(STATE, MAX_STATE) if self.root.is_dir() else None
            return None if data is None else state_of(data)
        except Refused as problem:
            raise AuzolanError(f"{self.root}: {problem}", f"{problem.hint}. Or begin anew: move {STATE} away, and "
                               "sync with --trust and the sha256 of the trust list that you know") from problem  # fmt: skip

    def current(self, state: State) -> Path:
        """The folder of the current copy."""
        return self.copies / state.copy

    def make(self) -> None:
        """Makes the folder. Raises AuzolanError where something else lies there."""
        with refusals(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            others = [one.name for one in self.root.iterdir() if one.name not in _OURS and not one.name.startswith(".")]
        if others and not (self.root / STATE).exists():
            raise AuzolanError(f"{self.root} is no mirror, and holds other files", "name an empty folder, or a new one")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One sync at a time. The lock ends with the process, however that ends. Raises AuzolanError where another is at work."""
        try:
            import fcntl

            handle = os.open(self.root, os.O_RDONLY)
        except (ImportError, OSError):  # where there are no such locks, whoever sets up two timers takes care
            yield
            return
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as problem:
                raise AuzolanError(
                    f"{self.root} is being synced or repaired already", "wait until that is done"
                ) from problem
            except OSError:
                pass  # some file systems have no locks
            yield
        finally:
            os.close(handle)

    def tidy(self, state: State | None) -> None:
        """Puts right what a run left that was killed: a whole copy to which nobody switched yet is where the next one begins."""
        wanted = {state.copy, *state.kept} if state else set()
        with refusals(self.root):
            for one in sorted(self.copies.iterdir()) if self.copies.is_dir() else ():
                if one.name in wanted or not _COPY.match(one.name) or one.is_symlink():
                    continue
                if self.staging.exists():
                    remove(one)
                else:
                    one.rename(self.staging)
            if state:
                self.link(state)

    def free_name(self, serial: int, digest: str) -> str:
        """What a new copy may be called."""
        name = f"{serial}-{digest[:12]}"
        if not (self.copies / name).exists():
            return name
        return next(other for at in range(2, 1_000_000) if not (self.copies / (other := f"{name}-{at}")).exists())

    def switch(self, state: State, copy: Path) -> None:
        """Makes `copy`, which is whole, the current one. Older ones that `state` does not keep go."""
        with refusals(self.root):
            self.copies.mkdir(exist_ok=True)
            settle()
            copy.rename(self.current(state))
            self.save(state)
            self.link(state)
            for one in self.copies.iterdir():
                if one.name not in (state.copy, *state.kept) and _COPY.match(one.name) and not one.is_symlink():
                    remove(one)
        self.sweep()

    def sweep(self) -> None:
        """What a copy was put together in is no longer wanted."""
        with refusals(self.root):
            for rest in (self.staging, self.incoming):
                if rest.is_dir() and not rest.is_symlink():
                    remove(rest)

    def save(self, state: State) -> None:
        """Puts the state in its place, by one rename."""
        with refusals(self.root):
            put(self.root / STATE, state_data(state))

    def link(self, state: State) -> None:
        """The link that web servers follow; where there are none, nothing."""
        link, wanted = self.root / "site", os.path.join("copies", state.copy)  # noqa: PTH118
        with suppress(OSError):
            if link.is_symlink() and os.readlink(link) == wanted:  # noqa: PTH115
                return
        if link.exists() and not link.is_symlink():
            return
        with suppress(OSError, NotImplementedError):
            new = self.root / "site.new"
            new.unlink(missing_ok=True)
            new.symlink_to(wanted, target_is_directory=True)
            new.replace(link)


def settle() -> None:
    """Waits until the disk has what was written: a copy must not have its name before its files, should the power fail."""
    if hasattr(os, "sync"):
        os.sync()


def put(target: Path, data: bytes) -> None:
    """Writes a file whole or not at all, and on the disk itself. Raises OSError."""
    new = target.with_name(f"{target.name}.new")
    with new.open("wb") as file:
        if hasattr(os, "fchmod"):
            os.fchmod(file.fileno(), 0o644)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(target)
    with suppress(OSError):  # some systems open no folders
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove(folder: Path) -> None:
    """A folder of ours with all that is in it; links in it are removed and not followed. Raises OSError."""
    shutil.rmtree(folder)


@contextmanager
def refusals(root: Path) -> Iterator[None]:
    """Whatever the disk refuses becomes AuzolanError, with a way out."""
    try:
        yield
    except OSError as problem:
        hints = {
            errno.ENOSPC: "make room, then run it again: what has come is kept", errno.EDQUOT: "make room, then run it again",
            errno.EROFS: "it is mounted for reading only", errno.EACCES: "may you write there?", errno.EPERM: "may you write there?",
            errno.ENOENT: "is the disk still there?", errno.EIO: "the disk fails: take another one",
            errno.ENOTDIR: "a file lies where a folder should: name another folder",
        }  # fmt: skip
        raise AuzolanError(
            f"{root} cannot be written: {problem.strerror or problem}", hints.get(problem.errno or 0, "")
        ) from problem
