"""Settings, and what the last build kept, come in; a commons, read and checked, and what in it is new, goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from auzolan.check import check_each, check_entry, check_together, context_of
from auzolan.ledger.fresh import Read
from auzolan.ledger.scan import Seen, Stat, digest_of
from auzolan.ledger.shelf import Shelf, Shelved
from auzolan.ledger.store import packed
from auzolan.link import (
    Linking,
    Said,
    Standing,
    joints_of,
    link_alone,
    link_stories,
    link_together,
    linking_of,
    mentioned_in,
)
from auzolan.load.catalog import load_frame
from auzolan.load.entries import NOT_KINDS, EntryFile, load_entry
from auzolan.model.briefs import Brief, brief_of
from auzolan.model.commons import Commons, Profile
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog, Entry, EntryId
from auzolan.model.settings import Settings
from auzolan.pipeline.relations import ShelvedRelations
from auzolan.pipeline.stored import JoinedProfiles
from auzolan.timings import Noted, Timings
from auzolan.work import elsewhere, side_by_side
from auzolan.work import in_order as in_sequence

V = TypeVar("V")
MANY = 2_000
"""Entries from which on a second process is worth its start."""
SHARE = 100
"""Entries in one piece of work."""
LARGE = 20_000
"""Files from which on everything is read in a process of its own."""
Stage = Callable[[str], AbstractContextManager[None]]
"""Called with the name of a stage; what is inside is timed."""


def _untimed(name: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `commons` is None where a finding is an error. `briefs` and `standings` are those of all entries.
    `changed` are the entries whose profiles are new, other or gone; `stale` is what of the commons reads differently
    than in the last build: None where everything may. `history_moved` tells that the history may
    be another one: it was read, and what it tells of changes was not. `why` says in words why everything is made anew; `digests` are those
    of the files of entries by their paths below the site's root, and `profiles` those of the commons, where everything
    was read."""

    commons: Commons | None
    findings: tuple[Diagnostic, ...]
    briefs: Mapping[EntryId, Brief]
    standings: Mapping[EntryId, Standing]
    changed: Collection[EntryId] = ()
    stale: frozenset[Read] | None = None
    articles_changed: bool = True
    history_moved: bool = True
    why: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    profiles: JoinedProfiles | None = None


def read(
    settings: Settings, told: Iterable[Diagnostic], why: str = "", stage: Stage = _untimed, jobs: int = 1,
    shelf: Shelf | None = None,
) -> Reading:  # fmt: skip
    """Everything is read and checked; where nothing is wrong, linked. All findings come back, sorted. What is read of one file
    lies on the shelf, so that a commons of any size can be read."""
    shelf = shelf or Shelf()
    with stage("read"):
        frame, files, found = load_frame(settings)
        jobs = jobs if len(files) >= MANY else 1
        entries, texts, briefs, digests, more = _entries(frame, files, shelf, jobs)
        catalog = replace(frame, entries=entries, texts=texts)
    with stage("check and link"):
        linking = linking_of(catalog, briefs)
        alone, said, each = _looked_at(linking, shelf, jobs)
        findings = in_order([*told, *found, *more, *each, *check_each(frame, briefs), *check_together(frame, briefs)])
    if has_errors(findings):
        return Reading(None, findings, briefs, {}, why=why, digests=digests)
    with stage("join"):
        stories = link_stories(linking, catalog.articles)
        # Hardly anybody asks for briefs now, nor for standings later, until they are kept for the next build.
        away = _put_away(briefs, shelf)
        joints = joints_of(replace(linking, briefs=away), said, mentioned_in(stories))
        standings = {one.id: one.standing for one in said}
        profiles = JoinedProfiles(alone, joints, shelf)
        commons = link_together(joints, stories, profiles, standings)
        commons = replace(commons, relations=ShelvedRelations(joints.relations, shelf))
        stand = _put_away(standings, shelf)
    return Reading(commons, findings, away, stand, tuple(away), why=why, digests=digests, profiles=profiles)


def _put_away(values: Mapping[str, V], shelf: Shelf) -> Shelved[V]:
    """The same values, on the shelf."""
    away: Shelved[V] = Shelved(shelf, SHARE)
    away.put({id_: packed(value) for id_, value in values.items()})
    return away


def read_apart(
    settings: Settings, told: Iterable[Diagnostic], why: str, timings: Timings, jobs: int, shelf: Shelf, files: int
) -> Reading:
    """The same; a large commons (of so many `files`) is read in a process that ends. What it takes until it is linked is
    several times what is left of it then, and Python gives little of that back."""
    told = tuple(told)
    if files < LARGE or not shelf.settle():
        return read(settings, told, why, timings.stage, jobs, shelf)

    def reading() -> tuple[tuple[bytes, int] | None, Noted]:
        timings.taken()
        made = read(settings, told, why, timings.stage, jobs, shelf)
        return shelf.told(made) if shelf.settle() else None, timings.taken()

    found, noted = elsewhere(reading)
    timings.add(noted)
    made: Reading = shelf.heard(found) if found else read(settings, told, why, timings.stage, jobs, shelf)
    return made


