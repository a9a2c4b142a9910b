"""Settings, and what the last build kept, come in; a commons, read and checked, and what in it is new, goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from auzolan.check import check, check_each, check_together
from auzolan.ledger.fresh import Read
from auzolan.ledger.scan import Seen, Stat, digest_of
from auzolan.link import Standing, link
from auzolan.load.catalog import load_catalog
from auzolan.load.entries import NOT_KINDS
from auzolan.model.briefs import Brief, briefs_of
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog, EntryId
from auzolan.model.settings import Settings
from auzolan.work import side_by_side

MANY = 2_000
"""Entries from which on a second process is worth its start."""
Stage = Callable[[str], AbstractContextManager[None]]
"""Called with the name of a stage; what is inside is timed."""


def _untimed(name: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `commons` is None where a finding is an error. `briefs` and `standings` are those of all entries.
    `changed` are the entries whose profiles are new, other or gone; `stale` is what of the commons reads differently
    than in the last build: None where everything may. `why` says in words why everything is made anew."""

    commons: Commons | None
    findings: tuple[Diagnostic, ...]
    briefs: Mapping[EntryId, Brief]
    standings: Mapping[EntryId, Standing]
    changed: Collection[EntryId] = ()
    stale: frozenset[Read] | None = None
    articles_changed: bool = True
    why: str = ""


def read(
    settings: Settings, told: Iterable[Diagnostic], why: str = "", stage: Stage = _untimed, jobs: int = 1
) -> Reading:
    """Everything is read and checked; where nothing is wrong, linked. All findings come back, sorted."""
    with stage("read"):
        catalog, found = load_catalog(settings)
    with stage("check"):
        briefs = briefs_of(catalog)
        findings = in_order([*told, *found, *_checked(catalog, briefs, jobs)])
    if has_errors(findings):
        return Reading(None, findings, briefs, {}, why=why)
    with stage("link"):
        commons, standings = link(catalog, briefs)
    return Reading(commons, findings, briefs, standings, tuple(commons.profiles), why=why)


def _checked(catalog: Catalog, briefs: Mapping[EntryId, Brief], jobs: int) -> list[Diagnostic]:
    """All findings about a catalog; those of single entries are looked for side by side, where there are many."""
    ids = list(catalog.entries)
    if len(ids) < MANY or jobs == 1:
        return check(catalog, briefs)

    def share(number: int) -> list[Diagnostic]:
        entries = {id_: catalog.entries[id_] for id_ in ids[number::jobs]}
        return check_each(replace(catalog, entries=entries), briefs)

    each = [finding for _, found in side_by_side(share, jobs, jobs) for finding in found]
    return [*each, *check_together(catalog, briefs)]


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


def seen_by(now: Mapping[str, Stat], known: Mapping[str, Seen], reading: Reading) -> dict[str, Seen]:
    """The files of a survey with their digests: those known before, and those of entries and articles as they were read."""
    catalog = reading.commons.catalog if reading.commons else None
    digests: dict[str, str] = {}
    if catalog is not None:
        root = catalog.settings.root
        digests = {f"{root}/{one.path}": one.digest for one in catalog.entries.values()}
        digests |= {f"{root}/{one.path}": one.digest for one in (*catalog.articles, *catalog.pages)}
    return {
        path: known[path] if path in known else (stat, digests.get(path) or digest_of(path))
        for path, stat in now.items()
    }
