"""A build that was read comes in; the site, written, and its memory for the next build go out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import replace

from auzolan import export
from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.scan import Seen
from auzolan.ledger.shelf import Shelved
from auzolan.ledger.store import Store, Unusable
from auzolan.load.changelog import changelogs
from auzolan.model.alike import Likeness
from auzolan.model.settings import Settings
from auzolan.pipeline.build import Build, Progress
from auzolan.pipeline.entries import Entries
from auzolan.pipeline.gists import likeness_again
from auzolan.pipeline.keep import keep, past_of
from auzolan.pipeline.make import Maker
from auzolan.pipeline.memory import Place
from auzolan.pipeline.outputs import Given
from auzolan.pipeline.redated import retold
from auzolan.pipeline.search import Search, database
from auzolan.write.folder import Folder
from auzolan.write.made import Written, is_packed
from auzolan.write.ours import expect, finished, journalled, recorded, settle
from auzolan.write.spool import Spool, replaceable


def finish(build: Build, given: Given | None, tell: Progress) -> Written:
    """Makes and writes what `build` has read. `given` is None where Pelican was not asked. Raises Unusable where the memory
    of the last build turns out to be, AuzolanError where the site cannot be written."""
    _remember_changes(build)
    _tell_gists(build)
    if is_packed(build.settings.output):
        return _packed(build, given or Given(), tell)
    last = build.last
    store = last.store if last is not None else _new_store(build.place) if build.is_ours and build.remembers else None
    with closing(store) if store is not None else nullcontext():
        return _laid_out(build, given, tell, store)


def _remember_changes(build: Build) -> None:
    """What git tells of each entry's changes is asked for; but not where it is known from the last build, being another only after
    another commit."""
    reading, last = build.reading, build.last
    assert reading is not None and reading.commons is not None
    if reading.history_moved:
        with build.options.timings.stage("changelogs"):
            commons, catalog = reading.commons, reading.commons.catalog
            folder, kinds = catalog.settings.directory.name, catalog.declarations.kinds
            changes = changelogs(catalog.settings.root, folder, kinds, catalog.history)
            history = replace(catalog.history, changes=changes, steps={})
            build.reading = replace(reading, commons=replace(commons, catalog=replace(catalog, history=history)))
            if last is not None and reading.stale is not None:
                other = retold(last.get("commons").catalog.history, history, reading.briefs)
                changed = (*reading.changed, *(other - set(reading.changed)))
                stale = reading.stale | {("entry", id_) for id_ in other}
                build.reading = replace(build.reading, changed=changed, stale=stale)


def _tell_gists(build: Build) -> None:
    """What entries are about is asked for by their pages alone, and so is not known yet. Where everything is made, that comes with the
    work on entries."""
    reading, last = build.reading, build.last
    assert reading is not None and reading.commons is not None
    likeness, stale = Likeness(Shelved(build.shelf)), reading.stale
    if last is not None and stale is not None:
        with build.options.timings.stage("what entries are about"):
            likeness, found = likeness_again(last, reading.commons, reading.changed)
            stale |= found
    build.reading = replace(reading, commons=replace(reading.commons, likeness=likeness), stale=stale)


def _laid_out(build: Build, given: Given | None, tell: Progress, store: Store | None) -> Written:
    """The site in a folder, and its memory in the store."""
    reading, last, output = build.reading, build.last, build.settings.output
    assert reading is not None and reading.commons is not None
    notes = build.place.notes
    before = recorded(output, notes, build.was)
    before += journalled(notes, output) if notes is not None else []
    folder = Folder(output, notes, build.lying)
    given = given or Given(bodies=last.get("bodies") if last is not None else {})
    with build.options.timings.stage("what still holds"):
        past = past_of(last, reading, given, build.lying) if last is not None else None
    warm = last.warm.facts if last is not None else None
    facts = (
        KeptFacts(store, past.changed, past.derived, past.fresh, warm, build.shelf, past.reads)
        if past
        else KeptFacts(shelf=build.shelf)
    )
    with build.options.timings.stage("templates and words"):
        maker = Maker(reading.commons, given, facts, folder, past, build.options)
    search = Search(database(store), past, build.shelf)
    product = maker.site(_Digests(build.settings, build.files), Entries(reading.profiles), search, tell)
    sums = export.sums((one.path, one.digest) for one in product.made.values())
    settled = settle(product.made, before, output)
    if notes is not None:
        expect(notes, hashlib.sha256(sums.data).hexdigest())
    record = product.made[sums.path] = folder.put(sums)
    written = Written(settled.files + 1, settled.written + record.written, settled.removed)
    folder.close()
    tell("remembering")
    with build.options.timings.stage("remember"):
        if store is not None:
            changed = past.changed if past is not None else ()
            keep(store, build.key, build.files, reading, changed, product, facts, given, last, build.options.warm)
        if notes is not None:
            finished(notes, output)
    return written


def _packed(build: Build, given: Given, tell: Progress) -> Written:
    """The site in one zip file. It is made anew each time: what it is made of lies nowhere in parts."""
    reading = build.reading
    assert reading is not None and reading.commons is not None
    replaceable(build.settings.output)
    spool = Spool(build.settings.output)
    try:
        maker = Maker(reading.commons, given, KeptFacts(shelf=build.shelf), spool, None, build.options)
        search = Search(database(None), None, build.shelf)
        product = maker.site(_Digests(build.settings, build.files), Entries(reading.profiles), search, tell)
        sums = spool.put(export.sums((one.path, one.digest) for one in product.made.values()))
        tell("packing")
        return spool.pack([*product.made.values(), sums], reading.commons.catalog.history.build_date)
    finally:
        spool.drop()


class _Digests(Mapping[str, str]):
    """The sha256 of the site's own files, where they are known, by their path below its root."""

    def __init__(self, settings: Settings, files: Mapping[str, Seen]) -> None:
        self._root, self._files = f"{settings.root}/", files

    def __getitem__(self, path: str) -> str:
        _, digest = self._files[f"{self._root}{path}"]
        if not digest:
            raise KeyError(path)
        return digest

    def __iter__(self) -> Iterator[str]:
        return (path for file in self._files if (path := file.removeprefix(self._root)) in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _new_store(place: Place) -> Store | None:
    """An empty store; None where the folder cannot be written: then nothing is remembered."""
    try:
        return Store.open(place.store, new=True)
    except Unusable:
        return None
