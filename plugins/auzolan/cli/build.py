"""`auzolan build`: a settings file comes in, the site goes out. It runs Pelican in this process; there is no second renderer."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from auzolan.cli.console import console, finding_data, print_json, progress
from auzolan.load.settings import read_settings
from auzolan.model.errors import UnreadableSettings
from auzolan.site.commons import Site


def run(settings_path: Path, output: Path | None, as_json: bool) -> None:
    """Raises SystemExit(1) where a finding stops the build."""
    began = time.perf_counter()
    with progress() as say:
        site = build_site(settings_path, output, say)
    done = site.written
    assert done is not None  # a site that was not written has raised SystemExit
    if as_json:
        print_json(
            {"output": str(site.settings.output), "files": done.files, "written": done.written, "removed": done.removed,
             "findings": [finding_data(finding) for finding in site.findings]}
        )  # fmt: skip
        return
    taken = time.perf_counter() - began
    changed = "nothing changed" if not done.written + done.removed else f"{done.written:,} written"
    gone = f", {done.removed:,} removed" if done.removed else ""
    place = site.settings.output
    shown = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    console().print(f"{done.files:,} files in {shown}/ ({changed}{gone}; {taken:.1f} s)", style="bold green")


def build_site(settings_path: Path, output: Path | None, say: Any) -> Site:
    """Runs Pelican over the site and gives what it did. Raises UnreadableSettings where Pelican refuses the settings."""
    read_settings(settings_path.resolve())
    from pelican import Pelican
    from pelican.log import console as pelicans
    from pelican.settings import read_settings as pelican_settings

    logging.getLogger("pelican").setLevel(logging.WARNING)
    pelicans.quiet = True  # its closing line counts only what Pelican itself made
    override: dict[str, Any] = {
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
    site = getattr(pelican, "auzolan", None)
    if not isinstance(site, Site):
        raise UnreadableSettings(
            f"{settings_path.name} switches on no plugin of Auzolan", "write PLUGINS = auzolan.PLUGINS"
        )
    pelican.run()
    return site
