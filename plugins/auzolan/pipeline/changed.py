"""All findings and a git revision come in; those that a branch has to do with go out.

A finding is told where it stands in a file that differs from the revision, old or new: who touches a file is shown all that
is wrong in it. Elsewhere it is told where it was not there at the revision. So the commons is read as it was then and
checked by today's rules, and what is found in it is taken away: nobody has to say which rule looks into which other file,
and what a changed word, kind or setting breaks is told too. The files that are compared so are the same at both ends, and
with them their lines and columns.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from auzolan.check import check
from auzolan.load.catalog import load_catalog
from auzolan.load.changes import Changes, lay_out
from auzolan.load.history import dated, load_history
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.errors import MissingFolder, UnreadableSettings
from auzolan.model.settings import Settings

_Place = tuple[str, int, int, str, str]


def only_changed(findings: Iterable[Diagnostic], settings: Settings, changes: Changes) -> tuple[Diagnostic, ...]:
    """Of all `findings`, those in files that changed, and those elsewhere that are new. Raises NoBase."""
    findings = tuple(findings)
    if not changes.commit or all(finding.location.path in changes.paths for finding in findings):
        return findings
    before = {_place(finding) for finding in _findings_at(settings, changes.commit)}
    return tuple(
        finding for finding in findings if finding.location.path in changes.paths or _place(finding) not in before
    )


def _place(finding: Diagnostic) -> _Place:
    where = finding.location
    return where.path, where.line, where.column, finding.code, finding.message


def _findings_at(settings: Settings, commit: str) -> Iterable[Diagnostic]:
    """What today's rules find in the commons as it was at `commit`, on today's date. (What the settings import is today's.)"""
    with tempfile.TemporaryDirectory(prefix="auzolan-") as folder:
        root = lay_out(settings.root, commit, Path(folder).resolve())
        try:
            then, told = load_settings(root / settings.settings_path)
        except (UnreadableSettings, MissingFolder):
            return []  # it was no commons yet
        catalog, found = load_catalog(then)
        history, of_history = load_history(settings.root, (settings.directory.name, settings.content.name))
        # The copy has no history of its own; today's, and what is to be said of it, is no work of the branch.
        found = [finding for finding in found if finding.code != "S005"]
        return [*told, *found, *of_history, *check(replace(catalog, history=dated(history)))]
