"""Requests come in, a line each; builds are made, and what they say goes out, a line of JSON each. This is the process that
`auzolan serve` keeps for building: it has imported everything, and remembers the last build without reading it again.

A line in: anything. A line out: `{"ready": true}` once the pages of a build are there, then
`{"failed": …, "told": "…"}` at its end.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from auzolan.cli.build import run_pelican, shown, tell_findings
from auzolan.ledger.engine import engine
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import has_errors
from auzolan.model.errors import AuzolanError
from auzolan.pipeline.build import DATA, Build, Options, prepare
from auzolan.pipeline.memory import Warm
from auzolan.work import Helper, can_fork

Tell = Callable[[str], None]


def main() -> None:
    """Builds whenever a line is read, until there is no more to read. Arguments: settings file, output folder; "again", where a
    line was read already."""
    settings, output = Path(sys.argv[1]), Path(sys.argv[2])
    gc.disable()
    began, warm, out = engine(), Warm(), _answers()
    if sys.argv[-1] == "again":
        _one(settings, output, warm, lambda told: _say(out, told))
    for _ in sys.stdin:
        if engine() != began:
            # The program itself has changed: what is in memory is of the old one.
            os.dup2(out.fileno(), 1)
            os.execv(sys.executable, [sys.executable, "-m", "auzolan.cli.builder", *sys.argv[1:3], "again"])
        _one(settings, output, warm, lambda told: _say(out, told))


def _answers() -> TextIO:
    """Where answers go, which is nobody else's: what a library or a site's own plugin prints goes to the errors."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return out


def _say(out: TextIO, told: dict[str, object]) -> None:
    out.write(json.dumps(told) + "\n")
    out.flush()


def _one(settings: Path, output: Path, warm: Warm, say: Callable[[dict[str, object]], None]) -> None:
    told = io.StringIO()
    failed = True
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        try:
            failed = not _build(settings, output, warm, lambda stage: say({"ready": True}) if stage == DATA else None)
        except AuzolanError as problem:
            print(f"auzolan: {problem}" + (f"\n    {problem.hint}" if problem.hint else ""))
        except SystemExit:
            pass
        except Exception as problem:
            print(f"auzolan: this is a fault in Auzolan, not in your files: {type(problem).__name__}: {problem}")
    say({"failed": failed, "told": told.getvalue()})
    gc.collect()


def _build(settings_path: Path, output: Path, warm: Warm, tell: Tell) -> bool:
    settings, found = load_settings(settings_path)
    build = prepare(replace(settings, output=output), found, Options(warm=warm), tell)
    try:
        tell_findings(build)
        if has_errors(build.findings):
            return False
        if build.written is None:
            if build.asks_pelican:
                _with_pelican(settings_path, output, build, tell)
            else:
                build.finish(None, tell)
        print(shown(build))
        return True
    finally:
        build.close()


def _with_pelican(settings_path: Path, output: Path, build: Build, tell: Tell) -> None:
    """Pelican leaves much behind in a process: it gets one of its own, and then that is the one that knows the build."""
    if not can_fork():
        run_pelican(settings_path, output, build, tell)
        return
    build.lend()

    def in_a_fork(given: object, told: Tell) -> object:
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                build.own()
                run_pelican(settings_path, output, build, told)
        except SystemExit:
            return None, said.getvalue()
        return build.written, said.getvalue()

    build.written, said = Helper(in_a_fork).ask(None, tell)
    print(said, end="")
    if build.written is None:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
