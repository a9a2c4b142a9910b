"""Findings and progress come in; what a terminal shows goes out: colours only on a terminal, messages on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from auzolan.model.diagnostics import Diagnostic
from auzolan.pipeline.build import WAITING, Progress
from auzolan.report import describe
from auzolan.report.lines import Lines

if TYPE_CHECKING:
    from rich.console import Console

COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def console(error: bool = True) -> Console:
    """A console on standard error, or on standard output."""
    from rich.console import Console

    return Console(stderr=error, highlight=False, soft_wrap=True)


def tell(text: str, style: str) -> None:
    """A line on standard error, in colours on a terminal."""
    if _has_colours():
        from rich.text import Text

        console().print(Text(text, style))
    else:
        sys.stderr.write(f"{text}\n")


def _has_colours() -> bool:
    """Whether standard error may be a terminal, which rich knows best. To load rich takes a tenth of a build in which nothing
    has changed; where nobody looks, it is not needed."""
    return sys.stderr.isatty() or any(name in os.environ for name in ("FORCE_COLOR", "TTY_COMPATIBLE"))


def show_findings(
    findings: Sequence[Diagnostic], root: Path, error: bool = True, texts: Mapping[str, str] | None = None
) -> None:
    """Prints all findings. `texts` are those of files that lie in no folder."""
    if not findings:
        return
    from rich.text import Text

    out = console(error)
    lines = Lines(root, texts)
    # What findings quote may look like a command to GitHub's runner, which then hears none until it reads this word.
    word = f"::{os.urandom(16).hex()}::" if os.environ.get("GITHUB_ACTIONS") == "true" else ""
    if word:
        out.print(f"::stop-commands::{word.strip(':')}")
    for finding in findings:
        told = Text(describe(finding, lines))
        told.highlight_regex(rf"(?<=: ){finding.severity} {finding.code}(?=:)", COLOURS[finding.severity])
        told.highlight_regex(r"(?m)^    ( *)\^~*", "green")
        out.print(told, end="")
    if word:
        out.print(word)


def leave(status: int) -> NoReturn:
    """Ends the process at once. What a build has in memory needs no tidying up, and that would take as long as to build a
    page or a hundred."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def add_to_summary(text: str) -> None:
    """Adds Markdown to the summary of the step that a forge runs; without a forge, nothing. A summary that cannot be written is told."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    try:
        with Path(page).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError as problem:
        tell(f"the summary was not written to {page}: {problem.strerror}", "yellow")


@contextmanager
def progress() -> Iterator[Progress]:
    """A line that says what is being done, on a terminal only."""
    if not _has_colours() or not (out := console()).is_terminal:
        # Who looks at a log need not know each stage, but why nothing goes on.
        yield lambda stage: tell(f"{stage} …", "") if stage == WAITING else None
        return
    with out.status("reading") as status:
        yield lambda stage: status.update(stage)
