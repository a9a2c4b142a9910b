"""`auzolan edition`: a settings file comes in; a trust list, editions and signatures go out, and what is still missing."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path

import typer

from auzolan import __version__
from auzolan.cli.carrying import stick_line, stick_told
from auzolan.cli.console import console, print_json, progress
from auzolan.load.declarations import load_declarations
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.mirror.kept import FOLDER, Kept, kept, kept_parts, name_of, new_edition, new_list, sign_all, write
from auzolan.mirror.making import built_part, changed_since, commit_of, is_same, look_through, put, thanked, told_by
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.reading import reader
from auzolan.mirror.signatures import STILL_NEWEST, public_key
from auzolan.mirror.signatures import sign as signature_of
from auzolan.mirror.statements import (
    CHANGES,
    FRESHNESS,
    SIGNATURE,
    Edition,
    Freshness,
    Signer,
    Trust,
    freshness_data,
    is_name,
    plain_key,
)
from auzolan.mirror.told import how_many
from auzolan.model.errors import AuzolanError
from auzolan.model.parts import Part
from auzolan.model.settings import Settings
from auzolan.model.text import in_groups


def run_trust(
    settings_path: Path,
    signers: Sequence[str],
    machines: Sequence[str],
    remove: Sequence[str],
    threshold: int,
    serial: int,
) -> None:
    """Raises AuzolanError where the list would make no sense."""
    settings, _ = load_settings(settings_path)
    has = kept(settings.root)
    before = has.chain[-1] if has.chain else None
    people, boxes = (
        _joined(before.signers if before else (), signers, remove),
        _joined(before.machines if before else (), machines, remove),
    )
    absent = set(remove) - {
        one.name for one in (*(before.signers if before else ()), *(before.machines if before else ()))
    }
    if absent:
        raise AuzolanError(
            f"the trust list names no `{sorted(absent)[0]}`", "auzolan edition status tells whom it names"
        )
    if not people:
        raise AuzolanError("somebody must be able to sign", "--signer NAME=KEY.pub")
    least = serial or (has.edition.serial if has.edition else 1)
    made = new_list(
        has, settings.site_id, people, boxes, threshold or (before.threshold if before else 1), least, _now()
    )
    out = console()
    out.print(f"{FOLDER}/trust/{made.version}.json: {how_many(made)}", style="bold green")
    judges = before or made
    out.print(f"It counts once {judges.threshold} of {_names(judges)} have signed it: auzolan edition sign --key FILE")


def _joined(before: Sequence[Signer], told: Sequence[str], remove: Sequence[str]) -> list[Signer]:
    found = {one.name: one for one in before if one.name not in remove}
    for one in told:
        name, sign, file = one.partition("=")
        if not sign or not is_name(name):
            raise AuzolanError(
                f"`{one}` is no name and key", "NAME=KEY.pub; a name has small letters, digits and hyphens"
            )
        key = plain_key(public_key(Path(file).expanduser()))
        if key is None:
            raise AuzolanError(f"{file} is no ed25519 key", "make one: ssh-keygen -t ed25519 -f FILE")
        found[name] = Signer(name, key)
    return list(found.values())


def run_make(settings_path: Path, output: Path | None, notes: Sequence[str], fresh_days: int, as_json: bool) -> None:
    """Raises AuzolanError where the site is not whole, or nobody may sign."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    part = _part(settings, output)
    has = _kept(settings, part)
    has.trust  # noqa: B018 — whoever may not sign yet is told before everything is read
    if has.waiting:
        raise AuzolanError(
            f"version {has.waiting.version} of the trust list waits for signatures", "auzolan edition sign --key FILE"
        )
    if is_same(has, output):
        put(has, output)
        _tell_status(settings, output, as_json)
        return
    with progress() as say:
        site = look_through(
            output, lambda done, all_: say(f"reading {done:,} of {all_:,} files") if done % 500 == 0 else None
        )
    told = told_by(output)
    commit, clean = commit_of(settings.root)
    last = has.edition
    changed = changed_since(settings.root, settings.directory, _folders(settings), last.commit) if last else {}
    if changed is not None and part:
        changed = {id_: what for id_, what in changed.items() if id_ in told.ids}
    # What has gone was in the part or was not: nobody knows any more.
    sorts = CHANGES[:2] if part else CHANGES
    counts = {one: list(changed.values()).count(one) for one in sorts} if changed is not None else {}
    if last is None:
        counts = {**dict.fromkeys(CHANGES, 0), "new": len(told.ids)}
    edition = Edition(
        part.site if part else settings.site_id, settings.site_name, settings.site_url,
        max(last.serial + 1 if last else 1, has.trust.least(part)), _now(),
        commit if clean else "", site.sums, site.sums_size, site.files, site.size, site.largest, last.digest if last else "",
        fresh_days, f"auzolan {__version__}", told.withdrawn, _notes(notes, settings), counts,
        thanked(told, changed if changed and last else told.thanks), part,
    )  # fmt: skip
    new_edition(has, edition)
    put(_kept(settings, part), output)
    if commit and not clean:
        console().print("Not everything is committed: the edition names no commit.", style="yellow")
    _tell_status(settings, output, as_json)