def _entries(
    frame: Catalog, files: Sequence[EntryFile], shelf: Shelf, jobs: int
) -> tuple[Shelved[Entry], Shelved[str], dict[EntryId, Brief], dict[str, str], list[Diagnostic]]:
    """The entries that these files hold, their texts, their briefs, sorted by id, the digests of the files, and what is found
    in them."""
    settings, declarations = frame.settings, frame.declarations

    def share(
        number: int,
    ) -> tuple[dict[str, bytes], dict[str, bytes], list[tuple[Brief, str]], list[Diagnostic]]:
        data: dict[str, bytes] = {}
        sources: dict[str, bytes] = {}
        told: list[tuple[Brief, str]] = []
        findings: list[Diagnostic] = []
        for path, kind, _ in files[number * SHARE : (number + 1) * SHARE]:
            entry, found = load_entry(path, kind, settings.root)
            findings += found
            if entry is not None:
                data[entry.id], sources[entry.id] = packed(entry), packed(entry.source)
                told.append((brief_of(entry, declarations, settings.default_language), entry.digest))
        return data, sources, told, findings

    shelf.number(sorted(f"{kind.name}/{Path(path).stem}" for path, kind, _ in files))
    # An entry is several times its text to unpack, and most of a site asks for the text alone.
    entries: Shelved[Entry] = Shelved(shelf, SHARE)
    texts: Shelved[str] = Shelved(shelf, SHARE)
    all_told: list[tuple[Brief, str]] = []
    findings: list[Diagnostic] = []
    for _, (data, sources, told, found) in side_by_side(share, -(-len(files) // SHARE), jobs):
        entries.put(data)
        texts.put(sources)
        all_told += told
        findings += found
    all_told.sort(key=lambda one: one[0].id)
    briefs = {brief.id: brief for brief, _ in all_told}
    return entries, texts, briefs, {brief.path: digest for brief, digest in all_told}, findings


def _looked_at(linking: Linking, shelf: Shelf, jobs: int) -> tuple[Shelved[Profile], list[Said], list[Diagnostic]]:
    """What the files of the entries say, each alone, and what is wrong in each. Where something is, nothing is said."""
    catalog = linking.catalog
    context, ids = context_of(catalog, linking.briefs), list(catalog.entries)

    def share(number: int) -> tuple[dict[str, bytes], list[Said], list[Diagnostic]]:
        data: dict[str, bytes] = {}
        said: list[Said] = []
        findings: list[Diagnostic] = []
        for id_ in ids[number * SHARE : (number + 1) * SHARE]:
            entry = catalog.entries[id_]
            found = check_entry(context, entry)
            findings += found
            if not has_errors(found):
                profile, says = link_alone(linking, entry)
                data[id_] = packed(profile)
                said.append(says)
        return data, said, findings

    alone: Shelved[Profile] = Shelved(shelf, SHARE)
    all_said: list[Said] = []
    findings: list[Diagnostic] = []
    words: dict[tuple[str, str], tuple[str, str]] = {}
    for data, said, found in in_sequence(side_by_side(share, -(-len(ids) // SHARE), jobs)):
        alone.put(data)
        for one in said:
            # Words are few, and what comes from another process is a copy each time.
            same = tuple([words.setdefault(word, word) for word in one.standing.words])
            all_said.append(replace(one, standing=replace(one.standing, words=same)))
        findings += found
    return alone, all_said, findings


def seen_before(now: Mapping[str, Stat], settings: Settings) -> dict[str, Seen]:
    """The files of a survey with their digests, but for entries and articles. Called before anything is read: what is
    written while a build reads must look changed to the next."""
    entries, articles = f"{settings.directory}/", f"{settings.content}/"
    return {
        path: (stat, digest_of(path))
        for path, stat in now.items()
        if not (path.startswith(entries) and path.endswith(".yaml") and Path(path).parent.name not in NOT_KINDS)
        and not (path.startswith(articles) and path.endswith(".md"))
    }


def seen_by(
    now: Mapping[str, Stat], known: Mapping[str, Seen], reading: Reading, settings: Settings
) -> dict[str, Seen]:
    """The files of a survey with their digests: those known before, and those of entries and articles as they were read."""
    catalog = reading.commons.catalog if reading.commons else None
    articles = (*catalog.articles, *catalog.pages) if catalog else ()
    comments = chain.from_iterable(catalog.comments.values()) if catalog else ()
    digests = {
        **reading.digests,
        **{one.path: one.digest for one in articles},
        **{one.path: one.digest for one in comments},
    }
    start = f"{settings.root}/"
    return {
        path: known[path] if path in known else (stat, digests.get(path.removeprefix(start)) or digest_of(path))
        for path, stat in now.items()
    }
