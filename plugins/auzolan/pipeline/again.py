"""What the last build kept and the files that have changed since come in; the commons as it is now goes out, of which only
what has changed was read, checked and linked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from auzolan.check import ANEW, check
from auzolan.ledger.fresh import Read
from auzolan.ledger.same import same
from auzolan.ledger.scan import Changes
from auzolan.ledger.store import Unusable
from auzolan.link import (
    Standing,
    Tables,
    link_stories,
    link_wanted,
    linking_of,
    mentioned_in,
    names_of,
    relation_order,
    relink,
    tables_of,
    wants,
)
from auzolan.load.articles import load_articles
from auzolan.load.catalog import load_dates
from auzolan.load.comments import FOUND, load_comments
from auzolan.load.entries import load_entry
from auzolan.load.history import UNDATED, dated
from auzolan.load.images import FOLDER as PICTURES
from auzolan.load.images import load_images
from auzolan.model.briefs import Brief, answers, asks, brief_of, public_part
from auzolan.model.comments import FOLDER
from auzolan.model.commons import Commons, Profile, Relation
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog, Entry, EntryId, History
from auzolan.model.kinds import Kind
from auzolan.model.settings import Settings
from auzolan.pipeline.memory import Last
from auzolan.pipeline.read import Reading
from auzolan.pipeline.redated import goes_on, redated
from auzolan.pipeline.relations import KeptRelations, rows_again
from auzolan.pipeline.stale import stale_reads
from auzolan.pipeline.stored import StoredEntries, StoredProfiles
from auzolan.pipeline.survey import HISTORY, is_article, is_comment, is_entry, is_paper, is_picture, is_recorded

MANY = 1_000
"""Entries from which on to read them side by side with all others may be quicker: where they are more than half of all."""
MOST = "most entries changed"


def reason(changes: Changes, settings: Settings, kinds: Iterable[Kind]) -> str:
    """ "" where the changes are of a sort that `read_again` reads; else, in words, which are not."""
    folders = frozenset(kind.folder for kind in kinds)
    for path in (*changes.changed, *changes.gone):
        # A link or a device in the place of a file is a finding of whoever walks through the folders.
        strange = os.path.lexists(path) and (os.path.islink(path) or not os.path.isfile(path))  # noqa: PTH113, PTH114
        if strange or not (is_entry(path, settings, folders) or is_article(path, settings)
                           or is_comment(path, settings) or is_picture(path, settings) or is_recorded(path, settings)
                           or is_paper(path, settings)):  # fmt: skip
            place = Path(path)
            shown = place.relative_to(settings.root) if place.is_relative_to(settings.root) else place.name
            return f"{shown} changed"
    return ""


def read_again(
    settings: Settings, told: Iterable[Diagnostic], last: Last, changes: Changes, *, history_moved: bool
) -> Reading | str:  # fmt: skip
    """The commons after `changes`, for which `reason` gave nothing; `history_moved` tells that the history may be another one. In words, why
    everything must be made anew, where it must be. Raises Unusable where the store turns out to be."""
    old: History = last.get("commons").catalog.history
    history, found = load_dates(settings) if history_moved else (dated(old), [])
    if not goes_on(old, history):
        return f"{HISTORY} changed"
    return _Again(settings, tuple(told), last, changes, history, found, history_moved=history_moved).reading()


class _Again:
    def __init__(
        self, settings: Settings, told: tuple[Diagnostic, ...], last: Last, changes: Changes, history: History,
        of_history: Iterable[Diagnostic], *, history_moved: bool,
    ) -> None:  # fmt: skip
        self.settings, self.told, self.last, self.changes, self.history_moved = (
            settings,
            told,
            last,
            changes,
            history_moved,
        )
        self.old: Commons = last.get("commons")
        self.catalog: Catalog = replace(self.old.catalog, settings=settings, history=history)
        self.before: Mapping[EntryId, Brief] = last.get("briefs")
        self.briefs: dict[EntryId, Brief] = dict(self.before)
        self.entries: dict[EntryId, Entry] = {}
        self.found: list[Diagnostic] = [*of_history]
        self.areas: set[str] = set()
        """Folders of the content that were read again."""
        self.stale: set[Read] = set()
        """What is known to be other before anything is linked."""

    def reading(self) -> Reading | str:
        settings, paths = self.settings, (*self.changes.changed, *self.changes.gone)
        kinds = {kind.folder for kind in self.catalog.declarations.kinds.values()}
        if self._are_most(sum(is_entry(path, settings, kinds) for path in paths)):
            return MOST
        changed, gone = self._load_changed()
        articles_changed = any(is_article(path, settings) for path in paths)
        catalog = self._with_articles(self.catalog) if articles_changed else self.catalog
        catalog = self._with_comments(catalog) if any(is_comment(path, settings) for path in paths) else catalog
        catalog = self._with_pictures(catalog, [path for path in paths if is_picture(path, settings)])
        touched = self._touched({*changed, *gone}) | self._slugs(self.catalog) ^ self._slugs(catalog)
        touched |= {f"{PICTURES}/{name}" for name in self.catalog.images.keys() ^ catalog.images.keys()}
        cascade = {b.id for b in self.briefs.values() if not touched.isdisjoint(asks(b))} if touched else set()
        if self.history_moved:
            cascade |= redated(self.old.catalog.history, catalog.history, self.briefs, self.last.get("standings"))
        cascade -= changed
        if self._are_most(len(changed) + len(gone) + len(cascade)):
            return MOST
        self._load(cascade)
        if touched and not articles_changed:
            catalog = self._with_articles(catalog)
        findings = self._findings(catalog, changed | gone | cascade)
        if has_errors(findings):
            return Reading(None, findings, self.briefs, {})
        return self._linked(catalog, findings, changed | gone | cascade, articles_changed, bool(touched))

    def _are_most(self, count: int) -> bool:
        return count >= MANY and count > len(self.before) / 2

    def _slugs(self, catalog: Catalog) -> set[str]:
        return {f"article/{one.slug}" for one in catalog.articles}

    def _load_changed(self) -> tuple[set[EntryId], set[EntryId]]:
        kinds = {kind.folder: kind for kind in self.catalog.declarations.kinds.values()}
        changed: set[EntryId] = set()
        gone: set[EntryId] = set()
        for path in (*self.changes.changed, *self.changes.gone):
            if not is_entry(path, self.settings, kinds):
                continue
            place = Path(path)
            kind = kinds[place.parent.name]
            id_ = f"{kind.name}/{place.stem}"
            entry = None
            if path in self.changes.changed:
                entry, told = load_entry(place, kind, self.settings.root)
                self.found += told
            if entry is None:
                gone.add(id_)
                self.briefs.pop(id_, None)
            else:
                changed.add(id_)
                self.entries[id_] = entry
                self.briefs[id_] = brief_of(entry, self.catalog.declarations, self.settings.default_language)
        self.briefs = dict(sorted(self.briefs.items()))
        return changed, gone

    def _touched(self, ids: Iterable[EntryId]) -> set[str]:
        """The ids, former ones included, under which others may see something else now."""
        found: set[str] = set()
        for id_ in ids:
            old, new = self.before.get(id_), self.briefs.get(id_)
            if old is None or new is None or public_part(old) != public_part(new):
                for brief in (old, new):
                    found.update(answers(brief) if brief else ())
        return found

    def _load(self, ids: Iterable[EntryId]) -> None:
        kinds = self.catalog.declarations.kinds
        for id_ in ids:
            if id_ not in self.entries:
                brief = self.briefs[id_]
                entry, _ = load_entry(self.settings.root / brief.path, kinds[brief.kind], self.settings.root)
                if entry is None:
                    raise Unusable(f"{brief.path} was read before, and is not readable now")
                self.entries[id_] = entry

    def _with_articles(self, catalog: Catalog) -> Catalog:
        written, told = load_articles(
            self.settings.content, self.settings.root, self.settings.default_language, self.settings.languages
        )
        self.found += told
        self.areas |= {"articles", "pages"}
        return replace(
            catalog,
            articles=tuple(one for one in written if one.area == "articles"),
            pages=tuple(one for one in written if one.area == "pages"),
        )

    def _with_comments(self, catalog: Catalog) -> Catalog:
        comments, told = load_comments(self.settings.content, self.settings.root)
        self.found += told
        self.areas.add(FOLDER)
        return replace(catalog, comments=comments)

    def _with_pictures(self, catalog: Catalog, paths: Iterable[str]) -> Catalog:
        """The catalog after the files at `paths` changed."""
        folder = self.settings.content / PICTURES
        names = {Path(path).relative_to(folder).as_posix() for path in paths}
        if not names:
            return catalog
        known = {name: image for name, image in catalog.images.items() if name not in names}
        images, told = load_images(self.settings.content, self.settings.root, known)
        self.found += told
        self.areas.add(PICTURES)
        self.stale |= {("image", name) for name in names} | {("all", "image")}
        return replace(catalog, images=images)

    def _findings(self, catalog: Catalog, again: set[EntryId]) -> tuple[Diagnostic, ...]:
        """Those of files that are read again are told anew, all others kept."""
        paths = {brief.path for briefs in (self.before, self.briefs) for id_ in again if (brief := briefs.get(id_))}
        root = self.settings.root
        paths |= {Path(path).relative_to(root).as_posix() for path in (*self.changes.changed, *self.changes.gone)
                  if Path(path).is_relative_to(root)}  # fmt: skip
        content = self.settings.content
        prefix = content.relative_to(root).as_posix() if content.is_relative_to(root) else content.as_posix()
        areas = tuple(f"{prefix}/{area}/" for area in self.areas - {FOLDER})
        comments = f"{prefix}/{FOLDER}/"
        kept = [
            one for one in self.last.get("findings")
            if one.location.path not in paths and one.code not in ANEW and not one.location.path.startswith(areas)
            and (one.code != UNDATED or not self.history_moved)
            # Every check looks at all comments; what was found when their files were read is told when they are read again.
            and (not one.location.path.startswith(comments) or (one.code[0] in FOUND and FOLDER not in self.areas))
        ]  # fmt: skip
        entries = {id_: self.entries[id_] for id_ in sorted(again) if id_ in self.entries}
        return in_order([*kept, *self.found, *check(replace(catalog, entries=entries), self.briefs)])

    def _linked(
        self, catalog: Catalog, findings: tuple[Diagnostic, ...], again: set[EntryId], articles: bool, touched: bool
    ) -> Reading:
        last = self.last
        old = self.old
        profiles = StoredProfiles(last.store, self.before, last.warm.profiles)
        linking = linking_of(replace(catalog, entries={}), self.briefs)
        stories = link_stories(linking, catalog.articles) if articles or touched else old.stories
        pages = link_stories(linking, catalog.pages) if articles or touched else old.pages
        told_in, was_told_in = mentioned_in(stories), mentioned_in(old.stories)
        retold = {id_ for id_ in {*told_in, *was_told_in} if told_in.get(id_) != was_told_in.get(id_)}
        ends = ({*self._named(again), *retold} & self.briefs.keys()) - again
        self._load(ends)
        known = {id_: self.entries[id_] for id_ in sorted({*again, *ends}) if id_ in self.entries}
        relinked = relink(replace(catalog, entries=known), self.briefs, profiles, frozenset(again), told_in)
        differ = {
            id_: relinked.profiles.get(id_) for id_ in {*again, *ends}
            if not same(profiles.get(id_), relinked.profiles.get(id_))
        }  # fmt: skip
        standings: dict[EntryId, Standing] = last.get("standings")
        was = {id_: standings.get(id_) for id_ in {*again, *ends}}
        standings = {**standings, **relinked.standings}
        standings = {id_: standings[id_] for id_ in self.briefs}
        stand = {id_ for id_ in was if was[id_] != standings.get(id_)}
        tables = (
            tables_of(standings, stories, catalog)
            if stand or stories != old.stories
            else Tables(tuple(old.listed), old.by_kind, old.facets)
        )
        now = profiles.with_changes(self.briefs, differ)
        wanting = any(one is not None and one.wants for id_ in was for one in (was[id_], standings.get(id_)))
        before = KeptRelations(lambda: last.get("relations"), as_before=True)
        rejoined = {id_ for id_ in differ if not same(_relations(profiles.get(id_)), _relations(differ[id_]))}
        commons = Commons(
            catalog=replace(catalog, entries=StoredEntries(self.briefs, self._entry)),
            profiles=now,
            listed=tables.listed,
            by_kind=tables.by_kind,
            stories=stories,
            pages=pages,
            relations=(
                KeptRelations(lambda: rows_again(before.rows, now, rejoined), as_before=False) if rejoined else before
            ),
            facets=tables.facets,
            wanted=link_wanted(catalog.declarations, _wanting(now, standings)) if wanting else old.wanted,
            redirects=dict(sorted(linking.redirects.items())) if touched else old.redirects,
        )
        # The old one is kept without what is kept row by row.
        whole = replace(old, relations=before)
        stale = self.stale.union(stale_reads(whole, commons, profiles, differ, again))
        return Reading(
            commons,
            findings,
            self.briefs,
            standings,
            tuple(differ),
            frozenset(stale),
            articles,
            history_moved=self.history_moved,
        )

    def _named(self, ids: Iterable[EntryId]) -> Iterator[EntryId]:
        """What these entries name or named, by today's ids."""
        now = {former: b.id for b in self.briefs.values() for former in b.former_ids}
        for id_ in ids:
            for briefs in (self.before, self.briefs):
                brief = briefs.get(id_)
                for name in names_of(brief) if brief else ():
                    yield name
                    if name in now:
                        yield now[name]

    def _entry(self, id_: EntryId) -> Entry:
        self._load([id_])
        return self.entries[id_]


def _relations(profile: Profile | None) -> tuple[Relation, ...]:
    return profile.relations if profile is not None else ()


def _wanting(profiles: Mapping[EntryId, Profile], standings: Mapping[EntryId, Standing]) -> list[Relation]:
    found = {
        relation_order(relation): relation
        for id_, standing in standings.items() if standing.wants
        for relation in profiles[id_].relations if wants(relation)
    }  # fmt: skip
    return [found[order] for order in sorted(found)]
