"""Settings come in; a build goes out, prepared: read and checked, of the whole commons or of what has changed. `finish` makes it.

The lock is held from the first look until the end, so that two builds of one site never meet. What is learnt is kept
after the files that it speaks of are written: a build that is ended at any moment leaves a memory that does not fit what
lies in the output folder, and the next build makes everything anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from auzolan import export
from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.scan import Seen, compare
from auzolan.ledger.store import Store, Unusable
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.settings import Settings
from auzolan.pipeline.again import read_again, reason
from auzolan.pipeline.keep import keep, past_of
from auzolan.pipeline.make import Maker
from auzolan.pipeline.memory import Last, Place, alone, last_build, place_of, untouched
from auzolan.pipeline.outputs import Given
from auzolan.pipeline.read import Reading, read, seen_by
from auzolan.pipeline.search import Search, database
from auzolan.pipeline.survey import Survey, survey
from auzolan.work import Helper, can_fork, cores
from auzolan.write import Folder, Made, Written, forget, journalled, recorded, settle

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""
FIRST = "it is the first build"
DAMAGED = "the memory of the last build is damaged, or not ours"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `jobs` processes side by side (0: one a processor); `verify`: every file is read, whatever its time;
    `read`: the commons is read even where nothing has changed."""

    jobs: int = 0
    verify: bool = False
    read: bool = False


@dataclass(slots=True)
class Build:
    """A build under way. `written` is set where there was nothing to make. `reading.commons` is None where a finding is an
    error: then there is nothing to finish. Whoever has a build closes it."""

    settings: Settings
    findings: tuple[Diagnostic, ...]
    reading: Reading | None
    options: Options
    lock: contextlib.ExitStack
    place: Place
    survey: Survey
    last: Last | None
    files: dict[str, Seen] = field(default_factory=dict)
    was: Mapping[str, Made] = field(default_factory=dict)
    lying: dict[str, Made] = field(default_factory=dict)
    written: Written | None = None
    _helper: Helper | None = field(default=None, init=False)

    @property
    def commons(self) -> Commons | None:
        """What was read, checked and linked."""
        return self.reading.commons if self.reading else None

    @property
    def asks_pelican(self) -> bool:
        """Whether articles must be read by Pelican: all but builds after a change of entries alone, whose articles say of
        them what they said."""
        reading, last = self.reading, self.last
        if reading is None or reading.stale is None or last is None or self.settings.others:
            return True
        if reading.articles_changed:
            return True
        mentioned = (
            {id_ for story in reading.commons.stories.values() for id_ in story.mentions} if reading.commons else set()
        )
        return not mentioned.isdisjoint(reading.changed)

    def await_pelican(self) -> None:
        """Called before Pelican goes on: what was read stays in a process of its own, in which one thread runs."""
        if can_fork():
            if self.last is not None:
                self.last.store.lend()
            self._helper = Helper(self._finish_lent)

    def finish(self, given: Given | None, tell: Progress) -> Written:
        """Makes and writes the site. `given` is None where Pelican was not asked. Raises AuzolanError."""
        if self._helper is not None:
            written: Written = self._helper.ask(given, tell)
        else:
            written = self._finish(given, tell)
        self.written = written
        return written

    def close(self) -> None:
        """Lets go of everything."""
        if self.last is not None:
            self.last.store.close()
        self.lock.close()

    def forget_last(self) -> None:
        """Goes on as if there had been no build before; of its files it is still known which are ours."""
        if self.last is not None:
            self.last.store.close()
            self.last = None

    def _finish_lent(self, given: Given | None, tell: Progress) -> Written:
        if self.last is not None:
            self.last.store.own()
        return self._finish(given, tell)

    def _finish(self, given: Given | None, tell: Progress) -> Written:
        reading, last = self.reading, self.last
        assert reading is not None and reading.commons is not None
        if last is not None and reading.stale is not None:
            try:
                return self._made(reading, last, given, tell)
            except Unusable:
                # The memory is damaged where nobody looked before: then from nothing.
                self.forget_last()
                self.reading = reading = read(self.settings, (), DAMAGED)
        return self._made(reading, None, given, tell)

    def _made(self, reading: Reading, last: Last | None, given: Given | None, tell: Progress) -> Written:
        assert reading.commons is not None
        output = self.settings.output
        before = recorded(output) | {path: one.digest for path, one in self.was.items()}
        before |= journalled(self.place.journals, output)
        store = last.store if last is not None else _new_store(self.place)
        folder = Folder(output, self.place.journals, self.lying)
        given = given or Given(bodies=last.get("bodies") if last is not None else {})
        past = past_of(last, reading, given, self.lying) if last is not None else None
        facts = KeptFacts(store, reading.changed, past.derived, past.fresh) if past else KeptFacts()
        maker = Maker(reading.commons, given, facts, folder, past, self.options.jobs or cores())
        search = Search(database(store), reading, past)
        product = maker.site(self._digests(), search, tell)
        product.learnt.derived = {**facts.all_derived(), **product.learnt.derived}
        sums = folder.put(export.sums((one.path, one.digest) for one in product.made.values()))
        product.made[sums.path] = sums
        written = settle(product.made, before, output)
        folder.close()
        tell("remembering")
        if store is not None:
            keep(store, self.survey.key, self.files, reading, product, given)
        forget(self.place.journals)
        return written

    def _digests(self) -> Mapping[str, str]:
        root = f"{self.settings.root}/"
        return {path.removeprefix(root): digest for path, (_, digest) in self.files.items() if digest}


