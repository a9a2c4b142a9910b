"""What a commons keeps of its editions, and what was built, come in; what a person, or a program, wants to know of it goes out."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

from auzolan.cli.carrying import stick_line, stick_told
from auzolan.cli.console import console, print_json
from auzolan.mirror.kept import FOLDER, Kept, kept
from auzolan.mirror.making import built_part, is_same
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.reading import reader
from auzolan.mirror.statements import Edition, Trust
from auzolan.mirror.told import how_many
from auzolan.model.errors import AuzolanError
from auzolan.model.parts import Part
from auzolan.model.settings import Settings
from auzolan.model.text import in_groups


def way_back(edition: Edition) -> str:
    """How the site of an edition is built again."""
    again = f"git checkout {edition.commit[:12]}, then " if edition.commit else ""
    options = " ".join(["", *edition.part.options(), "-o FOLDER"]) if edition.part else ""
    return f"To build that one: {again}SOURCE_DATE_EPOCH={int(edition.date.timestamp())} auzolan build{options}. For a new one: auzolan edition make"


def part_in(settings: Settings, output: Path) -> Part | None:
    """What of the commons was built there. Raises AuzolanError where it is a part of another one."""
    part = built_part(output)
    if part is not None and part.of != settings.site_id:
        raise AuzolanError(
            f"{output} is a part of `{part.of}`, and not of this commons", "name a part of this one: -o FOLDER"
        )
    return part


def kept_of(settings: Settings, part: Part | None) -> Kept:
    """What the commons keeps of its editions, or of those of a part."""
    return kept(settings.root, part.folder if part else "")


def tell_status(settings: Settings, output: Path, as_json: bool) -> bool:
    """Tells who may sign, who has, and whether what was built is the edition; gives whether it can be published as it lies there."""
    part = part_in(settings, output)
    has = kept_of(settings, part)
    edition, trust = has.edition, has.chain[-1] if has.chain else None
    signed = has.signed_edition()
    same = edition is not None and output.is_dir() and is_same(has, output)
    proven = _proven(output) if same and trust and len(signed) >= trust.threshold else None
    ready = proven is not None and proven.edition == edition
    if as_json:
        print_json(
            {"format": "auzolan-edition-status/1", "ready": ready, "site": part.site if part else settings.site_id,
             "trust": {"version": trust.version, "sha256": trust.digest, "threshold": trust.threshold,
                       "signers": [one.name for one in trust.signers], "machines": [one.name for one in trust.machines]} if trust else None,
             "waiting": {"version": has.waiting.version, "signed": has.signed_list()} if has.waiting else None,
             "edition": {"serial": edition.serial, "sha256": edition.digest, "signed": signed, "is_built": same,
                         "newest": f"{proven.newest:%Y-%m-%d}" if proven else None} if edition else None,
             "part": part.told() if part else None, "stick": stick_told(output) if same else None}
        )  # fmt: skip
        return ready
    out = console(error=False)
    if trust:
        out.print(
            f"trust list   version {trust.version}, sha256 {_spoken(trust.digest)}\n             {how_many(trust)}"
        )
    if part:
        out.print(f"part         {part.words()}: {part.entries:,} of {part.total:,} entries")
    if edition:
        out.print(
            f"edition      {edition.serial} of {edition.date:%Y-%m-%d}, {edition.files:,} files, {edition.size:,} bytes, sha256 {_spoken(edition.digest)}"
        )
        if same and (line := stick_line(output)):
            out.print(line)
        out.print(f"signed by    {', '.join(signed) or 'nobody yet'}")
        out.print(f"built site   {'is this edition' if same else 'is another one, or is not there: ' + str(output)}")
    if proven and edition:
        until = proven.newest + datetime.timedelta(days=edition.fresh_days)
        out.print(f"fresh until  {until:%Y-%m-%d}" + (f", stated by {proven.stated}" if proven.stated else ""))
    if ready:
        console().print("It can be published as it lies there.", style="bold green")
    elif same and trust and len(signed) >= trust.threshold and not has.waiting:
        console().print("Its signatures do not lie beside it: auzolan edition put", style="yellow")
    elif same or not edition:
        say_missing(has)
    elif edition:
        console().print(way_back(edition), style="yellow")
    return ready


def _proven(output: Path) -> Proven | None:
    try:
        return prove(reader(output), None, now())
    except AuzolanError:
        return None


def say_missing(has: Kept) -> None:
    """What is still to be done before an edition counts."""
    out = console()
    if has.waiting and has.judges:
        out.print(
            f"Version {has.waiting.version} of the trust list waits: {_missing(has.judges, has.signed_list())}",
            style="yellow",
        )
    elif not has.chain:
        out.print("Nobody may sign yet: auzolan edition trust --signer anna=anna.pub", style="yellow")
    elif has.edition is None:
        out.print("There is no edition yet: auzolan edition make", style="yellow")
    elif len(has.signed_edition()) < has.trust.threshold:
        out.print(f"{_called(has.edition)} waits: {_missing(has.trust, has.signed_edition())}", style="yellow")
    else:
        out.print(f"{_called(has.edition)} is signed by enough people. Commit {FOLDER}/.", style="bold green")


def _called(edition: Edition) -> str:
    return f"Edition {edition.serial}" + (f" of the part ({edition.part.words()})" if edition.part else "")


def _missing(trust: Trust, signed: Sequence[str]) -> str:
    others = [one.name for one in trust.signers if one.name not in signed]
    return f"{some_of(trust.threshold - len(signed), others, more=bool(signed))} must sign it"


def some_of(count: int, names: Sequence[str], *, more: bool = False) -> str:
    """So many of some people, in words: `anna`, `anna and berta`, `2 of anna, berta, carla`; `more` than have done so."""
    if count == len(names):
        return f"{', '.join(names[:-1])} and {names[-1]}" if count > 1 else names[0]
    return f"{count} {'more ' if more else ''}of {', '.join(names)}"


def _spoken(digest: str) -> str:
    return " ".join(in_groups(digest))


def now() -> datetime.datetime:
    """The moment that statements say: SOURCE_DATE_EPOCH, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
