"""`auzolan mirror`: the place of a copy comes in; a mirror of it, or what is wrong with one, and an exit status go out."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json
from auzolan.cli.mirror_told import (
    changed_line,
    show_first,
    show_repaired,
    show_status,
    show_verified,
    status_json,
    synced_json,
    verified_json,
)
from auzolan.load.files import printable
from auzolan.mirror.carriers import carrier_of, copy_in
from auzolan.mirror.carriers.carrier import Patience, patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.carriers.zipped import Zipped
from auzolan.mirror.place import Place
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.refused import Refused
from auzolan.mirror.repairing import repair
from auzolan.mirror.state import STATE, State
from auzolan.mirror.syncing import sync
from auzolan.mirror.taking import Tell
from auzolan.mirror.verifying import verify
from auzolan.model.errors import AuzolanError

HERE = "mirror"
_TIME = re.compile(r"(\d{1,6})([smhd])\Z", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class Fetching:
    """How long somebody waits: `time` as it was typed, and the least bytes a second."""

    time: str
    rate: int

    def patience(self) -> Patience:
        """From now on. Raises typer.BadParameter."""
        told = _TIME.match(self.time)
        if not told or not int(told[1]):
            raise typer.BadParameter(f"`{printable(self.time)}` is no time: 90s, 20m, 6h, 2d", param_hint="--time")
        return patience(int(told[1]) * _SECONDS[told[2]], self.rate)


def run_sync(
    origin: str, folder: Path | None, trust: str, keep: int, fetching: Fetching, *, dry_run: bool, verbose: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Raises typer.Exit(1) where the edition is refused, AuzolanError where nothing could be done."""
    place, pinned = Place(mirror_asked(folder)), digest_of(trust)
    now = _now()
    began, start = place.state() is not None, time.monotonic()
    try:
        with closing(carrier_of(origin, fetching.patience())) as carrier, progress_of() as tell:
            synced = sync(place, carrier, now, pinned=pinned, keep=keep, dry_run=dry_run, tell=tell)
    except Refused as problem:
        state = place.state() if began else None
        say_refused(problem, as_json, f"The mirror stays at edition {state.serial}." if state else "")
        raise typer.Exit(1) from problem
    seconds = time.monotonic() - start
    for one in synced.warnings:
        console().print(Text(f"warning: {one}"), style="yellow")
    if as_json:
        print_json(synced_json(synced, now, dry_run, seconds))
        return
    if synced.first and not dry_run:
        show_first(synced.proven)
    if synced.changed:
        console(error=False).print(Text(changed_line(synced, place, dry_run, seconds)))
    elif verbose:
        edition = synced.proven.edition
        console(error=False).print(Text(f"{place.root} has {edition.called} already"))


def run_verify(copy: Path | None, trust: str, as_json: bool) -> None:
    """Raises typer.Exit(1) where something is wrong, AuzolanError where nobody could look."""
    where, now = copy_asked(copy), _now()
    with closing(local(where)) as carrier, progress_of() as tell:
        found = verify(where, carrier, now, tell, digest_of(trust))
    if as_json:
        print_json(verified_json(found, now))
    else:
        show_verified(found, now)
    if not found.is_whole:
        raise typer.Exit(1)


def run_repair(
    copy: Path | None, other: str, trust: str, fetching: Fetching, *, remove_foreign: bool, as_json: bool
) -> None:
    """Raises typer.Exit(1) where something is still wrong."""
    where, now = copy_asked(copy), _now()
    if not where.is_dir():
        raise AuzolanError(f"{where} is no folder", "unpack it first: what is in a zip cannot be mended")
    try:
        with closing(carrier_of(other, fetching.patience())) as carrier, progress_of() as tell:
            done = repair(where, carrier, now, tell, pinned=digest_of(trust), remove_foreign=remove_foreign)
    except Refused as problem:
        say_refused(problem, as_json, "")
        raise typer.Exit(1) from problem
    if as_json:
        print_json({**verified_json(done.after, now), "mended": done.mended, "removed": done.removed,
                    "failed": done.failed})  # fmt: skip
    else:
        show_repaired(done, now)
    if not done.after.is_whole:
        raise typer.Exit(1)


def run_status(folder: Path | None, as_json: bool) -> None:
    """Raises typer.Exit(1) where it is not authentic; how fresh it is only ever warns."""
    place, now = Place(mirror_asked(folder)), _now()
    state = place.state()
    if state is None:
        raise AuzolanError(f"{place.root} is no mirror yet", f"auzolan mirror sync https://… {place.root}")
    proven, refused = _proven(place, state, now)
    if as_json:
        print_json(status_json(place, state, proven, refused, now))
    else:
        show_status(place, state, proven, refused, now)
    if proven is None:
        raise typer.Exit(1)


def _proven(place: Place, state: State, now: datetime.datetime) -> tuple[Proven | None, str]:
    try:
        return prove(Folder(place.current(state)).read, state.known, now), ""
    except (Refused, AuzolanError) as problem:
        return None, str(problem)


def say_refused(problem: Refused, as_json: bool = False, stays: str = "") -> None:
    """Why a copy is not taken, and what stays."""
    if as_json:
        told = {"threat": problem.threat, "message": str(problem), "hint": problem.hint}
        print_json({"ok": False, "changed": False, "refused": told})
    console().print(Text(f"refused ({problem.threat}): {problem}"), style="bold red")
    if problem.hint:
        console().print(Text(f"    {problem.hint}"))
    if stays:
        console().print(Text(stays))


def local(where: Path) -> Folder | Zipped:
    """A way to read a copy that lies here. Raises AuzolanError."""
    if where.is_dir():
        return Folder(copy_in(where))
    if where.is_file():
        return Zipped(where)
    raise AuzolanError(f"there is no copy at {where}", "name a mirror, the folder of a copy, or a zip")


def mirror_asked(folder: Path | None) -> Path:
    """The folder that is meant, if none is named."""
    if folder is not None:
        return folder
    return Path() if Path(STATE).is_file() else Path(HERE)


def copy_asked(copy: Path | None) -> Path:
    """The mirror or copy that is meant."""
    return mirror_asked(copy)


def digest_of(told: str) -> str:
    """A sha256 as people write it, in groups maybe. Raises typer.BadParameter."""
    found = re.sub(r"[\s:.-]", "", told).lower()
    if found and not _DIGEST.match(found):
        raise typer.BadParameter(
            f"`{printable(told)}` is no sha256: 64 digits and letters from a to f", param_hint="--trust"
        )
    return found


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@contextmanager
def progress_of() -> Iterator[Tell]:
    """A line that says how far it is, on a terminal alone."""
    out = console()
    if not out.is_terminal:
        yield lambda what, done, of: None
        return
    shown = [0.0]
    with out.status("beginning") as line:

        def tell(what: str, done: int, of: int) -> None:
            if time.monotonic() - shown[0] > 0.1 or done == of:
                shown[0] = time.monotonic()
                line.update(f"{what}: {done:,} of {of:,} files" if of else what)

        yield tell