def _new_store(place: Place) -> Store | None:
    """An empty store; None where the folder cannot be written: then nothing is remembered."""
    try:
        return Store.open(place.store, new=True)
    except Unusable:
        return None


def prepare(settings: Settings, told: Iterable[Diagnostic], options: Options, tell: Progress) -> Build:
    """A build, read and checked as far as that is needed. Raises AuzolanError."""
    told = tuple(told)
    place = place_of(settings)
    lock = contextlib.ExitStack()
    lock.enter_context(alone(place, lambda: tell("waiting for another build of this site")))
    try:
        return _prepared(settings, told, options, tell, place, lock)
    except BaseException:
        lock.close()
        raise


def _prepared(
    settings: Settings, told: tuple[Diagnostic, ...], options: Options, tell: Progress, place: Place,
    lock: contextlib.ExitStack,
) -> Build:  # fmt: skip
    now = survey(settings, told)
    last = last_build(place)
    made = Build(settings, (), None, options, lock, place, now, last)
    why = _why(place, last, now) or ("the theme is another's" if "articles" not in settings.features else "")
    try:
        if last is not None:
            made.files, changes = compare(last.files, now.files, read_all=options.verify)
            made.was = last.made
            made.lying = untouched(last.made, settings.output, read_all=options.verify)
            if not (why or changes or settings.others or options.read) and len(made.lying) == len(last.made):
                made.findings = last.get("findings")
                made.written = Written(len(made.lying), 0, 0)
                return made
            why = why or reason(changes, settings, last.get("commons").catalog.declarations.kinds.values())
            if not why:
                tell("reading")
                made.reading = read_again(settings, told, last, changes)
    except Unusable:
        why = DAMAGED
    if made.reading is None:
        made.forget_last()
        tell("reading")
        made.reading = read(settings, told, why)
        made.files = seen_by(now.files, made.files, made.reading)
    made.findings = made.reading.findings
    return made


def _why(place: Place, last: Last | None, now: Survey) -> str:
    """Why everything must be made; "" where perhaps it need not."""
    if any(place.journals.glob("*")):
        return "the last build did not finish"
    if last is None:
        return DAMAGED if place.store.exists() else FIRST
    return next((f"{name} changed" for name, mark in now.key.items() if last.key.get(name) != mark), "")
