"""`auzolan edition`: a settings file comes in; a trust list, editions and signatures go out, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from auzolan import __version__
from auzolan.cli.console import console, progress
from auzolan.cli.edition_told import kept_of, now, part_in, say_missing, some_of, tell_status, way_back
from auzolan.load.declarations import load_declarations
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.mirror.kept import FOLDER, kept, kept_parts, name_of, new_edition, new_list, sign_all, write
from auzolan.mirror.making import changed_since, commit_of, is_same, look_through, put, thanked, told_by
from auzolan.mirror.proving import prove
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
    freshness_data,
    is_name,
    plain_key,
)
from auzolan.mirror.told import how_many
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings


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
        has, settings.site_id, people, boxes, threshold or (before.threshold if before else 1), least, now()
    )
    out = console()
    out.print(f"{FOLDER}/trust/{made.version}.json: {how_many(made)}", style="bold green")
    judges = before or made
    names = [one.name for one in judges.signers]
    have = "has" if judges.threshold == 1 else "have"
    out.print(f"It counts once {some_of(judges.threshold, names)} {have} signed it: auzolan edition sign --key FILE")


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
    part = part_in(settings, output)
    has = kept_of(settings, part)
    has.trust  # noqa: B018 — whoever may not sign yet is told before everything is read
    if has.waiting:
        raise AuzolanError(
            f"version {has.waiting.version} of the trust list waits for signatures", "auzolan edition sign --key FILE"
        )
    if is_same(has, output):
        put(has, output)
        tell_status(settings, output, as_json)
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
        max(last.serial + 1 if last else 1, has.trust.least(part)), now(),
        commit if clean else "", site.sums, site.sums_size, site.files, site.size, site.largest, last.digest if last else "",
        fresh_days, f"auzolan {__version__}", told.withdrawn, _notes(notes, settings), counts,
        thanked(told, changed if changed and last else told.thanks), part,
    )  # fmt: skip
    new_edition(has, edition)
    put(kept_of(settings, part), output)
    if commit and not clean:
        console().print("Not everything is committed: the edition names no commit.", style="yellow")
    tell_status(settings, output, as_json)


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
    part = part_in(settings, output)
    has = kept_of(settings, part)
    if output.is_dir() and has.edition and is_same(has, output):
        put(has, output)
    others = [
        one for one in (kept(settings.root), *kept_parts(settings.root)) if one.edition and one.below != has.below
    ]
    for one in (has, *others) if not has.waiting else (has,):
        say_missing(one)


def run_put(settings_path: Path, output: Path | None) -> None:
    """Raises typer.Exit(1) where the site is another."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    has = kept_of(settings, part_in(settings, output))
    if has.edition is None:
        what = "part" if has.below else "commons"
        raise AuzolanError(f"there is no edition of this {what} yet", "auzolan edition make")
    if not is_same(has, output):
        console().print(f"{output} is not edition {has.edition.serial}", style="bold red")
        console().print(way_back(has.edition))
        raise typer.Exit(1)
    put(has, output)
    console().print(f"edition {has.edition.serial} lies in {output}", style="bold green")


def run_fresh(settings_path: Path, output: Path | None, key: Path) -> None:
    """Raises AuzolanError where the key may not, Refused where the copy's edition is not authentic."""
    settings, _ = load_settings(settings_path)
    output = output or settings.output
    key, has, moment = key.expanduser(), kept_of(settings, part_in(settings, output)), now()
    public = plain_key(public_key(key)) or ""
    name = name_of(public, (*has.trust.machines, *has.trust.signers))
    if not name:
        raise AuzolanError(
            "this key is nobody's whom the trust list names", "auzolan edition status tells who may sign"
        )
    if not is_same(has, output):
        raise AuzolanError(f"{output} is not the newest edition", "auzolan edition put")
    proven = prove(reader(output), None, moment)
    data = freshness_data(Freshness(proven.edition.site, proven.edition.serial, proven.edition.digest, moment))
    write(output, [(FRESHNESS, data), (SIGNATURE.format(FRESHNESS, name), signature_of(data, STILL_NEWEST, key))])
    console().print(
        f"edition {proven.edition.serial} is the newest on {moment:%Y-%m-%d}, says {name}", style="bold green"
    )


def run_status(settings_path: Path, output: Path | None, as_json: bool) -> None:
    """Raises typer.Exit(1) where the site cannot be published as an edition."""
    settings, _ = load_settings(settings_path)
    if not tell_status(settings, output or settings.output, as_json):
        raise typer.Exit(1)
