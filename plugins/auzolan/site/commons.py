"""A Pelican object comes in; a commons that is read, checked and, at the end of Pelican's run, written goes out.

This is the one place where Pelican's order of events meets ours: `initialized` reads the settings, `get_generators` reads and
checks everything before any generator runs, and our generator, the last, writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.readers import Readers
from pelican.settings import DEFAULT_THEME

from auzolan.load.settings import settings_of
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import Diagnostic, has_errors
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.pipeline.build import Build, Options, Progress, prepare
from auzolan.pipeline.outputs import Given, context
from auzolan.report import report, summary
from auzolan.site.reader import reader_class
from auzolan.write.made import Written


class Site:
    """One run of Pelican. Kept on the Pelican object as `auzolan`, so that its plugins find it and nothing is global."""

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.progress: Progress = pelican.settings.get("AUZOLAN_PROGRESS") or (lambda stage: None)
        self.build: Build | None = pelican.settings.get("AUZOLAN_BUILD")
        try:
            self.settings, self.told = self._settings(pelican.settings)
        except AuzolanError as problem:
            stop(problem)

    def _settings(self, values: Mapping[str, Any]) -> tuple[Settings, list[Diagnostic]]:
        own = {key: value for key, value in values.items() if key not in INTERNAL}
        # Pelican keeps the default language in small letters: `zh-hant`.
        own["DEFAULT_LANG"] = default = as_tag(values["DEFAULT_LANG"])
        if not values.get("AUZOLAN_LANGUAGES"):
            own["AUZOLAN_LANGUAGES"] = [default]
        if values["THEME"] == DEFAULT_THEME and "auzolan.site.articles" in values["PLUGINS"]:
            # Pelican names its own theme where the site names none; ours then, as `check` has it.
            own.pop("THEME")
        root = Path(values.get("AUZOLAN_ROOT") or Path(values["PATH"]).parent)
        return settings_of(own, root, values.get("AUZOLAN_SETTINGS_NAME") or "pelicanconf.py")

    @property
    def is_guest(self) -> bool:
        """Whether the pages stand in a theme that is not ours, beside a blog."""
        return "articles" not in self.settings.features

    @property
    def commons(self) -> Commons | None:
        """What was read."""
        return self.build.commons if self.build else None

    @property
    def written(self) -> Written | None:
        """What was written in the end."""
        return self.build.written if self.build else None

    def generators(self, pelican: Pelican) -> type[Generator] | None:
        """Reads and checks everything, where that was not done before Pelican began. Prints all findings, then stops once,
        where one of them is an error."""
        if pelican is not self.pelican:
            return None
        build = self.build
        if build is None:
            try:
                build = self.build = prepare(self.settings, self.told, Options(read=True), self.progress)
            except AuzolanError as problem:
                stop(problem)
            tell_findings(build)
        if not self.is_guest:
            build.await_pelican()
        return type("CommonsGenerator", (_CommonsGenerator,), {"site": self})

    def readers(self, readers: Readers) -> None:
        """Puts our Markdown reader in the place of Pelican's readers."""
        if readers.settings is self.pelican.settings and self.commons is not None and not self.is_guest:
            made = reader_class(self.commons, self.context())
            # None of Pelican's own stays: its HTML and reStructuredText readers keep scripts, and include any file.
            for kept in (readers.reader_classes, readers.readers):
                for extension in [name for name in kept if name != "static"]:
                    del kept[extension]
            for extension in made.file_extensions:
                readers.reader_classes[extension] = made
                readers.readers[extension] = made(readers.settings)

    def context(self) -> Any:
        """What pages of this run share, without what is only known at its end."""
        assert self.commons is not None
        return context(self.commons, Given())

    def publish(self, context: Mapping[str, Any]) -> None:
        """Writes the site."""
        assert self.commons is not None
        given = Given(
            bodies=bodies_of(context.get("articles", ()), context.get("pages", ())) if not self.is_guest else {},
            variables=dict(context) if self.is_guest else {},
        )
        assert self.build is not None
        try:
            self.build.finish(given, self.progress)
        except AuzolanError as problem:
            stop(problem)
        finally:
            self.build.close()


def tell_findings(build: Build) -> None:
    """Prints all findings; SystemExit(1) where one of them is an error."""
    if build.findings:
        print(report(build.findings, build.settings.root), end="", file=sys.stderr)
    if has_errors(build.findings):
        build.close()
        print(f"{summary(build.findings)}; nothing was written", file=sys.stderr)
        raise SystemExit(1)


INTERNAL = frozenset({"AUZOLAN_BUILD", "AUZOLAN_PROGRESS", "AUZOLAN_ROOT", "AUZOLAN_SETTINGS_NAME"})


class _CommonsGenerator(Generator):  # type: ignore[misc]
    """Pelican's door to `Site.publish`: it is the last generator, so every article has been read."""

    site: Site

    def generate_context(self) -> None:
        """Lets templates of the blog see the commons."""
        self.context["commons"] = self.site.commons

    def generate_output(self, writer: object) -> None:
        """Writes every file of ours."""
        self.site.publish(self.context)


def bodies_of(*groups: Iterable[Any]) -> dict[str, str]:
    """The finished HTML of Pelican's articles and pages, all language versions, by the path of their files; links to files
    are made relative to the page they stand in."""
    bodies: dict[str, str] = {}
    for group in groups:
        for content in group:
            for version in (content, *content.translations):
                depth = str(version.url).count("/")
                bodies[version.metadata["auzolan_path"]] = version.get_content("/".join([".."] * depth) or ".")
    return bodies


def as_tag(language: str) -> str:
    """A language tag with the capitals that RFC 5646 recommends: `zh-hant` → `zh-Hant`, `pt-br` → `pt-BR`."""
    first, *rest = language.split("-")
    return "-".join([first, *({2: part.upper(), 4: part.capitalize()}.get(len(part), part) for part in rest)])


def start(pelican: Pelican) -> Site:
    """The Site of a Pelican run, made once however many of our plugins are switched on."""
    site = getattr(pelican, "auzolan", None)
    if not isinstance(site, Site):
        site = pelican.auzolan = Site(pelican)
        signals.get_generators.connect(site.generators)
        signals.readers_init.connect(site.readers)
    return site


def stop(problem: AuzolanError) -> NoReturn:
    """Says what is broken in a sentence, and stops; Pelican would print a traceback."""
    print(f"auzolan: {problem}" + (f"\n    {problem.hint}" if problem.hint else ""), file=sys.stderr)
    raise SystemExit(2) from problem
