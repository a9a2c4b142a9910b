"""Settings come in; a build goes out, prepared: read and checked, of the whole commons or of what has changed. `finish` makes it.

The lock is held from the first look until the end, so that two builds of one site never meet. What is learnt is kept
after the files that it speaks of are written: a build that is ended at any moment leaves a memory that does not fit what
lies in the output folder, and the next build makes everything anew.

A build that finds nothing changed is the commonest of all: whatever it does not need is imported where it is needed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auzolan.ledger.scan import Seen, compare
from auzolan.ledger.shelf import Shelf
from auzolan.ledger.store import Unusable
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.settings import Settings
from auzolan.pipeline.apart import apart
from auzolan.pipeline.memory import Last, Place, Warm, alone, last_build, place_of, untouched
from auzolan.pipeline.survey import HISTORY, Survey, is_recorded, survey
from auzolan.timings import Noted, Timings
from auzolan.work import Helper, can_fork, cores
from auzolan.write.made import Made, Written
from auzolan.write.ours import RECORD, is_unfinished

if TYPE_CHECKING:
    from auzolan.model.commons import Commons
    from auzolan.pipeline.outputs import Given
    from auzolan.pipeline.read import Reading

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""
DATA = "data"
"""The stage that begins once all pages are written."""
WAITING = "waiting for another build of this site"
FIRST = "it is the first build"
FORGOTTEN = "nothing is remembered of the last build"
DAMAGED = "the memory of the last build is damaged, or not ours"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build: `jobs` processes side by side (0: one a processor); `verify`: every file is read, whatever its time;
    `read`: the commons is read even where nothing has changed; `check`: nothing will be made. `timings` is told what took
    how long; `warm` is what a process that builds often keeps in memory."""

    jobs: int = 0
    verify: bool = False
    read: bool = False
    check: bool = False
    timings: Timings = field(default_factory=Timings)
    warm: Warm | None = None


@dataclass(slots=True)
class Build:
    """A build under way. `key` is what all of it depends on, as a survey gives it. `told` are the findings of the settings. `written` is set where there was nothing to make. `reading.commons` is None where a finding is an
    error: then there is nothing to finish. Whoever has a build closes it."""

    settings: Settings
    told: tuple[Diagnostic, ...]
    findings: tuple[Diagnostic, ...]
    reading: Reading | None
    options: Options
    lock: contextlib.ExitStack
    place: Place
    key: Mapping[str, str]
    last: Last | None
    shelf: Shelf
    files: dict[str, Seen] = field(default_factory=dict)
    was: Mapping[str, Made] = field(default_factory=dict)
    lying: dict[str, Made] = field(default_factory=dict)
    counts: tuple[int, int] | None = None
    """How many entries and articles there are; None where a finding is an error."""
    written: Written | None = None
    remembers: bool = True
    """Whether there can be a memory for the next build."""
    _helper: Helper | None = field(default=None, init=False)

    @property
    def commons(self) -> Commons | None:
        """What was read, checked and linked."""
        return self.reading.commons if self.reading else None

    @property
    def is_ours(self) -> bool:
        """Whether the pages stand in a theme of ours; another's may depend on what nobody here knows."""
        return "articles" in self.settings.features

    @property
    def asks_pelican(self) -> bool:
        """Whether articles must be read by Pelican: not where there are none, nor after a change of entries alone, of whom
        articles say what they said."""
        reading, last = self.reading, self.last
        commons = reading.commons if reading is not None else None
        if reading is None or commons is None or self.settings.others or not self.is_ours:
            return True
        stories = (*commons.stories.values(), *commons.pages.values())
        if reading.stale is None or last is None:
            # Where no plugin of ours is switched on, that is told as Pelican begins.
            return bool(stories) or not self.settings.is_plugged_in
        changed = frozenset(reading.changed)
        if reading.articles_changed or any(kind in ("story", "page") for kind, _ in reading.stale):
            return True
        return any(id_ in changed for story in stories for id_ in story.mentions)

    def await_pelican(self) -> None:
        """Called before Pelican goes on: what was read stays in a process of its own, in which one thread runs."""
        if can_fork():
            self.lend()
            self._helper = Helper(self._finish_lent)

    def finish(self, given: Given | None, tell: Progress) -> Written:
        """Makes and writes the site. `given` is None where Pelican was not asked. Raises AuzolanError."""
        if self._helper is not None:
            written, noted = self._helper.ask(given, tell)
            self.options.timings.add(noted)
        else:
            written = self._finish(given, tell)
        self.written = written
        return self.written

    def close(self) -> None:
        """Lets go of everything."""
        if self._helper is not None:
            self._helper.drop()
        if self.last is not None:
            self.last.store.close()
        self.shelf.close()
        self.lock.close()

    def lend(self) -> None:
        """Called before a fork that is to finish the build, and owns it then (`own`)."""
        if self.last is not None:
            self.last.store.lend()

    def own(self) -> None:
        """Called in that fork."""
        if self.last is not None:
            self.last.store.own()

    def forget_last(self) -> None:
        """Goes on as if there had been no build before; of its files it is still known which are ours."""
        if self.last is not None:
            self.last.store.close()
            self.last = None

    def _finish_lent(self, given: Given | None, tell: Progress) -> tuple[Written, Noted]:
        self.options.timings.taken()
        return self._finish(given, tell, lent=True), self.options.timings.taken()

    def _finish(self, given: Given | None, tell: Progress, *, lent: bool = False) -> Written:
        from auzolan.pipeline.finish import finish
        from auzolan.pipeline.read import read

        try:
            if lent:
                self.own()
            return finish(self, given, tell)
        except Unusable:
            if not self.remembers:
                raise
            if self.last is not None:
                # The memory is damaged where nobody looked before: then from nothing.
                self.forget_last()
                self.reading = read(self.settings, self.told, DAMAGED, shelf=self.shelf)
            else:
                self.remembers = False
        return self._finish(given, tell)


