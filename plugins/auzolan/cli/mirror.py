"""`auzolan mirror`: the place of a copy comes in; a mirror of it, or what is wrong with one, and an exit status go out."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json
from auzolan.load.files import printable
from auzolan.mirror.carriers import carrier_of, copy_in
from auzolan.mirror.carriers.carrier import Patience, patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.carriers.zipped import Zipped
from auzolan.mirror.place import Place
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.refused import Refused
from auzolan.mirror.repairing import Repaired, repair
from auzolan.mirror.state import STATE, State
from auzolan.mirror.strict import moment_text
from auzolan.mirror.syncing import Synced, sync
from auzolan.mirror.taking import Tell
from auzolan.mirror.verifying import Verified, verify
from auzolan.model.errors import AuzolanError
from auzolan.model.text import in_groups

HERE = "mirror"
_SHOWN = 50
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
    began = place.state() is not None
    try:
        with closing(carrier_of(origin, fetching.patience())) as carrier, progress_of() as tell:
            synced = sync(place, carrier, now, pinned=pinned, keep=keep, dry_run=dry_run, tell=tell)
    except Refused as problem:
        state = place.state() if began else None
        say_refused(problem, as_json, f"The mirror stays at edition {state.serial}." if state else "")
        raise typer.Exit(1) from problem
    for one in synced.warnings:
        console().print(Text(f"warning: {one}"), style="yellow")
    if as_json:
        print_json(_synced_json(synced, now, dry_run))
        return
    if synced.first and not dry_run:
        _first(synced.proven)
    if synced.changed:
        console(error=False).print(Text(_changed(synced, place, dry_run)))
    elif verbose:
        edition = synced.proven.edition
        console(error=False).print(Text(f"{place.root} has edition {edition.serial} of {edition.name} already"))


def _first(proven: Proven) -> None:
    trust = proven.trust
    out = console(error=False)
    out.print(Text(f"This mirror trusts from now on whom the trust list of {trust.site} names (version {trust.version}; "
                   f"{trust.threshold} of {', '.join(one.name for one in trust.signers)} must sign). Compare its sha256 with "
                   "somebody who has it from them:"))  # fmt: skip
    out.print(Text("    " + " ".join(in_groups(trust.digest))))


def _changed(synced: Synced, place: Place, dry_run: bool) -> str:
    edition = synced.proven.edition
    is_ = f"edition {edition.serial} of {edition.name}, {edition.date:%Y-%m-%d}"
    if dry_run:
        return f"{place.root} would get {is_}: {synced.fetched:,} files to be fetched, {synced.linked:,} are here"
    found = f", {synced.found:,} of a run that was ended" if synced.found else ""
    return (f"{place.root} has {is_}: {synced.fetched:,} files fetched ({synced.fetched_bytes / 1e6:,.1f} MB), "
            f"{synced.linked:,} unchanged{found}")  # fmt: skip


def run_verify(copy: Path | None, trust: str, as_json: bool) -> None:
    """Raises typer.Exit(1) where something is wrong, AuzolanError where nobody could look."""
    where, now = copy_asked(copy), _now()
    with closing(local(where)) as carrier, progress_of() as tell:
        found = verify(where, carrier, now, tell, digest_of(trust))
    if as_json:
        print_json(_verified_json(found, now))
    else:
        _show_verified(found, now)
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
        print_json({**_verified_json(done.after, now), "mended": done.mended, "removed": done.removed,
                    "failed": done.failed})  # fmt: skip
    else:
        _show_repaired(done, now)
    if not done.after.is_whole:
        raise typer.Exit(1)


def _show_repaired(done: Repaired, now: datetime.datetime) -> None:
    out = console()
    for path, reason in sorted(done.failed.items()):
        out.print(Text(f"not mended: {printable(path)}: {reason}"), style="yellow")
    out.print(Text(f"{len(done.mended):,} files mended" + (f", {len(done.removed):,} removed" if done.removed else "")))
    _show_verified(done.after, now)


def run_status(folder: Path | None, as_json: bool) -> None:
    """Raises typer.Exit(1) where it is not authentic; how fresh it is only ever warns."""
    place, now = Place(mirror_asked(folder)), _now()
    state = place.state()
    if state is None:
        raise AuzolanError(f"{place.root} is no mirror yet", f"auzolan mirror sync https://… {place.root}")
    proven, refused = _proven(place, state, now)
    if as_json:
        print_json(_status_json(place, state, proven, refused, now))
    else:
        _show_status(place, state, proven, refused, now)
    if proven is None:
        raise typer.Exit(1)


def _proven(place: Place, state: State, now: datetime.datetime) -> tuple[Proven | None, str]:
    try:
        return prove(Folder(place.current(state)).read, state.known, now), ""
    except (Refused, AuzolanError) as problem:
        return None, str(problem)


def _show_status(place: Place, state: State, proven: Proven | None, refused: str, now: datetime.datetime) -> None:
    out = console(error=False)
    if proven is None:
        out.print(Text(f"edition {state.serial}: not authentic: {refused}"), style="bold red")
    else:
        edition = proven.edition
        out.print(Text(f"edition {edition.serial} of {edition.name}, {edition.date:%Y-%m-%d}: authentic, signed by {', '.join(proven.signed)}"), style="bold green")  # fmt: skip
        out.print(Text(_fresh(proven, now)), style="" if proven.is_fresh(now) else "yellow")
        out.print(Text(f"{edition.files:,} files, {edition.size / 1e6:,.1f} MB"))
    out.print(Text(f"from {state.origin}"))
    out.print(Text(f"synced {moment_text(state.synced)}, last asked {moment_text(state.looked)}"))
    out.print(Text(f"in {place.current(state)}" + (f"; older ones: {', '.join(state.kept)}" if state.kept else "")))
    out.print(Text(f"trust list: version {state.trust.version}, sha256 {' '.join(in_groups(state.trust.digest))}"))
    if place.staging.is_dir():
        out.print(Text("a newer copy is half done: the next sync goes on with it"))


def _fresh(proven: Proven, now: datetime.datetime) -> str:
    days = proven.age(now).days
    by = f", by {proven.stated}" if proven.stated else ""
    age = f"it was last said to be the newest on {proven.newest:%Y-%m-%d}{by}"
    if proven.is_fresh(now):
        return f"fresh: {age}"
    return f"stale: {age}, {days:,} days ago; it calls itself fresh for {proven.edition.fresh_days:,}"


def _show_verified(found: Verified, now: datetime.datetime) -> None:
    out = console(error=False)
    for what in ("damaged", "missing", "foreign"):
        paths: Sequence[str] = getattr(found, what)
        for path in paths[: _SHOWN if out.is_terminal else None]:
            out.print(Text(f"{what}: {printable(path)}"))
        if out.is_terminal and len(paths) > _SHOWN:
            out.print(Text(f"{what}: and {len(paths) - _SHOWN:,} more: --json names all"))
    if found.proven is None:
        said = found.refused
        out.print(Text(f"{found.where} is not authentic: {said}"), style="bold red")
        if said and said.hint:
            out.print(Text(f"    {said.hint}"))
        return
    proven, edition = found.proven, found.proven.edition
    wrong = len(found.damaged) + len(found.missing) + len(found.foreign)
    out.print(Text(f"edition {edition.serial} of {edition.name}, {edition.date:%Y-%m-%d}: authentic, signed by {', '.join(proven.signed)}"), style="bold green")  # fmt: skip
    out.print(Text(_fresh(proven, now)), style="" if proven.is_fresh(now) else "yellow")
    for one in (*proven.passed_over, *found.doubts):
        out.print(Text(f"warning: {one}"), style="yellow")
    if found.by_itself:
        out.print(Text("Who may sign says the copy itself. Compare the sha256 of its trust list with somebody who has it from "
                       "those people:\n    " + " ".join(in_groups(proven.trust.digest))))  # fmt: skip
    if wrong:
        told = f"{len(found.damaged):,} damaged, {len(found.missing):,} missing, {len(found.foreign):,} foreign files"
        out.print(
            Text(f"{told} of {len(found.files):,}: auzolan mirror repair {found.where} --from OTHER"), style="bold red"
        )
    else:
        out.print(Text(f"all {len(found.files):,} files are as they were signed"), style="bold green")


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


def _synced_json(synced: Synced, now: datetime.datetime, dry_run: bool) -> dict[str, Any]:
    return {
        "ok": True, "changed": synced.changed, "dry_run": dry_run, "first": synced.first,
        **_proven_json(synced.proven, now),
        "fetched": {"files": synced.fetched, "bytes": synced.fetched_bytes}, "unchanged": synced.linked,
        "found": synced.found, "warnings": list(synced.warnings), "refused": None,
    }  # fmt: skip


def _verified_json(found: Verified, now: datetime.datetime) -> dict[str, Any]:
    refused = {"threat": found.refused.threat, "message": str(found.refused)} if found.refused else None
    return {
        "ok": found.is_whole, "where": found.where, "by_itself": found.by_itself,
        **(_proven_json(found.proven, now) if found.proven else {"authentic": False}),
        "files": len(found.files), "bytes": found.size, "damaged": found.damaged, "missing": found.missing,
        "foreign": found.foreign, "doubts": found.doubts, "refused": refused,
    }  # fmt: skip


def _status_json(
    place: Place, state: State, proven: Proven | None, refused: str, now: datetime.datetime
) -> dict[str, Any]:
    return {
        **(_proven_json(proven, now) if proven else {"authentic": False, "refused": refused}),
        "from": state.origin, "synced": moment_text(state.synced), "looked": moment_text(state.looked),
        "copy": str(place.current(state)), "kept": list(state.kept), "staging": place.staging.is_dir(),
    }  # fmt: skip


def _proven_json(proven: Proven, now: datetime.datetime) -> dict[str, Any]:
    edition = proven.edition
    return {
        "authentic": True, "fresh": proven.is_fresh(now), "newest": moment_text(proven.newest),
        "age_days": proven.age(now).days,
        "edition": {"site": edition.site, "name": edition.name, "serial": edition.serial, "sha256": edition.digest,
                    "date": moment_text(edition.date), "files": edition.files, "bytes": edition.size},
        "signed": list(proven.signed),
        "trust": {"version": proven.trust.version, "sha256": proven.trust.digest},
    }  # fmt: skip


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
