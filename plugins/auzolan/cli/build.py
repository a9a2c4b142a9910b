"""`auzolan build`: a settings file comes in, the site goes out. Pelican, where it is asked, runs in this process; there is no
second renderer."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auzolan.cli.console import leave, print_json, progress, show_findings, tell
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError, MissingFolder, UnreadableSettings
from auzolan.pipeline.build import FIRST, Build, Options, prepare
from auzolan.report import summary
from auzolan.write.made import Written, is_packed

if TYPE_CHECKING:
    from auzolan.cli.choice import Asked


def run(
    settings_path: Path, output: Path | None, as_json: bool, options: Options, timings: bool, trace: Path | None,
    other: Path | None = None, asked: Asked | None = None,
) -> None:  # fmt: skip
    """`timings` prints where the time went, `trace` is a file to write a trace into, `other` a copy to compare with, `asked` the part
    that is asked for. Raises SystemExit(1) where a finding stops the build."""
    began = time.perf_counter()
    # Nearly all that a build makes lives until its end: looking through it again and again for what does not, costs more
    # than that takes.
    gc.disable()
    if trace is not None and not trace.parent.is_dir():
        raise AuzolanError(f"{trace} cannot be written: there is no folder {trace.parent}", "make it first")
    if other is not None and not other.is_dir():
        raise MissingFolder(
            f"there is no folder {other} to compare with", "name the folder in which its index.html lies"
        )
    with progress() as say:
        build, done = build_site(settings_path, output, options, say, asked)
    taken = time.perf_counter() - began
    if trace is not None:
        try:
            options.timings.write_trace(trace)
        except OSError as problem:
            raise AuzolanError(f"{trace} cannot be written: {problem.strerror}") from problem
        tell(f"the trace is in {trace}", "dim")
    if timings:
        sys.stderr.write(options.timings.report(taken))
    if as_json:
        from auzolan.report.record import plain, records_of

        print_json(
            {"output": str(build.settings.output), "files": done.files, "written": done.written, "removed": done.removed,
             "findings": plain(records_of(build.findings, build.settings.root))}
        )  # fmt: skip
    else:
        why = build.reading.why if build.reading else ""
        if why and why != FIRST:
            tell(f"everything was made anew: {why}", "dim")
        read = "; every file was read" if options.verify else ""
        tell(f"{shown(build)} ({taken:.1f} s{read})", "bold green")
    leave(0 if other is None else _compared(build, other))


def _compared(build: Build, other: Path) -> int:
    """The exit status; what differs is told."""
    from auzolan.cli.compared import amount, name_all
    from auzolan.mirror.comparing import compare
    from auzolan.mirror.making import sums_of
    from auzolan.mirror.names import listed

    place = build.settings.output
    if is_packed(place):
        raise AuzolanError(
            "a packed site is not compared", "build it into a folder: auzolan build -o FOLDER --compare DIR"
        )
    found = compare(listed(sums_of(place)), other)
    name_all(found)
    if found:
        tell(f"{other} is not the same: {amount(found, place.name, other.name)}", "bold red")
        return 1
    tell(f"{other} is the same, byte for byte", "bold green")
    return 0


def shown(build: Build) -> str:
    """What a build that is done has done, in a line."""
    done = build.written
    assert done is not None
    changed = "nothing changed" if not done.written + done.removed else f"{done.written:,} written"
    gone = f", {done.removed:,} removed" if done.removed else ""
    place = build.settings.output
    name = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    commons = build.commons
    part = commons.catalog.settings.part if commons is not None else None
    held = f"; a part: {part.entries:,} of {part.total:,} entries" if part else ""
    return f"{done.files:,} files in {name}{'' if is_packed(place) else '/'}: {changed}{gone}{held}"


def tell_findings(build: Build) -> None:
    """Prints all findings, and that nothing was written where one of them is an error."""
    show_findings(build.findings, build.settings.root)
    if has_errors(build.findings):
        tell(f"{summary(build.findings)}; nothing was written", "bold red")


def build_site(
    settings_path: Path, output: Path | None, options: Options, say: Callable[[str], None], asked: Asked | None = None
) -> tuple[Build, Written]:
    """Builds the site, or the part that is asked for, as far as that is needed, and tells all findings. SystemExit(1) where one of them
    is an error."""
    settings, told = load_settings(settings_path)
    if output is not None:
        settings = replace(settings, output=output.resolve())
    if asked is not None and asked.is_narrow:
        from auzolan.cli.narrowing import part_asked

        if output is None:
            raise AuzolanError("a part is another site than the whole", "name a folder for it: -o parts/name")
        settings = replace(settings, part=part_asked(asked, settings))
    build = prepare(settings, told, options, say)
    try:
        tell_findings(build)
        if has_errors(build.findings):
            raise SystemExit(1)
        if build.written is not None:
            return build, build.written
        if build.asks_pelican:
            run_pelican(settings_path, output, build, say)
        else:
            build.finish(None, say)
        assert build.written is not None  # a site that was not written has raised an error
        return build, build.written
    finally:
        build.close()


def run_pelican(settings_path: Path, output: Path | None, build: Build, say: Callable[[str], None]) -> None:
    """Runs Pelican over the site. Raises UnreadableSettings where Pelican refuses the settings."""
    import logging

    from pelican import Pelican
    from pelican.log import console as pelicans
    from pelican.settings import read_settings as pelican_settings

    from auzolan.site.commons import Site

    logging.getLogger("pelican").setLevel(logging.WARNING)
    pelicans.quiet = True  # its closing line counts only what Pelican itself made
    override: dict[str, Any] = {
        "AUZOLAN_BUILD": build,
        "AUZOLAN_PROGRESS": say,
        "AUZOLAN_ROOT": str(settings_path.resolve().parent),
        "AUZOLAN_SETTINGS_NAME": settings_path.name,
        "DELETE_OUTPUT_DIRECTORY": False,
        "CACHE_CONTENT": False,
        "LOAD_CONTENT_CACHE": False,
    }
    if output is not None:
        override["OUTPUT_PATH"] = str(output.resolve())
    try:
        pelican = Pelican(pelican_settings(str(settings_path.resolve()), override=override))
    except Exception as problem:
        raise UnreadableSettings(
            f"Pelican refuses {settings_path.name}: {problem}", "mend it, then try again"
        ) from problem
    if not isinstance(getattr(pelican, "auzolan", None), Site):
        raise UnreadableSettings(
            f"{settings_path.name} switches on no plugin of Auzolan", "write PLUGINS = auzolan.PLUGINS"
        )
    pelican.run()
