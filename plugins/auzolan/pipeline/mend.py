"""Settings and findings come in; files with what is mechanical mended go out, and what was mended in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from auzolan.intake.mending import mended
from auzolan.intake.written import WrittenFile, data_of, put_back, written_files
from auzolan.load.declarations import load_declarations
from auzolan.load.shipped import shipped_root
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.settings import Settings


def mend(
    settings: Settings, findings: Iterable[Diagnostic], concerns: Callable[[WrittenFile], bool]
) -> list[tuple[str, tuple[str, ...]]]:
    """Mends every entry and article that `concerns` says yes to; the paths of those that changed, with what was mended.
    Raises AuzolanError where a file cannot be written; those before it are mended then."""
    declarations, _ = load_declarations(
        shipped_root() / "directory", settings.directory, settings.root, settings.languages
    )
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        by_path[finding.location.path].append(finding)
    told = []
    for file in written_files(settings, declarations):
        if concerns(file):
            before = data_of(file.path)
            now = mended(file, before, by_path[file.where])
            if now.what:
                put_back(file, settings.root, before, now.data)
                told.append((file.where, now.what))
    return told
