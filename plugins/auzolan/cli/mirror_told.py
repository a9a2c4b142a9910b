"""What was found about mirrors and copies comes in; words for people, and plain values for programs, go out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from auzolan.cli.carrying import pace, stick_line, stick_told
from auzolan.cli.console import console
from auzolan.load.files import printable
from auzolan.mirror.place import Place
from auzolan.mirror.proving import Proven
from auzolan.mirror.repairing import Repaired
from auzolan.mirror.state import State
from auzolan.mirror.strict import moment_text
from auzolan.mirror.syncing import Synced
from auzolan.mirror.verifying import Verified
from auzolan.model.text import in_groups

_SHOWN = 50
"""Files of a sort that a terminal is told by name; whoever reads no terminal is told all."""


def show_first(proven: Proven) -> None:
    """Whom a mirror trusts from now on, so that somebody compares it."""
    trust = proven.trust
    out = console(error=False)
    out.print(Text(f"This mirror trusts from now on whom the trust list of {trust.site} names (version {trust.version}; "
                   f"{trust.threshold} of {', '.join(one.name for one in trust.signers)} must sign). Compare its sha256 with "
                   "somebody who has it from them:"))  # fmt: skip
    out.print(Text("    " + " ".join(in_groups(trust.digest))))


def changed_line(synced: Synced, place: Place, dry_run: bool, seconds: float) -> str:
    """What a sync did, and how long it took until all was on the disk; or what it would do."""
    edition = synced.proven.edition
    is_ = f"{edition.called}, {edition.date:%Y-%m-%d}"
    if dry_run:
        return f"{place.root} would get {is_}: {synced.fetched:,} files to be fetched, {synced.linked:,} are here"
    found = f", {synced.found:,} of a run that was ended" if synced.found else ""
    return (f"{place.root} has {is_}: {synced.fetched:,} files fetched ({synced.fetched_bytes / 1e6:,.1f} MB), "
            f"{synced.linked:,} unchanged{found},{pace(synced.fetched_bytes, synced.fetched, seconds)}")  # fmt: skip


def show_repaired(done: Repaired, now: datetime.datetime) -> None:
    """What was mended, and what was not."""
    out = console()
    for path, reason in sorted(done.failed.items()):
        out.print(Text(f"not mended: {printable(path)}: {reason}"), style="yellow")
    out.print(Text(f"{len(done.mended):,} files mended" + (f", {len(done.removed):,} removed" if done.removed else "")))
    show_verified(done.after, now)


def show_status(place: Place, state: State, proven: Proven | None, refused: str, now: datetime.datetime) -> None:
    """What a mirror has, and from where."""
    out = console(error=False)
    if proven is None:
        out.print(Text(f"edition {state.serial}: not authentic: {refused}"), style="bold red")
    else:
        edition = proven.edition
        out.print(Text(f"{edition.called}, {edition.date:%Y-%m-%d}: authentic, signed by {', '.join(proven.signed)}"), style="bold green")  # fmt: skip
        out.print(Text(_fresh(proven, now)), style="" if proven.is_fresh(now) else "yellow")
        out.print(Text(f"{edition.files:,} files, {edition.size / 1e6:,.1f} MB"))
        if line := stick_line(place.current(state)):
            out.print(Text(line))
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


def show_verified(found: Verified, now: datetime.datetime) -> None:
    """What is wrong with a copy, file by file, and what it proves."""
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
    out.print(Text(f"{edition.called}, {edition.date:%Y-%m-%d}: authentic, signed by {', '.join(proven.signed)}"), style="bold green")  # fmt: skip
    out.print(Text(_fresh(proven, now)), style="" if proven.is_fresh(now) else "yellow")
    for one in (*proven.passed_over, *found.doubts):
        out.print(Text(f"warning: {one}"), style="yellow")
    if found.by_itself:
        out.print(Text("Who may sign says the copy itself. Compare the sha256 of its trust list with somebody who has it from "
                       "those people:\n    " + " ".join(in_groups(proven.trust.digest))))  # fmt: skip
    else:
        out.print(
            Text(f"trust list: version {proven.trust.version}, sha256 {' '.join(in_groups(proven.trust.digest))}")
        )
    if wrong:
        told = f"{len(found.damaged):,} damaged, {len(found.missing):,} missing, {len(found.foreign):,} foreign files"
        out.print(
            Text(f"{told} of {len(found.files):,}: auzolan mirror repair {found.where} --from OTHER"), style="bold red"
        )
    else:
        out.print(Text(f"all {len(found.files):,} files are as they were signed"), style="bold green")


def synced_json(synced: Synced, now: datetime.datetime, dry_run: bool, seconds: float) -> dict[str, Any]:
    """The same of a sync, for programs."""
    return {
        "ok": True, "changed": synced.changed, "dry_run": dry_run, "first": synced.first,
        **_proven_json(synced.proven, now),
        "fetched": {"files": synced.fetched, "bytes": synced.fetched_bytes}, "unchanged": synced.linked,
        "found": synced.found, "seconds": round(seconds, 3), "warnings": list(synced.warnings), "refused": None,
    }  # fmt: skip


def verified_json(found: Verified, now: datetime.datetime) -> dict[str, Any]:
    """The same of a look at a copy, for programs."""
    refused = {"threat": found.refused.threat, "message": str(found.refused)} if found.refused else None
    return {
        "ok": found.is_whole, "where": found.where, "by_itself": found.by_itself,
        **(_proven_json(found.proven, now) if found.proven else {"authentic": False}),
        "files": len(found.files), "bytes": found.size, "damaged": found.damaged, "missing": found.missing,
        "foreign": found.foreign, "doubts": found.doubts, "refused": refused,
    }  # fmt: skip


def status_json(
    place: Place, state: State, proven: Proven | None, refused: str, now: datetime.datetime
) -> dict[str, Any]:
    """The same of a mirror's status, for programs."""
    return {
        **(_proven_json(proven, now) if proven else {"authentic": False, "refused": refused}),
        "from": state.origin, "synced": moment_text(state.synced), "looked": moment_text(state.looked),
        "copy": str(place.current(state)), "kept": list(state.kept), "staging": place.staging.is_dir(),
        "stick": stick_told(place.current(state)),
    }  # fmt: skip


def _proven_json(proven: Proven, now: datetime.datetime) -> dict[str, Any]:
    edition = proven.edition
    return {
        "authentic": True, "fresh": proven.is_fresh(now), "newest": moment_text(proven.newest),
        "age_days": proven.age(now).days,
        "edition": {"site": edition.site, "name": edition.name, "serial": edition.serial, "sha256": edition.digest,
                    "date": moment_text(edition.date), "files": edition.files, "bytes": edition.size,
                    "part": edition.part.told() if edition.part else None},
        "signed": list(proven.signed),
        "trust": {"version": proven.trust.version, "sha256": proven.trust.digest},
    }  # fmt: skip