def _notes(notes: Sequence[str], settings: Settings) -> dict[str, str]:
    found = {}
    for note in notes:
        language, sign, text = note.partition("=")
        if not sign or language not in settings.languages:
            raise AuzolanError(f"`{note[:40]}` does not begin with a language of this commons",
                               "LANG=TEXT; it speaks " + " ".join(settings.languages))  # fmt: skip
        found[language] = text
    return found


def _folders(settings: Settings) -> dict[str, str]:
    declarations, _ = load_declarations(
        shipped_root() / "directory", settings.directory, settings.root, settings.languages
    )
    return {kind.folder: kind.name for kind in declarations.kinds.values()}


def run_sign(settings_path: Path, output: Path | None, key: Path) -> None:
    """Raises AuzolanError where the key is nobody's."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    key = key.expanduser()
    made = sign_all(kept(settings.root), key)
    out = console()
    for path in made:
        out.print(f"{FOLDER}/{path}", style="bold green")
    if not made:
        out.print("Nothing waits for this key.")
    part = _part(settings, output)
    has = _kept(settings, part)
    if output.is_dir() and has.edition and is_same(has, output):
        put(has, output)
    for one in dict.fromkeys([has.below, "", *(one.below for one in kept_parts(settings.root))]):
        _say_missing(kept(settings.root, one.strip("/").rpartition("/")[2]))


def run_put(settings_path: Path, output: Path | None) -> None:
    """Raises typer.Exit(1) where the site is another."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    has = _kept(settings, _part(settings, output))
    if has.edition is None:
        what = "part" if has.below else "commons"
        raise AuzolanError(f"there is no edition of this {what} yet", "auzolan edition make")
    if not is_same(has, output):
        console().print(f"{output} is not edition {has.edition.serial}", style="bold red")
        console().print(_way_back(has.edition))
        raise typer.Exit(1)
    put(has, output)
    console().print(f"edition {has.edition.serial} lies in {output}", style="bold green")


def _way_back(edition: Edition) -> str:
    again = f"git checkout {edition.commit[:12]}, then " if edition.commit else ""
    options = " ".join(["", *edition.part.options(), "-o FOLDER"]) if edition.part else ""
    return f"To build that one: {again}SOURCE_DATE_EPOCH={int(edition.date.timestamp())} auzolan build{options}. For a new one: auzolan edition make"


def run_fresh(settings_path: Path, output: Path | None, key: Path) -> None:
    """Raises AuzolanError where the key may not, Refused where the copy's edition is not authentic."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    key, has, now = key.expanduser(), _kept(settings, _part(settings, output)), _now()
    public = plain_key(public_key(key)) or ""
    name = name_of(public, (*has.trust.machines, *has.trust.signers))
    if not name:
        raise AuzolanError(
            "this key is nobody's whom the trust list names", "auzolan edition status tells who may sign"
        )
    if not is_same(has, output):
        raise AuzolanError(f"{output} is not the newest edition", "auzolan edition put")
    proven = prove(reader(output), None, now)
    data = freshness_data(Freshness(proven.edition.site, proven.edition.serial, proven.edition.digest, now))
    write(output, [(FRESHNESS, data), (SIGNATURE.format(FRESHNESS, name), signature_of(data, STILL_NEWEST, key))])
    console().print(f"edition {proven.edition.serial} is the newest on {now:%Y-%m-%d}, says {name}", style="bold green")


def run_status(settings_path: Path, output: Path | None, as_json: bool) -> None:
    """Raises typer.Exit(1) where the site cannot be published as an edition."""
    settings, _ = load_settings(settings_path)
    if not _tell_status(settings, output or settings.output, as_json):
        raise typer.Exit(1)


def _part(settings: Settings, output: Path) -> Part | None:
    """What of the commons was built there. Raises AuzolanError where it is a part of another one."""
    part = built_part(output)
    if part is not None and part.of != settings.site_id:
        raise AuzolanError(
            f"{output} is a part of `{part.of}`, and not of this commons", "name a part of this one: -o FOLDER"
        )
    return part


def _kept(settings: Settings, part: Part | None) -> Kept:
    return kept(settings.root, part.folder if part else "")


def _tell_status(settings: Settings, output: Path, as_json: bool) -> bool:
    part = _part(settings, output)
    has = _kept(settings, part)
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
        _say_missing(has)
    elif edition:
        console().print(_way_back(edition), style="yellow")
    return ready


def _proven(output: Path) -> Proven | None:
    try:
        return prove(reader(output), None, _now())
    except AuzolanError:
        return None


def _say_missing(has: Kept) -> None:
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
    return f"{trust.threshold - len(signed)} more of {', '.join(others)}"


def _names(trust: Trust) -> str:
    return ", ".join(one.name for one in trust.signers)


def _spoken(digest: str) -> str:
    return " ".join(in_groups(digest))


def _now() -> datetime.datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)