def prepare(settings: Settings, told: Iterable[Diagnostic], options: Options, tell: Progress) -> Build:
    """A build, read and checked as far as that is needed. Raises AuzolanError."""
    told = tuple(told)
    apart(settings)
    place = place_of(settings)
    lock = contextlib.ExitStack()
    if not options.check:
        lock.enter_context(alone(place, lambda: tell(WAITING)))
    try:
        return _prepared(settings, told, options, tell, place, lock)
    except BaseException:
        lock.close()
        raise


def _prepared(
    settings: Settings, told: tuple[Diagnostic, ...], options: Options, tell: Progress, place: Place,
    lock: contextlib.ExitStack,
) -> Build:  # fmt: skip
    stage = options.timings.stage
    with stage("look what is there"):
        now = survey(settings, told)
    # Of a part nothing is remembered: what holds in the whole need not hold in it.
    last = last_build(place, options.warm, write=not options.check) if settings.part is None else None
    shelf = Shelf(None if options.check else place.store.parent)
    made = Build(settings, told, (), None, options, lock, place, now.key, last, shelf, remembers=settings.part is None)
    why = (settings.part is None and _why(place, settings.output, last, now)) or (
        "" if made.is_ours else "the theme is not ours"
    )
    try:
        if last is not None:
            with stage("compare"):
                made.files, changes = compare(last.files, now.files, read_all=options.verify)
                history_moved = last.key.get(HISTORY) != now.key[HISTORY] or any(
                    is_recorded(path, settings) for path in (*changes.changed, *changes.gone)
                )
                made.was = last.made
                if not options.check:
                    made.lying = untouched(last.made, settings.output, read_all=options.verify)
            whole = options.check or not (settings.others or options.read or len(made.lying) < len(last.made))
            if whole and not (why or changes or history_moved):
                made.findings, made.counts = last.get("findings"), last.get("counts")
                made.written = Written(len(made.lying), 0, 0)
                return made
            from auzolan.pipeline.again import read_again, reason

            why = why or reason(changes, settings, last.get("commons").catalog.declarations.kinds.values())
            if not why:
                tell("reading")
                with stage("read what changed"):
                    found = read_again(settings, told, last, changes, history_moved=history_moved)
                if isinstance(found, str):
                    why = found
                else:
                    made.reading = found
    except Unusable:
        why = DAMAGED
    if made.reading is None:
        from auzolan.pipeline.read import read_apart, seen_before, seen_by

        made.forget_last()
        with stage("compare"):
            made.files = made.files or seen_before(now.files, settings)
        tell("reading")
        jobs = options.jobs or cores()
        made.reading = read_apart(settings, told, why, options.timings, jobs, shelf, len(now.files))
        with stage("compare"):
            made.files = seen_by(now.files, made.files, made.reading, settings)
            made.reading = replace(made.reading, digests={})
    if settings.part is not None and made.reading.commons is not None:
        from auzolan.pipeline.narrowed import narrowed

        made.reading = replace(made.reading, commons=narrowed(made.reading.commons, settings.part))
    made.findings, made.counts = made.reading.findings, counts_of(made.reading)
    return made


def counts_of(reading: Reading) -> tuple[int, int] | None:
    """How many listed entries and articles were read."""
    commons = reading.commons
    return (len(commons.listed), len(commons.stories)) if commons else None


def _why(place: Place, output: Path, last: Last | None, now: Survey) -> str:
    """Why everything must be made; "" where perhaps it need not."""
    if place.notes is not None and is_unfinished(place.notes):
        return "the last build did not finish"
    if last is None:
        if place.store.exists():
            return DAMAGED
        return FORGOTTEN if (output / RECORD).is_file() else FIRST
    differ = (name for name, mark in now.key.items() if name != HISTORY and last.key.get(name) != mark)
    return next((f"{name} changed" for name in differ), "")
